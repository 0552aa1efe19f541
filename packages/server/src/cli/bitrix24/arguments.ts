import { nearest } from '../../config/nearest.ts'
import type { Options } from './function.ts'
import { mistake } from './mistake.ts'

/** Options of every function. Switches have no value behind them. */
export const commonOptions = {
  help: { about: 'Show this' },
  test: { about: 'Show what would be sent, and send nothing' },
  debug: { about: 'Tell what is sent and what comes back, on standard error and without secrets' },
  fail: { about: 'End with 1 where the portal answers an error; without it, with 0' },
  out: {
    placeholder: 'FILE',
    about: 'Write the answer there; for an answer that is no JSON also _hex_, _base64_, _utf8_',
  },
  timeout: { placeholder: 'SECONDS', about: 'How long to wait for an answer, 1 to 300; default: 60' },
  retries: { placeholder: 'N', about: 'How often a function that only reads is tried again, 0 to 9; default: 5' },
} as const satisfies Record<string, { placeholder?: string; about: string }>

export interface Arguments {
  /** The texts of the function's own options; what was given without a value is not there. */
  readonly own: ReadonlyMap<string, string>
  readonly common: ReadonlyMap<keyof typeof commonOptions, string>
}

/**
 * Reads options as `oint` does: `--name value` and `--name=value`, in any case; an option that another one follows, or
 * nothing, counts as not given. Of one given twice the last holds.
 * @throws {CommandError} 99 for anything else
 */
export function readArguments(line: readonly string[], options: Options): Arguments {
  const shorts = shortNames(options)
  const nameOf = (argument: string): string | undefined => {
    const flag = (argument.split('=', 1)[0] ?? '').toLowerCase()
    if (flag.startsWith('--')) {
      const name = flag.slice(2)
      return Object.hasOwn(options, name) || Object.hasOwn(commonOptions, name) ? name : undefined
    }
    return shorts.get(flag.slice(1)) ?? (flag === '-h' ? 'help' : undefined)
  }
  const own = new Map<string, string>()
  const common = new Map<keyof typeof commonOptions, string>()
  for (let at = 0; at < line.length; at += 1) {
    const argument = line[at] ?? ''
    const name = argument.startsWith('-') && argument !== '-' ? nameOf(argument) : undefined
    if (name === undefined) throw unknown(argument, at, options)
    const equals = argument.indexOf('=')
    const next = line[at + 1]
    let value = equals < 0 ? '' : argument.slice(equals + 1)
    if (equals < 0 && !isSwitch(name, options) && next !== undefined && !isOption(next, nameOf)) {
      value = next
      at += 1
    }
    if (Object.hasOwn(options, name)) {
      if (value.trim() === '') own.delete(name)
      else own.set(name, value)
    } else common.set(name as keyof typeof commonOptions, value)
  }
  return { own, common }
}

const isSwitch = (name: string, options: Options): boolean =>
  !Object.hasOwn(options, name) && !('placeholder' in commonOptions[name as keyof typeof commonOptions])

/** A lone `-` is standard input, and `-5` a number. */
const isOption = (argument: string, nameOf: (argument: string) => string | undefined): boolean =>
  /^--?[a-z]/i.test(argument) && nameOf(argument) !== undefined

/** First letters, of options that share theirs with no other of the function. */
export function shortNames(options: Options): Map<string, string> {
  const names = Object.keys(options)
  const firsts = names.map((name) => name.charAt(0))
  return new Map(
    names
      .filter((_, at) => firsts.indexOf(firsts[at] ?? '') === firsts.lastIndexOf(firsts[at] ?? ''))
      .map((name) => [name.charAt(0), name]),
  )
}

function unknown(argument: string, at: number, options: Options): Error {
  // What stands behind the sign of equality may be a secret.
  const flag = argument.split('=', 1)[0] ?? ''
  const names = [...Object.keys(options), ...Object.keys(commonOptions)]
  const letter = /^-([a-z])$/i.exec(flag)?.[1]?.toLowerCase()
  const meant =
    letter === undefined
      ? [nearest(flag.replace(/^-+/, ''), names)].filter((name) => name !== undefined)
      : Object.keys(options).filter((name) => name.startsWith(letter))
  const hint =
    flag.startsWith('-') && meant.length > 0
      ? `did you mean ${meant.map((name) => `--${name}`).join(' or ')}?`
      : undefined
  const shown = flag.startsWith('-') ? flag : `"${argument.length > 40 ? `${argument.slice(0, 37)}…` : argument}"`
  return mistake(`Unknown parameter in position ${at + 1}: ${shown}`, hint)
}
