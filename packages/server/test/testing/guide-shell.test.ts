import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { examples } from '../support/documented.ts'
import { database } from '../support/portal.ts'
import { program } from '../support/program.ts'

const directory = mkdtempSync(join(tmpdir(), 'portico-guide-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

describe.skipIf(database !== 'sqlite')('the lines for a shell in “Test your integration”', () => {
  it('start a portal, break it, look into it and end it, as they stand', async () => {
    const blocks = examples('docs/testing.md', 'sh')
    const having = (text: string): string => {
      const found = blocks.find((block) => block.includes(text))
      if (found === undefined) throw new Error(`no example has ${text}`)
      return found
    }
    const begin = having('--background')
    const end = 'kill "$PORTICO_PID"\n'
    expect(begin.endsWith(end)).toBe(true)
    writeFileSync(
      join(directory, 'all.sh'),
      [
        'set -u',
        `portico() { '${process.execPath}' '${await program()}' "$@"; }`,
        'npx() { "$@"; }',
        begin.slice(0, -end.length),
        having('$PORTICO_CONTROL_URL/fault'),
        'echo; echo LOST; curl -s "${PORTICO_WEBHOOK_HTTP}crm.lead.add" -d "fields[TITLE]=lost" || echo " reset"',
        having('X-Portico-Fault'),
        'echo; echo TITLES; curl -s "${PORTICO_WEBHOOK_HTTP}crm.lead.list?select[]=TITLE"',
        'echo; echo LOG',
        having('portico logs tail'),
        end,
      ].join('\n'),
    )
    const run = promisify(execFile)
    const env = { PATH: process.env.PATH, HOME: directory, NO_COLOR: '1' }
    const { stdout } = await run('bash', ['all.sh'], { cwd: directory, env, timeout: 50_000 })
    const [begun = '', rest = ''] = stdout.split('LOST')
    expect(begun).toContain('"result":1')
    expect(begun).toContain('{"result":{"id":1}}')
    expect(rest).toContain('reset\n')
    expect(rest).toContain('QUERY_LIMIT_EXCEEDED')
    expect(rest).toMatch(/"TITLE":"lost".*"TITLE":"written, and refused"/)
    expect(rest.slice(rest.indexOf('LOG'))).toContain('crm.lead.add')
  }, 60_000)
})
