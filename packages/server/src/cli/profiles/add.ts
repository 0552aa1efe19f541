import { resolve } from 'node:path'
import { ConfigError } from '../../config/options.ts'
import type { Program } from '../command.ts'
import type { Output } from '../output/output.ts'
import { CommandError, exit } from '../terminal.ts'
import { addressOf } from './address.ts'
import { askSecret, secretLines } from './ask.ts'
import type { AddOptions } from './commands.ts'
import { clientOf } from './connection.ts'
import { changeProfiles, readProfiles } from './file.ts'
import type { Profile } from './profile.ts'
import { renewed } from './renewed.ts'

/** `portico profile add NAME [URL]`: asks for what is secret, tries it, and keeps it. */
export async function addProfile(
  program: Program,
  output: Output,
  options: AddOptions,
  [name = '', url]: readonly string[],
): Promise<void> {
  if (!/^[\w.-]{1,64}$/.test(name) || /^[.-]/.test(name))
    throw new ConfigError('NAME', name, `NAME "${name}" is refused: expected letters, digits, points and dashes`)
  const { env } = program
  if (Object.hasOwn(readProfiles(env).profiles, name) && !options.force)
    throw new CommandError(`there is a profile "${name}" already`, { hint: 'Replace it with --force.' })
  const given = await secretsOf(program, output, options, url)
  const profile = options.ca === undefined ? given : { ...given, ca: resolve(program.cwd, options.ca) }
  const save = (kept: Profile): Promise<void> =>
    changeProfiles(env, ({ current, profiles }) => ({
      current: options.use || current === undefined ? name : current,
      profiles: { ...profiles, [name]: kept },
    }))
  if (!options.check) {
    await save(profile)
    return output.note(`Profile ${name} is kept; it was not tried.`)
  }
  const tried = await renewed(program, profile)
  const from = `profile ${name}`
  // Renewed tokens are kept at once: those before them are worth nothing any more.
  if (tried.oauth !== undefined) await save(tried)
  const client = clientOf(program, { profile: tried, from }, { timeout: undefined, verbose: false })
  const person = await client.call('profile', {}, { signal: program.signal })
  if (tried.oauth === undefined) await save(tried)
  output.note(`Profile ${name}: ${client.portal}${nameOf(person)}`)
}

function nameOf(person: unknown): string {
  const { NAME, LAST_NAME, ADMIN } = person as { NAME?: string; LAST_NAME?: string; ADMIN?: boolean }
  const name = [NAME, LAST_NAME].filter(Boolean).join(' ')
  return `${name === '' ? '' : `, as ${name}`}${ADMIN === true ? ' (administrator)' : ''}`
}

async function secretsOf(
  program: Program,
  output: Output,
  options: AddOptions,
  url: string | undefined,
): Promise<Profile> {
  const piped = options.secretStdin ? await secretLines(program) : undefined
  const ask = async (question: string): Promise<string> => {
    const answer = piped === undefined ? await askSecret(program, question) : (piped.shift() ?? '')
    if (answer !== '') return answer
    throw new CommandError(`${question}: nothing was given`, { exitCode: exit.usage })
  }
  const first = url ?? (await ask('Address of a webhook'))
  const address = addressOf(first)
  if (address === undefined)
    throw new ConfigError('URL', null, 'URL is refused: expected https://PORTAL/rest/1/CODE/ or https://PORTAL')
  if ('webhook' in address) {
    if (url !== undefined)
      output.warn(
        'the address of a webhook is a secret, and other users of this machine see what is typed: leave it out to be asked for it',
      )
    if (options.clientId !== undefined)
      throw new ConfigError('--client-id', null, '--client-id needs the address of a portal, not of a webhook')
    return address
  }
  const { portal } = address
  if (options.clientId === undefined) {
    const secret = await ask('Access token, or the address of a webhook')
    const hook = /:\/\//.test(secret) ? addressOf(secret) : undefined
    if (hook !== undefined && 'webhook' in hook) return hook
    return { portal, token: secret }
  }
  const clientSecret = await ask('client_secret')
  const refreshToken = await ask('refresh_token')
  const tokenUrl = options.tokenUrl === undefined ? {} : { tokenUrl: options.tokenUrl }
  return { portal, oauth: { clientId: options.clientId, clientSecret, accessToken: '', refreshToken, ...tokenUrl } }
}
