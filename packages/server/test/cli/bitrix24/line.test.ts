import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commandLine } from '../../support/command-line.ts'

const { inProcess, home } = commandLine()
const hook = ['--url', 'https://portal.example/rest/1/abc']

/** Runs a line that must not send anything. */
const run = (line: readonly string[], input?: string) =>
  inProcess(['bitrix24', ...line], {
    fetch: () => Promise.reject(new Error('nothing may be sent')),
    ...(input === undefined ? {} : { input }),
  })

/** The body that a line would send. */
async function body(line: readonly string[], input?: string): Promise<unknown> {
  const { code, out, err } = await run([...line, ...hook, '--test'], input)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  const [, json = 'null'] = out.split('\n\n')
  return JSON.parse(json)
}

const refused = async (line: readonly string[], input?: string): Promise<string> => {
  const { code, out, err } = await run(line, input)
  expect({ code, out }).toEqual({ code: 99, out: '' })
  return err
}

describe('help', () => {
  it('lists every function by region', async () => {
    const { code, out } = await run([])
    expect(code).toBe(0)
    expect(out).toMatch(/├─┬─ Leads\n│ ├─── CreateLead +Make a lead\n/)
    expect(out).toMatch(/└─┬─ Notifications\n  ├─── CreatePersonalNotification/)
    expect(out.match(/─── /g)).toHaveLength(179)
    expect((await run(['--help'])).out).toBe(out)
  })

  it('tells of a function what it calls, and of an option whether it must be there, in any case of its name', async () => {
    const { code, out } = await run(['updatelead'])
    expect(code).toBe(0)
    expect(out).toContain('portico bitrix24 UpdateLead --option value …')
    expect(out).toContain('Calls crm.lead.update with POST')
    expect(out).toMatch(/ {2}-l, --lead ID +The lead’s id \(required\)\n/)
    expect(out).toMatch(/ {2}-t, --token TEXT\|@FILE\|- +An access token, where --url is a domain\n/)
    expect((await run(['UPDATELEAD', ...hook, '--help'])).out).toBe(out)
    expect((await run(['GetLeadStructure'])).out).toContain('Calls crm.lead.fields with GET')
    expect((await run(['AddKanbanStage'])).out).toMatch(/--color TEXT +RRGGBB; default: FFD800\n/)
    expect((await run(['GetLeadFilterStructure'])).out).toContain('Works without a portal')
  })

  it('shows short names only where they mean one thing', async () => {
    // --task, --text and --token.
    const { out } = await run(['AddTaskComment'])
    expect(out).toMatch(/ {2}-u, --url/)
    expect(out).toMatch(/ {6}--task ID/)
    expect(out).not.toContain('-t, ')
  })
})

describe('completion', () => {
  const offered = async (...words: string[]): Promise<string> =>
    (await inProcess(['__complete', 'bash', 'bitrix24', ...words])).out

  it('offers functions, then the options of one, and nothing where a value stands', async () => {
    expect((await offered('')).trim().split('\n')).toHaveLength(179)
    expect(await offered('CreateL')).toMatch(/^CreateLead\b/)
    const options = await offered('UpdateLead', '--lead', '5', '--')
    for (const name of ['url', 'token', 'lead', 'fields', 'test', 'out']) expect(options).toContain(`--${name}`)
    expect(options).not.toContain('--deal')
    expect(await offered('UpdateLead', '--fields', '')).toBe('')
    expect(await offered('UpdateLead', '--test', '--fi')).toMatch(/^--fields\b/)
  })
})

describe('options', () => {
  it('have their value behind them or behind =, in any case; the last one holds', async () => {
    const fields = { fields: { TITLE: 'a=b' } }
    expect(await body(['CreateLead', '--fields', '{"TITLE":"a=b"}'])).toEqual(fields)
    expect(await body(['CreateLead', '--fields={"TITLE":"a=b"}'])).toEqual(fields)
    expect(await body(['CreateLead', '--FIELDS', '{"TITLE":"no"}', '-f', '{"TITLE":"a=b"}'])).toEqual(fields)
    const { out } = await run(['CreateLead', '-u', 'portal.example/rest/1/abc', '-f={"TITLE":"x"}', '--test'])
    expect(out).toContain('POST https://portal.example/rest/1/***/crm.lead.add')
  })

  it('are not given where another follows, or nothing, or an empty value', async () => {
    expect(await body(['GetLeadsList', '--offset', '--filter', '{"ID":1}'])).toEqual({ filter: { ID: 1 } })
    expect(await body(['GetLeadsList', '--filter', '{"ID":1}', '--offset='])).toEqual({ filter: { ID: 1 } })
    expect(await body(['GetLeadsList', '--token', '--filter', '{"ID":1}', '--offset'])).toEqual({ filter: { ID: 1 } })
    expect(await refused(['GetLead', '--lead', ...hook])).toContain('--lead is missing')
    expect(await refused(['UpdateLead', '--url', ''])).toContain('--url, --lead, --fields are missing')
  })

  it('may have values that look like options', async () => {
    expect(await body(['SendMessage', '--chat', '1', '--text', '--5 degrees'])).toMatchObject({
      MESSAGE: '--5 degrees',
    })
    expect(await body(['GetLeadsList', '--offset', '-1'])).toEqual({ start: '-1' })
  })

  it.each([
    [['CreateLead', '--feilds', '{}'], 'Unknown parameter in position 1: --feilds', 'did you mean --fields?'],
    [['CreateLead', ...hook, 'stray'], 'Unknown parameter in position 3: "stray"', ''],
    [['CreateLead', '--nonsense=secret'], 'Unknown parameter in position 1: --nonsense', ''],
    [['AddTaskComment', '-t', '5'], 'Unknown parameter in position 1: -t', 'did you mean --task or --text or --token?'],
    [['GetLead', '--test', 'true'], 'Unknown parameter in position 2: "true"', ''],
    [['GetLead', '-', '5'], 'Unknown parameter in position 1: -', ''],
  ])('%j is refused', async (line, message, hint) => {
    const err = await refused(line)
    expect(err).toContain(message)
    expect(err).toContain(hint)
    expect(err).not.toContain('secret')
  })

  it.each([
    [['--timeout', '0'], '--timeout "0" is refused'],
    [['--timeout', '301'], '--timeout "301" is refused'],
    [['--retries', 'many'], '--retries "many" is refused'],
  ])('%j is refused', async (options, message) => {
    expect(await refused(['ServerTime', ...hook, ...options])).toContain(message)
  })
})

describe('names', () => {
  it('of functions end with 2 where they are unknown', async () => {
    const { code, out, err } = await run(['CreateLeed', ...hook])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain('there is no function CreateLeed')
    expect(err).toContain('did you mean CreateLead?')
    expect(await run(['Frobnicate'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('portico bitrix24 lists them'),
    })
  })

  it('of libraries end with 1 where they are unknown', async () => {
    expect(await inProcess(['oint', 'telegram', 'SendMessage'])).toMatchObject({ code: 1, out: '' })
    expect(await inProcess(['oint'])).toMatchObject({ code: 0, out: expect.stringContaining('Libraries: bitrix24') })
    expect((await inProcess(['oint', 'bitrix24', 'CreateLead'])).out).toBe((await run(['CreateLead'])).out)
  })

  it('of the stand-in are not listed', async () => {
    expect((await inProcess(['--help'])).out).not.toContain('oint LIBRARY')
  })
})

describe('JSON', () => {
  const lead = { ADDRESS: 'Pushkin st., b. 10', EMAIL: [{ VALUE: 'yo@example.com', VALUE_TYPE: 'HOME' }], NAME: 'Ivan' }
  writeFileSync(join(home, 'lead.json'), `\uFEFF${JSON.stringify(lead)}`)
  writeFileSync(join(home, 'broken.json'), '{"NAME":')

  it.each([
    ['inline', JSON.stringify(lead), undefined],
    ['with single quotes', JSON.stringify(lead).replaceAll('"', "'"), undefined],
    ['with spaces around', `  ${JSON.stringify(lead)}\n`, undefined],
    ['in a file', 'lead.json', undefined],
    ['in a file by its whole path', join(home, 'lead.json'), undefined],
    ['in a file after @', '@lead.json', undefined],
    ['on standard input', '-', JSON.stringify(lead)],
    ['on standard input with single quotes', '-', JSON.stringify(lead).replaceAll('"', "'")],
  ])('is read %s', async (_where, given, input) => {
    expect(await body(['CreateLead', '--fields', given], input)).toEqual({ fields: lead })
  })

  it.each([
    [`{'NAME':'O\\'Brien','TITLE':"it's"}`, { NAME: "O'Brien", TITLE: "it's" }],
    [`{'A':'say \\"hi\\" or "hi"','B':'a\\\\b','C':'\\u0418'}`, { A: 'say "hi" or "hi"', B: 'a\\b', C: 'И' }],
    [
      `{'A':[1,-2.5e3,true,null,''],'B':{'C':'d: {e}, [f]'}}`,
      { A: [1, -2500, true, null, ''], B: { C: 'd: {e}, [f]' } },
    ],
    [`{'A':'two\nlines'}`, { A: 'two\nlines' }],
  ])('%s', async (given, fields) => {
    expect(await body(['CreateLead', '--fields', given])).toEqual({ fields })
  })

  it.each([
    ['MegaClient', 'is neither JSON nor a file'],
    ['[{"TITLE":"x"}]', 'must be a JSON object'],
    ['"text"', 'must be a JSON object'],
    ["{'TITLE':'O'Brien'}", 'is neither JSON nor a file'],
    ["{'TITLE':'open}", 'is not closed'],
    ['{TITLE:1}', 'is neither JSON nor a file'],
    ['{"ID":12345678901234567890}', 'would lose digits'],
    ['@nowhere.json', 'no such file'],
    ['broken.json', 'broken.json is neither JSON nor a file'],
    ['https://example.com/lead.json', 'nothing is downloaded'],
  ])('%s is no lead', async (given, message) => {
    expect(await refused(['CreateLead', ...hook, '--fields', given])).toContain(message)
  })

  it('of a list may be a single value', async () => {
    expect(await body(['GetUsers', '--users', '1'])).toEqual({ ID: ['1'] })
    expect(await body(['GetUsers', '--users', '[1,"2"]'])).toEqual({ ID: [1, '2'] })
    expect(await refused(['GetUsers', ...hook, '--users', '[1,'])).toContain('is neither JSON nor a file')
  })

  it('is read from standard input once', async () => {
    expect(await refused(['CreateLead', '--url', '-', '--fields', '-'], '{}')).toContain('for one option only')
  })
})

describe('other values', () => {
  it.each([
    ['2024-02-30', 'is no date'],
    ['31.01.2024', 'is no date'],
    ['2024-01-31T25:00', 'is no date'],
  ])('%s is no day', async (given, message) => {
    expect(await refused(['GetUserBusy', ...hook, '--users', '1', '--to', '2024-01-31', '--from', given])).toContain(
      message,
    )
  })

  it('of truths are words, and nothing else', async () => {
    expect((await run(['GetLeadFilterStructure', '--empty', 'TRUE'])).out).toContain('"TITLE": ""')
    expect((await run(['GetLeadFilterStructure', '--empty', 'no'])).out).toContain(
      '"TITLE": "<name, with % for any letters>"',
    )
    expect(await refused(['GetLeadFilterStructure', '--empty', 'perhaps'])).toContain('neither true nor false')
  })

  it('of files are files or base64', async () => {
    expect(await refused(['ChangeChatPicture', ...hook, '--chat', '1', '--picture', 'nowhere.png'])).toContain(
      '"nowhere.png" is neither a file nor base64',
    )
  })

  it('that are secret may stand elsewhere', async () => {
    writeFileSync(join(home, 'token'), 'the-token\n')
    const { out } = await run(['GetCurrentUser', '--url', 'portal.example', '--token', '@token', '--test'])
    expect(out).toContain('POST https://portal.example/rest/user.current')
    expect(out).toContain('"auth": "***"')
    expect(out).not.toContain('the-token')
  })
})

describe('structures', () => {
  it('have the keys of leads and deals in their order', async () => {
    const keys = async (name: string): Promise<string[]> => {
      const { out } = await run([name, '--empty', 'true'])
      const shown = JSON.parse(out) as Record<string, string>
      expect(new Set(Object.values(shown))).toEqual(new Set(['']))
      return Object.keys(shown)
    }
    expect(await keys('GetLeadFilterStructure')).toHaveLength(21)
    expect((await keys('GetDealsFilterStructure')).join(' ')).toBe(
      'ID ASSIGNED_BY_ID BEGINDATE CATEGORY_ID CLOSEDATE COMPANY_ID CONTACT_ID CREATED_BY_ID CURRENCY_ID DATE_CREATE DATE_MODIFY IS_NEW IS_RECURRING IS_RETURN_CUSTOMER LEAD_ID MODIFY_BY_ID MOVED_BY_ID MOVED_TIME OPENED OPPORTUNITY PROBABILITY REQUISITE_ID STAGE_ID TITLE TYPE_ID',
    )
    expect(await keys('GetUserFilterStructure')).toEqual([
      'NAME',
      'LAST_NAME',
      'WORK_POSITION',
      'UF_DEPARTMENT_NAME',
      'USER_TYPE',
    ])
  })

  it('are emptied at every depth', async () => {
    const { out } = await run(['GetCalendarStructure', '--empty', 'true'])
    expect(JSON.parse(out)).toEqual({
      type: '',
      ownerId: '',
      name: '',
      description: '',
      color: '',
      text_color: '',
      export: { ALLOW: '', SET: '' },
    })
  })

  it('of attachments are what SendMessage takes', async () => {
    const { out } = await run(['GetPictureBlock', '--title', 'Cat', '--url', 'https://example.com/cat.png'])
    expect(JSON.parse(out)).toEqual({ IMAGE: { NAME: 'Cat', LINK: 'https://example.com/cat.png' } })
  })

  it('of sign-in are addresses, with the scheme that was given', async () => {
    const link = async (domain: string) =>
      (await run(['GetAppAuthLink', '--domain', domain, '--clientid', 'app.1'])).out
    expect(await link('portal.example')).toBe('https://portal.example/oauth/authorize/?client_id=app.1\n')
    expect(await link('http://localhost:3000/')).toBe('http://localhost:3000/oauth/authorize/?client_id=app.1\n')
  })
})
