import { applicationToken } from '../../support/application.ts'
import type { TestPortal } from '../../support/portal.ts'
import type { Parameters } from '../../support/vectors.ts'
import type { Provocation } from '../vectors-refusals.ts'
import { documented, fieldsOf, must, type Target, withId } from '../vectors-targets/making.ts'
import type { VectorArea } from './area.ts'

const deal = (portal: TestPortal): Promise<number> => must(portal, 'crm.deal.add', { fields: { TITLE: 'Deal' } })
const lead = (portal: TestPortal): Promise<number> => must(portal, 'crm.lead.add', { fields: { TITLE: 'Lead' } })
const given = (params: Parameters, fields: Parameters): Parameters => ({
  ...params,
  fields: { ...fieldsOf(params), ...fields },
})

const comment = (portal: TestPortal, ENTITY_TYPE: string, ENTITY_ID: number, more: object = {}): Promise<number> =>
  must(portal, 'crm.timeline.comment.add', { fields: { ENTITY_TYPE, ENTITY_ID, COMMENT: 'A comment', ...more } })

/** The two pictures of the documented request. */
const pictures = { FILES: fieldsOf(documented('crm.timeline.comment.add')).FILES }

/** A comment on a deal, under the names by which requests mean the two. */
const commented =
  (name: string, ownerId?: string): Target =>
  async (portal, params) => {
    const owner = await deal(portal)
    const id = await comment(portal, 'deal', owner, pictures)
    return { ...params, [name]: id, ...(ownerId === undefined ? {} : { [ownerId]: owner }) }
  }

async function message(portal: TestPortal, entityId: number): Promise<number> {
  const fields = { entityTypeId: 1, entityId, title: 'Test title', text: 'Test note', iconCode: 'info' }
  const { logMessage } = await must<{ logMessage: { id: number } }>(portal, 'crm.timeline.logmessage.add', { fields })
  return logMessage.id
}

const messaged: Target = async (portal, params) => withId(params, await message(portal, await lead(portal)))

/** The picture of the documented code, made as its page makes it. */
const pictured =
  (family: 'icon' | 'logo'): Target =>
  async (portal, params) => {
    await must(portal, `crm.timeline.${family}.add`, documented(`crm.timeline.${family}.add`))
    return params
  }

/** A comment on a lead; with the documented note, where one is asked for. */
const noted =
  (already: boolean): Target =>
  async (portal, params) => {
    const ownerId = await lead(portal)
    const of = { ...params, ownerId, itemId: await comment(portal, 'lead', ownerId) }
    if (already) await must(portal, 'crm.timeline.note.save', { ...of, text: 'Test note' })
    return of
  }

/** A comment that the application has put the documented blocks on. */
const blocked: Target = async (portal, params) => {
  const of = await commented('timelineId', 'entityId')(portal, params)
  const { layout } = documented('crm.timeline.layout.blocks.set')
  const { status } = await portal.call(
    'crm.timeline.layout.blocks.set',
    { ...of, layout },
    { token: await applicationToken(portal) },
  )
  if (status !== 200) throw new Error('the blocks were refused')
  return of
}

/** A comment of a deal that is to be bound to another one, or is already. */
const bound =
  (already: boolean): Target =>
  async (portal, params) => {
    const fields = { OWNER_ID: await comment(portal, 'deal', await deal(portal)), ENTITY_ID: await deal(portal) }
    const of = given(params, fields)
    if (already) await must(portal, 'crm.timeline.bindings.bind', of)
    return of
  }

const missing: Provocation = { change: (params) => ({ ...params, id: 999_999 }) }
const firstComment: Provocation = { change: (params) => ({ ...params, id: 1 }) }
const noItem: Provocation = { change: (params) => ({ ...params, itemId: 999_999 }) }
const noOwnerId: Provocation = { change: (params) => given(params, { OWNER_ID: 0 }) }
const gone =
  (family: 'icon' | 'logo') =>
  async (params: Parameters, portal: TestPortal): Promise<Parameters> => {
    await must(portal, `crm.timeline.${family}.delete`, params)
    return params
  }
const unknownCode: Provocation = { change: (params) => ({ ...params, code: 'test' }) }
const byWebhook: Provocation = {}
const fileNumbers = 'the keys are the numbers of the files, which are those of the portal'
const refusesNobody = { instead: null, why: 'a method without parameters, for everyone, has nothing to refuse' }

export const timeline: VectorArea = {
  targets: {
    'crm.timeline.comment.add': async (portal, params) => given(params, { ENTITY_ID: await deal(portal) }),
    'crm.timeline.comment.get': commented('id'),
    'crm.timeline.comment.update': commented('id'),
    'crm.timeline.comment.delete': commented('id', 'ownerId'),
    async 'crm.timeline.comment.list'(portal, params) {
      const ENTITY_ID = await deal(portal)
      await comment(portal, 'deal', ENTITY_ID, pictures)
      await comment(portal, 'deal', ENTITY_ID)
      return { ...params, filter: { ...(params.filter as Parameters), ENTITY_ID } }
    },
    'crm.timeline.bindings.bind': bound(false),
    'crm.timeline.bindings.unbind': bound(true),
    async 'crm.timeline.bindings.list'(portal, params) {
      const of = fieldsOf(await bound(true)(portal, { fields: { ENTITY_TYPE: 'deal' } }))
      return { ...params, filter: { OWNER_ID: of.OWNER_ID } }
    },
    async 'crm.timeline.logmessage.add'(portal, params) {
      return given(params, { entityId: await lead(portal) })
    },
    'crm.timeline.logmessage.get': messaged,
    'crm.timeline.logmessage.delete': messaged,
    async 'crm.timeline.logmessage.list'(portal, params) {
      const entityId = await lead(portal)
      await message(portal, entityId)
      await message(portal, entityId)
      return { ...params, entityId }
    },
    'crm.timeline.icon.get': pictured('icon'),
    'crm.timeline.icon.list': pictured('icon'),
    'crm.timeline.icon.delete': pictured('icon'),
    'crm.timeline.logo.get': pictured('logo'),
    'crm.timeline.logo.list': pictured('logo'),
    'crm.timeline.logo.delete': pictured('logo'),
    'crm.timeline.note.save': noted(false),
    'crm.timeline.note.get': noted(true),
    'crm.timeline.note.delete': noted(true),
    'crm.timeline.item.pin': commented('id', 'ownerId'),
    'crm.timeline.item.unpin': commented('id', 'ownerId'),
    'crm.timeline.layout.blocks.set': commented('timelineId', 'entityId'),
    'crm.timeline.layout.blocks.get': blocked,
    'crm.timeline.layout.blocks.delete': blocked,
  },
  byApplication: [
    'crm.timeline.layout.blocks.set',
    'crm.timeline.layout.blocks.get',
    'crm.timeline.layout.blocks.delete',
  ],
  differences: {
    'crm.timeline.comment.get': [{ at: /^answer\.result\.FILES\.\d+: (extra|missing)$/, why: fileNumbers }],
    'crm.timeline.comment.list': [{ at: /^answer\.result\[\]\.FILES\.\d+: (extra|missing)$/, why: fileNumbers }],
  },
  amended: {
    'crm.timeline.comment.fields': refusesNobody,
    'crm.timeline.bindings.fields': refusesNobody,
    'crm.timeline.icon.list': refusesNobody,
    'crm.timeline.logo.list': refusesNobody,
  },
  provocations: {
    'crm.timeline.comment.add': { change: (params) => given(params, { ENTITY_TYPE: 'nothing' }) },
    'crm.timeline.comment.get': missing,
    'crm.timeline.comment.update': missing,
    'crm.timeline.comment.delete': missing,
    'crm.timeline.bindings.bind': noOwnerId,
    'crm.timeline.bindings.unbind': noOwnerId,
    'crm.timeline.bindings.list': { change: (params) => ({ ...params, filter: {} }) },
    'crm.timeline.logmessage.get': firstComment,
    'crm.timeline.logmessage.delete': firstComment,
    'crm.timeline.logmessage.list': { change: ({ entityTypeId: _without, ...params }) => params },
    'crm.timeline.icon.get': unknownCode,
    'crm.timeline.icon.delete': { change: gone('icon') },
    'crm.timeline.logo.get': unknownCode,
    'crm.timeline.logo.delete': { change: gone('logo') },
    'crm.timeline.note.save': noItem,
    'crm.timeline.note.get': noItem,
    'crm.timeline.note.delete': noItem,
    'crm.timeline.item.pin': missing,
    'crm.timeline.item.unpin': missing,
    'crm.timeline.layout.blocks.set': byWebhook,
    'crm.timeline.layout.blocks.get': byWebhook,
    'crm.timeline.layout.blocks.delete': byWebhook,
  },
}
