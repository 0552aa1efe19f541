import { deleteWebhook, insertWebhook } from '../../../../auth/webhooks.ts'
import { audit } from '../../../../records/audit.ts'
import { SeedError } from '../items.ts'
import { idIn, type Kind, listOf, mapOf, plain, secretOf } from './kind.ts'

export const apps: Kind = {
  async add({ call }, given) {
    const made = mapOf(await call('portico.app.add', { fields: given }))
    return { id: idIn(made), value: String(made.CLIENT_ID), secret: String(made.SECRET) }
  },
  update: async ({ call }, id, given) => void (await call('portico.app.update', { id, fields: given })),
  exists: async ({ ask }, id) => (await ask('portico.app.get', { id })) !== undefined,
}

/** Another scope or person is another webhook: what has been handed out must not open more than before. */
export const webhooks: Kind = {
  once: ['code'],
  async add(shop, given, item) {
    const { user = 1, scope = '*', title = item.name } = given
    const code = secretOf(shop, given.code, item)
    const { webhook: options } = (await import('../../../../config.ts')).options
    const { scope: scopeOption } = await import('../../../options.ts')
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

export const outbound: Kind = {
  async add({ call }, given) {
    const made = mapOf(await call('portico.outbound.add', given))
    return { ...plain(idIn(made)), secret: String(made.APPLICATION_TOKEN) }
  },
  update: async ({ call }, id, given) => void (await call('portico.outbound.update', { id, ...given })),
  exists: async ({ ask }, id) => listOf(await ask('portico.outbound.list', {})).some((row) => idIn(row) === Number(id)),
}
