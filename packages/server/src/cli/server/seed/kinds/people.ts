import type { SeedItem } from '../items.ts'
import { type Fields, idIn, type Kind, listOf, mapOf, plain, secretOf, without, type Workshop } from './kind.ts'

/** The numbers of what every portal has: the company itself, the first administrator. */
const first = (fields: Fields): number | undefined => (fields.ID === undefined ? undefined : Number(fields.ID))

export const departments: Kind = {
  add: async ({ call }, fields) => plain(Number(await call('department.add', without(fields, ['ID'])))),
  update: async ({ call }, id, fields) => void (await call('department.update', { ...fields, ID: id })),
  exists: async ({ ask }, id) => listOf(await ask('department.get', { ID: id })).length > 0,
  async adopt({ ask }, fields) {
    const id = first(fields)
    return id === undefined || listOf(await ask('department.get', { ID: id })).length === 0 ? undefined : plain(id)
  },
}

/** What the methods for people do not write. */
const OWN = ['ID', 'password', 'admin']

export const users: Kind = {
  once: ['password'],
  async add(shop, fields, item) {
    const id = Number(await shop.call('user.add', without(fields, OWN)))
    await furnish(shop, id, fields, item)
    return plain(id)
  },
  async update(shop, id, fields) {
    await shop.call('user.update', { ...without(fields, OWN), ID: id })
    if (fields.admin !== undefined) await shop.call('portico.user.admin.set', { id, admin: fields.admin })
    return undefined
  },
  exists: async ({ ask }, id) => listOf(await ask('user.get', { ID: id })).length > 0,
  async adopt({ ask }, fields) {
    const { EMAIL: email } = fields
    const id = first(fields)
    if (id !== undefined && listOf(await ask('user.get', { ID: id })).length > 0) return plain(id)
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
  const { givePassword } = await import('../../../../modules/session/passwords.ts')
  const { cancelInvitation, INVITATION } = await import('../../../../modules/people/invitation.ts')
  await givePassword(shop, { userId: id, password })
  await shop.session.transaction(async (tx) => {
    await cancelInvitation(tx, id)
    await shop.portal.jobs.cancel(tx, INVITATION, `user:${id}`)
  })
}

/** Those that every portal begins with are known by their names. */
export const roles: Kind = {
  add: async ({ call }, fields) => plain(idIn(mapOf(await call('portico.role.add', { fields })).role)),
  update: async ({ call }, id, fields) => void (await call('portico.role.update', { id, fields })),
  exists: async ({ ask }, id) => (await ask('portico.role.get', { id })) !== undefined,
  async adopt({ ask, isSeeded }, { name }) {
    for (const role of listOf(mapOf(await ask('portico.role.list', {})).roles))
      if (role.name === name && !(await isSeeded('roles', idIn(role)))) return plain(idIn(role))
    return undefined
  },
  remove: async ({ call }, id) => void (await call('portico.role.delete', { id })),
}
