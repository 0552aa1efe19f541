import { ConfigError } from '../../config/options.ts'
import { nearest } from '../../config/nearest.ts'
import type { ClientOptions } from '../client-options.ts'
import type { Program } from '../command.ts'
import { CommandError, exit } from '../terminal.ts'
import { addressOf } from './address.ts'
import { readProfiles } from './file.ts'
import { linkedProfile } from './linked.ts'
import { originOf, type Profile } from './profile.ts'

/** Where a portal's address may stand besides our own variables, as other tools name it. */
const borrowed = ['BITRIX24_WEBHOOK_URL', 'BITRIX24_WEBHOOK', 'BITRIX_WEBHOOK_URL', 'NUXT_BITRIX24_WEBHOOK_URL']

/** The portal that a command calls, and why that one. */
export interface Choice {
  readonly profile: Profile
  /** `--url`, `PORTICO_URL`, `profile shop`. */
  readonly from: string
  /** The profile's name, where it is one of the file. */
  readonly name?: string
}

type Given = Pick<ClientOptions, 'url' | 'token' | 'profile' | 'ca'>

/**
 * Flags win over the environment, that over the profile which the directory is linked to, and that over the current
 * profile.
 * @param sources by which name an option was given: `--url` or `PORTICO_URL`
 * @throws {ConfigError} for options that contradict each other
 * @throws {CommandError} where no portal is known
 */
export function chosen(
  program: Pick<Program, 'env' | 'cwd'>,
  given: Given,
  sources: Partial<Record<string, string>>,
): Choice {
  const { env, cwd } = program
  const isFlag = (key: string): boolean => sources[key]?.startsWith('--') === true
  if (isFlag('url') && isFlag('profile'))
    throw new ConfigError('--profile', null, '--url and --profile exclude each other')
  // A token of the environment belongs to the address of the environment.
  const token = isFlag('token') || sources.url !== undefined ? given.token : undefined
  const choice = withoutToken()
  if (given.ca !== undefined) return { ...choice, profile: { ...withToken(choice), ca: given.ca } }
  return { ...choice, profile: withToken(choice) }

  function withoutToken(): Choice {
    if (isFlag('url')) return { profile: atAddress(given.url ?? '', '--url'), from: '--url' }
    if (isFlag('profile')) return named(env, given.profile ?? '', '--profile')
    if (given.url !== undefined) {
      const from = token === undefined && beganAt(env, given.url) ? 'PORTICO_WEBHOOK_HTTP' : 'PORTICO_URL'
      return { profile: atAddress(from === 'PORTICO_URL' ? given.url : (env[from] ?? ''), from), from }
    }
    if (given.profile !== undefined) return named(env, given.profile, 'PORTICO_PROFILE')
    for (const from of borrowed) {
      const url = env[from]
      if (url) return { profile: atAddress(url, from), from }
    }
    const linked = linkedProfile(cwd)
    if (linked !== undefined) return named(env, linked.name, linked.path)
    const { current } = readProfiles(env)
    if (current !== undefined) return named(env, current, 'the current profile')
    throw new CommandError('no portal is known', {
      exitCode: exit.unauthorized,
      hint: 'portico profile add NAME keeps one; --url or PORTICO_URL names one for now.',
    })
  }

  function withToken({ profile, from }: Choice): Profile {
    if (token === undefined) {
      if (profile.webhook !== undefined || profile.token !== undefined || profile.oauth !== undefined) return profile
      throw new CommandError(`${from} names a portal, but no credential`, {
        exitCode: exit.unauthorized,
        hint: 'Give the address of a webhook (https://PORTAL/rest/1/CODE/), or --token or PORTICO_TOKEN too.',
      })
    }
    if (profile.webhook !== undefined && from === '--url')
      throw new ConfigError('--token', null, '--token needs the address of a portal; --url is that of a webhook')
    if (profile.webhook !== undefined && !isFlag('token')) return profile
    const portal = originOf(profile)
    return {
      ...(portal === undefined ? {} : { portal }),
      token,
      ...(profile.ca === undefined ? {} : { ca: profile.ca }),
    }
  }
}

/** Whether a server has told that it is there and how it is called: `portico start -o env`. */
const beganAt = ({ PORTICO_WEBHOOK_HTTP: webhook = '' }: NodeJS.ProcessEnv, url: string): boolean =>
  URL.canParse(url) && webhook.startsWith(`${new URL(url).origin}/rest/`) && new URL(url).pathname === '/'

function atAddress(text: string, from: string): Profile {
  const address = addressOf(text)
  // The text may be a secret.
  if (address === undefined)
    throw new ConfigError(
      from,
      null,
      `${from} is refused: expected https://PORTAL/rest/1/CODE/, or https://PORTAL with a token`,
    )
  return address
}

function named(env: NodeJS.ProcessEnv, name: string, from: string): Choice {
  return { profile: profileNamed(env, name, from), from: `profile ${name}`, name }
}

/** @throws {CommandError} for a name that the file does not have */
export function profileNamed(env: NodeJS.ProcessEnv, name: string, from?: string): Profile {
  const { profiles } = readProfiles(env)
  const profile = Object.hasOwn(profiles, name) ? profiles[name] : undefined
  if (profile !== undefined) return profile
  const meant = nearest(name, Object.keys(profiles))
  throw new CommandError(`there is no profile "${name}"${from === undefined ? '' : ` (${from})`}`, {
    exitCode: exit.unauthorized,
    hint: meant === undefined ? 'portico profile list shows them.' : `Did you mean ${meant}?`,
  })
}
