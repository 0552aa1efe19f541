import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { bundle, ensureBuilt } from '../build.mjs'
import { end } from './distribution/end.mjs'

const directory = mkdtempSync(join(tmpdir(), 'portico-background-'))
const env = { PATH: process.env.PATH, HOME: directory, TMPDIR: directory }

beforeAll(() => ensureBuilt(), 240_000)
afterAll(() => rmSync(directory, { recursive: true, force: true }))

function start(...args) {
  const line = [bundle, 'start', '--port=0', '--https-port=off', '--background', ...args]
  return spawnSync(process.execPath, line, { cwd: directory, env, encoding: 'utf8' })
}

/** What a shell would have after `eval`. */
function evaluated(text) {
  const printed = spawnSync('bash', ['-c', `${text}\nenv -0`], { env: {}, encoding: 'utf8' }).stdout
  const pairs = printed.split('\0').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])
  const facts = Object.fromEntries(pairs.filter(([name]) => name.startsWith('PORTICO_')))
  onTestFinished(() => end(facts.PORTICO_PID))
  return facts
}

test('a start in the background comes back when the portal answers, with what a shell needs', async () => {
  const started = start('--memory', '--testing', '-o', 'env')
  expect(started).toMatchObject({ status: 0, stderr: '', stdout: expect.stringMatching(/\n# ready\n$/) })
  const facts = evaluated(started.stdout)
  expect(await (await fetch(`${facts.PORTICO_WEBHOOK}profile`)).json()).toMatchObject({ result: { ADMIN: true } })
  // The log holds what the server says, not what opens it.
  expect(readFileSync(facts.PORTICO_LOG, 'utf8')).toBe('')
  await end(facts.PORTICO_PID)
  await expect(fetch(facts.PORTICO_URL)).rejects.toThrow('fetch failed')
})

test('on a data directory its log is there, and names no secret', async () => {
  const started = start('--data', 'it is here', '-o', 'json')
  expect(started).toMatchObject({ status: 0, stderr: '' })
  const facts = JSON.parse(started.stdout)
  onTestFinished(() => end(facts.PORTICO_PID))
  expect(facts.PORTICO_LOG).toBe(join(directory, 'it is here/portico.log'))
  expect(readFileSync(facts.PORTICO_LOG, 'utf8')).toBe('')
  // For people, a later start says where the process is.
  await end(facts.PORTICO_PID)
  const again = start('--data', 'it is here')
  const [, pid] = /Process +(\d+) +\(log: .*it is here\/portico\.log\)/.exec(again.stdout) ?? []
  onTestFinished(() => end(pid))
  expect(again).toMatchObject({ status: 0, stdout: expect.stringContaining('Portico is ready at http://127.0.0.1:') })
})

test('it begins with its seed, and goes back to that', async () => {
  writeFileSync(join(directory, 'portal.yaml'), 'records: { deal: { one: { title: Seeded } } }')
  const facts = evaluated(start('--memory', '--testing', '-o', 'env', '--seed', 'portal.yaml').stdout)
  const deals = async () => (await (await fetch(`${facts.PORTICO_WEBHOOK}crm.deal.list`)).json()).result
  await fetch(`${facts.PORTICO_WEBHOOK}crm.deal.add?fields[TITLE]=Another`)
  expect(await deals()).toHaveLength(2)
  const headers = { authorization: `Bearer ${facts.PORTICO_CONTROL_KEY}` }
  expect((await fetch(`${facts.PORTICO_CONTROL_URL}/reset`, { method: 'POST', headers })).status).toBe(200)
  expect(await deals()).toMatchObject([{ TITLE: 'Seeded' }])
})

test('a start that fails says why, with the exit code that it would have had', () => {
  const refused = start('--memory', '--timezone=Nowhere')
  expect(refused).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining('--timezone "Nowhere" is refused'),
  })
  const missing = start('--memory', '--testing', '--seed', 'nothing.yaml')
  expect(missing).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('nothing.yaml') })
  expect(start('--memory', '--seed', 'portal.yaml')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('--seed needs --testing'),
  })
})

test.skipIf(process.platform !== 'linux')(
  'whoever is stopped before the portal answers leaves no process',
  async () => {
    const line = [bundle, 'start', '--memory', '--port=0', '--https-port=off', '--background']
    const mark = `stopped-${process.pid}`
    const starter = spawn(process.execPath, line, { env: { ...env, PORTICO_OIDC_NAME: mark }, stdio: 'ignore' })
    const marked = () => readdirSync('/proc').filter((pid) => environmentOf(pid).includes(mark)).length
    while (marked() < 2) await sleep(5)
    starter.kill('SIGKILL')
    // As long as it takes: one that stays lets the test run out of time.
    while (marked() > 0) await sleep(20)
  },
)

function environmentOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8')
  } catch {
    return ''
  }
}
