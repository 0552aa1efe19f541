import { beforeEach, describe, expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { announcements } from '../../support/outbox.ts'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()
const announced = announcements(portal)

const add = async (entity: string, fields: object = {}): Promise<number> =>
  (await portal.call(`crm.${entity}.add`, { fields })).body.result
const several = async (entity: string, n: number): Promise<number[]> => {
  const ids: number[] = []
  while (ids.length < n) ids.push(await add(entity))
  return ids
}
const result = async (method: string, params: object) => {
  const { body } = await portal.call(method, params)
  return body.error === undefined ? body.result : `${body.error}: ${body.error_description}`
}
const links = async (family: string, id: number): Promise<string[]> =>
  ((await result(`${family}.items.get`, { id })) as Record<string, unknown>[]).map(
    (link) => `${link.CONTACT_ID ?? link.COMPANY_ID} ${link.SORT} ${link.ROLE_ID} ${link.IS_PRIMARY}`,
  )

const families = [
  { owner: 'lead', target: 'contact', key: 'CONTACT_ID', primary: 'CONTACT_ID' },
  { owner: 'deal', target: 'contact', key: 'CONTACT_ID', primary: 'CONTACT_ID' },
  { owner: 'quote', target: 'contact', key: 'CONTACT_ID', primary: 'CONTACT_ID' },
  { owner: 'contact', target: 'company', key: 'COMPANY_ID', primary: 'COMPANY_ID' },
  { owner: 'company', target: 'contact', key: 'CONTACT_ID', primary: undefined },
] as const

describe.each(families)('crm.$owner.$target', ({ owner, target, key, primary }) => {
  const family = `crm.${owner}.${target}`
  let id: number
  let a: number
  let b: number
  let c: number

  beforeEach(async () => {
    id = await add(owner)
    ;[a, b, c] = (await several(target, 3)) as [number, number, number]
  })

  /** The links, and the primary one as the owner's own row shows it. */
  const expectLinks = async (...expected: string[]): Promise<void> => {
    expect(await links(family, id)).toEqual(expected)
    const first = expected.find((link) => link.endsWith('Y'))?.split(' ')[0]
    if (primary !== undefined) {
      const row = (await portal.call(`crm.${owner}.get`, { id })).body.result
      expect(String(row[primary] ?? '0')).toBe(first ?? '0')
    }
  }

  it('adds links, of which the first is the primary one, ten apart', async () => {
    expect(await result(`${family}.add`, { id, fields: { [key]: a, IS_PRIMARY: 'N' } })).toBe(true)
    expect(await result(`${family}.add`, { id, fields: { [key]: b } })).toBe(true)
    await expectLinks(`${a} 10 0 Y`, `${b} 20 0 N`)
  })

  it('makes a later link the primary one where it says so, and keeps the SORT that is given', async () => {
    await result(`${family}.add`, { id, fields: { [key]: a } })
    expect(await result(`${family}.add`, { id, fields: { [key]: b, IS_PRIMARY: 'Y', SORT: 1000 } })).toBe(true)
    expect(await result(`${family}.add`, { id, fields: { [key]: c } })).toBe(true)
    await expectLinks(`${a} 10 0 N`, `${b} 1000 0 Y`, `${c} 1010 0 N`)
  })

  it('answers false to a link that is there already, and changes nothing', async () => {
    await result(`${family}.add`, { id, fields: { [key]: a } })
    await announced()
    const before = await portal.census()
    expect(await result(`${family}.add`, { id, fields: { [key]: a, SORT: 5, IS_PRIMARY: 'Y' } })).toBe(false)
    expect(await portal.census()).toEqual(before)
    expect(await announced()).toEqual([])
    await expectLinks(`${a} 10 0 Y`)
  })

  it('removes a link, and the first that is left is the primary one', async () => {
    await result(`${family}.items.set`, { id, items: [{ [key]: a }, { [key]: b, IS_PRIMARY: 'Y' }, { [key]: c }] })
    expect(await result(`${family}.delete`, { id, fields: { [key]: b } })).toBe(true)
    await expectLinks(`${a} 10 0 Y`, `${c} 30 0 N`)
    expect(await result(`${family}.delete`, { id, fields: { [key]: b } })).toBe(false)
  })

  it('sets the whole list: what is not in it goes, the first named primary one is', async () => {
    await result(`${family}.add`, { id, fields: { [key]: a } })
    const items = [
      { [key]: b, SORT: 300 },
      { [key]: c, SORT: 100, IS_PRIMARY: 'Y' },
      { [key]: c, SORT: 1 },
    ]
    expect(await result(`${family}.items.set`, { id, items })).toBe(true)
    await expectLinks(`${c} 100 0 Y`, `${b} 300 0 N`)
    expect(await result(`${family}.items.set`, { id, items: [] })).toBe(true)
    await expectLinks()
  })

  it('clears the list', async () => {
    await result(`${family}.items.set`, { id, items: [{ [key]: a }, { [key]: b }] })
    expect(await result(`${family}.items.delete`, { id })).toBe(true)
    await expectLinks()
    expect(await result(`${family}.items.delete`, { id })).toBe(true)
  })

  it('leaves out links to what is not there', async () => {
    await result(`${family}.add`, { id, fields: { [key]: a } })
    expect(await result(`${family}.add`, { id, fields: { [key]: 999_999, IS_PRIMARY: 'Y' } })).toBe(false)
    expect(await result(`${family}.items.set`, { id, items: [{ [key]: 999_999 }, { [key]: b }] })).toBe(true)
    expect((await links(family, id)).map((link) => link.split(' ')[0])).toEqual([String(b)])
  })

  it('announces one update of the owner for each change, and keeps its history', async () => {
    await announced()
    await result(`${family}.items.set`, { id, items: [{ [key]: a }, { [key]: b }] })
    expect(await announced()).toEqual([{ event: `ONCRM${owner.toUpperCase()}UPDATE`, fields: { ID: id } }])
    await result(`${family}.items.set`, { id, items: [{ [key]: a }, { [key]: b, SORT: 7 }] })
    expect(await announced()).toHaveLength(1)
    const [row] = await portal.portal.store
      .session()
      .find<{ n: number }>(
        sql`select count(*) as n from history where record_id = ${id} and action = 'update' and entity_type_id = ${{ lead: 1, deal: 2, contact: 3, company: 4, quote: 7 }[owner]}`,
      )
    expect(Number(row?.n)).toBe(2)
  })

  it('refuses what is no id, no link and no list', async () => {
    for (const bad of [0, -1, '', 'x', undefined]) {
      const text = `: The parameter 'ownerEntityID' is invalid or not defined.`
      expect(await result(`${family}.add`, { id: bad, fields: { [key]: a } })).toBe(text)
      expect(await result(`${family}.items.get`, { id: bad })).toBe(text.replaceAll("'", ''))
    }
    expect(await result(`${family}.add`, { id, fields: 'x' })).toBe(": The parameter 'fields' must be array.")
    for (const bad of [{}, { [key]: 0 }, { [key]: 'x' }])
      for (const verb of ['add', 'delete'])
        expect(await result(`${family}.${verb}`, { id, fields: bad })).toBe(": The parameter 'fields' is not valid.")
    expect(await result(`${family}.items.set`, { id, items: 'x' })).toBe(': The parameter items must be array.')
    await expectLinks()
  })

  it('is closed to who may not change the owner, and shows nothing to who may not read it', async () => {
    const { hook } = await portal.person()
    const session = portal.portal.store.session()
    await portal.portal.caches.changing(session, ['roles'], (tx) =>
      tx.change(sql`update crm_role_permission set level = 'own'`),
    )
    await session.settled()
    const before = await portal.census()
    for (const [method, params] of [
      ['add', { id, fields: { [key]: a } }],
      ['delete', { id, fields: { [key]: a } }],
      ['items.set', { id, items: [{ [key]: a }] }],
      ['items.delete', { id }],
      ['items.get', { id }],
    ] as const) {
      const { status, body } = await portal.call(`${family}.${method}`, params, { as: hook })
      expect([status, body.error, body.error_description]).toEqual([
        owner === 'quote' ? 403 : 400,
        'ACCESS_DENIED',
        'Access denied!',
      ])
    }
    // One's own record takes no link to what one may not see.
    const own = (await portal.call(`crm.${owner}.add`, { fields: {} }, { as: hook })).body.result
    const { body } = await portal.call(`${family}.add`, { id: own, fields: { [key]: a } }, { as: hook })
    expect(body.error_description).toMatch(/^\[(Contact|Company) #\d+\] You do not have permission to view this item$/)
    await portal.call(`crm.${owner}.delete`, { id: own }, { as: hook })
    await portal.portal.caches.changing(session, ['roles'], (tx) =>
      tx.change(sql`update crm_role_permission set level = 'all'`),
    )
    await session.settled()
    expect({ ...(await portal.census()), history: 0, outbox: 0 }).toEqual({ ...before, history: 0, outbox: 0 })
  })
})

describe('lists of links by other roads', () => {
  it('get their SORT from the places in the list, and the first is the primary one', async () => {
    const [a, b] = await several('contact', 2)
    const id = await add('quote')
    await result('crm.quote.contact.items.set', { id, items: [{ CONTACT_ID: a, SORT: 500 }] })
    await result('crm.item.update', { entityTypeId: 7, id, fields: { contactIds: [b, a] } })
    expect(await links('crm.quote.contact', id)).toEqual([`${b} 10 0 Y`, `${a} 20 0 N`])
  })

  it('give way to the next contact when the primary one is deleted, though two have the same SORT', async () => {
    const [a, b, c] = await several('contact', 3)
    const id = await add('deal')
    const items = [a, b, c].map((CONTACT_ID) => ({ CONTACT_ID, SORT: 10 }))
    await result('crm.deal.contact.items.set', { id, items })
    await portal.call('crm.contact.delete', { id: a })
    expect(await links('crm.deal.contact', id)).toEqual([`${b} 10 0 Y`, `${c} 10 0 N`])
  })

  it('keep the SORT of links that stay, in contacts and companies', async () => {
    const [a, b, c] = await several('company', 3)
    const id = await add('contact')
    await result('crm.contact.company.items.set', { id, items: [{ COMPANY_ID: a, SORT: 70 }] })
    await result('crm.contact.company.items.set', {
      id,
      items: [{ COMPANY_ID: c }, { COMPANY_ID: a }, { COMPANY_ID: b }],
    })
    expect(await links('crm.contact.company', id)).toEqual([`${a} 70 0 N`, `${c} 80 0 Y`, `${b} 90 0 N`])
  })

  it('are one list seen from two sides, each with an order of its own', async () => {
    const [one, two] = await several('company', 2)
    const [ann, bob] = await several('contact', 2)
    await result('crm.contact.company.items.set', { id: ann, items: [{ COMPANY_ID: one }, { COMPANY_ID: two }] })
    await result('crm.company.contact.add', { id: two, fields: { CONTACT_ID: bob, IS_PRIMARY: 'Y', SORT: 5 } })
    expect(await links('crm.company.contact', two as number)).toEqual([`${bob} 5 0 Y`, `${ann} 10 0 N`])
    // Ann's own list and its primary company are as they were; Bob's first company is his primary one.
    expect(await links('crm.contact.company', ann as number)).toEqual([`${one} 10 0 Y`, `${two} 20 0 N`])
    expect(await links('crm.contact.company', bob as number)).toEqual([`${two} 10 0 Y`])
    // Ann's list may be rewritten without the companies' order being lost.
    await result('crm.item.update', { entityTypeId: 3, id: ann, fields: { companyIds: [two, one] } })
    expect(await links('crm.company.contact', two as number)).toEqual([`${bob} 5 0 Y`, `${ann} 10 0 N`])
    await result('crm.company.contact.items.delete', { id: two })
    expect(await links('crm.contact.company', ann as number)).toEqual([`${one} 20 0 Y`])
  })

  it('show nothing of a record that is not there, where the pages say so, and refuse it elsewhere', async () => {
    for (const family of ['crm.quote.contact', 'crm.contact.company', 'crm.company.contact']) {
      expect(await result(`${family}.items.get`, { id: 999_999 })).toEqual([])
      expect(await result(`${family}.items.delete`, { id: 999_999 })).toBe(true)
    }
    expect(await result('crm.lead.contact.items.get', { id: 999_999 })).toBe('NOT_FOUND: Not found.')
    expect(await result('crm.deal.contact.items.get', { id: 999_999 })).toBe(': Not found.')
    expect(await result('crm.deal.contact.items.delete', { id: 999_999 })).toBe(': Not found')
  })
})

describe('a lead that is linked to a contact', () => {
  const flag = async (id: number) => (await portal.call('crm.lead.get', { id })).body.result.IS_RETURN_CUSTOMER

  it('stays a simple one; only saving the lead itself makes it a repeat one', async () => {
    const contact = await add('contact')
    const id = await add('lead')
    await result('crm.lead.contact.add', { id, fields: { CONTACT_ID: contact } })
    expect(await flag(id)).toBe('N')
    await result('crm.lead.update', { id, fields: { CONTACT_ID: contact } })
    expect(await flag(id)).toBe('Y')
    await result('crm.lead.contact.items.delete', { id })
    expect(await flag(id)).toBe('Y')
    await result('crm.item.update', { entityTypeId: 1, id, fields: { contactIds: [contact] } })
    expect(await flag(id)).toBe('Y')
    await result('crm.lead.update', { id, fields: { CONTACT_ID: '' } })
    expect(await flag(id)).toBe('N')
  })
})

it('two callers who link at the same time lose no link', async () => {
  const id = await add('deal')
  const contacts = await several('contact', 8)
  await Promise.all(contacts.map((CONTACT_ID) => result('crm.deal.contact.add', { id, fields: { CONTACT_ID } })))
  const found = await links('crm.deal.contact', id)
  expect(found.map((link) => Number(link.split(' ')[0])).sort((x, y) => x - y)).toEqual(contacts)
  expect(found.filter((link) => link.endsWith('Y'))).toHaveLength(1)
  expect(found.map((link) => link.split(' ')[1])).toEqual(['10', '20', '30', '40', '50', '60', '70', '80'])
})
