import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import https from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { ensureBuilt } from '../../build.mjs'
import { root } from '../../lib/root.mjs'
import { copyCheckout, standInForNpm } from './checkout.mjs'
import { end } from './end.mjs'
import { readAction, runAction } from './github.mjs'

const path = join(root, 'action.yml')
const directory = mkdtempSync(join(tmpdir(), 'portico-action-'))
const actionPath = join(directory, 'checkout')
const workspace = join(directory, 'workspace')
const temp = join(directory, 'temp')

beforeAll(async () => {
  await ensureBuilt()
  copyCheckout(actionPath)
  mkdirSync(workspace)
  writeFileSync(join(workspace, 'portal.yaml'), 'records:\n  lead:\n    first: { title: From the seed }\n')
}, 240_000)
afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** As a job would run it: with variables of its own that the portal must not take for its own. */
function run(inputs, cacheHit = '') {
  const npm = standInForNpm(join(directory, 'bin'))
  const env = {
    PATH: `${npm}:${process.env.PATH}`,
    HOME: directory,
    DATABASE_URL: 'postgres://of-the-job@db.example/app',
    PORTICO_WEBHOOK: 'https://portal.example/rest/1/of-the-job/',
  }
  const cached = []
  const uses = (step) => {
    cached.push(step)
    return { 'cache-hit': cacheHit }
  }
  const job = runAction({ path, actionPath, workspace, temp, inputs, env, uses })
  onTestFinished(() => end(job.outputs.pid))
  return { ...job, cached }
}

test("GitHub's own parser has nothing to object to the action", () => {
  expect(readAction(path).faults).toEqual([])
  const misspelt = join(directory, 'action.yml')
  writeFileSync(misspelt, readFileSync(path, 'utf8').replace('working-directory:', 'workdir:'))
  expect(readAction(misspelt).faults).toEqual([expect.stringContaining("Unexpected value 'workdir'")])
})

test('no text of the caller becomes a part of a script', () => {
  const { steps } = parse(readFileSync(path, 'utf8')).runs
  for (const { run: script } of steps) expect(script ?? '').not.toContain('${{')
})

test('every input and output says what it is', () => {
  const { inputs, outputs } = parse(readFileSync(path, 'utf8'))
  for (const each of [...Object.values(inputs), ...Object.values(outputs)]) expect(each.description).toMatch(/\w/)
  for (const { required, default: standard } of Object.values(inputs))
    expect([required ?? false, typeof standard]).toEqual([false, 'string'])
})

test('it builds what it runs once, and what it tells is of use: over HTTP, over HTTPS, for control', async () => {
  const { outputs, masks, log, ran, cached } = run({ seed: 'portal.yaml', lang: 'de', timezone: 'Europe/Berlin' })
  expect(ran).toEqual(['find', 'cache', 'build', 'start'])
  const [{ uses, with: kept }] = cached
  expect([uses, kept.path]).toEqual(['actions/cache@v4', join(temp, 'portico')])
  expect(kept.key).toMatch(/^portico-Linux-X64-[\da-f]{64}$/)

  for (const name of Object.keys(parse(readFileSync(path, 'utf8')).outputs))
    expect([name, outputs[name]]).not.toContain('')
  const leads = await (await fetch(`${outputs['webhook-http']}crm.lead.list`)).json()
  expect(leads.result).toMatchObject([{ TITLE: 'From the seed' }])
  expect(await get(`${outputs.webhook}crm.lead.get?id=1`, outputs.ca)).toMatchObject({ result: { ID: '1' } })
  const control = await fetch(`${outputs['control-url']}/reset`, {
    method: 'POST',
    headers: { authorization: `Bearer ${outputs['control-key']}` },
  })
  expect(control.status).toBe(200)
  expect((await (await fetch(`${outputs['webhook-http']}crm.lead.list`)).json()).total).toBe(1)

  // Whatever a later step prints, these do not stand in the log of the job.
  const code = new URL(outputs.webhook).pathname.split('/').at(-2)
  expect(masks.sort()).toEqual([code, outputs['admin-password'], outputs['control-key']].sort())
  const shown = log.replaceAll(/^::add-mask::.*\n/gm, '')
  for (const secret of masks) expect(shown).not.toContain(secret)
  expect(statSync(join(temp, 'portico.env')).mode & 0o077).toBe(0)
  expect(existsSync(outputs.log)).toBe(true)

  // As the runner ends it after the job.
  await end(outputs.pid)
  await expect(fetch(outputs.url)).rejects.toThrow('fetch failed')
}, 120_000)

test('with what an earlier run has kept it builds nothing', async () => {
  const { outputs, ran } = run({ 'https-port': 'off', demo: 'true', limits: 'standard' }, 'true')
  expect(ran).toEqual(['find', 'cache', 'start'])
  expect([outputs['https-url'], outputs.ca]).toEqual(['', ''])
  expect(outputs.webhook).toBe(outputs['webhook-http'])
  expect((await (await fetch(`${outputs.webhook}crm.deal.list`)).json()).total).toBeGreaterThan(100)
})

test('a value that makes no sense fails the step, and says which', () => {
  expect(() => run({ timezone: 'Europe/Nowhere' }, 'true')).toThrow(/PORTICO_TIMEZONE "Europe\/Nowhere" is refused/)
})

function get(url, caPath) {
  return new Promise((resolve, reject) => {
    const request = https.get(url, { ca: readFileSync(caPath), agent: false }, async (response) => {
      const chunks = []
      for await (const chunk of response) chunks.push(chunk)
      resolve(JSON.parse(Buffer.concat(chunks).toString()))
    })
    request.on('error', reject)
  })
}
