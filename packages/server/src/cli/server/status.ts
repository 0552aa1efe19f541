import { options as settings } from '../../config.ts'
import type { Config } from '../../config.ts'
import type { OptionTable } from '../../config/options.ts'
import type { ServerNote } from '../../records/running-servers.ts'
import { outputOptions } from '../client-options.ts'
import type { Opened } from '../command.ts'
import { formats } from '../output/format-names.ts'
import { CommandError, exit } from '../terminal.ts'
import { addressOf } from '../webhook.ts'
import { nameOf, placeCommand, type Working } from './place-command.ts'

const shapes = [...formats, 'env'] as const

interface Given extends Pick<Config, 'publicUrl' | 'host' | 'port'> {
  readonly output: (typeof shapes)[number] | undefined
}

const options: OptionTable<Given> = {
  publicUrl: settings.publicUrl,
  host: settings.host,
  port: settings.port,
  output: {
    ...outputOptions.output,
    about: `How it is written: ${shapes.join(', ')}`,
    expected: `one of ${shapes.join(', ')}`,
    choices: shapes,
    parse: (given) => shapes.find((shape) => shape === given),
  },
}

export const status = placeCommand<Given>({
  name: 'status',
  about: 'Show whether a server runs here, and what its database holds',
  options,
  examples: ['status', 'status -o env > .env'],
  async run(working, given) {
    const servers = await working.servers()
    const elsewhere = servers.length > 0 ? undefined : await answering(working, addressOf(given))
    if (given.output === 'env') sayEnvironment(working, servers, elsewhere)
    else await tell(working, servers, elsewhere)
    if (servers.length === 0 && elsewhere === undefined)
      throw new CommandError(`no server answers for ${nameOf(working.place)}`, {
        exitCode: exit.unreachable,
        hint: 'portico start runs one.',
      })
  },
})

/** The address that the settings of this shell name, if a server is there: of which portal, nobody knows. */
async function answering({ program }: Working, address: string): Promise<string | undefined> {
  const { serverAt } = await import('../../records/running-servers.ts')
  return (await serverAt(address, program.fetch)) === undefined ? undefined : address
}

async function tell(working: Working, servers: readonly ServerNote[], elsewhere: string | undefined): Promise<void> {
  const opened = await working.ifThere()
  try {
    const stored = opened === undefined ? {} : await contentsOf(opened)
    const found = {
      running: servers.length > 0 || elsewhere !== undefined,
      ...(elsewhere === undefined ? {} : { url: elsewhere }),
      servers: servers.map(({ http, https, publicUrl, ca, started, version, pid, host }) => ({
        url: publicUrl ?? http,
        http,
        https,
        ca,
        since: new Date(started * 1000).toISOString(),
        version,
        pid,
        host,
      })),
      data: working.place.data,
      ...stored,
    }
    const { format } = working.output
    if (format === 'json' || format === 'ndjson') await working.output.value(found)
    else await working.output.value(flat(found))
  } finally {
    await opened?.close()
  }
}

/** What the database tells, whether a server runs or not. */
async function contentsOf({ portal, pending }: Opened): Promise<Record<string, unknown>> {
  // Loaded when it is wanted: the list of commands is read for every one of them.
  const { sql } = await import('../../store/sql.ts')
  const session = portal.store.session()
  const now = Math.floor(portal.sources.now())
  const number = async (query: ReturnType<typeof sql>): Promise<number> => {
    const [row] = await session.find<{ n: number | null }>(query)
    return Number(row?.n ?? 0)
  }
  const kept = (table: string): Promise<number> => portal.store.total(session, [table])
  return {
    database: { kind: portal.store.dialect, bytes: await portal.store.size(), changes: (await pending()).length },
    version: (await portal.settings.get(session, 'portico.version')) ?? null,
    records: {
      leads: await kept('crm_lead'),
      deals: await kept('crm_deal'),
      contacts: await kept('crm_contact'),
      companies: await kept('crm_company'),
      users: await number(sql`select count(*) as n from portal_user`),
    },
    queues: {
      outbox: await number(sql`select count(*) as n from outbox`),
      deliveriesWaiting: await number(sql`select count(*) as n from event_delivery where host > ''`),
      deliveriesFailed: await number(sql`select count(*) as n from event_delivery where state = 'failed'`),
      jobsDue: await number(sql`select count(*) as n from job where due <= ${now}`),
      jobsFailed: await number(sql`select count(*) as n from job where due is null`),
    },
    files: {
      count: await number(sql`select count(*) as n from stored_file`),
      bytes: await number(sql`select sum(size) as n from stored_file`),
    },
  }
}

/** `database.kind`, `servers.0.url`: for what has only one level. */
function flat(value: object, before = ''): Record<string, unknown> {
  return Object.assign(
    {},
    ...Object.entries(value).map(([name, each]: [string, unknown]) =>
      typeof each === 'object' && each !== null ? flat(each, `${before}${name}.`) : { [`${before}${name}`]: each },
    ),
  ) as Record<string, unknown>
}

/** Lines for a shell: `set -a; . ./.env`. */
function sayEnvironment({ program }: Working, servers: readonly ServerNote[], elsewhere: string | undefined): void {
  const [server] = servers
  const known: Record<string, string | null | undefined> = {
    PORTICO_URL: server?.publicUrl ?? server?.http ?? elsewhere,
    PORTICO_HTTPS_URL: server?.https,
    PORTICO_CA: server?.ca,
    PORTICO_PID: server === undefined ? undefined : String(server.pid),
  }
  for (const [name, value] of Object.entries(known))
    if (value)
      program.stdout.write(`${name}=${/^[\w:/.@-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`}\n`)
}
