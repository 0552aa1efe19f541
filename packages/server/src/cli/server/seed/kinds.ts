import { deleteWebhook, insertWebhook } from '../../../auth/webhooks.ts'
import type { Sessions } from '../../../auth/sessions.ts'
import { audit } from '../../../records/audit.ts'
import type { Portal } from '../../../records/context.ts'
import type { Session } from '../../../store/store.ts'
import { type Section, type SeedItem, SeedError } from './document.ts'

export type Fields = Readonly<Record<string, unknown>>

/** Something that is there. */
export interface Made {
  /** How the portal's methods name it. */
  readonly id: string | number
  /** What a reference to it stands for. */
  readonly value: string | number
  /** What nobody can find out a second time. */
  readonly secret?: string
}

/** What kinds work with. */
export interface Workshop {
  readonly portal: Portal
  readonly sessions: Sessions
  readonly session: Session
  /** The values that `{ env: NAME }` stands for. */
  readonly env: NodeJS.ProcessEnv
  /** Calls a method as the administrator. @throws {SeedError} what it refuses */
  call(method: string, parameters: Fields): Promise<unknown>
  /** The same, and undefined where it is refused. */
  ask(method: string, parameters: Fields): Promise<unknown>
}

/** How things of one section are made, in the words of their own methods. */
export interface Kind {
  add(shop: Workshop, fields: Fields, item: SeedItem): Promise<Made>
  /** Answers with what it has become, where its id or its secret is another one. */
  update(shop: Workshop, id: Made['id'], fields: Fields, item: SeedItem): Promise<Made | undefined>
  exists(shop: Workshop, id: Made['id'], item: SeedItem, fields: Fields): Promise<boolean>
  /** What is there already although no seed has made it: people by their addresses, currencies by their codes. */
  adopt?(shop: Workshop, fields: Fields, item: SeedItem): Promise<Made | undefined>
  /** `@size.Large`: what a part of it stands for. */
  member?(shop: Workshop, id: Made['id'], name: string): Promise<string | number | undefined>
  /** Fields that count only when it is made, and are remembered nowhere. */
  readonly once?: readonly string[]
}

const mapOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
const listOf = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.map(mapOf) : [])
const without = (fields: Fields, names: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)))
const idIn = (value: unknown): number => Number(mapOf(value).id ?? mapOf(value).ID)
/** The same for both: most things are referred to by their ids. */
const plain = (id: number): Made => ({ id, value: id })

/** A text, or `{ env: NAME }`: what belongs into no repository. */
function secretOf({ env }: Workshop, value: unknown, item: SeedItem): string | undefined {
  if (value === undefined || value === null) return undefined
  const { env: name } = mapOf(value)
  if (typeof name !== 'string') return String(value)
  const found = env[name]
  if (!found) throw new SeedError(`${item.name}: the environment has no ${name}`, item.at)
  return found
}

const departments: Kind = {
  add: async ({ call }, fields) => plain(Number(await call('department.add', fields))),
  update: async ({ call }, id, fields) => void (await call('department.update', { ID: id, ...fields })),
  exists: async ({ ask }, id) => listOf(await ask('department.get', { ID: id })).length > 0,
}

const users: Kind = {
  once: ['password'],
  async add(shop, fields, item) {
    const id = Number(await shop.call('user.add', without(fields, ['password', 'admin'])))
    await furnish(shop, id, fields, item)
    return plain(id)
  },
  async update(shop, id, fields) {
    await shop.call('user.update', { ID: id, ...without(fields, ['password', 'admin']) })
    if (fields.admin !== undefined) await shop.call('portico.user.admin.set', { id, admin: fields.admin })
    return undefined
  },
  exists: async ({ ask }, id) => listOf(await ask('user.get', { ID: id })).length > 0,
  async adopt({ ask }, { EMAIL: email }) {
    if (typeof email !== 'string') return undefined
    const [found] = listOf(await ask('user.get', { FILTER: { EMAIL: email } }))
    return found === undefined ? undefined : plain(idIn(found))
  },
}

/** Who has a password needs no invitation. */
async function furnish(shop: Workshop, id: number, fields: Fields, item: SeedItem): Promise<void> {
  if (fields.admin !== undefined) await shop.call('portico.user.admin.set', { id, admin: fields.admin })
  const password = secretOf(shop, fields.password, item)
  if (password === undefined) return
  const { givePassword } = await import('../../../modules/session/passwords.ts')
  const { cancelInvitation, INVITATION } = await import('../../../modules/people/invitation.ts')
  await givePassword(shop, { userId: id, password })
  await shop.session.transaction(async (tx) => {
    await cancelInvitation(tx, id)
    await shop.portal.jobs.cancel(tx, INVITATION, `user:${id}`)
  })
}

const roles: Kind = {
  add: async ({ call }, fields) => plain(idIn(mapOf(await call('portico.role.add', { fields })).role)),
  update: async ({ call }, id, fields) => void (await call('portico.role.update', { id, fields })),
  exists: async ({ ask }, id) => (await ask('portico.role.get', { id })) !== undefined,
}

/** By their codes, which are their names in the seed. */
const currencies: Kind = {
  async add({ call }, fields, { name }) {
    await call('crm.currency.add', { fields: { CURRENCY: name, ...fields } })
    return { id: name, value: name }
  },
  update: async ({ call }, id, fields) => void (await call('crm.currency.update', { id, fields })),
  exists: async ({ ask }, id) => (await ask('crm.currency.get', { id })) !== undefined,
  adopt: async ({ ask }, _fields, { name }) =>
    (await ask('crm.currency.get', { id: name })) === undefined ? undefined : { id: name, value: name },
}

const typeIn = (answer: unknown): Made => {
  const type = mapOf(mapOf(answer).type)
  return { id: Number(type.id), value: Number(type.entityTypeId) }
}

/** A reference to a smart process is its number; `@name.id` is its id, as in `CRM_@{name.id}`. */
const types: Kind = {
  add: async ({ call }, fields) => typeIn(await call('crm.type.add', { fields })),
  update: async ({ call }, id, fields) =>
    void (await call('crm.type.update', { id, fields: without(fields, ['entityTypeId']) })),
  exists: async ({ ask }, id) => (await ask('crm.type.get', { id })) !== undefined,
  async adopt({ ask }, { entityTypeId }) {
    if (entityTypeId === undefined) return undefined
    const found = await ask('crm.type.getByEntityTypeId', { entityTypeId })
    return found === undefined ? undefined : typeIn(found)
  },
}

const pipelines: Kind = {
  async add({ call }, { entityTypeId, ...fields }) {
    return plain(idIn(mapOf(await call('crm.category.add', { entityTypeId, fields })).category))
  },
  update: async ({ call }, id, { entityTypeId, ...fields }) =>
    void (await call('crm.category.update', { entityTypeId, id, fields })),
  exists: async ({ ask }, id, _item, { entityTypeId }) =>
    (await ask('crm.category.get', { entityTypeId, id })) !== undefined,
}

/** A reference to a status or stage is its code, as records hold it. */
const statuses: Kind = {
  async add(shop, fields) {
    const id = Number(await shop.call('crm.status.add', { fields }))
    return { id, value: String(mapOf(await shop.call('crm.status.get', { id })).STATUS_ID) }
  },
  update: async ({ call }, id, fields) =>
    void (await call('crm.status.update', { id, fields: without(fields, ['ENTITY_ID', 'STATUS_ID']) })),
  exists: async ({ ask }, id) => (await ask('crm.status.get', { id })) !== undefined,
  async adopt({ ask }, { ENTITY_ID: directory, STATUS_ID: code }) {
    const rows = listOf(await ask('crm.status.list', { filter: { ENTITY_ID: directory } }))
    // In a pipeline the code of a stage has that of the pipeline before it.
    const found = rows.find(({ STATUS_ID: own }) => own === code || String(own).endsWith(`:${String(code)}`))
    return found === undefined ? undefined : { id: idIn(found), value: String(found.STATUS_ID) }
  },
}

const moduleId = 'crm'
const fieldIn = (answer: unknown): Record<string, unknown> => mapOf(mapOf(answer).field)
const optionsIn = (field: Record<string, unknown>): Record<string, unknown>[] =>
  listOf(Object.values(mapOf(field.enum)))

/** A reference to a user field is its name; `@name.option` is the id of an option, by its value or XML_ID. */
const fields: Kind = {
  async add({ call }, field) {
    const made = fieldIn(await call('userfieldconfig.add', { moduleId, field }))
    return { id: Number(made.id), value: String(made.fieldName) }
  },
  async update({ call }, id, field) {
    const known = optionsIn(fieldIn(await call('userfieldconfig.get', { moduleId, id })))
    const options = listOf(field.enum).map((option) => {
      const same = known.find(({ value, xmlId }) =>
        option.xmlId === undefined ? value === option.value : xmlId === option.xmlId,
      )
      return same === undefined ? option : { ...option, id: same.id }
    })
    const changed = without(field, ['entityId', 'fieldName', 'multiple', 'enum'])
    await call('userfieldconfig.update', {
      moduleId,
      id,
      field: { ...changed, ...(field.enum === undefined ? {} : { enum: options }) },
    })
    return undefined
  },
  exists: async ({ ask }, id) => (await ask('userfieldconfig.get', { moduleId, id })) !== undefined,
  async adopt({ ask }, { entityId, fieldName }) {
    const found = listOf(mapOf(await ask('userfieldconfig.list', { moduleId, filter: { entityId, fieldName } })).fields)
    const [first] = found
    return first === undefined ? undefined : { id: idIn(first), value: String(first.fieldName ?? fieldName) }
  },
  async member({ ask }, id, name) {
    const options = optionsIn(fieldIn(await ask('userfieldconfig.get', { moduleId, id })))
    const found = options.find(({ value, xmlId }) => value === name || xmlId === name)
    return found === undefined ? undefined : Number(found.id)
  },
}

const apps: Kind = {
  async add({ call }, given) {
    const made = mapOf(await call('portico.app.add', { fields: given }))
    return { id: idIn(made), value: String(made.CLIENT_ID), secret: String(made.SECRET) }
  },
  update: async ({ call }, id, given) => void (await call('portico.app.update', { id, fields: given })),
  exists: async ({ ask }, id) => (await ask('portico.app.get', { id })) !== undefined,
}

/** Another scope or person is another webhook: what has been handed out must not open more than before. */
const webhooks: Kind = {
  once: ['code'],
  async add(shop, given, item) {
    const { user = 1, scope = '*', title = item.name } = given
    const code = secretOf(shop, given.code, item)
    const { webhook: options } = (await import('../../../config.ts')).options
    const { scope: scopeOption } = await import('../../options.ts')
    const scopes = scopeOption.parse(Array.isArray(scope) ? scope.join(',') : String(scope))
    if (scopes === undefined) throw new SeedError(`${item.name}: scope must be ${scopeOption.expected}`, item.at)
    if (code !== undefined && options.parse(`1/${code}`) === undefined)
      throw new SeedError(`${item.name}: code must be 8 to 64 letters and digits`, item.at)
    const { portal, session } = shop
    const person = await portal.people.find(session, Number(user))
    if (person?.active !== true) throw new SeedError(`${item.name}: there is no user ${String(user)}`, item.at)
    const wanted = { userId: person.id, scope: scopes, title: String(title), ...(code === undefined ? {} : { code }) }
    return portal.caches.changing(session, ['webhooks'], async (tx) => {
      const made = await insertWebhook(tx, portal.sources, wanted)
      await audit({ now: portal.sources.now() }, tx, {
        type: 'WEBHOOK_ADD',
        module: 'rest',
        item: `webhook ${made.id}`,
        description: { userId: person.id, scope: scopes, title: wanted.title, by: 'operator' },
      })
      const path = `${person.id}/${made.code}`
      return { id: made.id, value: made.id, ...(code === undefined ? { secret: path } : {}) }
    })
  },
  async update(shop, id, given, item) {
    const { portal, session } = shop
    await portal.caches.changing(session, ['webhooks'], (tx) => deleteWebhook(tx, Number(id)))
    return this.add(shop, given, item)
  },
  exists: async ({ ask }, id) => listOf(await ask('portico.webhook.list', {})).some((row) => idIn(row) === Number(id)),
}

const outbound: Kind = {
  async add({ call }, given) {
    const made = mapOf(await call('portico.outbound.add', given))
    return { ...plain(idIn(made)), secret: String(made.APPLICATION_TOKEN) }
  },
  update: async ({ call }, id, given) => void (await call('portico.outbound.update', { id, ...given })),
  exists: async ({ ask }, id) => listOf(await ask('portico.outbound.list', {})).some((row) => idIn(row) === Number(id)),
}

export const kinds: Readonly<Record<Exclude<Section, 'records'>, Kind>> = {
  departments,
  users,
  roles,
  currencies,
  types,
  pipelines,
  statuses,
  fields,
  apps,
  webhooks,
  outbound,
}
