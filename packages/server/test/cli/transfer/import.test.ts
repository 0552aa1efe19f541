import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { transfers } from './tools.ts'

const { portal, line, hook, file, read, run } = await transfers()
const leads = async (filter: object, select = ['*', 'UF_*', 'PHONE', 'EMAIL']) =>
  (await portal.call('crm.lead.list', { filter, select, order: { ID: 'ASC' } })).body.result

describe('portico lead import', () => {
  it('adds rows by codes and titles of fields, with names of choices and e-mails of people', async () => {
    const name = file(
      'TITLE,Stage,source_id,Amount,PHONE,PHONE[MOBILE],EMAIL_HOME,Responsible User,OPENED,BIRTHDATE\r\n' +
        'Acme,not processed,Call,"1,234.50",+49 30 1; +49 30 2 [FAX],+49 170 3,ada@example.com,admin@example.com,yes,31.12.1999\r\n',
    )
    const ended = await run(['lead', 'import', name])
    expect(ended).toEqual({ code: 0, out: '', err: 'leads: 1 added, 0 merged, 0 skipped, 0 failed.\n' })
    const [lead] = await leads({ TITLE: 'Acme' })
    expect(lead).toMatchObject({
      STATUS_ID: 'NEW',
      SOURCE_ID: 'CALL',
      OPPORTUNITY: '1234.50',
      ASSIGNED_BY_ID: '1',
      OPENED: 'Y',
      BIRTHDATE: expect.stringMatching(/^1999-12-31/),
    })
    expect(lead.PHONE.map(({ VALUE, VALUE_TYPE }: Record<string, string>) => [VALUE, VALUE_TYPE])).toEqual([
      ['+49 30 1', 'WORK'],
      ['+49 30 2', 'FAX'],
      ['+49 170 3', 'MOBILE'],
    ])
    expect(lead.EMAIL[0]).toMatchObject({ VALUE: 'ada@example.com', VALUE_TYPE: 'HOME' })
  })

  it('reads what people write: separators, encodings, decimals and dates of their country', async () => {
    const text = 'Название;TITLE;OPPORTUNITY;BIRTHDATE\r\nПривет;"Два; слова";1 234,5;03/31/2001\r\n'
    const bytes = Buffer.from([...text].map((sign) => cyrillic(sign)))
    const args = ['--map', 'Название=NAME', '--decimal', ',', '--date-format', 'MM/DD/YYYY']
    const ended = await run(['lead', 'import', file(bytes), ...args])
    expect(ended).toMatchObject({ code: 0, err: expect.stringContaining('is read as windows-1251') })
    const [lead] = await leads({ NAME: 'Привет' })
    expect(lead).toMatchObject({ TITLE: 'Два; слова', OPPORTUNITY: '1234.50' })
    expect(lead.BIRTHDATE).toMatch(/^2001-03-31/)

    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('TITLE\tNAME\nÜber\tZoë\n', 'utf16le')])
    expect((await run(['lead', 'import', file(wide)])).code).toBe(0)
    expect(await leads({ TITLE: 'Über' })).toMatchObject([{ NAME: 'Zoë' }])
  })

  it('refuses columns that are no fields before anything is sent, and says what was meant', async () => {
    const before = await portal.census()
    const ended = await run(['lead', 'import', file('TITEL,Colour,TITLE\na,b,c\n')])
    expect(ended.code).toBe(2)
    expect(ended.err).toContain('column "TITEL" is no field; did you mean TITLE?')
    expect(ended.err).toContain('column "Colour" is no field')
    expect(await portal.census()).toEqual(before)
    const left = await run(['lead', 'import', file('TITEL,TITLE\na,left out\n'), '--ignore-unknown'])
    expect(left).toMatchObject({ code: 0, err: expect.stringContaining('Left out, being no fields: TITEL') })
  })

  it('tells every bad row of a dry run by line, column and reason, and writes nothing', async () => {
    const before = await portal.census()
    const name = file(
      'TITLE,STATUS_ID,OPPORTUNITY,BIRTHDATE,ASSIGNED_BY_ID,COMPANY_ID,OPENED\n' +
        'good,NEW,1,2001-02-03,1,,Y\n' +
        '"two\nlines",NOPE,x,2001-02-30,nobody@example.com,4711,maybe\n' +
        'short,NEW\n' +
        'slashes,NEW,1,1/2/2001,1,,Y\n' +
        ',,,,,,\n',
    )
    const ended = await run(['lead', 'import', name, '--dry-run', '-o', 'ndjson'])
    const faults = ended.out
      .trim()
      .split('\n')
      .map((each) => JSON.parse(each))
    expect(ended.code).toBe(3)
    expect(ended.err).toContain('5 rows read: 1 to be added, 0 to be merged, 0 to be skipped, 4 with faults')
    expect(faults.map(({ line: at, column, value, code }) => [at, column, value, code])).toEqual([
      [3, 'STATUS_ID', 'NOPE', 'UNKNOWN_CODE'],
      [3, 'OPPORTUNITY', 'x', 'INVALID_VALUE'],
      [3, 'BIRTHDATE', '2001-02-30', 'INVALID_VALUE'],
      [3, 'ASSIGNED_BY_ID', 'nobody@example.com', 'UNKNOWN_USER'],
      [3, 'OPENED', 'maybe', 'INVALID_VALUE'],
      [5, '', '', 'RAGGED'],
      [6, 'BIRTHDATE', '1/2/2001', 'INVALID_VALUE'],
      [7, '', '', 'EMPTY'],
    ])
    expect(faults.at(-2).reason).toContain('--date-format')
    expect(await portal.census()).toEqual(before)
    expect(existsSync(join(line.home, `${name}.portico-journal`))).toBe(false)
    expect((await run(['lead', 'import', file('TITLE,COMPANY_ID\na,4711\n'), '--dry-run', '-o', 'csv'])).out).toContain(
      '2,COMPANY_ID,4711,UNKNOWN_RECORD,is the id of no company that you see',
    )
  })

  it('puts refused rows into a file that can be corrected and imported again', async () => {
    const name = file(`TITLE;NAME\nfine;a\n${'x'.repeat(300)};b\nragged;c;d\n`)
    const ended = await run(['lead', 'import', name])
    expect(ended).toMatchObject({ code: 3, err: expect.stringContaining('1 added, 0 merged, 0 skipped, 2 failed') })
    const errors = name.replace('.csv', '.errors.csv')
    const [head, long, ragged] = read(errors).trim().split('\n')
    expect(read(errors)).toMatch(/^\ufeffTITLE;NAME;error_line;error_code;error\n/)
    expect(long).toContain('longer than 255 characters')
    expect(ragged).toBe('ragged;c;4;RAGGED;has 3 columns where the header has 2;d')
    writeFileSync(join(line.home, errors), `${head}\n${long?.replace(/x+/, 'corrected')}\n`)
    expect(await run(['lead', 'import', errors])).toMatchObject({ code: 0 })
    expect(await leads({ '@TITLE': ['fine', 'corrected'] })).toMatchObject([{ NAME: 'a' }, { NAME: 'b' }])
  })

  it('takes NDJSON from a pipe, values as they are', async () => {
    const rows = [
      { TITLE: "'=1+1", PHONE: [{ VALUE: '+1 23', VALUE_TYPE: 'MOBILE' }], OPPORTUNITY: 12.5, OPENED: 'N' },
      { TITLE: 'named', NAMEE: 'x' },
    ]
    const ended = await run(['lead', 'import', '-'], { input: rows.map((row) => JSON.stringify(row)).join('\n') })
    expect(ended).toMatchObject({ code: 3, err: expect.stringContaining('1 added, 0 merged, 0 skipped, 1 failed') })
    expect(JSON.parse(read('lead-import.errors.ndjson'))).toMatchObject({
      NAMEE: 'x',
      error_line: 2,
      error: expect.stringContaining('did you mean NAME?'),
    })
    expect(await leads({ TITLE: "'=1+1" })).toMatchObject([{ OPPORTUNITY: '12.50', OPENED: 'N' }])
  })

  it('gives rows values that they lack, and values that they all get', async () => {
    const name = file('TITLE,SOURCE_ID\npreset 1,CALL\npreset 2,\n')
    const args = ['--defaults', '{"SOURCE_ID":"WEB","COMMENTS":"none"}', '--set', 'NAME=Everybody']
    expect((await run(['lead', 'import', name, ...args])).code).toBe(0)
    expect(await leads({ '%TITLE': 'preset' })).toMatchObject([
      { SOURCE_ID: 'CALL', COMMENTS: 'none', NAME: 'Everybody' },
      { SOURCE_ID: 'WEB', COMMENTS: 'none', NAME: 'Everybody' },
    ])
  })

  it('links records by the ids of another system', async () => {
    const company = (
      await portal.call('crm.company.add', { fields: { TITLE: 'Linked', ORIGINATOR_ID: 'shop', ORIGIN_ID: 'C-7' } })
    ).body.result
    const name = file('TITLE,COMPANY_ID\nby origin,origin:C-7\nby both,origin:shop/C-7\nlost,origin:C-8\n')
    expect(await run(['lead', 'import', name])).toMatchObject({ code: 3, err: expect.stringContaining('2 added') })
    expect(await leads({ COMPANY_ID: company })).toMatchObject([{ TITLE: 'by origin' }, { TITLE: 'by both' }])
  })

  it('takes files only from the directory that it is told', async () => {
    await portal.call('crm.lead.userfield.add', { fields: { FIELD_NAME: 'DOC', USER_TYPE_ID: 'file' } })
    writeFileSync(join(line.home, 'contract.txt'), 'signed')
    const name = file(
      'TITLE,UF_CRM_DOC\nwith a file,@contract.txt\noutside,@../../../etc/passwd\nmissing,@nothing.txt\n',
    )
    const refused = await run(['lead', 'import', name, '--dry-run', '-o', 'csv'])
    expect(refused.out.match(/--files DIRECTORY/g)).toHaveLength(3)
    expect(await run(['lead', 'import', name, '--files', '.'])).toMatchObject({
      code: 3,
      err: expect.stringContaining('1 added, 0 merged, 0 skipped, 2 failed'),
    })
    expect(read(name.replace('.csv', '.errors.csv'))).toMatch(/outside of --files[\s\S]*is not there/)
    const [lead] = await leads({ TITLE: 'with a file' })
    const { pathname, search } = new URL(lead.UF_CRM_DOC.downloadUrl, 'http://portal.example')
    expect((await portal.send({ method: 'GET', url: pathname + search })).text).toBe('signed')
  })

  it('prints a header that an import takes', async () => {
    const { out } = await run(['lead', 'import', '--template'])
    expect(out).toMatch(/^TITLE,/)
    expect(out).toContain('PHONE')
    expect(out).not.toMatch(/\bID\b|DATE_CREATE/)
    expect((await run(['item', 'import', '--type', 'deal', '--template'])).out).toContain('stageId')
  })

  it('brings dates of creation along for those who may import', async () => {
    const name = file('TITLE,DATE_CREATE\nold lead,2020-01-02T03:04:05+00:00\n')
    expect((await run(['lead', 'import', name, '--keep-history'])).code).toBe(0)
    const [lead] = await leads({ TITLE: 'old lead' })
    expect(Date.parse(lead.DATE_CREATE)).toBe(Date.parse('2020-01-02T03:04:05Z'))
  })

  it('keeps no secret in its journal, and nobody else may read it', async () => {
    const name = file('TITLE\nquiet\n')
    expect((await run(['lead', 'import', name])).code).toBe(0)
    const journal = read(`${name}.portico-journal`)
    expect(journal).not.toContain(portal.code)
    expect(journal).not.toContain('quiet')
    expect(statSync(join(line.home, `${name}.portico-journal`)).mode & 0o777).toBe(0o600)
  })

  it('shows on a terminal how far it is', async () => {
    const name = file('TITLE\nwatched\n')
    const ended = await line.inProcess(['lead', 'import', name], {
      env: { PORTICO_URL: hook, TERM: 'xterm' },
      columns: 80,
    })
    expect(ended).toMatchObject({ code: 0, err: expect.stringMatching(/Importing leads █+ 1\/1/) })
  })

  it('does not import a file twice by accident', async () => {
    const name = file('TITLE\nonly once\n')
    expect((await run(['lead', 'import', name])).code).toBe(0)
    expect(await run(['lead', 'import', name])).toMatchObject({
      code: 2,
      err: expect.stringContaining('imported already'),
    })
    expect(await run(['lead', 'import', name, '--resume'])).toMatchObject({ code: 0 })
    expect(await leads({ TITLE: 'only once' })).toHaveLength(1)
    expect((await run(['lead', 'import', name, '--restart'])).code).toBe(0)
    expect(await leads({ TITLE: 'only once' })).toHaveLength(2)
  })
})

/** A sign in windows-1251, as far as this test needs it. */
function cyrillic(sign: string): number {
  const code = sign.codePointAt(0) ?? 0
  return code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code
}
