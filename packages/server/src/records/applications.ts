import { sql } from '../store/sql.ts'
import type { Reader, Transaction } from '../store/store.ts'
import type { Table } from '../store/table.ts'
import type { Cached, Caches } from './cache.ts'
import type { Context, Portal } from './context.ts'
import { portalSecret } from './endpoints.ts'
import { type AccessTokens, issueAccess, issueBoth, type Tokens } from './tokens.ts'

/** Applications of this portal. Their secrets are stored as hashes. */
export const application: Table = {
  name: 'application',
  columns: {
    id: 'integer',
    client_id: 'text',
    secret_hash: 'text',
    title: 'text',
    handler_url: 'text',
    install_url: 'text',
    scope: 'text',
    script_only: 'text',
    menu: 'text',
    status: 'text',
    version: 'integer',
    installed: 'text',
    /** Another with every installation: `application_token` depends on it. */
    installation: 'text',
    user_id: 'integer',
    created: 'integer',
  },
  indexes: [{ columns: ['client_id'], unique: true }],
}

/** An application that somebody has added to the portal (local-integrations/local-apps.md). */
export interface Application {
  readonly id: number
  /** `local.5c8bb1b0891cf2.87252039` */
  readonly clientId: string
  readonly title: string
  /** Where it opens, and to which events of its own life go. */
  readonly handlerUrl: string
  /** What is opened or called first, until the installation is finished; empty: there is none. */
  readonly installUrl: string
  readonly scopes: readonly string[]
  /** It has no pages: "Uses API only". */
  readonly scriptOnly: boolean
  /** Its name in the menu, by language; empty: it is not in the menu. */
  readonly menu: Readonly<Record<string, string>>
  /** `L` local, `F` free. */
  readonly status: string
  readonly version: number
  readonly installed: boolean
  readonly installation: string
  /** Who has added it. */
  readonly userId: number
}

interface ApplicationRow {
  readonly id: number
  readonly client_id: string
  readonly title: string
  readonly handler_url: string
  readonly install_url: string
  readonly scope: string
  readonly script_only: string
  readonly menu: string
  readonly status: string
  readonly version: number
  readonly installed: string
  readonly installation: string
  readonly user_id: number
}

const read = (row: ApplicationRow): Application => ({
  id: Number(row.id),
  clientId: row.client_id,
  title: row.title,
  handlerUrl: row.handler_url,
  installUrl: row.install_url,
  scopes: row.scope.split(',').filter(Boolean),
  scriptOnly: row.script_only === 'Y',
  menu: JSON.parse(row.menu) as Record<string, string>,
  status: row.status,
  version: Number(row.version),
  installed: row.installed === 'Y',
  installation: row.installation,
  userId: Number(row.user_id),
})

/** What of an application is named in the rows that it leaves behind. */
export interface RemovedApplication {
  readonly id: number
  readonly key: string
}

/** The applications of the portal, kept in memory under `applications`. */
export class Applications {
  readonly #all: Cached<ReadonlyMap<number, Application>>
  /** Drops what an application has left in the tables of all modules. */
  readonly forget: (tx: Transaction, removed: RemovedApplication) => Promise<void>

  constructor(caches: Caches, forget: (tx: Transaction, removed: RemovedApplication) => Promise<void>) {
    this.forget = forget
    this.#all = caches.define('applications', async (reader) => {
      const rows = await reader.find<ApplicationRow>(
        sql`select id, client_id, title, handler_url, install_url, scope, script_only, menu, status, version, installed, installation, user_id from application order by id`,
      )
      return new Map(rows.map((row) => [Number(row.id), read(row)]))
    })
  }

  all(reader: Reader): Promise<ReadonlyMap<number, Application>> {
    return this.#all.get(reader)
  }

  async find(reader: Reader, id: number): Promise<Application | undefined> {
    return (await this.all(reader)).get(id)
  }

  async byClientId(reader: Reader, clientId: string): Promise<Application | undefined> {
    for (const each of (await this.all(reader)).values()) if (each.clientId === clientId) return each
    return undefined
  }

  /** By the text that rows name it by; undefined for what is none of the registered ones. */
  async byKey(reader: Reader, key: string): Promise<Application | undefined> {
    for (const each of (await this.all(reader)).values()) if (applicationKey(each) === key) return each
    return undefined
  }
}

/**
 * How rows that an application has made name it: in `application` columns, everywhere the same text.
 * {@link file://../methods/application.ts} gives it for a call.
 */
export const applicationKey = ({ clientId }: Pick<Application, 'clientId'>): string => `app:${clientId}`

/** `application_token`: what handlers compare to know that the portal has called them (settings/oauth/index.md). */
export const applicationToken = (
  portal: Pick<Portal, 'settings'>,
  reader: Reader,
  { id, installation }: Application,
): Promise<string> => portalSecret(portal, reader, `application ${id} ${installation}`)

/** The registered application in whose context a call is made. */
export async function applicationOfCall(
  { portal, session }: Context,
  credential: { readonly applicationId?: number | undefined },
): Promise<Application | undefined> {
  return credential.applicationId === undefined
    ? undefined
    : portal.applications.find(session, credential.applicationId)
}

const grantOf = ({ id, scopes }: Pick<Application, 'id' | 'scopes'>, userId: number) => ({
  applicationId: id,
  scopes,
  userId,
})

/** An access token (an hour) and a refresh token (180 days) that act for a person; only their hashes stay. */
export const issueTokens = (
  portal: Pick<Portal, 'sources'>,
  tx: Transaction,
  application: Pick<Application, 'id' | 'scopes'>,
  userId: number,
): Promise<Tokens> => issueBoth(portal, tx, grantOf(application, userId))

/** The same without a refresh token: events carry none but for a few (settings/oauth/simple-way.md). */
export const issueAccessToken = (
  portal: Pick<Portal, 'sources'>,
  tx: Transaction,
  application: Pick<Application, 'id' | 'scopes'>,
  userId: number,
): Promise<AccessTokens> => issueAccess(portal, tx, grantOf(application, userId))
