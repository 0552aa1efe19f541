import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Credentials } from './auth/credentials.ts'
import { FileLinks } from './auth/file-links.ts'
import { Registry } from './methods/registry.ts'
import { JobRunner } from './events/job-runner.ts'
import { hooksOf } from './modules/crm/hooks.ts'
import { dynamicEntity } from './modules/crm/dynamic.ts'
import { fillDemo } from './modules/demo/index.ts'
import { modules as ownModules } from './modules/index.ts'
import type { Module } from './modules/module.ts'
import { type Administrator, prepare, prepareModules } from './modules/prepare.ts'
import { Pipeline } from './pipeline.ts'
import { Access } from './records/access.ts'
import { Applications } from './records/applications.ts'
import { Caches } from './records/cache.ts'
import { faultsOf } from './records/consistency.ts'
import type { Outside, Portal, Sources } from './records/context.ts'
import { Directories } from './records/directories.ts'
import { Entities } from './records/entities.ts'
import { Files } from './records/files.ts'
import { Jobs } from './records/jobs.ts'
import type { Logger } from './records/logger.ts'
import { NoPortalError } from './records/no-portal.ts'
import { Outgoing } from './records/outgoing.ts'
import { People } from './records/people.ts'
import { Settings } from './records/settings.ts'
import { createZone } from './schema/time.ts'
import { PostgresStore } from './store/dialect/postgres.ts'
import { SqliteStore } from './store/dialect/sqlite.ts'
import { entityTable } from './store/entity-table.ts'
import type { Session, Store } from './store/store.ts'
import { systemTables, user } from './store/tables.ts'

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
  /** Modules beside the portal's own, for programs that embed it. */
  readonly modules?: readonly Module[]
  /** False: jobs run only when `runner.run()` is called. */
  readonly work?: boolean
}

export interface RunningPortal {
  readonly portal: Portal
  readonly credentials: Credentials
  readonly registry: Registry
  readonly links: FileLinks
  readonly pipeline: Pipeline
  readonly runner: JobRunner
  /** What in the stored data is not as it must be, a line each. */
  faults(): Promise<string[]>
  /** Whether this start has made the portal. */
  readonly isNew: boolean
  readonly dataDirectory: string
  close(): Promise<void>
}

/** How often background care runs, in milliseconds. */
const TEND_EVERY = 15_000
/** SQLite's file in the data directory. */
const DATABASE = 'portico.db'

/** Puts a portal together: storage, services, methods and the pipeline. The only place that knows everyone. */
export async function openPortal(options: PortalOptions): Promise<RunningPortal> {
  const { sources, log, administrator, office, smtpUrl, mailFrom } = options
  const modules = [...ownModules, ...(options.modules ?? [])]
  if (administrator === null && options.databaseUrl === null && !existsSync(join(options.data, DATABASE)))
    throw new NoPortalError()
  const directory = options.memory ? mkdtempSync(join(tmpdir(), 'portico-')) : options.data
  if (!options.memory) mkdirSync(directory, { recursive: true, mode: 0o700 })
  const store = openStore(options, directory)
  const caches = new Caches()
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
    applications: new Applications(caches),
    settings: new Settings(caches),
    hooks: hooksOf(modules),
    jobs: new Jobs(),
    sources,
    outside: { office, smtpUrl, mailFrom },
    zone: createZone(options.timezone),
    language: options.lang,
    outgoing: new Outgoing(options.allowOutgoing ?? []),
    publicUrl: options.publicUrl ?? null,
    listening: { origin: 'http://localhost' },
  }
  const session = store.session()
  if (administrator === null && !(await hasPortal(session))) {
    await store.close()
    throw new NoPortalError()
  }
  await store.sync([...systemTables, ...modules.flatMap(({ tables }) => tables ?? [])])
  await store.sync((await portal.entities.everything(session)).map(entityTable))
  const isNew = administrator !== null && (await prepare(portal, session, administrator))
  await prepareModules(portal, session, modules)
  const credentials = new Credentials(caches, sources)
  const registry = new Registry(modules.flatMap(({ methods }) => methods))
  const links = new FileLinks((await portal.settings.get(session, 'link.key')) ?? sources.token(48))
  const pipeline = new Pipeline({ portal, registry, credentials, links, log })
  const runner = new JobRunner({
    portal,
    pipeline,
    log,
    handlers: new Map(modules.flatMap(({ jobs }) => Object.entries(jobs ?? {}))),
  })
  if (options.work !== false) runner.start()
  if (isNew && options.demo === true) await pipeline.inside(1, (dispatch, inside) => fillDemo(portal, inside, dispatch))
  const tending = setInterval(
    () => void store.tend().catch((cause: unknown) => log.error({ err: cause }, 'background care failed')),
    TEND_EVERY,
  )
  tending.unref()
  return {
    portal,
    credentials,
    registry,
    links,
    pipeline,
    runner,
    faults: () =>
      faultsOf(
        portal,
        store.session(),
        modules.flatMap(({ checks }) => checks ?? []),
      ),
    isNew,
    dataDirectory: directory,
    async close() {
      clearInterval(tending)
      await runner.stop()
      await store.close()
      if (options.memory) rmSync(directory, { recursive: true, force: true })
    },
  }
}

function openStore({ databaseUrl, memory, log }: PortalOptions, directory: string): Store {
  if (databaseUrl !== null)
    return new PostgresStore(databaseUrl, {
      onIdleError: (cause) => log.warn({ err: cause }, 'a database connection was lost'),
    })
  return new SqliteStore(memory ? ':memory:' : join(directory, DATABASE), { durable: !memory })
}

async function hasPortal(session: Session): Promise<boolean> {
  return (await session.transaction((tx) => tx.columnsOf(user.name))).size > 0
}
