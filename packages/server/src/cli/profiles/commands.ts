import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type OptionTable, readOptions } from '../../config/options.ts'
import {
  type ClientOptions,
  clientOptions,
  type OutputOptions,
  outputOptions,
  text,
  toggle,
} from '../client-options.ts'
import type { Command, Program } from '../command.ts'
import type { Output } from '../output/output.ts'
import { CommandError } from '../terminal.ts'

export interface AddOptions extends OutputOptions {
  readonly secretStdin: boolean
  readonly clientId: string | undefined
  readonly tokenUrl: string | undefined
  readonly ca: string | undefined
  readonly use: boolean
  readonly force: boolean
  readonly check: boolean
}

/** A command that works on the file of profiles, and calls no portal. */
function fileCommand<C extends OutputOptions>(command: {
  readonly name: string
  readonly operands?: readonly string[]
  readonly about: string
  readonly options: OptionTable<C>
  readonly examples?: readonly string[]
  run(
    given: { readonly program: Program; readonly output: Output; readonly sources: Partial<Record<string, string>> },
    options: C,
    operands: readonly string[],
  ): Promise<void>
}): Command {
  const { name, about, options, operands = [], examples = [] } = command
  return {
    name,
    operands,
    about,
    options: options as Command['options'],
    examples,
    async run(args, program) {
      const read = readOptions<C>(options, args, program.env, operands)
      const { outputOf } = await import('../output/from-options.ts')
      const output = outputOf(program, read.values)
      const { configPath, isOpenToOthers } = await import('./file.ts')
      if (isOpenToOthers(program.env)) output.warn(`others can read ${configPath(program.env)}: chmod 600 it`)
      await command.run({ program, output, sources: read.sources }, read.values, read.operands)
    },
  }
}

const add = fileCommand<AddOptions>({
  name: 'profile add',
  operands: ['NAME', 'URL?'],
  about: 'Keep a portal under a name; it asks for the secret, or reads it from stdin',
  options: {
    secretStdin: toggle('secret-stdin', 'Read the secrets from stdin, one a line: what would be asked for'),
    clientId: text('client-id', 'id', 'An application: its client_secret and refresh_token are asked for'),
    tokenUrl: text('token-url', 'url', 'Where its tokens are renewed, if it is neither Portico nor the cloud'),
    ca: clientOptions.ca,
    use: toggle('use', 'Make it the current one; the first one is'),
    force: toggle('force', 'Replace a profile of that name'),
    check: { ...toggle('check', 'Keep it without trying it'), initial: () => true },
    ...outputOptions,
  },
  examples: [
    'profile add shop',
    'profile add shop https://crm.example.com --secret-stdin < token.txt',
    'profile add shop https://crm.example.com --client-id local.5f2a',
  ],
  async run({ program, output }, options, operands) {
    const { addProfile } = await import('./add.ts')
    await addProfile(program, output, options, operands)
  },
})

const list = fileCommand<OutputOptions>({
  name: 'profile list',
  about: 'List the profiles; * is the one in use here',
  options: outputOptions,
  async run({ program, output }) {
    const { readProfiles } = await import('./file.ts')
    const { linkedProfile } = await import('./linked.ts')
    const { kindOf, originOf } = await import('./profile.ts')
    const { current, profiles } = readProfiles(program.env)
    const used = linkedProfile(program.cwd)?.name ?? current
    const rows = Object.entries(profiles).map(([name, profile]) => ({
      used: name === used ? '*' : '',
      name,
      portal: originOf(profile),
      kind: kindOf(profile),
    }))
    if (rows.length === 0) output.note('There is no profile yet: portico profile add NAME keeps one.')
    await output.rows(rows, ['used', 'name', 'portal', 'kind'])
  },
})

const use = fileCommand<OutputOptions>({
  name: 'profile use',
  operands: ['PROFILE'],
  about: 'Make a profile the current one',
  options: outputOptions,
  async run({ program, output }, _options, [name = '']) {
    const { changeProfiles } = await import('./file.ts')
    const { profileNamed } = await import('./choice.ts')
    profileNamed(program.env, name)
    await changeProfiles(program.env, ({ profiles }) => ({ current: name, profiles }))
    output.note(`Profile ${name} is used from now on.`)
  },
})

const show = fileCommand<ClientOptions>({
  name: 'profile show',
  operands: ['PROFILE?'],
  about: 'Show a profile without its secrets, or which portal would be called here, and why',
  options: clientOptions,
  async run({ program, output, sources }, options, [name]) {
    const { chosen, profileNamed } = await import('./choice.ts')
    const { maskedProfile } = await import('./profile.ts')
    if (name !== undefined) return output.value({ name, ...maskedProfile(profileNamed(program.env, name)) })
    const { profile, from } = chosen(program, options, sources)
    await output.value({ from, ...maskedProfile(profile) })
  },
})

const remove = fileCommand<OutputOptions>({
  name: 'profile remove',
  operands: ['PROFILE'],
  about: 'Forget a profile; its credential is not taken back at the portal',
  options: outputOptions,
  async run({ program, output }, _options, [name = '']) {
    const { changeProfiles } = await import('./file.ts')
    const { profileNamed } = await import('./choice.ts')
    profileNamed(program.env, name)
    await changeProfiles(program.env, ({ current, profiles: { [name]: _gone, ...profiles } }) =>
      current === undefined || current === name ? { profiles } : { current, profiles },
    )
    output.note(`Profile ${name} is forgotten.`)
  },
})

const link = fileCommand<OutputOptions>({
  name: 'profile link',
  operands: ['PROFILE'],
  about: 'Use a profile in this directory and below it: .portico.json names it, and holds no secret',
  options: outputOptions,
  async run({ program, output }, _options, [name = '']) {
    const { profileNamed } = await import('./choice.ts')
    const { LINK } = await import('./linked.ts')
    profileNamed(program.env, name)
    const path = join(program.cwd, LINK)
    try {
      await writeFile(path, `${JSON.stringify({ profile: name })}\n`)
    } catch (cause) {
      throw new CommandError(`${path} cannot be written (${(cause as NodeJS.ErrnoException).code})`, { cause })
    }
    output.note(`${path} names profile ${name}.`)
  },
})

export const profileCommands: readonly Command[] = [add, list, use, show, remove, link]
