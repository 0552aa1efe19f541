import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { transfers } from './tools.ts'

const { portal, line, file, run } = await transfers()
let known = 0

beforeEach(async () => {
  for (const { ID } of (await portal.call('crm.contact.list', { select: ['ID'] })).body.result)
    await portal.call('crm.contact.delete', { id: ID })
  const fields = { NAME: 'Ada', PHONE: [{ VALUE: '+49 (30) 123-45', VALUE_TYPE: 'WORK' }], ORIGIN_ID: 'A-1' }
  known = (await portal.call('crm.contact.add', { fields })).body.result
})

const all = async () =>
  (await portal.call('crm.contact.list', { select: ['*', 'PHONE', 'EMAIL'], order: { ID: 'ASC' } })).body.result
const rows =
  'NAME,LAST_NAME,PHONE,EMAIL,ORIGIN_ID\n' +
  'Ada L.,Lovelace,+493012345; +49 170 1,ada@example.com,\n' +
  'Bob,,030 1,,B-1\n' +
  'Robert,Smith,0301,bob@example.com,\n'
const imported = (...args: string[]) => run(['contact', 'import', file(rows), ...args])
const told = (text: string) => expect.stringContaining(`contacts: ${text}.`)

describe('duplicates', () => {
  it('are added where nobody asks', async () => {
    expect(await imported()).toMatchObject({ code: 0, err: told('3 added, 0 merged, 0 skipped, 0 failed') })
  })

  it('are found by phones however they are written, in the portal and in the file itself, and skipped', async () => {
    const ended = await imported('--match', 'PHONE')
    expect(ended).toMatchObject({ code: 0, err: told('1 added, 0 merged, 2 skipped, 0 failed') })
    expect((await all()).map(({ NAME }: { NAME: string }) => NAME)).toEqual(['Ada', 'Bob'])
    expect(await run(['contact', 'import', file(rows), '--match', 'PHONE', '--dry-run'])).toMatchObject({
      code: 0,
      err: expect.stringContaining('3 rows read: 0 to be added, 0 to be merged, 3 to be skipped'),
    })
  })

  it('are merged: empty fields are filled, contact points added, nothing overwritten', async () => {
    const ended = await imported('--match', 'PHONE', '--duplicates', 'merge')
    expect(ended).toMatchObject({ code: 0, err: told('1 added, 2 merged, 0 skipped, 0 failed') })
    const [ada, bob, ...more] = await all()
    expect(more).toEqual([])
    expect(ada).toMatchObject({ ID: String(known), NAME: 'Ada', LAST_NAME: 'Lovelace', ORIGIN_ID: 'A-1' })
    expect(ada.PHONE.map(({ VALUE }: { VALUE: string }) => VALUE)).toEqual(['+49 (30) 123-45', '+49 170 1'])
    expect(bob).toMatchObject({
      NAME: 'Bob',
      LAST_NAME: 'Smith',
      ORIGIN_ID: 'B-1',
      EMAIL: [{ VALUE: 'bob@example.com' }],
    })
    expect(bob.PHONE).toHaveLength(1)
    const again = await imported('--match', 'PHONE', '--duplicates', 'merge')
    expect(again).toMatchObject({ code: 0, err: told('0 added, 3 merged, 0 skipped, 0 failed') })
    expect(await all()).toEqual([ada, bob])
  })

  it('are merged with --overwrite: what the file says counts, and what it does not say stays', async () => {
    await imported('--match', 'PHONE', '--duplicates', 'merge', '--overwrite')
    expect((await all())[0]).toMatchObject({ NAME: 'Ada L.', ORIGIN_ID: 'A-1' })
  })

  it('are refused with fail, and stand in the error file', async () => {
    const ended = await imported('--match', 'PHONE', '--duplicates', 'fail', '--errors', 'twins.csv')
    expect(ended).toMatchObject({ code: 3, err: told('1 added, 0 merged, 0 skipped, 2 failed') })
    const errors = readFileSync(join(line.home, 'twins.csv'), 'utf8')
    expect(errors).toContain(`2,DUPLICATE,is the same as record ${known}`)
    expect(errors).toContain('4,DUPLICATE,is the same as line 3')
  })

  it('are found by several fields together, or by the first rule that holds', async () => {
    const text = 'NAME,ORIGIN_ID\nAda,A-2\nAda,A-1\nEve,A-1\n'
    expect(await run(['contact', 'import', file(text), '--match', 'NAME+ORIGIN_ID'])).toMatchObject({
      err: told('2 added, 0 merged, 1 skipped, 0 failed'),
    })
    const by = await run(['contact', 'import', file('NAME,ORIGIN_ID,EMAIL\nx,A-1,\n'), '--match', 'EMAIL,ORIGIN_ID'])
    expect(by).toMatchObject({ err: told('0 added, 0 merged, 1 skipped, 0 failed') })
  })

  it('are records that a file names by their ids, to be changed', async () => {
    const text = `ID,POST\n${known},Countess\n`
    const ended = await run(['contact', 'import', file(text), '--match', 'ID', '--duplicates', 'merge'])
    expect(ended).toMatchObject({ code: 0, err: told('0 added, 1 merged, 0 skipped, 0 failed') })
    expect(await all()).toMatchObject([{ ID: String(known), NAME: 'Ada', POST: 'Countess' }])
  })

  it('are merged among items of the universal methods too', async () => {
    const text = 'name,lastName,PHONE\nx,Byron,+493012345;+1 2\n'
    const args = ['item', 'import', '--type', 'contact', file(text), '--match', 'PHONE', '--duplicates', 'merge']
    expect(await run(args)).toMatchObject({ code: 0, err: expect.stringContaining('0 added, 1 merged') })
    const [ada] = await all()
    expect(ada).toMatchObject({ NAME: 'Ada', LAST_NAME: 'Byron' })
    expect(ada.PHONE.map(({ VALUE }: { VALUE: string }) => VALUE)).toEqual(['+49 (30) 123-45', '+1 2'])
  })

  it('keep the links that their list does not show', async () => {
    const fields = { TITLE: 'Linked', ORIGIN_ID: 'D-1', CONTACT_IDS: [known] }
    const id = (await portal.call('crm.deal.add', { fields })).body.result
    const other = (await portal.call('crm.contact.add', { fields: { NAME: 'Other' } })).body.result
    const text = `ORIGIN_ID,CONTACT_IDS,TYPE_ID\nD-1,${other},SALE\n`
    await run(['deal', 'import', file(text), '--match', 'ORIGIN_ID', '--duplicates', 'merge'])
    const { item } = (await portal.call('crm.item.get', { entityTypeId: 2, id })).body.result
    expect(item).toMatchObject({ contactIds: [known], typeId: 'SALE' })
  })

  it('are counted for scripts', async () => {
    const ended = await imported('--match', 'PHONE', '--json')
    expect(JSON.parse(ended.out)).toEqual({ added: 1, merged: 0, skipped: 2, failed: 0, errors: null })
  })

  it.each([
    [['--match', 'NAMEE'], 'did you mean NAME?'],
    [['--match', 'WEB'], 'only PHONE and EMAIL'],
    [['--match', 'PHONE+NAME'], 'stands for itself'],
    [['--duplicates', 'skip'], 'needs --match'],
    [['--match', 'NAME', '--overwrite'], 'belongs to --duplicates merge'],
  ])('refuses rules that mean nothing: %j', async (args, why) => {
    expect(await imported(...args)).toMatchObject({ code: 2, err: expect.stringContaining(why) })
    expect(await all()).toHaveLength(1)
  })

  it('cannot be found by phone where there are none', async () => {
    const ended = await run(['deal', 'import', file('TITLE\na\n'), '--match', 'PHONE'])
    expect(ended).toMatchObject({ code: 2, err: expect.stringContaining('PHONE') })
  })
})
