import { ApiError } from '../../methods/errors.ts'
import {
  type Application,
  application as table,
  applicationKey,
  type RemovedApplication,
} from '../../records/applications.ts'
import { audit } from '../../records/audit.ts'
import type { Context, Sources } from '../../records/context.ts'
import { digest } from '../../records/digest.ts'
import { sql } from '../../store/sql.ts'
import type { Transaction } from '../../store/store.ts'
import { type ApplicationFields, readFields } from './fields.ts'
import { announceInstall, announceUninstall, announceUpdate, callInstallUrl } from './announce.ts'

const SECRET_LENGTH = 50

type Given = Parameters<typeof readFields>[0]

/** An application as it was made; nobody can find out its secret a second time. */
export interface NewApplication {
  readonly application: Application
  readonly secret: string
}

const denied = (): ApiError => new ApiError('ACCESS_DENIED', 403, 'Access denied!')
const notFound = (): ApiError => new ApiError('NOT_FOUND', 400, 'Application not found')

/** Applications are the administrators' business. */
export function requireAdministrator({ person }: Pick<Context, 'person'>): void {
  if (!person.active || !person.admin) throw denied()
}

/** `local.5c8bb1b0891cf2.87252039`: fourteen hexadecimal digits, a dot and eight digits. */
function newClientId({ token }: Sources): string {
  const chance = digest(token(32))
  return `local.${chance.slice(0, 14)}.${String(BigInt(`0x${chance.slice(14, 40)}`) % 100_000_000n).padStart(8, '0')}`
}

/** An interface with a page for its installation waits for that page to say that it is ready (settings/app-installation/installation-finish.md). */
const isReady = ({ scriptOnly, installUrl }: ApplicationFields): boolean => scriptOnly || installUrl === ''

const columnsOf = (fields: ApplicationFields) => ({
  title: fields.title,
  handler_url: fields.handlerUrl,
  install_url: fields.installUrl,
  scope: fields.scopes.join(','),
  script_only: fields.scriptOnly ? 'Y' : 'N',
  menu: JSON.stringify(fields.menu),
})

/** Changes applications, as an administrator, in one transaction. */
function changing<T>(context: Context, body: (tx: Transaction) => Promise<T>): Promise<T> {
  requireAdministrator(context)
  return context.portal.caches.changing(context.session, ['applications'], body)
}

async function existing({ portal }: Pick<Context, 'portal'>, tx: Transaction, id: number): Promise<Application> {
  const found = await portal.applications.find(tx, id)
  if (found === undefined) throw notFound()
  return found
}

/**
 * Adds an application to the portal and tells its secret, this once. One without pages is told at its install URL.
 * @throws {ApiError} ACCESS_DENIED 403; INVALID_ARG_VALUE 400
 */
export async function addApplication(context: Context, given: Given): Promise<NewApplication> {
  requireAdministrator(context)
  const { portal, person, now } = context
  const fields = readFields(given)
  const { sources } = portal
  const secret = sources.token(SECRET_LENGTH)
  const clientId = newClientId(sources)
  const application = await changing(context, async (tx) => {
    const id = await tx.nextId(table)
    const made = {
      status: 'L',
      version: 1,
      installation: sources.token(32),
    }
    tx.insert(table, {
      id,
      client_id: clientId,
      secret_hash: digest(secret),
      ...columnsOf(fields),
      ...made,
      installed: isReady(fields) ? 'Y' : 'N',
      user_id: person.id,
      created: Math.floor(now),
    })
    const application = { id, clientId, ...fields, ...made, installed: isReady(fields), userId: person.id }
    await audit(context, tx, {
      type: 'APPLICATION_ADD',
      module: 'rest',
      item: `application ${id}`,
      description: { title: fields.title, client_id: clientId, scope: fields.scopes.join(',') },
    })
    await callInstallUrl({ ...context, tx }, application)
    return application
  })
  return { application, secret }
}

/**
 * Changes what is given of an application. What its tokens open shrinks at once; what it grows by, they open when they
 * are renewed.
 * @throws {ApiError} as when it is added; NOT_FOUND 400
 */
export function editApplication(context: Context, id: number, given: Given): Promise<Application> {
  return changing(context, async (tx) => {
    const before = await existing(context, tx, id)
    const fields = readFields(given, before)
    const old = columnsOf(before)
    const columns = columnsOf(fields)
    const changes = Object.entries(columns).filter(([name, value]) => old[name as keyof typeof old] !== value)
    if (changes.length === 0) return before
    const version = before.version + 1
    const installed = before.installed || isReady(fields)
    const sets = [...changes, ['version', version] as const, ['installed', installed ? 'Y' : 'N'] as const]
    await tx.change(
      sql`update application set ${sql.join(sets.map(([name, value]) => sql`${sql.ref(name)} = ${value}`))} where id = ${id}`,
    )
    const after = { ...before, ...fields, version, installed }
    await audit(context, tx, {
      type: 'APPLICATION_UPDATE',
      module: 'rest',
      item: `application ${id}`,
      description: { changed: changes.map(([name]) => name).join(','), scope: fields.scopes.join(',') },
    })
    if (before.installed || !installed) await announceUpdate({ ...context, tx }, after, before.version)
    else await announceInstall({ ...context, tx }, after)
    return after
  })
}

/**
 * Removes an application, which cannot be undone: its tokens end at once, and what it has left goes with it
 * (settings/app-uninstallation.md).
 * @param clean tells the application whether people want their data with it to be gone, too
 */
export function removeApplication(context: Context, id: number, clean: boolean): Promise<void> {
  return changing(context, async (tx) => {
    const application = await existing(context, tx, id)
    const removed: RemovedApplication = { id, key: applicationKey(application) }
    await announceUninstall({ ...context, tx }, application, clean)
    await context.portal.applications.forget(tx, removed)
    // Access tokens stay until they expire: whoever sends one hears that the application is gone.
    await tx.change(sql`delete from refresh_token where application_id = ${id}`)
    await tx.change(sql`delete from oauth_code where application_id = ${id}`)
    await tx.change(sql`delete from application where id = ${id}`)
    await audit(context, tx, {
      type: 'APPLICATION_DELETE',
      module: 'rest',
      item: `application ${id}`,
      description: { title: application.title, client_id: application.clientId },
    })
  })
}

/**
 * The application's own page says that it is ready. Answers false where there was nothing to finish: it has no pages,
 * or was ready before.
 */
export function finishInstall(context: Context, id: number): Promise<boolean> {
  return changing(context, async (tx) => {
    const application = await existing(context, tx, id)
    const finished = await tx.change(
      sql`update application set installed = 'Y' where id = ${id} and installed = 'N' and script_only = 'N'`,
    )
    if (finished === 0) return false
    await audit(context, tx, { type: 'APPLICATION_INSTALL', module: 'rest', item: `application ${id}` })
    await announceInstall({ ...context, tx }, { ...application, installed: true })
    return true
  })
}

/** Another secret, told this once; the old one ends at once. Tokens stay. */
export async function renewSecret(context: Context, id: number): Promise<string> {
  const secret = context.portal.sources.token(SECRET_LENGTH)
  await changing(context, async (tx) => {
    await existing(context, tx, id)
    await tx.change(sql`update application set secret_hash = ${digest(secret)} where id = ${id}`)
    await audit(context, tx, { type: 'APPLICATION_SECRET', module: 'rest', item: `application ${id}` })
  })
  return secret
}
