import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sql } from '../../src/store/sql.ts'
import type { Transaction } from '../../src/store/store.ts'
import { testPortal } from '../support/portal.ts'

const portal = await testPortal({ faulty: true })
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

const add = async (method: string, fields: object): Promise<number> =>
  (await portal.call(method, { fields })).body.result
const userField = (method: string, fields: object): Promise<number> => add(method, fields)

await userField('crm.deal.userfield.add', {
  FIELD_NAME: 'RELATED',
  USER_TYPE_ID: 'crm',
  SETTINGS: { CONTACT: 'Y', LEAD: 'Y' },
})
await userField('crm.deal.userfield.add', {
  FIELD_NAME: 'RELATIVES',
  USER_TYPE_ID: 'crm',
  MULTIPLE: 'Y',
  SETTINGS: { CONTACT: 'Y', LEAD: 'Y' },
})
await userField('crm.lead.userfield.add', { FIELD_NAME: 'SCAN', USER_TYPE_ID: 'file' })

/** Breaks something, looks, and mends it again. */
async function faultsAfter(breaking: (tx: Transaction) => Promise<unknown>): Promise<string[]> {
  const session = portal.portal.store.session()
  await session.transaction(breaking)
  await session.settled()
  return portal.faults()
}
const change = (query: ReturnType<typeof sql>) => faultsAfter((tx) => tx.change(query))

describe('portico check', () => {
  it('finds nothing in a portal that was only used by its methods', async () => {
    expect(await portal.faults()).toEqual([])
  })

  it('tells a link to a record that is gone', async () => {
    const id = await add('crm.deal.add', { TITLE: 'Orphan' })
    expect(await change(sql`update crm_deal set company_id = 4711 where id = ${id}`)).toEqual([
      `deal.companyId points at a record: ${id} to 4711`,
    ])
    await change(sql`update crm_deal set company_id = null where id = ${id}`)
  })

  it('tells children of a record that is gone, and totals that are not true', async () => {
    const id = await add('crm.contact.add', { NAME: 'Ada', PHONE: [{ VALUE: '+1 555 0100', VALUE_TYPE: 'WORK' }] })
    const company = await add('crm.company.add', { TITLE: 'Engines' })
    await portal.call('crm.contact.update', { id, fields: { COMPANY_ID: company } })
    const faults = await change(sql`delete from crm_contact where id = ${id}`)
    expect(faults).toEqual([
      'contact: 1 records are kept in mind, 0 are there',
      expect.stringMatching(new RegExp(`^crm_multifield belongs to a record: row \\d+ of 3 ${id}$`)),
      expect.stringMatching(new RegExp(`^crm_link belongs to a record: row \\d+ of 3 ${id}$`)),
    ])
    await change(sql`delete from crm_multifield`)
    await change(sql`delete from crm_link`)
    await faultsAfter(async (tx) => tx.count('crm_contact', -1))
    expect(await portal.faults()).toEqual([])
  })

  it('tells values of user fields that point at nothing', async () => {
    const lead = await add('crm.lead.add', { TITLE: 'Pointed at' })
    const fields = { TITLE: 'Points', UF_CRM_RELATED: `L_${lead}`, UF_CRM_RELATIVES: [`L_${lead}`] }
    const id = await add('crm.deal.add', fields)
    expect(await portal.faults()).toEqual([])
    const [column] = (await portal.portal.entities.get(portal.portal.store.session(), 2)).columns.filter(
      ({ legacy }) => legacy === 'UF_CRM_RELATED',
    )
    const name = column?.place.in === 'column' ? column.place.column : ''
    await change(sql`update field_value set text_value = 'C_98' where text_value = ${`L_${lead}`}`)
    expect(await change(sql`update crm_deal set ${sql.ref(name)} = 'L_99' where id = ${id}`)).toEqual([
      `deal.ufCrmRelated points at a record: ${id} to L_99`,
      `deal.ufCrmRelatives points at a record: ${id} to C_98`,
    ])
    await portal.call('crm.deal.update', { id, fields: { UF_CRM_RELATED: '', UF_CRM_RELATIVES: [] } })
  })

  it('tells files whose bytes are lost', async () => {
    const id = await add('crm.lead.add', { TITLE: 'Filed', UF_CRM_SCAN: { fileData: ['a.png', pixel] } })
    expect(await portal.faults()).toEqual([])
    rmSync(join(portal.dataDirectory, 'files'), { recursive: true })
    expect(await portal.faults()).toEqual([expect.stringMatching(/^stored_file has its bytes: \d+ a\.png$/)])
    await portal.call('crm.lead.delete', { id })
    expect(await portal.faults()).toEqual([])
  })
})

it('deleting a record empties the user fields that point at it, and leaves the others', async () => {
  const [gone, kept] = [await add('crm.lead.add', { TITLE: 'Gone' }), await add('crm.lead.add', { TITLE: 'Kept' })]
  const both = [`L_${gone}`, `L_${kept}`]
  const id = await add('crm.deal.add', { TITLE: 'Points', UF_CRM_RELATED: both[0], UF_CRM_RELATIVES: both })
  await portal.call('crm.lead.delete', { id: gone })
  const { UF_CRM_RELATED, UF_CRM_RELATIVES } = (await portal.call('crm.deal.get', { id })).body.result
  expect({ UF_CRM_RELATED, UF_CRM_RELATIVES }).toEqual({ UF_CRM_RELATED: null, UF_CRM_RELATIVES: [`L_${kept}`] })
})
