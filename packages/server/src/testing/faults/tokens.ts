import type { RunningPortal } from '../../compose.ts'
import { digest } from '../../records/digest.ts'
import { revokeFamily } from '../../records/tokens.ts'
import { sql } from '../../store/sql.ts'
import { need, take } from '../../methods/method.ts'
import { type Control, control } from '../control.ts'
import { ControlError } from '../control-error.ts'

/** Whose token it is; undefined where there is none, or it belongs to no application. */
export interface TokenOwner {
  readonly userId: number
  readonly clientId: string | undefined
}

export async function ownerOfToken({ portal }: RunningPortal, token: string): Promise<TokenOwner | undefined> {
  const [row] = await portal.store
    .session()
    .find<{ user_id: number; client_id: string | null }>(
      sql`select t.user_id, a.client_id from access_token as t left join application as a on a.id = t.application_id where t.token_hash = ${digest(token)}`,
    )
  return row === undefined ? undefined : { userId: Number(row.user_id), clientId: row.client_id ?? undefined }
}

/** From now on it has expired, and its refresh token is as good as before; or nothing of its authorisation is good. */
export async function endToken({ portal }: RunningPortal, token: string, how: 'expire' | 'revoke'): Promise<void> {
  const now = Math.floor(portal.sources.now())
  const session = portal.store.session()
  const hashed = digest(token)
  await session.transaction(async (tx) => {
    if (how === 'expire') {
      await tx.change(sql`update access_token set expires = ${now} where token_hash = ${hashed} and expires > ${now}`)
      return
    }
    const [row] = await tx.find<{ family: number | null }>(
      sql`select family from access_token where token_hash = ${hashed}`,
    )
    if (row === undefined) return
    if (row.family === null) await tx.change(sql`delete from access_token where token_hash = ${hashed}`)
    else await revokeFamily(tx, Number(row.family))
  })
  await session.settled()
}

const whose = { userId: take.integer(), clientId: take.text, applicationId: take.integer() }

/** Tokens and webhooks that end while a program works with them. */
export const tokenControls = (running: () => RunningPortal): Control[] => [
  control({
    name: 'expireTokens',
    about:
      'Access tokens have expired as of now, all or those of a user or an application; refresh tokens too, if asked',
    params: { ...whose, refresh: take.flag },
    run: async ({ refresh, ...of }) => {
      const { portal } = running()
      const now = Math.floor(portal.sources.now())
      const chosen = await chosenBy(running(), of)
      return changed(running(), async (change) => ({
        expired: await change(sql`update access_token set expires = ${now} where expires > ${now} and ${chosen}`),
        refreshExpired: refresh
          ? await change(sql`update refresh_token set expires = ${now} where expires > ${now} and ${chosen}`)
          : 0,
      }))
    },
  }),
  control({
    name: 'revokeTokens',
    about: 'Access and refresh tokens are taken back, all or those of a user or an application',
    params: whose,
    run: async (of) => {
      const chosen = await chosenBy(running(), of)
      return changed(running(), async (change) => ({
        revoked: await change(sql`delete from access_token where ${chosen}`),
        refreshRevoked: await change(sql`delete from refresh_token where ${chosen}`),
      }))
    },
  }),
  control({
    name: 'revokeWebhook',
    about: 'An inbound webhook is taken back: by 1/code, by its address or by its id',
    params: { webhook: need.any },
    run: async ({ webhook }) => {
      const { portal, credentials } = running()
      const session = portal.store.session()
      const id = await webhookId(running(), webhook)
      if (id === undefined || !(await credentials.revokeWebhook(session, id)))
        throw new ControlError('there is no such webhook', 404)
      await session.settled()
      return { id }
    },
  }),
]

type Chosen = Awaited<ReturnType<typeof chosenBy>>

async function chosenBy(
  { portal }: RunningPortal,
  given: {
    readonly userId: number | undefined
    readonly clientId: string | undefined
    readonly applicationId: number | undefined
  },
) {
  const { userId, clientId } = given
  let { applicationId } = given
  if (clientId !== undefined) {
    const found = await portal.applications.byClientId(portal.store.session(), clientId)
    if (found === undefined) throw new ControlError(`there is no application ${clientId}`, 404)
    if (applicationId !== undefined && applicationId !== found.id)
      throw new ControlError(`${clientId} is not the application ${applicationId}`)
    applicationId = found.id
  }
  const ofUser = userId === undefined ? sql`` : sql` and user_id = ${userId}`
  return applicationId === undefined ? sql`1 = 1${ofUser}` : sql`application_id = ${applicationId}${ofUser}`
}

async function changed<T>(
  { portal }: RunningPortal,
  body: (change: (statement: Chosen) => Promise<number>) => Promise<T>,
): Promise<T> {
  const session = portal.store.session()
  const answer = await session.transaction((tx) => body((statement) => tx.change(statement)))
  await session.settled()
  return answer
}

async function webhookId({ portal }: RunningPortal, given: unknown): Promise<number | undefined> {
  if (typeof given === 'number') return given
  const [, userId, code] = /^(?:\S*\/rest\/)?(\d{1,15})\/([A-Za-z0-9]+)\/?$/.exec(String(given)) ?? []
  if (userId === undefined || code === undefined)
    throw new ControlError('"webhook" of revokeWebhook: 1/code, the address of a webhook or its id is expected')
  const [row] = await portal.store
    .session()
    .find<{ id: number }>(sql`select id from webhook where code_hash = ${digest(code)} and user_id = ${Number(userId)}`)
  return row === undefined ? undefined : Number(row.id)
}
