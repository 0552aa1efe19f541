import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { nouns } from '../../src/cli/call/nouns.ts'
import { methods } from '../../src/modules/index.ts'
import { commandLine } from '../support/command-line.ts'
import { listening } from '../support/listening.ts'
import { testPortal } from '../support/portal.ts'

const portal = await testPortal()
const { hook } = await listening(portal)
const { home, inProcess } = commandLine()
const env = { PORTICO_URL: hook }
const run = (...args: string[]) => inProcess(args, { env })
const json = async (...args: string[]) => {
  const { code, out, err } = await run(...args)
  if (code !== 0) throw new Error(err)
  return JSON.parse(out)
}
const { id: type } = (
  await portal.call('crm.type.add', { fields: { title: 'Repairs', entityTypeId: 1100, isCategoriesEnabled: 'Y' } })
).body.result.type

describe('the nouns', () => {
  it('stand for methods that there are', () => {
    const known = new Set(methods.map(({ name }) => name))
    const verbs = { list: 'list', get: 'get', create: 'add', update: 'update', delete: 'delete', fields: 'fields' }
    const called = nouns.flatMap((noun) =>
      noun.verbs.map((verb) => (verb === 'list' && noun.list) || `${noun.api.prefix ?? 'crm.item'}.${verbs[verb]}`),
    )
    expect(called.filter((name) => !known.has(name))).toEqual([])
  })

  const cases: [noun: string, create: string[], update: string[], shown: object][] = [
    ['lead', ['TITLE=A lead'], ['OPPORTUNITY=12'], { TITLE: 'A lead', OPPORTUNITY: '12.00' }],
    ['deal', ['TITLE=A deal'], ['COMMENTS=note'], { TITLE: 'A deal', COMMENTS: 'note' }],
    [
      'contact',
      ['NAME=Ada', 'PHONE[0][VALUE]=+491', 'PHONE[0][VALUE_TYPE]=WORK'],
      ['LAST_NAME=Lovelace'],
      { NAME: 'Ada', LAST_NAME: 'Lovelace', PHONE: [expect.objectContaining({ VALUE: '+491' })] },
    ],
    ['company', ['TITLE=Acme'], ['COMPANY_TYPE=PARTNER'], { TITLE: 'Acme', COMPANY_TYPE: 'PARTNER' }],
    ['quote', ['TITLE=Offer'], ['OPPORTUNITY=5'], { TITLE: 'Offer', OPPORTUNITY: '5.00' }],
    ['invoice', ['title=March'], ['opportunity=7'], { title: 'March', opportunity: 7 }],
    ['item --type=1100', ['title=Request'], ['title=Changed'], { title: 'Changed', entityTypeId: 1100 }],
    [
      'item --type=deal',
      ['title=As an item'],
      ['opportunity=3'],
      { title: 'As an item', entityTypeId: 2, opportunity: 3 },
    ],
    ['product', ['NAME=Chair', 'PRICE=10', 'CURRENCY_ID=USD'], ['PRICE=12'], { NAME: 'Chair', PRICE: '12.00' }],
    ['status', ['ENTITY_ID=SOURCE', 'STATUS_ID=FAIR', 'NAME=Fair'], ['NAME=Trade fair'], { NAME: 'Trade fair' }],
    ['category --type=deal', ['name=Partners'], ['sort=300'], { name: 'Partners', sort: 300 }],
    ['type', ['title=Orders'], ['title=Returns'], { title: 'Returns' }],
    ['department', ['NAME=Sales', 'PARENT=1'], ['SORT=20'], { NAME: 'Sales', SORT: 20 }],
  ]
  it.each(cases)('%s is created, shown, changed, listed and deleted', async (line, created, updated, shown) => {
    const [name = '', ...flags] = line.split(' ')
    const noun = nouns.find((each) => each.name === name)
    const set = (fields: string[]): string[] => fields.flatMap((field) => ['--set', field])
    const made = await run(name, 'create', ...flags, ...set(created), '-q')
    expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\n$/), err: '' })
    const id = made.out.trim()
    expect(await run(name, 'update', id, ...flags, ...set(updated))).toMatchObject({ code: 0, err: '' })
    expect(await json(name, 'get', id, ...flags)).toMatchObject(shown)
    const rows: Record<string, unknown>[] = await json(name, 'list', ...flags, '--all')
    expect(rows.map((row) => String(row[noun?.id ?? 'ID']))).toContain(id)
    const counted = await json(name, 'list', ...flags, '--count')
    expect(counted).toBe(rows.length)
    expect(await run(name, 'delete', id, ...flags, '--yes')).toMatchObject({ code: 0, err: '' })
    expect(await run(name, 'get', id, ...flags)).toMatchObject({ code: 1, out: '' })
  })

  it('know currencies by their code, and people who are not deleted', async () => {
    expect(
      await json('currency', 'create', '--set', 'CURRENCY=XTS', '--set', 'AMOUNT=0.9', '--set', 'AMOUNT_CNT=1'),
    ).toBe('XTS')
    expect(await json('currency', 'get', 'XTS')).toMatchObject({ CURRENCY: 'XTS', AMOUNT: '0.9000' })
    const id = await json(
      'user',
      'create',
      '--set',
      'EMAIL=ada@example.com',
      '--set',
      'NAME=Ada',
      '--set',
      'UF_DEPARTMENT[]=1',
    )
    expect(await json('user', 'update', String(id), '--set', 'LAST_NAME=Lovelace')).toBe(true)
    expect(await json('user', 'get', String(id))).toMatchObject({ ID: String(id), LAST_NAME: 'Lovelace' })
    expect(await json('user', 'list', '--filter', 'NAME=Ada', '--select', 'ID,NAME')).toEqual([
      { ID: String(id), NAME: 'Ada' },
    ])
    expect(await run('user', 'get', '999')).toMatchObject({ code: 1, err: 'portico: there is no user 999\n' })
    expect(await run('user', 'delete', String(id))).toMatchObject({
      code: 2,
      err: expect.stringContaining('there is no command "user delete"'),
    })
  })

  it('have fields, as a list or as the portal tells them', async () => {
    expect(await json('lead', 'fields')).toMatchObject({ TITLE: { type: 'string' } })
    expect(await json('item', 'fields', '--type', '1100')).toMatchObject({ title: { type: 'string' } })
    const { out } = await run('lead', 'fields', '-o', 'csv')
    expect(out.split('\n').slice(0, 2)).toEqual(['field,type,title,required,readOnly,multiple', 'ID,integer,ID,,yes,'])
    expect((await run('user', 'fields', '-o', 'plain')).out).toContain('EMAIL\tE-Mail\n')
  })
})

describe('a list', () => {
  it('filters, sorts, selects and pages', async () => {
    for (const [title, amount] of [
      ['one', 10],
      ['two', 20],
      ['three', 30],
    ] as const)
      await portal.call('crm.deal.add', {
        fields: { TITLE: title, OPPORTUNITY: amount, SOURCE_ID: title === 'one' ? 'WEB' : 'CALL' },
      })
    expect(
      await json('deal', 'list', '--filter', '>=OPPORTUNITY=20', '--order', 'OPPORTUNITY:desc', '--select', 'TITLE'),
    ).toEqual([{ TITLE: 'three' }, { TITLE: 'two' }])
    expect(
      await json(
        'deal',
        'list',
        '--filter',
        '@SOURCE_ID=WEB,CALL',
        '--filter',
        '%TITLE=o',
        '--select',
        'TITLE',
        '--order',
        'ID',
      ),
    ).toEqual([{ TITLE: 'one' }, { TITLE: 'two' }])
    expect(await json('deal', 'list', '--filter', '{"TITLE":"two"}', '--select', 'OPPORTUNITY')).toEqual([
      { OPPORTUNITY: '20.00' },
    ])
    const first = await run('deal', 'list', '--limit', '2', '-q', '--order', 'ID')
    expect(first).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+\n\d+\n$/),
      err: '2 of 3; --limit N or --all shows more\n',
    })
    expect(await json('deal', 'list', '--filter', 'TITLE=none')).toEqual([])
    expect(await json('deal', 'list', '--limit', '1', '--envelope')).toMatchObject({
      result: expect.any(Array),
      total: 3,
      time: {},
    })
    expect(await run('deal', 'list', '--all', '--limit', '2')).toMatchObject({ code: 2 })
    expect(await run('deal', 'list', '--filter', 'nonsense')).toMatchObject({
      code: 2,
      err: expect.stringContaining("expected FIELD=value, such as '>OPPORTUNITY=100'"),
    })
    expect(await run('deal', 'list', '--order', 'TITLE:down')).toMatchObject({ code: 2 })
  })

  it('fits a terminal, and its rows do not steer it', async () => {
    await portal.call('crm.lead.add', {
      fields: { TITLE: `株式会社${'とても長い名前の'.repeat(6)}\u001b[31mred\nnext` },
    })
    const { out } = await inProcess(['lead', 'list', '--select', 'ID,TITLE,STATUS_ID,DATE_CREATE'], {
      env,
      columns: 60,
    })
    const lines = out.trimEnd().split('\n')
    expect(lines[0]).toMatch(/^\u001b\[1mID +TITLE +STATUS_ID +DATE_CREATE\u001b\[22m$/)
    expect(lines).toHaveLength(2)
    expect(lines[1]).toMatch(/^\d+ +株式会社と.*… +NEW +\d{4}-.*…$/)
    expect(lines[1]).not.toContain('\u001b')
    const { default: stringWidth } = await import('string-width')
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(60)
  })

  it.each([
    [{ NO_COLOR: '1' }, []],
    [{ TERM: 'dumb' }, []],
    [{}, ['--no-color']],
  ])('has no colours with %j %j', async (more, flags) => {
    const { out } = await inProcess(['lead', 'list', ...flags], { env: { ...env, ...more }, columns: 80 })
    expect(out).toMatch(/^ID +TITLE/)
    expect(out).not.toContain('\u001b')
  })
})

describe('a write', () => {
  it('is only shown with --dry-run, even where no portal is known', async () => {
    const { code, out } = await inProcess(['lead', 'create', '--set', 'TITLE=x', '--dry-run'])
    expect({ code, sent: JSON.parse(out) }).toEqual({
      code: 0,
      sent: { method: 'crm.lead.add', params: { fields: { TITLE: 'x' } } },
    })
    const before = await portal.census()
    expect(await json('item', 'update', '3', '--type', '1100', '--set', 'title=x', '--dry-run')).toEqual({
      method: 'crm.item.update',
      params: { entityTypeId: 1100, id: '3', fields: { title: 'x' } },
    })
    expect(await json('user', 'update', '1', '--set', 'NAME=x', '--dry-run')).toEqual({
      method: 'user.update',
      params: { ID: '1', NAME: 'x' },
    })
    expect(await json('lead', 'delete', '1', '2', '--dry-run')).toEqual([
      { method: 'crm.lead.delete', params: { id: '1' } },
      { method: 'crm.lead.delete', params: { id: '2' } },
    ])
    expect(await portal.census()).toEqual(before)
  })

  it('takes fields from JSON, with --set on top', async () => {
    writeFileSync(
      join(home, 'lead.json'),
      '{"TITLE":"from a file","EMAIL":[{"VALUE":"a@example.com","VALUE_TYPE":"WORK"}]}',
    )
    const id = await json('lead', 'create', '--fields', '@lead.json', '--set', 'EMAIL[1][VALUE]=b@example.com')
    expect(await json('lead', 'get', String(id))).toMatchObject({
      TITLE: 'from a file',
      EMAIL: [{ VALUE: 'a@example.com' }, { VALUE: 'b@example.com' }],
    })
    expect(await run('lead', 'create')).toMatchObject({ code: 2, err: expect.stringContaining('no field is given') })
  })

  it('refuses a name that resembles a field, and warns of one that does not', async () => {
    const before = await portal.census()
    expect(await run('lead', 'create', '--set', 'TITEL=x')).toMatchObject({
      code: 2,
      err: 'portico: a lead has no field TITEL; did you mean TITLE? (--no-check sends it as it is)\n',
    })
    expect(await run('deal', 'list', '--filter', 'STAGE_IT=NEW')).toMatchObject({
      code: 2,
      err: expect.stringContaining('STAGE_ID'),
    })
    expect(await portal.census()).toEqual(before)
    const strange = await run('lead', 'create', '--set', 'TITLE=y', '--set', 'FROBNICATE=1')
    expect(strange).toMatchObject({ code: 0, err: expect.stringMatching(/^warning: a lead has no field FROBNICATE/) })
  })

  it('deletes several, tells which could not be, and deletes nothing that nobody has agreed to', async () => {
    const first = await json('lead', 'create', '--set', 'TITLE=gone', '-q')
    expect(await run('lead', 'delete', String(first))).toEqual({
      code: 2,
      out: '',
      err: 'portico: nobody can be asked here\nAdd --yes to do it without a question.\n',
    })
    const asked = await inProcess(['lead', 'delete', String(first)], { env, columns: 80, input: 'n\n' })
    expect(asked).toMatchObject({ code: 1, err: `Delete lead ${first}? [y/N] portico: nothing was deleted\n` })
    const several = await run('lead', 'delete', String(first), '9999', '--yes', '-o', 'csv')
    expect(several).toMatchObject({
      code: 3,
      out: `ID,result\n${first},true\n9999,false\n`,
      err: expect.stringContaining('1 of 2 could not be deleted'),
    })
    const second = await json('lead', 'create', '--set', 'TITLE=agreed', '-q')
    const agreed = await inProcess(['lead', 'delete', String(second)], { env, columns: 80, input: 'y\n' })
    expect(agreed).toMatchObject({ code: 0, out: '', err: expect.stringContaining(`Lead ${second} is deleted.`) })
    expect(await run('lead', 'delete', 'five')).toMatchObject({
      code: 2,
      err: expect.stringContaining('expected the id of a lead'),
    })
  })

  it('tells a refusal as JSON on stderr where JSON is written', async () => {
    const { code, out, err } = await run('lead', 'get', '9999')
    expect({ code, out, told: JSON.parse(err) }).toEqual({
      code: 1,
      out: '',
      told: { error: '', error_description: 'Not found', status: 400 },
    })
    expect((await run('lead', 'get', '9999', '-o', 'table')).err).toBe('error: Not found (HTTP 400)\n')
    expect((await run('item', 'list')).err).toBe(
      'portico: --type is missing: portico type list shows the smart processes\n',
    )
    expect(type).toEqual(expect.any(Number))
  })
})
