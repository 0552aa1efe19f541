import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { administrator } from '../../support/administrator.ts'
import { commandLine, interrupted } from '../../support/command-line.ts'
import { comparePortals, type ReadablePortal } from '../../support/compare-portals.ts'
import { listening } from '../../support/listening.ts'
import { emptyPlace } from '../../support/places.ts'
import { testPortal } from '../../support/portal.ts'
import { fillVaried } from '../../support/varied-portal.ts'

const source = await testPortal()
const { hook, origin } = await listening(source)
await fillVaried(source)
const { inProcess, start, home } = commandLine()

it('counts what there is, and makes no portal for that', async () => {
  const data = join(home, 'dry')
  const { code, out, err } = await inProcess(['clone', hook, '--data', data, '--dry-run'])
  expect([code, err.includes('leads: ')]).toEqual([0, true])
  const report = JSON.parse(out)
  expect(report).toMatchObject({ portal: origin, dryRun: true })
  const { total } = (await source.call('crm.lead.list', {})).body
  expect(report.steps.find(({ step }: { step: string }) => step === 'leads').total).toBe(total)
  expect(existsSync(join(data, 'portico.db'))).toBe(false)
})

it('makes a new portal, tells its password once, and ends with a table of what has come', async () => {
  const data = join(home, 'new')
  const report = join(home, 'report.json')
  const first = await inProcess(['clone', hook, '--data', data, '--report', report], { columns: 120 })
  expect(first.code).toBe(0)
  expect(first.err).toMatch(/Sign-in {6}admin@portico\.local {2}[a-z0-9]{20}\n/)
  expect(first.err).toContain('People have come without passwords')
  expect(first.out).toMatch(/leads +\d/)
  expect(`${first.out}${first.err}`).not.toContain(source.code)
  const written = readFileSync(report, 'utf8')
  expect(JSON.parse(written)).toMatchObject({ portal: origin, keepsIds: true, left: 0 })
  expect(written).not.toContain(source.code)
  const again = await inProcess(['clone', hook, '--data', data])
  expect([again.code, again.err.includes('Sign-in')]).toEqual([0, false])
  expect((await inProcess(['check', '--data', data])).code).toBe(0)
})

it('says what a webhook does not open, and ends with 3', async () => {
  const { hook: narrow } = await source.person({ admin: true, scope: 'crm' })
  const { code, out, err } = await inProcess(['clone', `${origin}/rest/${narrow}/`, '--data', join(home, 'narrow')])
  expect(code).toBe(3)
  expect(err).toContain('the source did not give all of it')
  const { steps, refused } = JSON.parse(out)
  expect(refused).toBeGreaterThan(0)
  // People are not told, and what is theirs is the administrator's; everything else has come.
  expect(steps.find(({ step }: { step: string }) => step === 'users').refused).toContain('insufficient_scope')
  expect(steps.find(({ step }: { step: string }) => step === 'leads')).toMatchObject({ refused: null })
})

it.each([
  ['a step that there is not', ['--only', 'leeds'], 2, 'did you mean leads?'],
  ['no address', [], 1, 'no portal is known'],
])('refuses %s before anything is asked', async (_name, args, exitCode, text) => {
  const line = exitCode === 1 ? ['clone', ...args] : ['clone', hook, ...args]
  const { code, err } = await inProcess([...line, '--data', join(home, 'refused')])
  expect(err).toContain(text)
  expect(code).not.toBe(0)
  expect(existsSync(join(home, 'refused'))).toBe(false)
})

it('makes no portal where the source does not let it in, or is not there', async () => {
  const data = join(home, 'nowhere')
  const wrong = await inProcess(['clone', `${origin}/rest/1/wrongwrongwrong/`, '--data', data])
  expect([wrong.code, existsSync(data)]).toEqual([4, false])
  const silent = await inProcess(['clone', 'http://127.0.0.1:9/rest/1/code/', '--data', data, '--patience', '1'])
  expect([silent.code, existsSync(data)]).toEqual([5, false])
  expect(silent.err).toContain('the same command goes on where it was')
})

it('ends with 130 when it is interrupted', async () => {
  const { code } = await inProcess(['clone', hook, '--data', join(home, 'stopped')], { signal: interrupted() })
  expect(code).toBe(130)
})

it('goes on where it was after it was killed', { timeout: 120_000 }, async () => {
  const { args: place } = await emptyPlace()
  for (const until of ['fields: ', 'deals: ', 'timeline: ']) {
    const child = await start(['clone', hook, ...place, '--admin-email', administrator.email])
    await new Promise<void>((resolve) => {
      let told = ''
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        told += text
        if (told.includes(until)) child.kill('SIGKILL')
      })
      child.once('close', () => resolve())
    })
    expect(child.signalCode).toBe('SIGKILL')
  }
  const { code, out } = await inProcess(['clone', hook, ...place])
  expect([code, JSON.parse(out)]).toMatchObject([0, { resumed: true, left: 0, refused: 0 }])
  expect((await inProcess(['check', ...place])).code).toBe(0)
  const secret = 'abcdefghijklmnop'
  const server = await start([
    'start',
    ...place,
    '--port',
    '0',
    '--https-port',
    'off',
    '--webhook',
    `1/${secret}`,
    '--timezone',
    'Europe/Berlin',
  ])
  const target = await new Promise<string>((resolve) => {
    server.stdout?.setEncoding('utf8').on('data', (text: string) => {
      const [, address] = /ready at (\S+)/.exec(text) ?? []
      if (address !== undefined) resolve(address)
    })
  })
  expect(await comparePortals(source, reached(target, secret))).toEqual([])
})

/** A portal that is asked over the network. */
const reached = (at: string, code: string): ReadablePortal => ({
  async call(method, parameters = {}) {
    const response = await fetch(`${at}/rest/1/${code}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(parameters),
    })
    return { body: (await response.json()) as { result?: unknown; next?: number } }
  },
  async send({ url }) {
    const response = await fetch(new URL(url, at))
    const text = await response.text()
    return { status: response.status, text, headers: Object.fromEntries(response.headers) }
  },
})
