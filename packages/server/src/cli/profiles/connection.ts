import { resolve } from 'node:path'
import { Client, type ClientOptions as Options, type Credential, type OAuth, type Tokens } from 'portico-client'
import type { ClientOptions } from '../client-options.ts'
import type { Program } from '../command.ts'
import { patient, traced } from '../output/trace.ts'
import { CommandError, exit } from '../terminal.ts'
import { version } from '../version.ts'
import { fetchTrusting } from './authority.ts'
import { type Choice, chosen, profileNamed } from './choice.ts'
import { changeProfiles, whileRenewing } from './file.ts'
import { type KeptOAuth, plainCredential, type Profile } from './profile.ts'

/** Whoever waits at a terminal wants to know at once that nobody is there. */
const RETRIES = 2

type Manner = Pick<ClientOptions, 'timeout' | 'verbose'> & { readonly retries?: number | undefined }

/**
 * The client of the portal that the options, the environment and the profiles choose.
 * @throws {CommandError} where no portal is known
 */
export function connect(
  program: Program,
  options: ClientOptions & Manner,
  sources: Partial<Record<string, string>>,
): Client {
  return clientOf(program, chosen(program, options, sources), options)
}

export function clientOf(program: Program, choice: Choice, { timeout, verbose, retries = RETRIES }: Manner): Client {
  const { profile } = choice
  const send = senderOf(program, profile)
  const options: Options = {
    ...credentialOf(program, choice),
    retries,
    userAgent: `portico/${version}`,
    ...(send === undefined ? {} : { fetch: send }),
    ...(timeout === undefined ? {} : { timeout: timeout * 1000 }),
    ...(verbose ? traced(program) : patient(program)),
    onMoved(portal) {
      program.stderr.write(`warning: the portal has moved to ${portal}: change the address of ${choice.from}\n`)
    },
  }
  try {
    return new Client(options)
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    throw new CommandError(`${choice.from}: ${cause.message}`, { exitCode: exit.usage, cause })
  }
}

/** What requests are sent with; undefined for Node's own. */
export const senderOf = ({ cwd, fetch: send }: Program, { ca }: Profile): typeof fetch | undefined =>
  ca === undefined ? send : fetchTrusting(resolve(cwd, ca))

function credentialOf(program: Program, { profile, name, from }: Choice): Credential {
  const { portal, oauth } = profile
  if (portal !== undefined && oauth !== undefined) return { portal, oauth: keptOAuth(program, name, oauth) }
  const credential = plainCredential(profile)
  if (credential !== undefined) return credential
  throw new CommandError(`${from} is not complete`, {
    exitCode: exit.unauthorized,
    hint: 'portico profile add makes it anew.',
  })
}

/** Tokens that are renewed in turn by all processes of this machine, and kept by whoever did it. */
function keptOAuth({ env }: Program, name: string | undefined, oauth: KeptOAuth): OAuth {
  const { clientId, clientSecret, tokenUrl } = oauth
  const common = { clientId, clientSecret, ...(tokenUrl === undefined ? {} : { tokenUrl }) }
  if (name === undefined) return { ...common, tokens: tokensOf(oauth) }
  return {
    ...common,
    tokens: () => tokensOf(profileNamed(env, name).oauth ?? oauth),
    lock: (renew) => whileRenewing(env, name, renew),
    async onTokens({ access_token: accessToken, refresh_token: refreshToken }) {
      await changeProfiles(env, ({ profiles, ...rest }) => {
        const profile = profiles[name]
        const kept = { ...(profile?.oauth ?? oauth), accessToken, refreshToken }
        // Whoever has removed it meanwhile does not get it back.
        return profile === undefined
          ? { profiles, ...rest }
          : { ...rest, profiles: { ...profiles, [name]: { ...profile, oauth: kept } } }
      })
    },
  }
}

const tokensOf = ({ accessToken, refreshToken }: KeptOAuth): Tokens => ({
  access_token: accessToken,
  refresh_token: refreshToken,
})
