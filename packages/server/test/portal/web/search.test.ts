import { describe, expect, it } from 'vitest'
import { rankOf, wantedOf } from '../../../src/modules/web/search-query.ts'
import { testPortal } from '../../support/portal.ts'
import { everywhere, rightsIn } from '../rights/tools.ts'

interface Found {
  entityTypeId: number
  id: number
  title: string
  subtitle: string
  match: string
}

describe('portico.search', async () => {
  const portal = await testPortal()
  const { nobodyMayAnything, role } = rightsIn(portal)
  const find = async (query: unknown, more: object = {}, options = {}): Promise<Found[]> => {
    const { body } = await portal.call('portico.search', { query, ...more }, options)
    expect(body.error_description).toBeUndefined()
    return body.result.items as Found[]
  }
  const idsOf = async (query: unknown, more: object = {}, options = {}): Promise<string[]> =>
    (await find(query, more, options)).map(({ entityTypeId, id }) => `${entityTypeId}:${id}`)
  const add = async (entityTypeId: number, fields: object): Promise<number> => {
    const { body } = await portal.call('crm.item.add', { entityTypeId, fields })
    expect(body.error_description).toBeUndefined()
    return Number(body.result.item.id)
  }
  const phone = (value: string): object => ({ typeId: 'PHONE', valueType: 'WORK', value })
  const email = (value: string): object => ({ typeId: 'EMAIL', valueType: 'WORK', value })

  const company = await add(4, { title: 'Nordlicht Logistik', fm: [email('hallo@nordlicht.example')] })
  const contact = await add(3, {
    name: 'Jürgen',
    lastName: 'Weißmüller',
    companyId: company,
    fm: [phone('+49 (30) 5557-0123'), email('j.weiss@nordlicht.example')],
  })
  const lead = await add(1, {
    title: 'Bulk order, 400 units',
    name: 'Ana',
    lastName: 'Ortega',
    companyTitle: 'Proseware',
  })
  const deal = await add(2, { title: 'Website redesign', companyId: company, contactIds: [contact] })
  const invoice = await add(31, { title: 'Redesign, first part' })
  const { body: made } = await portal.call('crm.type.add', { fields: { title: 'Machines' } })
  const machines = Number(made.result.type.entityTypeId)
  const machine = await add(machines, { title: 'Redesigned mill' })

  it('finds by a piece of the title, in every type, each with what it belongs to', async () => {
    expect(await find('web')).toEqual([
      {
        entityTypeId: 2,
        id: deal,
        title: 'Website redesign',
        subtitle: 'Jürgen Weißmüller · Nordlicht Logistik',
        match: 'title',
      },
    ])
    // What begins with it comes before what holds it.
    expect(await idsOf('redesign')).toEqual([`31:${invoice}`, `${machines}:${machine}`, `2:${deal}`])
  })

  it('finds words in any order and in any case, people by their names, leads by their company', async () => {
    expect(await idsOf('weissmüller jürgen')).toEqual([])
    expect(await idsOf('WEIßMÜLLER jür')).toEqual([`3:${contact}`])
    expect(await idsOf('units bulk')).toEqual([`1:${lead}`])
    expect(await find('ortega')).toMatchObject([{ id: lead, subtitle: 'Ana Ortega · Proseware', match: 'title' }])
    expect(await idsOf('proseware')).toEqual([`1:${lead}`])
    expect(await idsOf('units nothing')).toEqual([])
  })

  it.each(['+493055570123', '0049 30 5557 0123', '(030) 5557-0123', '030/55570123', '5557 0123', '3055570123'])(
    'finds a phone that is written as %s',
    async (written) => {
      expect(await find(written)).toMatchObject([
        { id: contact, match: 'phone', subtitle: '+49 (30) 5557-0123 · Nordlicht Logistik' },
      ])
    },
  )

  it('finds an e-mail by its beginning or its domain', async () => {
    expect(await find('J.Weiss@nord')).toMatchObject([
      { id: contact, match: 'email', subtitle: 'j.weiss@nordlicht.example · Nordlicht Logistik' },
    ])
    expect((await idsOf('@nordlicht.example')).sort()).toEqual([`3:${contact}`, `4:${company}`])
  })

  it('finds by id, of every type or of one', async () => {
    expect((await find(`#${deal}`)).map(({ match }) => match)).toContain('id')
    expect(await idsOf(`#${machine}`, { entityTypeId: machines })).toEqual([`${machines}:${machine}`])
    expect(await idsOf('#999999')).toEqual([])
    // Without the sign it may be a title or a phone too.
    expect(await idsOf('400')).toEqual([`1:${lead}`])
  })

  it('answers with as many as are asked for, and hides no type behind another', async () => {
    for (let n = 0; n < 6; n += 1) await add(1, { title: `Crowd ${n}` })
    await add(2, { title: 'Crowd of deals' })
    const found = await find('crowd', { limit: 2 })
    expect(found.map(({ entityTypeId }) => entityTypeId)).toEqual([1, 2])
    // The newest first.
    expect(found[0]?.title).toBe('Crowd 5')
    expect(await find('crowd', { limit: 0 })).toHaveLength(1)
    expect(await find('crowd', { limit: 1000 })).toHaveLength(7)
  })

  it('finds what has been changed by what it is called now', async () => {
    await portal.call('crm.item.update', { entityTypeId: 1, id: lead, fields: { title: 'Rush order' } })
    expect(await idsOf('bulk')).toEqual([])
    expect(await idsOf('rush')).toEqual([`1:${lead}`])
    const gone = await add(1, { title: 'Ephemeral' })
    await portal.call('crm.item.delete', { entityTypeId: 1, id: gone })
    expect(await idsOf('ephemeral')).toEqual([])
  })

  it('takes what is meant for the database as text', async () => {
    const odd = await add(1, { title: `100% _odd_ 'quoted' \\ [set] *` })
    for (const query of ['100%', '_odd_', "'quoted'", '\\', '[set]', '*'])
      expect(await idsOf(query)).toEqual([`1:${odd}`])
    expect(await idsOf('%')).toEqual([`1:${odd}`])
    expect(await idsOf("' or 1=1 --")).toEqual([])
    expect(await idsOf(`${'x'.repeat(5_000)}`)).toEqual([])
    expect(await idsOf('   ')).toEqual([])
    expect(await idsOf('99999999999999999999')).toEqual([])
  })

  it('refuses what is no text', async () => {
    for (const query of ['', [], { a: 1 }, undefined]) {
      const { status, body } = await portal.call('portico.search', { query })
      expect([status, typeof body.error_description]).toEqual([400, 'string'])
    }
  })

  it('finds for each only what they may read, names of what a record belongs to included', async () => {
    await nobodyMayAnything()
    const seller = await portal.person({})
    expect(await find('crowd', {}, { as: seller.hook })).toEqual([])
    await role([`U${seller.id}`], [...everywhere('deal', 'all'), ...everywhere('lead', 'own')])
    const own = await add(1, { title: 'Crowd of mine', assignedById: seller.id, fm: [phone('+49 30 777 0000')] })
    await add(1, { title: 'Crowd of theirs', fm: [phone('+49 30 777 0000')] })
    expect((await find('crowd', {}, { as: seller.hook })).map(({ title }) => title).sort()).toEqual([
      'Crowd of deals',
      'Crowd of mine',
    ])
    expect(await idsOf('030 777 0000', {}, { as: seller.hook })).toEqual([`1:${own}`])
    // The deal is theirs to see, who it is with is not.
    expect(await find('website', {}, { as: seller.hook })).toMatchObject([{ id: deal, subtitle: '' }])
    expect(await idsOf('030 5557 0123', {}, { as: seller.hook })).toEqual([])
    expect(await idsOf(`#${contact}`, { entityTypeId: 3 }, { as: seller.hook })).toEqual([])
  })
})

describe('what is searched for', () => {
  it('is taken apart into words, a number, a phone and an e-mail', () => {
    expect(wantedOf('  ana  ortega ')).toEqual({
      words: ['ana', 'ortega'],
      id: undefined,
      phones: [],
      email: undefined,
    })
    expect(wantedOf('#12')).toEqual({ words: [], id: 12, phones: [], email: undefined })
    expect(wantedOf('+49 30 555 701-23').phones).toEqual(['493055570123', '055570123'])
    expect(wantedOf('0301234').phones).toEqual(['301234'])
    expect(wantedOf('123').phones).toEqual([])
    expect(wantedOf('A@B').email).toBe('a@b')
    expect(wantedOf('1 2 3 4 5 6 7 8').words).toHaveLength(6)
  })

  it('is answered best by the very name, then by its beginning, then by beginnings of words', () => {
    const names = ['Ana', 'Ana Ortega', 'Dr. Ana Ortega', 'Banana']
    expect(names.map((name) => rankOf(name, ['ana']))).toEqual([0, 1, 2, 3])
    expect(rankOf('Ana', ['ana', 'ortega'])).toBeUndefined()
    expect(rankOf('Ana', [])).toBeUndefined()
  })
})
