import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Credentials } from './auth/credentials.ts'
import { version } from './cli/version.ts'
import { FileLinks } from './auth/file-links.ts'
import type { OpenId } from './auth/open-id.ts'
import { Sessions } from './auth/sessions.ts'
import { Limiter } from './methods/limits/limiter.ts'
import { type Limits, type Profile, profiles } from './methods/limits/profiles.ts'
import { rateBucket, operatingBasket } from './methods/limits/tables.ts'
import { Registry } from './methods/registry.ts'
import type { TestHooks } from './methods/test-hooks.ts'
import { DeliveryRunner } from './events/delivery-runner.ts'
import { JobRunner } from './events/job-runner.ts'
import { LiveHub } from './events/live-hub.ts'
import { hooksOf } from './modules/crm/hooks.ts'
import { dynamicEntity } from './modules/crm/dynamic.ts'
import { fillDemo } from './modules/demo/index.ts'
import { modules as ownModules } from './modules/index.ts'
import type { Module } from './modules/module.ts'
import { type Administrator, prepare, prepareModules, preparedMark } from './modules/prepare.ts'
import { Pipeline } from './pipeline.ts'
import { Access } from './records/access.ts'
import { Applications } from './records/applications.ts'
import { Caches } from './records/cache.ts'
import { faultsOf } from './records/consistency.ts'
import type { Outside, Portal, Sources } from './records/context.ts'
import { Bell } from './records/bell.ts'
import { Deliveries } from './records/deliveries.ts'
import { Directories } from './records/directories.ts'
import { Entities } from './records/entities.ts'
import { Files } from './records/files.ts'
import { Jobs } from './records/jobs.ts'
import type { Live } from './records/live.ts'
import type { Logger } from './records/logger.ts'
import { NoPortalError } from './records/no-portal.ts'
import { Outgoing } from './records/outgoing.ts'
import { People } from './records/people.ts'
import { refuseNewer, rememberVersion } from './records/portal-version.ts'
import { RequestLog } from './records/request-log.ts'
import { Settings } from './records/settings.ts'
import { Subscriptions } from './records/subscriptions.ts'
import { createZone } from './schema/time.ts'
import { missing } from './store/ddl.ts'
import { entityTable } from './store/entity-table.ts'
import { databaseFile, openStore } from './store/open.ts'
import { present } from './store/present.ts'
import type { Reader, Session, Transaction } from './store/store.ts'
import type { Table } from './store/table.ts'
import { setting, systemTables, user } from './store/tables.ts'

export interface PortalOptions extends Outside {
  /** PostgreSQL when given, else SQLite in the data directory. */
  readonly databaseUrl: string | null
  readonly data: string
  /** Nothing outlives the process. */
  readonly memory: boolean
  readonly timezone: string
  readonly lang: string
  readonly sources: Sources
  readonly log: Logger
  /** The first person of a new portal; null where only a portal that is there already will do. */
  readonly administrator: Administrator | null
  /** A new portal begins with demo records. */
  readonly demo?: boolean
  /** Networks inside of which the portal may send requests, which it refuses otherwise (records/outgoing.ts). */
  readonly allowOutgoing?: readonly string[]
  /** The origin under which others reach the portal. */
  readonly publicUrl?: string | null
  /** None when left out. */
  readonly limits?: Profile | Limits
  /** An OpenID provider for the sign-in of people; none when left out. */
  readonly oidcIssuer?: string | null
  readonly oidcClientId?: string | null
  readonly oidcClientSecret?: string | null
  readonly oidcName?: string
  readonly oidcCreate?: boolean
  /** Modules beside the portal's own, for programs that embed it. */
  readonly modules?: readonly Module[]
  /** What tests let in between; a portal at work has none. */
  readonly hooks?: TestHooks | undefined
  /** False: jobs run, and events are sent, only when `runner.run()` and `deliveries.run()` are called. */
  readonly work?: boolean
  /** False: SQLite doesn't wait for the disk, and what was answered may be lost when the machine fails. For tests. */
  readonly durable?: false
  /** False: the portal is read as it is stored, by a version that may know more tables and columns than there are. */
  readonly sync?: false
}

export interface RunningPortal {
  readonly portal: Portal
  readonly credentials: Credentials
  readonly sessions: Sessions
  /** Where people can sign in elsewhere. */
  readonly openId: OpenId | undefined
  readonly registry: Registry
  readonly links: FileLinks
  readonly pipeline: Pipeline
  readonly runner: JobRunner
  readonly deliveries: DeliveryRunner
  /** What in the stored data is not as it must be, a line each. */
  faults(): Promise<string[]>
  /** Background care, which runs by itself as long as the portal works: what has had its time is forgotten. */
  tend(): Promise<void>
  /** Whether this start has made the portal. */
  readonly isNew: boolean
  /** Every table that the portal is made of, those of smart processes and user fields as the reader sees them. */
  tables(reader: Reader): Promise<Table[]>
  /** What the next start would change in the database: a statement or remark each. */
  pending(): Promise<string[]>
  readonly dataDirectory: string
  /** Of the program, as its pages tell it. */
  readonly version: string
  /** Tells open pages what happens. */
  readonly live: Live
  /** From now on these limits hold, and nothing counts that was before. */
  limit(limits: Profile | Limits): void
  /** The database is another one than it was: whatever this process remembers of it is forgotten. */
  forget(): void
  close(): Promise<void>
}

/** How often background care runs, in milliseconds. */
const TEND_EVERY = 15_000

/** Puts a portal together: storage, services, methods and the pipeline. The only place that knows everyone. */
export async function openPortal(options: PortalOptions): Promise<RunningPortal> {
  const { sources, log, administrator, office, smtpUrl, mailFrom } = options
  const modules = [...ownModules, ...(options.modules ?? [])]
  if (administrator === null && options.databaseUrl === null && !existsSync(databaseFile(options.data)))
    throw new NoPortalError()
  const directory = options.memory ? mkdtempSync(join(tmpdir(), 'portico-')) : options.data
  if (!options.memory) mkdirSync(directory, { recursive: true, mode: 0o700 })
  const store = openStore(
    { databaseUrl: options.databaseUrl, data: directory },
    {
      memory: options.memory,
      durable: options.durable,
      onIdleError: (cause) => log.warn({ err: cause }, 'a database connection was lost'),
    },
  )
  const caches = new Caches(undefined, () => store.session())
  const portal: Portal = {
    store,
    caches,
    entities: new Entities(
      caches,
      modules.flatMap(({ entities }) => entities ?? []),
      dynamicEntity,
      options.lang,
      Object.assign({}, ...modules.map(({ extensions }) => extensions)),
    ),
    directories: new Directories(caches),
    people: new People(caches),
    files: new Files(join(directory, 'files'), sources),
    access: new Access(caches),
    applications: new Applications(caches, async (tx, removed) => {
      for (const module of modules) await module.applicationRemoved?.(tx, removed, portal)
    }),
    settings: new Settings(caches),
    hooks: hooksOf(modules),
    jobs: new Jobs(),
    subscriptions: new Subscriptions(caches),
    deliveries: new Deliveries(),
    sources,
    log,
    outside: { office, smtpUrl, mailFrom },
    zone: createZone(options.timezone),
    language: options.lang,
    outgoing: new Outgoing(options.allowOutgoing ?? []),
    publicUrl: options.publicUrl ?? null,
    listening: { origin: 'http://localhost' },
    requests: new RequestLog(sources.token(8)),
    heard: new Bell(),
    live: new Bell(),
  }
  // What outlives nothing is somebody's own trial: there it helps more than it tells.
  if (options.memory) portal.requests.keepDetails(Infinity)
  const session = store.session()
  const declared = [...systemTables, rateBucket, operatingBasket, ...modules.flatMap(({ tables }) => tables ?? [])]
  const isSynced = options.sync !== false
  let isNew = false
  try {
    await requirePortal(session, administrator === null)
    if (isSynced) {
      await store.sync(declared)
      await store.sync((await portal.entities.everything(session)).map(entityTable))
      isNew = administrator !== null && (await prepare(portal, session, administrator))
      await prepareModules(portal, session, modules)
      await rememberVersion(portal, session, version)
    }
  } catch (cause) {
    await store.close()
    throw cause
  }
  const sessions = new Sessions(caches, sources)
  const credentials = new Credentials(caches, sources, sessions)
  const registry = new Registry(modules.flatMap(({ methods }) => methods))
  const links = new FileLinks((await portal.settings.get(session, 'link.key')) ?? sources.token(48))
  const { limits = 'off' } = options
  let limiter = limiterOf(limits)
  const { hooks } = options
  const pipeline = new Pipeline({ portal, registry, credentials, links, limiter, log, hooks })
  const runner = new JobRunner({
    portal,
    pipeline,
    log,
    handlers: new Map(modules.flatMap(({ jobs }) => Object.entries(jobs ?? {}))),
  })
  const deliveries = new DeliveryRunner({ portal, log, hooks })
  if (options.work !== false) {
    runner.start()
    deliveries.start()
  }
  if (isNew && options.demo === true) await pipeline.inside(1, (dispatch, inside) => fillDemo(portal, inside, dispatch))
  const tend = async (): Promise<void> => {
    await store.tend()
    const own = store.session()
    await limiter.tend(own, sources.now())
    for (const module of modules) await module.tend?.(portal, own)
    await own.settled()
  }
  const tending =
    options.work === false
      ? undefined
      : setInterval(
          () => void tend().catch((cause: unknown) => log.error({ err: cause }, 'background care failed')),
          TEND_EVERY,
        )
  tending?.unref()
  return {
    portal,
    credentials,
    sessions,
    openId: await openIdOf(options),
    registry,
    links,
    pipeline,
    runner,
    deliveries,
    faults: () =>
      faultsOf(
        portal,
        store.session(),
        modules.flatMap(({ checks }) => checks ?? []),
      ),
    tend,
    isNew,
    tables: async (reader) => united([...declared, ...(await portal.entities.everything(reader)).map(entityTable)]),
    pending: () => pendingChanges(portal, declared, modules),
    dataDirectory: directory,
    version,
    live: new LiveHub(portal, log),
    limit(given) {
      pipeline.limit((limiter = limiterOf(given)))
    },
    forget() {
      store.replaced()
      portal.caches.drop()
      portal.people.forget()
      pipeline.forget()
    },
    async close() {
      clearInterval(tending)
      portal.heard.close()
      portal.live.close()
      portal.requests.bell.close()
      await runner.stop()
      await deliveries.stop()
      portal.outgoing.close()
      await store.close()
      if (options.memory) rmSync(directory, { recursive: true, force: true })
    },
  }
}

const limiterOf = (limits: Profile | Limits): Limiter =>
  new Limiter(typeof limits === 'string' ? profiles[limits] : limits)

/** Loaded where it is wanted only: most portals know passwords. */
async function openIdOf(options: PortalOptions): Promise<OpenId | undefined> {
  const { oidcIssuer: issuer, oidcClientId: clientId, oidcClientSecret: clientSecret = null } = options
  if (!issuer || !clientId) return undefined
  const { OpenId } = await import('./auth/open-id.ts')
  return new OpenId({
    issuer,
    clientId,
    clientSecret,
    name: options.oidcName ?? 'OpenID',
    create: options.oidcCreate === true,
  })
}

/** Refuses what a later version has written and, where only one that is there will do, a place without a portal. */
async function requirePortal(session: Session, mustBeThere: boolean): Promise<void> {
  const { columns } = await present(session)
  if (mustBeThere && !columns.has(user.name)) throw new NoPortalError()
  if (columns.has(setting.name)) await refuseNewer(session, version)
}

/** A table of the server may be one of records, too, whose user fields are columns of it. */
function united(tables: readonly Table[]): Table[] {
  const byName = new Map<string, Table>()
  for (const table of tables) {
    const known = byName.get(table.name)
    byName.set(table.name, {
      ...table,
      ...known,
      columns: { ...known?.columns, ...table.columns },
      indexes: [...(known?.indexes ?? []), ...(table.indexes ?? [])],
    })
  }
  return [...byName.values()]
}

class Undone extends Error {}

/** Found out by making the tables in a transaction that is undone: what user fields want is known only then. */
async function pendingChanges(portal: Portal, declared: readonly Table[], modules: readonly Module[]) {
  const changes: string[] = []
  const make = async (tx: Transaction, tables: readonly Table[]): Promise<void> => {
    const there = await present(tx)
    const statements = tables.flatMap((table) => missing(table, there, tx.dialect))
    changes.push(...statements)
    // Indexes of what is large take long, and nothing here asks for them.
    const tablesOnly = statements.filter((each) => !/^CREATE (UNIQUE )?INDEX/.test(each))
    if (tablesOnly.length > 0) await tx.define(tablesOnly)
  }
  const looking = portal.store.session().transaction(async (tx) => {
    await make(tx, declared)
    portal.caches.drop()
    await make(tx, (await portal.entities.everything(tx)).map(entityTable))
    for (const { name, prepare: first } of modules)
      if (first !== undefined && (await portal.settings.get(tx, preparedMark(name))) === undefined)
        changes.push(`-- the first data of "${name}"`)
    throw new Undone()
  })
  await looking.catch((cause: unknown) => {
    if (!(cause instanceof Undone)) throw cause
  })
  portal.caches.drop()
  return changes
}
