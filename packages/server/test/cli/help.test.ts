import { describe, expect, it } from 'vitest'
import { commands, sections } from '../../src/cli/commands.ts'
import { describeOptionTable, readOptions } from '../../src/config/options.ts'
import { commandLine } from '../support/command-line.ts'

const { inProcess } = commandLine()
const shown = commands.filter(({ hidden, rawArguments }) => hidden !== true && rawArguments !== true)

describe('every command', () => {
  it('has a name of its own and one line about it', () => {
    const names = commands.map(({ name }) => name)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
    expect(names.filter((name) => !/^[a-z_\d-]+( [a-z\d-]+){0,2}$/.test(name))).toEqual([])
    expect(commands.filter(({ about }) => about === '' || about.includes('\n')).map(({ name }) => name)).toEqual([])
  })

  it('explains itself, without a portal', async () => {
    for (const { name, options } of shown) {
      const { code, out, err } = await inProcess([...name.split(' '), '--help'])
      expect({ name, code, err }).toEqual({ name, code: 0, err: '' })
      expect(out).toContain(`portico ${name === 'start' ? '[start]' : name}`)
      if (Object.keys(options).length > 0) expect(out).toContain(describeOptionTable(options))
    }
  })

  it('has options that do not take each other’s names', () => {
    for (const { name, options } of shown) {
      const flags = Object.values(options).flatMap(({ flag, short }) => (short === undefined ? [flag] : [flag, short]))
      expect({ name, twice: flags.filter((flag, index) => flags.indexOf(flag) !== index) }).toEqual({ name, twice: [] })
    }
  })

  it('has examples that are whole', () => {
    for (const { name, examples = [], options, operands } of shown)
      for (const example of examples) {
        // What the shell does with the rest is no matter of ours.
        const [line = ''] = example.split(/ [<>|] /)
        const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')
        const count = name.split(' ').length
        expect(words.slice(0, count).join(' ')).toBe(name)
        // It would throw what is wrong with the line.
        expect(readOptions(options, words.slice(count), {}, operands).operands.length).toBeLessThan(words.length)
      }
  })

  it('stands in the overview, with its family', async () => {
    const { out } = await inProcess(['--help'])
    for (const { title, commands: members } of sections) {
      if (members.length > 0) expect(out).toContain(`\n${title}\n`)
      for (const { name, hidden } of members)
        if (hidden !== true)
          expect(out).toMatch(new RegExp(`^  ${name.split(' ')[0]} .*${name.split(' ')[1] ?? ''}`, 'm'))
    }
    expect(out).not.toContain('__complete')
  })
})

describe('a mistake', () => {
  it.each([
    ['lead lsit', 'there is no command "lead lsit"; did you mean "lead list"?'],
    ['laed list', 'there is no command "laed list"; did you mean "lead list"?'],
    ['profiel', 'there is no command "profiel"; did you mean "profile"?'],
    ['deal frobnicate', /^there is no command "deal frobnicate"; there are list, get, create/],
    ['lead list --fliter STATUS_ID=NEW', 'Unknown option --fliter; did you mean --filter?'],
    ['lead list -x', 'Unknown option -x; --help lists the known ones'],
    [
      'lead list -o jsn',
      '--output "jsn" is refused: expected one of table, json, ndjson, csv, plain; did you mean json?',
    ],
    ['lead list --json -o csv', '--json and --output csv exclude each other'],
    ['--profile shop lead list', '--profile must stand behind the command: portico lead list --profile …'],
    ['lead get', 'ID is missing'],
    ['lead get 1 2', 'Unexpected argument "2"'],
    ['lead list --limit 0', '--limit "0" is refused: expected a whole number, 1 or more'],
    ['describe crm.led.add', 'there is no method "crm.led.add"'],
    ['completion tcsh', 'SHELL "tcsh" is refused: expected bash, zsh, fish'],
  ])('%s is told with what was meant', async (line, expected) => {
    const { code, out, err } = await inProcess(line.split(' '))
    const [message = '', hint] = err.trimEnd().split('\n')
    expect({ code, out }).toEqual({ code: line.startsWith('describe') ? 1 : 2, out: '' })
    expect(message.replace(/^portico: /, '')).toEqual(
      typeof expected === 'string' ? expected : expect.stringMatching(expected),
    )
    if (line.startsWith('describe')) expect(hint).toBe('Did you mean crm.lead.add?')
  })

  it('is no mistake where the family is asked for', async () => {
    for (const line of ['lead', 'help lead', 'lead --help', 'lead -h']) {
      const { code, out } = await inProcess(line.split(' '))
      expect(code).toBe(0)
      expect(out).toMatch(/^ {2}portico lead get ID +Show a lead$/m)
    }
  })
})

describe('portico methods and portico describe', () => {
  it('find methods by a part of the name, a pattern, a scope and what there is of them', async () => {
    const names = async (...args: string[]): Promise<string[]> =>
      (await inProcess(['methods', ...args, '-o', 'plain'])).out
        .trimEnd()
        .split('\n')
        .map((line) => line.split('\t')[0] ?? '')
    expect(await names('crm.lead.add')).toEqual(['crm.lead.add'])
    expect(await names('crm.*.productrows.set')).toEqual(
      expect.arrayContaining(['crm.deal.productrows.set', 'crm.lead.productrows.set']),
    )
    expect((await names('LEAD')).length).toBeGreaterThan(20)
    expect(await names('--scope', 'department')).toContain('department.get')
    expect(await names('--status', 'extension')).toContain('portico.app.add')
    expect(await inProcess(['methods', 'nothing.like.it'])).toEqual({ code: 0, out: '[]\n', err: '' })
  })

  it('explain a method to people and to programs', async () => {
    const { out } = await inProcess(['describe', 'CRM.lead.add'], { columns: 100 })
    expect(out).toMatch(/^crm\.lead\.add\n {2}Adds a lead\.\n/)
    expect(out).toMatch(/^ {2}fields +object, required/m)
    expect(out).toContain('portico call crm.lead.add --params')
    const json = JSON.parse((await inProcess(['describe', 'crm.lead.add'])).out)
    expect(json).toMatchObject({ name: 'crm.lead.add', scopes: ['crm'], conformance: { status: 'whole' } })
    const rows = (await inProcess(['describe', 'crm.lead.add', '-o', 'csv'])).out.split('\n')
    expect(rows[0]).toBe('name,type,required,about')
    expect(rows[1]).toMatch(/^fields,object,/)
  })
})
