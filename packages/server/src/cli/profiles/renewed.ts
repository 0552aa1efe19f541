import type { Program } from '../command.ts'
import { CommandError, exit } from '../terminal.ts'
import { clientOf, senderOf } from './connection.ts'
import type { KeptOAuth, Profile } from './profile.ts'

/** Where the tokens of cloud applications are renewed (`settings/oauth/auto-renewal.md`). */
const CLOUD = 'https://oauth.bitrix.info/oauth/token/'
/** Portico does it itself. */
const OWN = '/oauth/token/'

/**
 * The profile of an application with the first access token that its refresh token gives; every other profile as it is.
 * @throws {CommandError} where the authorisation server refuses it
 */
export async function renewed(program: Program, profile: Profile): Promise<Profile> {
  const { portal, oauth } = profile
  if (portal === undefined || oauth === undefined) return profile
  const tokenUrl = oauth.tokenUrl ?? ((await isPortico(program, profile)) ? OWN : undefined)
  const send = senderOf(program, profile) ?? fetch
  const answer = await send(new URL(tokenUrl ?? CLOUD, portal), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: oauth.clientId,
      client_secret: oauth.clientSecret,
      refresh_token: oauth.refreshToken,
    }),
    signal: program.signal,
  })
  const tokens = tokensIn(await answer.text())
  return { ...profile, oauth: { ...oauth, ...tokens, ...(tokenUrl === undefined ? {} : { tokenUrl }) } }
}

async function isPortico(program: Program, { portal, ca }: Profile): Promise<boolean> {
  const profile = { ...(portal === undefined ? {} : { portal }), token: 'none', ...(ca === undefined ? {} : { ca }) }
  const client = clientOf(program, { profile, from: 'the address' }, { timeout: undefined, verbose: false })
  return client.isPortico({ signal: program.signal })
}

function tokensIn(text: string): Pick<KeptOAuth, 'accessToken' | 'refreshToken'> {
  let body: { access_token?: unknown; refresh_token?: unknown; error?: unknown; error_description?: unknown }
  try {
    body = JSON.parse(text) as typeof body
  } catch {
    body = {}
  }
  const { access_token: accessToken, refresh_token: refreshToken, error, error_description: why } = body
  if (typeof accessToken === 'string' && typeof refreshToken === 'string') return { accessToken, refreshToken }
  const said = [error, why].filter((part) => typeof part === 'string' && part !== '').join(': ')
  throw new CommandError(`the tokens could not be renewed${said === '' ? '' : `: ${said}`}`, {
    exitCode: exit.unauthorized,
    hint: 'client_id, client_secret and refresh_token must belong together; a refresh token is good for one renewal.',
  })
}
