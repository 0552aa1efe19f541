import { spawnSync } from 'node:child_process'
import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startServer } from '../../src/server.ts'
import { loadConfig } from '../../src/config.ts'
import { realSources } from '../../src/sources.ts'
import { sql } from '../../src/store/sql.ts'
import { administrator } from '../support/administrator.ts'
import { commandLine } from '../support/command-line.ts'
import { emptyPlace, inPlace, type TestPlace } from '../support/places.ts'
import { database } from '../support/portal.ts'

const { inProcess } = commandLine()
const log = { error: () => {}, warn: () => {}, info: () => {} }

/** A server, in this process, on a place of its own. */
async function served(place: TestPlace): Promise<Awaited<ReturnType<typeof startServer>>> {
  const config = loadConfig([...place.args, '--port=0', '--https-port=off'], {})
  return startServer(config, { sources: realSources, log, administrator })
}

const place = await emptyPlace()
const server = await served(place)
const session = server.portal.store.session()
await server.pipeline.inside(1, (dispatch) => dispatch('crm.lead.add', { fields: { TITLE: 'One' } }))

describe('status', () => {
  it('tells of the server and of what the database holds', async () => {
    const { code, out, err } = await inProcess(['status', ...place.args])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(JSON.parse(out)).toMatchObject({
      running: true,
      servers: [
        { url: server.httpUrl, http: server.httpUrl, https: null, pid: process.pid, version: expect.any(String) },
      ],
      database: { kind: database, bytes: expect.any(Number), changes: 0 },
      records: { leads: 1, deals: 0, users: 1 },
      queues: { deliveriesWaiting: 0, jobsFailed: 0 },
      files: { count: 0, bytes: 0 },
    })
    const table = await inProcess(['status', ...place.args, '-o', 'table'])
    expect(table.out).toMatch(/records\.leads +1\n/)
    const env = await inProcess(['status', ...place.args, '-o', 'env'])
    expect(env.out).toBe(`PORTICO_URL=${server.httpUrl}\nPORTICO_PID=${process.pid}\n`)
    const [note = ''] = readdirSync(join(place.data, 'servers'))
    expect(statSync(join(place.data, 'servers', note)).mode & 0o777).toBe(0o600)
  })

  it('says so when no server answers, and what the database tells all the same', async () => {
    const other = await emptyPlace()
    const elsewhere = ['--port=1', ...other.args]
    const nothing = await inProcess(['status', ...elsewhere])
    expect(nothing).toMatchObject({
      code: 5,
      err: expect.stringMatching(/^portico: no server answers for .+\n.+start/),
    })
    expect(JSON.parse(nothing.out)).toEqual({ running: false, servers: [], data: other.data })
    await (await served(other)).close()
    const stopped = await inProcess(['status', ...elsewhere])
    expect(stopped.code).toBe(5)
    expect(JSON.parse(stopped.out)).toMatchObject({ running: false, records: { users: 1 } })
  })

  it('is not misled by the note of a server that was killed', async () => {
    const other = await emptyPlace()
    await (await served(other)).close()
    // As a process leaves it that is no more.
    const gone = spawnSync(process.execPath, ['-e', '']).pid
    const note = { server: 'abcdefgh', pid: gone, host: hostname(), http: server.httpUrl }
    writeFileSync(join(other.data, 'servers', 'abcdefgh.json'), JSON.stringify(note))
    expect((await inProcess(['status', ...other.args, '--port=1'])).code).toBe(5)
    // The next server takes the note away.
    const next = await served(other)
    expect(readdirSync(join(other.data, 'servers'))).toHaveLength(1)
    await next.close()
    expect(readdirSync(join(other.data, 'servers'))).toEqual([])
  })
})

describe('migrate', () => {
  it('has nothing to do for a portal that has just been opened', async () => {
    expect(await inProcess(['migrate', ...place.args])).toMatchObject({
      code: 0,
      out: '[]\n',
      err: 'Nothing is to do.\n',
    })
  })

  it('shows what a start would change, and then does it', async () => {
    const older = await emptyPlace()
    await (await served(older)).close()
    await inPlace(older, async ({ portal }) => {
      await portal.store.session().transaction(async (tx) => {
        await tx.define([
          'DROP TABLE seed_entry',
          'ALTER TABLE crm_lead DROP COLUMN originator_id',
          'DROP INDEX audit_log_time',
        ])
        await tx.change(sql`delete from setting where name = 'prepared.catalog'`)
      })
    })
    const shown = await inProcess(['migrate', '--dry-run', ...older.args])
    expect(shown).toMatchObject({ code: 0, err: '4 to do.\n' })
    const changes = JSON.parse(shown.out) as string[]
    expect(changes.map((each) => each.replace(/ \(.*/, '')).sort()).toEqual([
      '-- the first data of "catalog"',
      expect.stringMatching(/^ALTER TABLE "crm_lead" ADD COLUMN "originator_id" /i),
      'CREATE INDEX IF NOT EXISTS "audit_log_time" ON "audit_log"',
      'CREATE TABLE IF NOT EXISTS "seed_entry"',
    ])
    expect((await inProcess(['migrate', '--dry-run', ...older.args])).err).toBe('4 to do.\n')
    expect(await inProcess(['migrate', ...older.args, '-o', 'table'])).toMatchObject({ code: 0, err: 'Done.\n' })
    expect((await inProcess(['migrate', ...older.args])).err).toBe('Nothing is to do.\n')
  })

  it('and start leave alone what a later version has stored', async () => {
    const later = await emptyPlace()
    await (await served(later)).close()
    await inPlace(later, async ({ portal }) => {
      await portal.store.session().transaction(async (tx) => {
        await tx.change(sql`update setting set value = '99' where name = 'portico.schema'`)
        await tx.change(sql`update setting set value = '9.1.0' where name = 'portico.version'`)
      })
    })
    const refusal =
      /^portico: this portal was last opened by Portico 9\.1\.0, and Portico \d+\.\d+\.\d+ does not know how that stores it/
    for (const command of [['migrate'], ['start', '--port=0', '--https-port=off'], ['webhook', 'list']])
      expect(await inProcess([...command, ...later.args])).toMatchObject({
        code: 1,
        out: '',
        err: expect.stringMatching(refusal),
      })
  })
})

describe('reset', () => {
  it('wants to be told twice, and not while a server runs', async () => {
    expect(await inProcess(['reset', '--yes', ...place.args])).toMatchObject({
      code: 1,
      err: expect.stringMatching(/a server runs there: .+\n.*--force/),
    })
    const other = await emptyPlace()
    await (await served(other)).close()
    expect(await inProcess(['reset', ...other.args])).toMatchObject({ code: 2, err: expect.stringContaining('--yes') })
    const asked = await inProcess(['reset', ...other.args], { columns: 80, input: 'n\n' })
    expect(asked.code).not.toBe(0)
    expect(asked.err).toContain('0 leads, deals, contacts and companies')
  })

  it('makes a fresh portal that answers to new secrets only', async () => {
    const other = await emptyPlace()
    const first = await served(other)
    await first.pipeline.inside(1, async (dispatch) => {
      await dispatch('crm.type.add', { fields: { title: 'Gone' } })
      await dispatch('crm.lead.add', { fields: { TITLE: 'Gone' } })
    })
    await first.close()
    const done = await inProcess(['reset', '--yes', '--webhook', '1/newc0denew', ...other.args])
    expect(done).toMatchObject({ code: 0, err: '' })
    expect(done.out).toMatch(
      /^A fresh portal is in .+\n {2}Sign-in +admin@portico\.local {2}[a-z0-9]{20}\n {2}Webhook +http:\/\/127\.0\.0\.1:8080\/rest\/1\/newc0denew\/\n/,
    )
    await inPlace(other, async (portal) => {
      expect(await portal.faults()).toEqual([])
      const answer = (method: string): Promise<{ result?: unknown }> =>
        portal.pipeline.inside(1, (dispatch) => dispatch(method, {}))
      expect(await answer('crm.lead.list')).toMatchObject({ result: [] })
      expect(await answer('crm.type.list')).toMatchObject({ result: { types: [] } })
    })
  })

  it('under a server that goes on leaves it nothing old in memory', async () => {
    await server.pipeline.inside(1, (dispatch) =>
      dispatch('crm.status.add', { fields: { ENTITY_ID: 'SOURCE', STATUS_ID: 'X', NAME: 'X' } }),
    )
    expect(await inProcess(['reset', '--yes', '--force', ...place.args])).toMatchObject({ code: 0 })
    await session.settled()
    const sources = async (): Promise<unknown> =>
      server.pipeline.inside(
        1,
        async (dispatch) => (await dispatch('crm.status.list', { filter: { STATUS_ID: 'X' } })).result,
      )
    await expect.poll(sources, { timeout: 5_000 }).toEqual([])
    await server.close()
  })
})
