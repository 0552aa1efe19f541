import { randomBytes } from 'node:crypto'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect } from 'vitest'
import { openPortal, type PortalOptions, type RunningPortal } from '../../src/compose.ts'
import { createApp } from '../../src/http/app.ts'
import type { Module } from '../../src/modules/module.ts'
import type { Outside } from '../../src/records/context.ts'
import { realSources } from '../../src/sources.ts'
import { sql } from '../../src/store/sql.ts'
import { user } from '../../src/store/tables.ts'
import { administrator } from './administrator.ts'
import { onServer } from './template.ts'

/** Which database this run of the suite is for. */
export const database = process.env.PORTICO_TEST_DB === 'postgres' ? 'postgres' : 'sqlite'

export interface Answer {
  readonly status: number
  readonly body: {
    // The wire's own shape: tests state what it shows.
    result?: any // eslint-disable-line typescript/no-explicit-any
    error?: string | number
    error_description?: string
    total?: number
    next?: number
    time?: Record<string, number | string>
  }
  readonly headers: Record<string, unknown>
  readonly text: string
}

export interface TestPortal extends RunningPortal {
  readonly app: ReturnType<typeof createApp>
  readonly code: string
  /** Epoch seconds that the portal believes in; set it to freeze or move time. */
  clock: { at: number | undefined }
  /** What the operator reads in the server's log. */
  readonly warnings: Record<string, unknown>[]
  /** Calls a method as the administrator's webhook, with JSON. */
  call(method: string, parameters?: unknown, options?: { as?: string; token?: string }): Promise<Answer>
  /** Any request, in its exact form. */
  send(request: {
    method?: 'GET' | 'POST' | 'OPTIONS'
    url: string
    headers?: Record<string, string>
    body?: string | Buffer
    /** The address that it comes from. */
    from?: string
  }): Promise<Answer>
  /** Adds a person and answers with a webhook path part of theirs: `2/code`. */
  person(given?: {
    admin?: boolean
    active?: boolean
    scope?: string
    department?: number[]
  }): Promise<{ id: number; hook: string }>
  /** Runs the jobs and sends the events that are due by the portal's clock, and what follows; answers how many. */
  work(): Promise<number>
  /** The number of rows of every table, to prove that a refused call has changed nothing. */
  census(): Promise<Record<string, number>>
}

interface Place {
  readonly data: string
  readonly url: string | null
  drop(): Promise<void>
}

/** Where each portal keeps what it has, for the servers beside it. */
const places = new WeakMap<TestPortal, Place>()

/** How a command is told where a portal is. */
export function placeOf(portal: TestPortal): string[] {
  const place = places.get(portal)
  if (place === undefined) throw new Error('no portal of these tests')
  return placeArguments(place)
}

export const placeArguments = ({ data, url }: { data: string; url: string | null }): string[] => [
  `--data=${data}`,
  ...(url === null ? [] : [`--database-url=${url}`]),
]

/** A whole portal on a fresh database of the kind under test; closed after the file's tests. */
export async function testPortal(
  options: {
    timezone?: string
    maxBodyBytes?: number
    at?: number
    lang?: string
    /** Networks inside of which the portal may send requests: tests listen on this machine. */ allowOutgoing?: string[]
    publicUrl?: string
    /** Beside the portal's own. */
    modules?: readonly Module[]
    /** The test breaks the stored data. */
    faulty?: boolean
    limits?: PortalOptions['limits']
    /** Where people can sign in elsewhere: an OpenID provider, and whether it makes people. */
    openId?: { issuer: string; clientId: string; clientSecret: string; create?: boolean }
    /** Another server of that portal: the same database, files and clock. */
    beside?: TestPortal
  } & Partial<Outside> = {},
): Promise<TestPortal> {
  const beside = options.beside === undefined ? undefined : places.get(options.beside)
  const place: Place = beside ?? {
    data: freshDirectory(isPlain(options)),
    ...(await freshDatabase(isPlain(options))),
  }
  const { data, url, drop } = place
  const clock = options.beside?.clock ?? { at: options.at }
  const errors: object[] = []
  const warnings: Record<string, unknown>[] = []
  const running = await openPortal({
    databaseUrl: url,
    data,
    memory: false,
    timezone: options.timezone ?? 'Europe/Berlin',
    lang: options.lang ?? 'en',
    sources: { ...realSources, now: () => clock.at ?? realSources.now() },
    log: {
      error: (details) => errors.push(details),
      warn: (details, message) => warnings.push({ ...details, message }),
      info: () => {},
    },
    administrator,
    work: false,
    durable: false,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    ...(options.openId === undefined
      ? {}
      : {
          oidcIssuer: options.openId.issuer,
          oidcClientId: options.openId.clientId,
          oidcClientSecret: options.openId.clientSecret,
          oidcName: 'Example ID',
          oidcCreate: options.openId.create === true,
        }),
    modules: options.modules ?? [],
    ...(options.allowOutgoing === undefined ? {} : { allowOutgoing: options.allowOutgoing }),
    ...(options.publicUrl === undefined ? {} : { publicUrl: options.publicUrl }),
    office: options.office ?? 'soffice',
    smtpUrl: options.smtpUrl ?? null,
    mailFrom: 'portal@example.com',
  })
  const session = running.portal.store.session()
  const code = await running.credentials.createWebhook(session, { userId: 1, scope: '*', title: 'test' })
  await session.settled()
  const app = createApp({
    ...running,
    log: { error: (details) => errors.push(details), warn: () => {}, info: () => {} },
    maxBodyBytes: options.maxBodyBytes ?? 20_000_000,
    publicUrl: null,
    trustProxy: false,
    allowHttp: true,
  })
  const send: TestPortal['send'] = async ({ method = 'POST', url, headers = {}, body, from = '127.0.0.1' }) => {
    const payload = body === undefined ? {} : { payload: body }
    const response = await app.inject({ method, url, headers, remoteAddress: from, ...payload })
    const text = response.body
    const isJson = String(response.headers['content-type']).includes('json')
    return { status: response.statusCode, body: isJson ? JSON.parse(text) : {}, headers: response.headers, text }
  }
  const portal: TestPortal = {
    ...running,
    app,
    code,
    clock,
    warnings,
    send,
    async call(method, parameters = {}, { as = `1/${code}`, token } = {}) {
      const answer = await send({
        url: token === undefined ? `/rest/${as}/${method}` : `/rest/${method}`,
        headers: {
          'content-type': 'application/json',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(parameters),
      })
      if (answer.status === 500) throw new Error(`${method} answered 500`, { cause: errors.at(-1) })
      return answer
    },
    async person({ admin = false, active = true, scope = '*', department = [] } = {}) {
      const own = running.portal.store.session()
      const id = await running.portal.caches.changing(own, ['people'], async (tx) => {
        const id = await tx.nextId(user)
        tx.insert(user, {
          id,
          active: active ? 'Y' : 'N',
          email: `p${id}@example.com`,
          login: `p${id}`,
          name: 'Person',
          last_name: String(id),
          is_admin: admin ? 'Y' : 'N',
          password: null,
          date_register: 0,
          timestamp_x: 0,
          uf_department: JSON.stringify(department),
          user_type: 'employee',
          time_zone: '',
        })
        tx.count(user.name, 1)
        return id
      })
      const hook = await running.credentials.createWebhook(own, { userId: id, scope, title: 'test' })
      await own.settled()
      return { id, hook: `${id}/${hook}` }
    },
    async work() {
      for (let done = 0; ;) {
        const jobs = await running.runner.run()
        // What nobody listens to stays in the outbox, where tests read it.
        const { bindings, outbound, watched } = await running.portal.subscriptions.all(running.portal.store.session())
        const [waiting] = await session.find(sql`select id from event_delivery where state = 'waiting' limit 1`)
        const isHeard = bindings.length > 0 || outbound.length > 0 || watched || waiting !== undefined
        const sent = isHeard ? await running.deliveries.run() : 0
        done += jobs + sent
        if (jobs + sent === 0) return done
      }
    },
    async census() {
      const own = running.portal.store.session()
      const tables = await own.find<{ name: string }>(
        database === 'sqlite'
          ? sql`select name from sqlite_master where type = 'table' and name not like 'sqlite%'`
          : sql`select table_name as name from information_schema.tables where table_schema = current_schema()`,
      )
      const counted = tables.filter(({ name }) => name !== 'sequence' && name !== 'counter')
      // In one order, whatever order a database that counts several at once gives them in.
      const counts = Object.fromEntries(counted.map(({ name }) => [name, 0]).sort())
      const each = counted.map(
        ({ name }) => sql`select ${sql.lit(name)} as name, count(*) as n from ${sql.table(name)}`,
      )
      // One statement: a hundred on their way to a database take longer than what is being tested.
      for (const { name, n } of await own.find<{ name: string; n: number }>(sql.join(each, sql` union all `)))
        counts[name] = Number(n)
      return counts
    },
  }
  afterAll(async () => {
    await running.portal.store.session().settled()
    const faults = options.faulty === true ? [] : await running.faults()
    await app.close()
    await running.close()
    if (beside === undefined) {
      await drop()
      rmSync(data, { recursive: true, force: true })
    }
    // Whatever a scenario did, nothing may be left orphaned or pointing at nothing.
    expect(faults).toEqual([])
  })
  places.set(portal, place)
  return portal
}

/** What a template holds depends neither on a language nor on a moment. */
const isPlain = ({ lang = 'en', at, modules }: { lang?: string; at?: number; modules?: readonly Module[] }): boolean =>
  lang === 'en' && at === undefined && modules === undefined

/** @param withPortal on SQLite, with a copy of a portal that has just been made, where there is one to copy */
function freshDirectory(withPortal: boolean): string {
  const directory = mkdtempSync(join(tmpdir(), 'portico-test-'))
  const template = process.env.PORTICO_TEST_TEMPLATE_DATA
  if (database === 'sqlite' && withPortal && template !== undefined)
    copyFileSync(join(template, 'portico.db'), join(directory, 'portico.db'))
  return directory
}

/** @param withPortal on PostgreSQL, a copy of a portal that has just been made, where there is one to copy */
export async function freshDatabase(withPortal = false): Promise<{ url: string | null; drop: () => Promise<void> }> {
  if (database === 'sqlite') return { url: null, drop: async () => {} }
  const server = process.env.TEST_DATABASE_URL
  if (server === undefined) throw new Error('TEST_DATABASE_URL is not set')
  const name = `portico_${randomBytes(6).toString('hex')}`
  const template = withPortal ? (process.env.PORTICO_TEST_TEMPLATE ?? 'template0') : 'template0'
  await onServer(server, `CREATE DATABASE ${name} TEMPLATE ${template}`)
  const url = new URL(server)
  url.pathname = name
  // Small tables counted by several workers take ten times as long.
  url.searchParams.set('options', '-c max_parallel_workers_per_gather=0')
  return { url: url.href, drop: () => onServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) }
}
