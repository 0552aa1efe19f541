import { readDraft } from '../../methods/draft.ts'
import { isSaved, type Draft } from '../../records/change.ts'
import type { Context, Portal } from '../../records/context.ts'
import { digest } from '../../records/digest.ts'
import { Failure } from '../../records/failure.ts'
import { createWithin } from '../../records/records.ts'
import type { Entity } from '../../schema/entity.ts'
import { normalise } from '../../schema/multifield.ts'
import { itemWire } from '../../schema/wire.ts'
import { sql } from '../../store/sql.ts'
import type { Session, Transaction } from '../../store/store.ts'
import type { Tree } from '../../schema/tree.ts'
import { network } from '../session/throttle.ts'
import { type Question, questionsOf, readAnswers } from './answers.ts'
import { CLIENT, communicationOf, formInputs } from './form-inputs.ts'
import { type Form, titleOf } from './forms.ts'
import { webFormSubmission } from './tables.ts'
import type { FormWord } from './words.ts'

const CONTACT = 3
const HOUR = 3_600
/** Seconds that people need at least to fill a form in, and for which its page can be sent. */
const QUICKEST = 2
const STALE = 86_400
/** What an address tells of the campaign that has brought somebody. */
export const UTM = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term'] as const

/** What came of it. `said` is of the whole form, `faults` of its questions. */
export type Submitted =
  | { readonly is: 'taken' }
  | { readonly is: 'closed' }
  | { readonly is: 'often' }
  | { readonly is: 'refused'; readonly said: FormWord; readonly faults: ReadonlyMap<string, FormWord> }

export interface Sent {
  readonly values: Tree
  /** What the page carried: when it was made, and that it was. */
  readonly page: { readonly issued: number; readonly token: string } | undefined
  readonly address: string
}

/** Whether a form still takes answers. */
export async function isOpen(portal: Portal, session: Session, { id, active, definition }: Form): Promise<boolean> {
  if (!active) return false
  const { until, total } = definition.limits
  if (until !== '' && portal.zone.toEpoch(Date.parse(`${until}T24:00:00Z`) / 1000) <= portal.sources.now()) return false
  if (total === 0) return true
  const [row] = await session.find<{ n: number }>(
    sql`select count(*) as n from web_form_submission where form_id = ${id}`,
  )
  return Number(row?.n) < total
}

const refused = (said: FormWord, faults: ReadonlyMap<string, FormWord> = new Map()): Submitted => ({
  is: 'refused',
  said,
  faults,
})

/** What a form of a type asks, with the answers that can be chosen as they are now. */
export async function questions(portal: Portal, session: Session, form: Form): Promise<Question[]> {
  const entity = await portal.entities.find(session, form.entityTypeId)
  return entity === undefined ? [] : questionsOf(form.definition.fields, await formInputs(portal, session, entity))
}

/** Takes what a stranger has sent: checks it, and makes the record with its client in one transaction. */
export async function submit(portal: Portal, session: Session, form: Form, sent: Sent): Promise<Submitted> {
  const entity = await portal.entities.find(session, form.entityTypeId)
  if (entity === undefined || !(await isOpen(portal, session, form))) return { is: 'closed' }
  const now = portal.sources.now()
  const { page } = sent
  if (page === undefined || now - page.issued > STALE) return refused('stale')
  if (now - page.issued < QUICKEST) return refused('tooQuick')
  if (text(sent.values, 'homepage_of_yours') !== '') return refused('robot')
  const { values, faults } = readAnswers(await questions(portal, session, form), sent.values)
  const all = new Map(faults)
  if (form.definition.consent !== '' && text(sent.values, 'consent') === '') all.set('consent', 'consent')
  if (all.size > 0) return refused('check', all)
  const context = await contextOf(portal, session, form)
  if (context === undefined) return { is: 'closed' }
  const address = digest(`${form.id} ${network(sent.address)}`)
  const drafts = await draftsOf(context, entity, form, values, sent.values)
  if ('faults' in drafts) return refused('check', drafts.faults)
  try {
    return await session.transaction((tx) =>
      take(tx, context, { form, entity, ...drafts, address, token: digest(page.token) }),
    )
  } catch (cause) {
    await discard(portal, drafts)
    if (cause instanceof Failure) return refused('check', faultsOf(cause, ''))
    throw cause
  }
}

/** In whose name a form writes: whoever has built it, else the first administrator who is still there. */
async function contextOf(portal: Portal, session: Session, form: Form): Promise<Context | undefined> {
  const people = await portal.people.all(session)
  const builder = people.get(form.createdBy)
  const person = builder?.active === true ? builder : [...people.values()].find(({ active, admin }) => active && admin)
  return person === undefined ? undefined : { portal, session, person, now: portal.sources.now() }
}

const text = (tree: Tree, name: string): string => {
  const value = Object.hasOwn(tree, name) ? tree[name] : ''
  return typeof value === 'string' ? value.trim() : ''
}

interface Drafts {
  readonly draft: Draft
  readonly client: Draft | undefined
  /** Phones and e-mails of the client, as duplicates are looked for. */
  readonly known: readonly { readonly type: string; readonly normal: string }[]
}

async function draftsOf(
  context: Context,
  entity: Entity,
  form: Form,
  values: ReadonlyMap<string, unknown>,
  sent: Tree,
): Promise<Drafts | { faults: ReadonlyMap<string, FormWord> }> {
  const { record } = form.definition
  const utm = Object.fromEntries(
    UTM.flatMap((name) => {
      const value = text(sent, name).slice(0, 255)
      return value === '' ? [] : [[name.replace(/_(\w)/, (_whole, letter: string) => letter.toUpperCase()), value]]
    }),
  )
  const own = wireFields(values, '')
  const made: Record<string, unknown> = {
    ...(own.title === undefined && entity.byName.has('title') ? { title: titleOf(form, entity) } : {}),
    ...(record.categoryId > 0 ? { categoryId: record.categoryId } : {}),
    ...(record.stageId === '' ? {} : { stageId: record.stageId }),
    ...(record.sourceId === '' ? {} : { sourceId: record.sourceId }),
    ...(record.assignedById > 0 ? { assignedById: record.assignedById } : {}),
    ...utm,
    ...own,
  }
  const clientFields = wireFields(values, CLIENT)
  const contact = await context.portal.entities.get(context.session, CONTACT)
  let draft: Draft | undefined
  try {
    draft = await readDraft(context, entity, itemWire, made, { isNew: true, strict: true })
    draft.values.set('webformId', form.id)
    if (Object.keys(clientFields).length === 0) return { draft, client: undefined, known: [] }
  } catch (cause) {
    if (cause instanceof Failure) return { faults: faultsOf(cause, '') }
    throw cause
  }
  try {
    const options = { isNew: true, strict: true }
    const fields = {
      ...(record.assignedById > 0 ? { assignedById: record.assignedById } : {}),
      ...utm,
      ...clientFields,
    }
    const client = await readDraft(context, contact, itemWire, fields, options)
    if (!client.values.has('name') && !client.values.has('lastName'))
      client.values.set('name', nameOf(clientFields, form))
    client.values.set('webformId', form.id)
    const known = (clientFields.fm as { typeId: string; value: string }[] | undefined) ?? []
    return {
      draft,
      client,
      known: known
        .filter(({ typeId }) => typeId !== 'WEB')
        .map(({ typeId, value }) => ({
          type: typeId,
          normal: normalise(typeId, value),
        })),
    }
  } catch (cause) {
    await discard(context.portal, { draft, client: undefined })
    if (cause instanceof Failure) return { faults: faultsOf(cause, CLIENT) }
    throw cause
  }
}

/** A contact has to be called something. */
const nameOf = (fields: Readonly<Record<string, unknown>>, form: Form): string =>
  (fields.fm as { value: string }[] | undefined)?.[0]?.value ?? form.title

/** Answers as the API takes them: of the record itself, or of its client. */
function wireFields(values: ReadonlyMap<string, unknown>, prefix: string): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  const multifields: object[] = []
  for (const [name, value] of values) {
    if (name.startsWith(CLIENT) !== (prefix === CLIENT)) continue
    const bare = name.slice(prefix.length)
    const typeId = communicationOf(bare)
    if (typeId === undefined) fields[bare] = value
    else multifields.push({ typeId, valueType: 'WORK', value })
  }
  return multifields.length === 0 ? fields : { ...fields, fm: multifields }
}

async function take(
  tx: Transaction,
  context: Context,
  given: Drafts & { form: Form; entity: Entity; address: string; token: string },
): Promise<Submitted> {
  const { form, entity, draft, client, known, address, token } = given
  const { portal, person } = context
  const now = Math.floor(context.now)
  const { perAddress } = form.definition.limits
  const [twice] = await tx.find<{ id: number }>(sql`select id from web_form_submission where token = ${token}`)
  if (twice !== undefined) {
    await discard(portal, given)
    return { is: 'taken' }
  }
  const [recent] = await tx.find<{ n: number }>(
    sql`select count(*) as n from web_form_submission where form_id = ${form.id} and address = ${address} and time > ${now - HOUR}`,
  )
  if (perAddress > 0 && Number(recent?.n) >= perAddress) {
    await discard(portal, given)
    return { is: 'often' }
  }
  const within = { tx, portal, person, now: context.now }
  if (client !== undefined) {
    const contact = await portal.entities.get(tx, CONTACT)
    const found = form.definition.record.reuseClient ? await holder(tx, known) : undefined
    if (found !== undefined) await discard(portal, { draft: client, client: undefined })
    const id = found ?? (await createWithin(within, contact, client))
    if (entity.byName.has('contactIds')) draft.links.set('contactIds', [id])
    else draft.values.set('contactId', id)
  }
  const recordId = await createWithin(within, entity, draft)
  tx.insert(webFormSubmission, {
    id: await tx.nextId(webFormSubmission),
    form_id: form.id,
    token,
    address,
    entity_type_id: entity.entityTypeId,
    record_id: recordId,
    time: now,
  })
  return { is: 'taken' }
}

/** The oldest contact with one of these phones or e-mails. */
async function holder(tx: Transaction, known: Drafts['known']): Promise<number | undefined> {
  for (const { type, normal } of known) {
    if (normal === '') continue
    const [row] = await tx.find<{ id: number | null }>(
      sql`select min(record_id) as id from crm_multifield where entity_type_id = ${CONTACT} and type_id = ${type} and normal = ${normal}`,
    )
    if (row?.id != null) return Number(row.id)
  }
  return undefined
}

/** Files that no record owns. */
async function discard(portal: Portal, { draft, client }: Pick<Drafts, 'draft' | 'client'>): Promise<void> {
  const written = [draft, client].flatMap((each) =>
    each === undefined ? [] : [...each.values.values(), ...[...each.lists.values()].flat()],
  )
  await portal.files.discard(written.filter(isSaved).map(({ blob }) => blob))
}

function faultsOf({ reason }: Failure, prefix: string): ReadonlyMap<string, FormWord> {
  if (reason.why === 'invalid' || reason.why === 'not-a-list')
    return new Map([[`${prefix}${reason.field.name}`, 'invalid']])
  if (reason.why === 'required') return new Map(reason.fields.map(({ name }) => [`${prefix}${name}`, 'required']))
  return new Map()
}
