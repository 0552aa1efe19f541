import type { Option, OptionTable } from '../config/options.ts'
import { type Format, formats } from './output/format-names.ts'

/** What every command takes that calls a portal or writes results. */
export interface OutputOptions {
  readonly output: Format | undefined
  readonly json: boolean
  readonly color: boolean
}

export interface ClientOptions extends OutputOptions {
  readonly profile: string | undefined
  readonly url: string | undefined
  readonly token: string | undefined
  readonly ca: string | undefined
  readonly timeout: number | undefined
  readonly verbose: boolean
}

/** Options without an environment variable and without a standard value. */
const plain = { env: null, secret: false, standard: '' }

/** A switch that is off without it. */
export const toggle = (flag: string, about: string, short?: string): Option<boolean> => ({
  ...plain,
  flag,
  ...(short === undefined ? {} : { short }),
  placeholder: '',
  about,
  expected: '1 or 0',
  initial: () => false,
  parse: (text) => ({ 1: true, true: true, 0: false, false: false })[text],
})

/** A text that may be missing. */
export const text = (flag: string, placeholder: string, about: string, short?: string): Option<string | undefined> => ({
  ...plain,
  flag,
  ...(short === undefined ? {} : { short }),
  placeholder,
  about,
  expected: `a ${placeholder}`,
  initial: () => undefined,
  parse: (given) => given,
})

/** Texts, as often as they are given. */
export const texts = (flag: string, placeholder: string, about: string, short?: string): Option<readonly string[]> => ({
  ...text(flag, placeholder, about, short),
  many: true,
  initial: () => [],
  parse: (given) => [given],
})

/** A whole number of 1 or more. */
export const count = (flag: string, placeholder: string, about: string): Option<number | undefined> => ({
  ...plain,
  flag,
  placeholder,
  about,
  expected: 'a whole number, 1 or more',
  initial: () => undefined,
  parse: (given) => (/^[1-9]\d{0,8}$/.test(given) ? Number(given) : undefined),
})

export const outputOptions: OptionTable<OutputOptions> = {
  output: {
    ...plain,
    flag: 'output',
    short: 'o',
    placeholder: 'format',
    standard: 'table on a terminal, json elsewhere',
    about: `How results are written: ${formats.join(', ')}`,
    expected: `one of ${formats.join(', ')}`,
    choices: formats,
    initial: () => undefined,
    parse: (given) => formats.find((format) => format === given),
  },
  json: toggle('json', 'Like --output json'),
  color: { ...toggle('color', 'No colours; as NO_COLOR does'), initial: () => true },
}

export const clientOptions: OptionTable<ClientOptions> = {
  profile: { ...text('profile', 'name', 'The profile whose portal is called'), env: 'PORTICO_PROFILE' },
  url: {
    ...text('url', 'url', "The portal: a webhook's address, or https://PORTAL with --token"),
    env: 'PORTICO_URL',
    secret: true,
  },
  token: { ...text('token', 'token', 'An access token'), env: 'PORTICO_TOKEN', secret: true },
  ca: text('ca', 'file', 'The authority that signed the certificate of the portal (PEM)'),
  timeout: count('timeout', 'seconds', 'How long one request may take'),
  verbose: toggle('verbose', 'Show requests and answers, without secrets', 'v'),
  ...outputOptions,
}
