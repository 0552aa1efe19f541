import { type Application, applicationKey, applicationToken, issueTokens } from '../../records/applications.ts'
import type { Context } from '../../records/context.ts'
import { digest } from '../../records/digest.ts'
import { endpointsOf, memberId } from '../../records/endpoints.ts'
import { sql } from '../../store/sql.ts'
import type { Reader, Transaction } from '../../store/store.ts'
import type { Place } from './codes.ts'
import type { Frame, FrameTokens, Options } from './frame-data.ts'
import { applicationRun } from './tables.ts'

export interface FrameWish {
  readonly application: Application
  /** Where the person has the portal open: `https://crm.example.com`. */
  readonly origin: string
  /** The page that is shown. */
  readonly url: string
  readonly title: string
  /** `DEFAULT` is the application's own page. */
  readonly placement: string
  readonly place?: Place | undefined
  readonly options: Options
  /** The page is the one that installs. */
  readonly install: boolean
}

/** Tokens for what a person does in an application's page. */
export async function frameTokens(context: Context, application: Application): Promise<FrameTokens> {
  const { portal, session, person } = context
  return session.transaction((tx) => tokensIn(portal, tx, application, person.id))
}

async function tokensIn(
  portal: Context['portal'],
  tx: Transaction,
  application: Application,
  userId: number,
): Promise<FrameTokens> {
  const { accessToken, refreshToken, expiresIn } = await issueTokens(portal, tx, application, userId)
  return { AUTH_ID: accessToken, REFRESH_ID: refreshToken, AUTH_EXPIRES: String(expiresIn) }
}

/** Opens a page of an application for a person: new tokens, and everything that its form and its scripts need. */
export async function openFrame(context: Context, wish: FrameWish): Promise<Frame> {
  const { portal, session, person } = context
  const { application, origin, placement, options, install } = wish
  const { domain, protocol, server_endpoint } = endpointsOf(origin)
  const sid = digest(portal.sources.token(32)).slice(0, 32)
  const tokens = await frameTokens(context, application)
  const member = await memberId(portal, session)
  const action = new URL(wish.url)
  // What the address says already is kept (`?handler=1`), but for what would contradict the portal.
  const query = { DOMAIN: domain, PROTOCOL: String(protocol), LANG: portal.language, APP_SID: sid }
  for (const [key, value] of Object.entries(query)) action.searchParams.set(key, value)
  return {
    application: application.id,
    title: wish.title,
    sid,
    name: `${domain}|${protocol}|${sid}`,
    action: wish.place?.plain === true ? wish.url : action.href,
    plain: wish.place?.plain === true,
    origin: action.origin,
    fields: {
      AUTH_ID: tokens.AUTH_ID,
      AUTH_EXPIRES: tokens.AUTH_EXPIRES,
      REFRESH_ID: tokens.REFRESH_ID,
      SERVER_ENDPOINT: server_endpoint,
      APPLICATION_TOKEN: await applicationToken(portal, session, application),
      APPLICATION_SCOPE: application.scopes.join(','),
      member_id: member,
      status: application.status,
      PLACEMENT: placement,
      // As PHP writes it; always valid JSON, because some SDKs insist on it.
      PLACEMENT_OPTIONS: JSON.stringify(options).replaceAll('/', '\\/'),
    },
    init: {
      DOMAIN: domain,
      PROTOCOL: protocol === 1 ? '1' : '0',
      PATH: '/rest',
      LANG: portal.language,
      ...tokens,
      MEMBER_ID: member,
      IS_ADMIN: person.admin,
      APP_OPTIONS: await optionsOf(session, application, 0),
      USER_OPTIONS: await optionsOf(session, application, person.id),
      PLACEMENT: placement,
      PLACEMENT_OPTIONS: options,
      INSTALL: install,
      FIRST_RUN: !(await hasRun(session, application.id, person.id)),
      APP_ID: String(application.id),
    },
    commands: wish.place?.commands ?? [],
    events: wish.place?.events ?? [],
  }
}

async function optionsOf(reader: Reader, application: Application, userId: number): Promise<Options> {
  const rows = await reader.find<{ name: string; value: string }>(
    sql`select name, value from app_option where application = ${applicationKey(application)} and user_id = ${userId} order by name`,
  )
  return Object.fromEntries(rows.map(({ name, value }) => [name, JSON.parse(value) as unknown]))
}

async function hasRun(reader: Reader, applicationId: number, userId: number): Promise<boolean> {
  const rows = await reader.find(
    sql`select time from application_run where application_id = ${applicationId} and user_id = ${userId}`,
  )
  return rows.length > 0
}

/** The application's script has done what it does once for every person (sdk/bx24-js-sdk/system-functions/bx24-install.md). */
export async function rememberRun({ session, person, now }: Context, { id }: Application): Promise<void> {
  await session.transaction((tx) =>
    tx.change(
      sql`insert into ${sql.table(applicationRun.name)} (application_id, user_id, time) values (${id}, ${person.id}, ${Math.floor(now)}) on conflict (application_id, user_id) do nothing`,
    ),
  )
}
