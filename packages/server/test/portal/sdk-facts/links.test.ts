import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'
import { asking } from './ask.ts'

const portal = await testPortal()
const ask = asking(portal)

/** Whose links, which add makes an owner, the linked code, and which add makes one of them. */
const LINKS: [prefix: string, owner: [string, string], code: string, linked: [string, string]][] = [
  ['crm.contact.company', ['crm.contact.add', 'NAME'], 'COMPANY_ID', ['crm.company.add', 'TITLE']],
  ['crm.company.contact', ['crm.company.add', 'TITLE'], 'CONTACT_ID', ['crm.contact.add', 'NAME']],
  ['crm.lead.contact', ['crm.lead.add', 'TITLE'], 'CONTACT_ID', ['crm.contact.add', 'NAME']],
  ['crm.deal.contact', ['crm.deal.add', 'TITLE'], 'CONTACT_ID', ['crm.contact.add', 'NAME']],
  ['crm.quote.contact', ['crm.quote.add', 'TITLE'], 'CONTACT_ID', ['crm.contact.add', 'NAME']],
]

describe.each(LINKS)('%s.*', (prefix, [addOwner, ownerName], code, [addLinked, linkedName]) => {
  const owner = () => ask(addOwner, { fields: { [ownerName]: 'owner' } })
  const linked = () => ask(addLinked, { fields: { [linkedName]: 'linked' } })
  const links = async (id: number) => {
    const items: Record<string, unknown>[] = await ask(`${prefix}.items.get`, { id })
    return items.map((item) => [item[code], item.IS_PRIMARY])
  }

  it('sets, gets and clears items', async () => {
    const [id, one, two] = [await owner(), await linked(), await linked()]
    const items = [
      { [code]: one, SORT: 100, IS_PRIMARY: 'Y' },
      { [code]: two, SORT: 100, IS_PRIMARY: 'N' },
    ]
    expect(await ask(`${prefix}.items.set`, { id, items })).toBe(true)
    expect(await links(id)).toEqual([
      [one, 'Y'],
      [two, 'N'],
    ])
    expect(await ask(`${prefix}.delete`, { id, fields: { [code]: two } })).toBe(true)
    expect(await links(id)).toEqual([[one, 'Y']])
    expect(await ask(`${prefix}.items.delete`, { id })).toBe(true)
    expect(await links(id)).toEqual([])
  })

  it.each(['Y', true])('adds one by one, the last of which with IS_PRIMARY %s is the primary one', async (primary) => {
    const [id, one, two] = [await owner(), await linked(), await linked()]
    for (const other of [one, two]) {
      expect(await ask(`${prefix}.add`, { id, fields: { [code]: other, SORT: 100, IS_PRIMARY: primary } })).toBe(true)
    }
    expect(new Map((await links(id)) as [number, string][])).toEqual(
      new Map([
        [one, 'N'],
        [two, 'Y'],
      ]),
    )
  })

  it('adds one with the defaults of the SDK: no primary one asked for', async () => {
    const [id, one, two] = [await owner(), await linked(), await linked()]
    expect(await ask(`${prefix}.add`, { id, fields: { [code]: one, SORT: 100, IS_PRIMARY: 'N' } })).toBe(true)
    expect(await ask(`${prefix}.add`, { id, fields: { [code]: two, SORT: 100, IS_PRIMARY: 'N' } })).toBe(true)
    const shown: Record<string, unknown>[] = await ask(`${prefix}.items.get`, { id })
    expect(shown.map((item) => item[code])).toEqual([one, two])
    expect(shown.every(({ SORT }) => typeof SORT === 'number')).toBe(true)
  })
})

describe('crm.contact.company.items.get', () => {
  it('has nothing for a contact that lost its companies, and for no contact', async () => {
    const id = await ask('crm.contact.add', { fields: { NAME: 'x' } })
    const COMPANY_ID = await ask('crm.company.add', { fields: { TITLE: 'y' } })
    expect(await ask('crm.contact.company.add', { id, fields: { COMPANY_ID, SORT: 100, IS_PRIMARY: 'N' } })).toBe(true)
    expect(await ask('crm.contact.company.items.delete', { id })).toBe(true)
    expect(await ask('crm.contact.company.items.get', { id })).toEqual([])
    expect((await ask('crm.contact.get', { id })).COMPANY_ID).toBeNull()
  })
})
