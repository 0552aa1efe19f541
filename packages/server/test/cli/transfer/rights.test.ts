import { expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { everywhere, rightsIn } from '../../portal/rights/tools.ts'
import { transfers } from './tools.ts'

const { portal, file, run } = await transfers()
const { must, nobodyMayAnything, role } = rightsIn(portal)
await nobodyMayAnything()
const reader = await portal.person()
const seller = await portal.person()
await role([`U${reader.id}`], everywhere('lead', 'all', ['read', 'add']))
await role(
  [`U${seller.id}`],
  [
    ...everywhere('lead', 'all', ['read', 'add', 'import']),
    { entity: 'lead', action: 'export', level: 'own' },
    ...everywhere('deal', 'all', ['read']),
    { entity: 'deal', action: 'export', level: 'opened' },
  ],
)
await must('crm.lead.add', { fields: { TITLE: 'ours', ASSIGNED_BY_ID: 1 } })
await must('crm.lead.add', { fields: { TITLE: 'of the seller', ASSIGNED_BY_ID: seller.id } })

const logged = async (type: string) => {
  const rows = await portal.portal.store
    .session()
    .find<{ user_id: number; item: string; description: string }>(
      sql`select user_id, item, description from audit_log where audit_type = ${type} order by id`,
    )
  return rows.map((row) => ({ ...row, user_id: Number(row.user_id) }))
}

it('imports only with the right to import, though the rows could be added one by one', async () => {
  const rows = (title: string) => file(`TITLE\n${title}\n`)
  const refused = await run(['lead', 'import', rows('refused')], { as: reader.hook })
  expect(refused).toMatchObject({ code: 4, err: expect.stringContaining('no right to import') })
  expect((await portal.call('crm.lead.list', { filter: { TITLE: 'refused' } })).body.total).toBe(0)
  expect(await run(['lead', 'import', rows('allowed')], { as: seller.hook })).toMatchObject({ code: 0 })
  expect(await logged('IMPORT')).toEqual([{ user_id: seller.id, item: 'lead', description: '{"count":null}' }])
})

it('exports only with the right to export, only what that right is for, and the log says of which fields', async () => {
  const refused = await run(['lead', 'export'], { as: reader.hook })
  expect(refused).toMatchObject({ code: 4, out: '', err: expect.stringContaining('no right to export') })
  const args = ['lead', 'export', '--select', 'TITLE', '--filter', '!TITLE=Somebody Private']
  expect(await run(args, { as: seller.hook })).toMatchObject({ code: 0, out: 'TITLE\nof the seller\nallowed\n' })
  expect(await run(['lead', 'export', '--select', 'TITLE'])).toMatchObject({
    code: 0,
    out: 'TITLE\nours\nof the seller\nallowed\n',
  })
  expect(await logged('EXPORT')).toEqual([
    { user_id: seller.id, item: 'lead', description: '{"filter":["!TITLE"],"count":3}' },
    { user_id: 1, item: 'lead', description: '{"filter":[],"count":3}' },
  ])
})

it('does not widen a right that no filter can say', async () => {
  const ended = await run(['deal', 'export'], { as: seller.hook })
  expect(ended).toMatchObject({ code: 4, out: '', err: expect.stringContaining('some of these records only') })
})

it('begins for everything that has a list, and for nothing else', async () => {
  const begin = async (params: object) => (await portal.call('portico.export.begin', params)).body
  expect((await begin({ entity: 'crm.product' })).result).toMatchObject({ entity: expect.any(String) })
  expect((await portal.call('portico.export.begin', { entity: 'crm.vat' }, { as: reader.hook })).status).toBe(200)
  expect((await begin({ entity: 'DEAL' })).result).toEqual({ entity: 'deal', entityTypeId: 2, only: null })
  expect(await begin({ entity: 'nothing.at.all' })).toHaveProperty('error')
  expect(await begin({ entityTypeId: 4711 })).toHaveProperty('error')
  expect(await begin({})).toMatchObject({ error: 'INVALID_ARG_VALUE' })
})
