import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { commandLine } from '../support/command-line.ts'
import { listening } from '../support/listening.ts'
import { testPortal } from '../support/portal.ts'
import { program } from '../support/program.ts'

// What only a process can show: streams, signals, terminals, shells.
const portal = await testPortal()
const { hook } = await listening(portal)
const { home, inProcess, portico, start } = commandLine()
const env = { PORTICO_URL: hook }
for (const title of ['Alpha', 'Beta', 'Gamma']) await portal.call('crm.lead.add', { fields: { TITLE: title } })
const screen = { columns: 60, rows: 20 }

describe('in a pipe', () => {
  it('data go to stdout and talk to stderr, with the exit code', async () => {
    const listed = await portico(['lead', 'list', '--limit', '2', '--select', 'TITLE', '--order', 'ID'], { env })
    expect(listed).toEqual({
      code: 0,
      out: '[\n  {\n    "TITLE": "Alpha"\n  },\n  {\n    "TITLE": "Beta"\n  }\n]\n',
      err: '2 of 3; --limit N or --all shows more\n',
    })
    const refused = await portico(['call', 'crm.lead.get', '-F', 'id=9999'], { env })
    expect(refused).toEqual({
      code: 1,
      out: expect.stringContaining('"error_description":"Not found"'),
      err: 'error: Not found (HTTP 400)\n',
    })
    expect(await portico(['lead', 'get', 'x'], { env })).toMatchObject({ code: 2, out: '' })
  })

  it('ends quietly when the reader has seen enough', async () => {
    const path = await program()
    const line = `'${process.execPath}' '${path}' call methods -o ndjson 2>err.txt | head -1; echo "$\{PIPESTATUS[0]}"`
    const child = spawn('bash', ['-c', line], { cwd: home, env: { PATH: process.env.PATH ?? '', HOME: home, ...env } })
    let out = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    await once(child, 'close')
    expect(out.trimEnd().split('\n').at(-1)).toBe('0')
    expect(readFileSync(join(home, 'err.txt'), 'utf8')).toBe('')
  })

  it('ends with 130 when it is interrupted, and says so once', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1')
    onTestFinished(() => {
      silent.closeAllConnections()
      silent.close()
    })
    await once(silent, 'listening')
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/rest/1/abcdefgh/`
    const child = await start(['lead', 'list', '--url', url])
    let err = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text))
    await once(silent, 'request')
    child.kill('SIGINT')
    const [code] = (await once(child, 'close')) as [number | null]
    expect({ code, err }).toEqual({ code: 130, err: 'portico: interrupted\n' })
  })
})

describe('on a terminal', () => {
  it('lists are tables that fit, with a heading that is set off', async () => {
    const { code, out } = await portico(['lead', 'list', '--order', 'ID'], { env, tty: screen })
    expect(code).toBe(0)
    const lines = out.trimEnd().split('\r\n')
    expect(lines[0]).toMatch(/^\u001b\[1mID +TITLE +STATUS.*\u001b\[22m$/)
    expect(lines[1]).toMatch(/^\d+ +Alpha +NEW/)
    for (const line of lines) expect(line.replace(/\u001b\[\d+m/g, '').length).toBeLessThanOrEqual(60)
  })

  it('asks before it deletes, and shows how far it is', async () => {
    const id = (await portal.call('crm.lead.add', { fields: { TITLE: 'Doomed' } })).body.result
    const kept = await portico(['lead', 'delete', String(id)], { env, tty: { ...screen, answers: { '[y/N]': 'n\n' } } })
    expect(kept).toMatchObject({ code: 1, out: expect.stringContaining(`Delete lead ${id}? [y/N]`) })
    const gone = await portico(['lead', 'delete', String(id)], { env, tty: { ...screen, answers: { '[y/N]': 'y\n' } } })
    expect(gone).toMatchObject({ code: 0, out: expect.stringContaining(`Lead ${id} is deleted.`) })
    expect((await portal.call('crm.lead.get', { id })).status).toBe(400)
    writeFileSync(join(home, 'times.ndjson'), '{}\n'.repeat(60))
    const bar = await portico(['call', 'server.time', '--batch', 'times.ndjson', '-o', 'csv'], {
      env,
      tty: { ...screen, into: 'times.csv' },
    })
    expect(bar).toMatchObject({ code: 0, out: expect.stringMatching(/calls \d+/) })
    expect(readFileSync(join(home, 'times.csv'), 'utf8').trimEnd().split('\n')).toHaveLength(61)
  })

  it('takes a secret without showing it', async () => {
    const { code, out } = await portico(['profile', 'add', 'asked'], {
      tty: { ...screen, answers: { 'Address of a webhook': `${hook}\r` } },
    })
    expect(code).toBe(0)
    expect(out).toContain('Address of a webhook')
    expect(out).toContain('Profile asked:')
    expect(out).not.toContain(portal.code)
  })
})

describe('bash', () => {
  const bin = join(home, 'bin')
  beforeAll(async () => {
    mkdirSync(bin)
    symlinkSync(await program(), join(bin, 'portico'))
    writeFileSync(join(home, 'completion.sh'), (await inProcess(['completion', 'bash'])).out)
  })

  /** What bash offers for a line that ends where the cursor is. */
  async function offered(line: string): Promise<string[]> {
    const script = `
      source completion.sh
      COMP_LINE="$1"; COMP_POINT=$\{#1}
      # As readline breaks a line: at spaces, and at what COMP_WORDBREAKS holds.
      COMP_WORDS=($(sed 's/=/ = /g' <<<"$1")); [[ "$1" == *' ' ]] && COMP_WORDS+=('')
      COMP_CWORD=$(( $\{#COMP_WORDS[@]} - 1 ))
      _portico
      printf '%s\\n' "$\{COMPREPLY[@]}"`
    const child = spawn('bash', ['--norc', '-c', script, 'bash', line], {
      cwd: home,
      env: {
        PATH: `${bin}:${dirname(process.execPath)}:${process.env.PATH ?? ''}`,
        HOME: home,
        XDG_CONFIG_HOME: join(home, 'config'),
      },
    })
    let out = ''
    let err = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
    await once(child, 'close')
    expect(err).toBe('')
    return out.split('\n').filter((word) => word !== '')
  }

  it('completes commands, options, choices, methods and profiles', async () => {
    expect(await offered('portico lead l')).toEqual(['list'])
    expect(await offered('portico lead list --output=c')).toEqual(['csv'])
    expect(await offered('portico call crm.lead.a')).toEqual(['crm.lead.add'])
    expect(await offered('portico profile use a')).toEqual(['asked'])
  })

  it('is told what could come next', async () => {
    const next = async (...words: string[]): Promise<string[]> =>
      (await inProcess(['__complete', 'bash', ...words])).out.split('\n').filter((word) => word !== '')
    expect(await next('prof')).toEqual(['profile'])
    expect(await next('lead', '')).toEqual(
      expect.arrayContaining(['list', 'get', 'create', 'update', 'delete', 'fields', 'import', 'export']),
    )
    expect(await next('lead', 'list', '--or')).toEqual(['--order'])
    expect(await next('lead', 'list', '--no')).toEqual(['--no-color'])
    expect(await next('lead', 'list', '--output', '')).toEqual(['table', 'json', 'ndjson', 'csv', 'plain'])
    expect(await next('lead', 'list', '-o', 'nd')).toEqual(['ndjson'])
    expect(await next('lead', 'list', '--output=pl')).toEqual(['--output=plain'])
    expect(await next('lead', 'list', '--filter', '')).toEqual([])
    expect(await next('describe', 'crm.lead.productrows.')).toEqual([
      'crm.lead.productrows.get',
      'crm.lead.productrows.set',
    ])
    expect(await next('lead', 'list', '--profile', '')).toEqual(['asked'])
    expect(await next('completion', '')).toEqual(['bash', 'zsh', 'fish'])
    expect((await inProcess(['__complete', 'fish', 'lead', 'li'])).out).toBe('list\tList leads\n')
    expect((await inProcess(['__complete', 'zsh', 'lead', 'li'])).out).toBe('list:List leads\n')
  })
})

describe('the start of the program', () => {
  it('loads nothing of the server', async () => {
    const seen = new Set<string>()
    const read = (path: string): string => {
      if (seen.has(path)) return ''
      seen.add(path)
      const text = readFileSync(path, 'utf8')
      const imports = [...text.matchAll(/^(?:import|export)[^;]*?from "(\.[^"]+)";|^import "(\.[^"]+)";/gm)]
      return text + imports.map(([, named, bare]) => read(join(dirname(path), named ?? bare ?? ''))).join('')
    }
    const loaded = read(await program())
    expect(seen.size).toBeGreaterThan(1)
    expect(readdirSync(join(dirname(await program()), 'chunks')).length).toBeGreaterThan(seen.size)
    expect([
      ...new Set(loaded.match(/node_modules\/(kysely|fastify|pg|pino|yaml|zod|@modelcontextprotocol|csv-[a-z]+)\//g)),
    ]).toEqual([])
    expect(loaded.length).toBeLessThan(300_000)
  })
})
