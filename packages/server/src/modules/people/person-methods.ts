import { readDraft } from '../../methods/draft.ts'
import { ApiError, inStyle } from '../../methods/errors.ts'
import { argument, type Call, method } from '../../methods/method.ts'
import { audit } from '../../records/audit.ts'
import { type Draft, isSaved } from '../../records/change.ts'
import { Failure } from '../../records/failure.ts'
import { createWithin, updateWithin } from '../../records/records.ts'
import { checkReferences } from '../../records/references.ts'
import type { Entity } from '../../schema/entity.ts'
import { integerOf, yesNo } from '../../schema/kind.ts'
import type { Transaction } from '../../store/store.ts'
import { personIn, profileWire } from '../person.ts'
import { activityChanged, isActive } from './dismissal.ts'
import { invite } from './invitation.ts'
import { argumentError, personWords } from './person-words.ts'

/** `user_brief` and `user_basic` don't let anyone write (api-reference/user/user-scope.md). */
const scope = 'user'
const style = 'legacy'

/** What people may say of themselves; the rest is the company's to say. */
const ONES_OWN =
  /^(personal|uf(SkypeLink|Zoom|Interests|Skills|WebSites|Xing|Linkedin|Facebook|Twitter|Skype|District)$|timeZone$)/

/** Writes profiles, one call at a time; bytes that no committed row owns are removed again. */
async function writing<T>(call: Call, entity: Entity, draft: Draft, body: (tx: Transaction) => Promise<T>): Promise<T> {
  const values = [...draft.values.values(), ...[...draft.lists.values()].flat()]
  const blobs = values.filter(isSaved).map(({ blob }) => blob)
  try {
    await checkReferences(call, entity, draft, 'refuse')
    return await call.portal.caches.changing(call.session, ['people'], body)
  } catch (cause) {
    await call.portal.files.discard(blobs)
    throw cause
  }
}

const given = (call: Call, name: string): boolean => {
  const value = argument(call.raw, name)
  return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
}

/** Guests belong to workgroups, and there is none that a request could name. */
function refuseGuest(call: Call): never {
  throw given(call, 'SONET_GROUP_ID')
    ? new ApiError('ERROR_NO_GROUP', 400, 'Group is specified incorrectly')
    : new ApiError('ERROR_GROUPID', 400, 'Group code not specified')
}

/** Not that somebody is missing is told, but that the caller may not. */
function idOf(call: Call): number {
  try {
    return integerOf(argument(call.raw, 'ID') ?? 0)
  } catch {
    return 0
  }
}

/** User fields are the company's: who may write them isn't theirs to say. */
const onlyOnesOwn = ({ values, lists }: Draft): boolean =>
  lists.size === 0 && [...values.keys()].every((name) => ONES_OWN.test(name))

export const personMethods = [
  method({
    name: 'user.add',
    scope,
    style,
    partial: 'There are no workgroups, so that nobody can be invited as a guest (EXTRANET=Y).',
    params: {},
    run: (_none, call) =>
      inStyle(personWords, 'write', async () => {
        await call.portal.access.requireAdministrator(call)
        const entity = await personIn(call)
        const draft = await readDraft(call, entity, profileWire(call.credential.scopes), call.raw, {
          isNew: true,
          strict: false,
        })
        draft.values.set('email', String(draft.values.get('email') ?? '').trim())
        const text = argument(call.raw, 'MESSAGE_TEXT')
        return writing(call, entity, draft, async (tx) => {
          if (!String(draft.values.get('email')).includes('@')) throw argumentError('wrong_email')
          if (yesNo(argument(call.raw, 'EXTRANET')) === true) refuseGuest(call)
          if (!given(call, 'UF_DEPARTMENT')) throw argumentError('no_extranet_field')
          const userId = await createWithin({ ...call, tx }, entity, draft, true)
          await invite(call.portal, tx, {
            userId,
            by: call.person.id,
            now: call.now,
            text: typeof text === 'string' ? text : '',
          })
          await audit(call, tx, { type: 'USER_INVITE', module: 'main', item: `user ${userId}` })
          return userId
        })
      }),
  }),
  method({
    name: 'user.update',
    scope,
    style,
    params: {},
    run: (_none, call) =>
      inStyle(personWords, 'write', async () => {
        const id = idOf(call)
        if (!call.person.admin && id !== call.person.id) throw new Failure({ why: 'access-denied' })
        const entity = await personIn(call)
        const draft = await readDraft(call, entity, profileWire(call.credential.scopes), call.raw, {
          isNew: false,
          strict: false,
        })
        return writing(call, entity, draft, async (tx) => {
          if (!call.person.admin && !onlyOnesOwn(draft)) throw new Failure({ why: 'access-denied' })
          const before = await isActive(tx, id)
          await updateWithin({ ...call, tx }, entity, id, draft)
          const after = await isActive(tx, id)
          if (after !== before) await activityChanged(call, tx, id, after)
          return true
        })
      }),
  }),
]
