import { parseArgs } from 'node:util'
import { nearest } from './nearest.ts'

/** One setting: a row of the README's table, a line of `--help`, and the reader of its text. */
export interface Option<T> {
  flag: string
  /** One letter that stands for the flag: `F` for `-F`. */
  short?: string
  /** It may be given several times: `parse` answers a list for each, and the value is all of them joined. */
  many?: true
  /** All that it takes: others are refused, with the nearest one, and the shell completes these. */
  choices?: readonly string[]
  /** The environment variable that gives it too; null where there is none. */
  env: string | null
  /** Stands for the value in `--help`; empty for a switch, which needs none. */
  placeholder: string
  /** What holds without it, in words; empty where that goes without saying. */
  standard: string
  about: string
  /** Continues the sentence "expected …". */
  expected: string
  /** Its value is never shown. */
  secret: boolean
  initial: () => T
  /** undefined = refused. */
  parse: (text: string) => T | undefined
}

/** The options of a command, by the names under which it reads them. */
export type OptionTable<C> = { readonly [K in keyof C]: Option<C[K]> }

/** A start-up value that is refused. `option` is the name it was given by, and `value` is null where it is secret. */
export class ConfigError extends Error {
  readonly option: string
  readonly value: string | null

  constructor(option: string, value: string | null, message: string) {
    super(message)
    this.name = 'ConfigError'
    this.option = option
    this.value = value
  }
}

export interface Read<C> {
  readonly values: C
  /** By which name each was given: `--port`, `PORTICO_PORT`; absent where it was not. */
  readonly sources: Partial<Record<keyof C, string>>
  readonly operands: readonly string[]
}

/**
 * Reads options. A flag wins over its environment variable; an empty variable counts as not given; of a flag given
 * twice the last one holds, unless it takes many. A switch is turned on by `--demo`, off by `--no-demo` or `--demo=0`.
 * @param operands names of what a command takes besides flags: `ID` must be there, `FILE?` may, `WORD...` is any number
 * @throws {ConfigError} for an unknown flag, a value that is refused, and a missing or superfluous operand
 */
export function readOptions<C extends object>(
  table: OptionTable<C>,
  args: string[],
  env: NodeJS.ProcessEnv,
  operands: readonly string[] = [],
): Read<C> {
  const given = readFlags(Object.values<Option<unknown>>(table), args, operands)
  const sources: Partial<Record<keyof C, string>> = {}
  const read = <K extends keyof C>(key: K): C[K] => {
    const option = table[key]
    const flags = given.flags.get(option.flag)
    const variable = (option.env === null ? undefined : env[option.env]) || undefined
    const texts = flags ?? (variable === undefined ? [] : [variable])
    const last = texts.at(-1)
    if (last === undefined) return option.initial()
    const name = flags === undefined ? (option.env ?? '') : `--${option.flag}`
    sources[key] = name
    const parse = (text: string): C[K] => {
      const value = option.choices?.includes(text) === false ? undefined : option.parse(text)
      if (value === undefined) throw refusal(name, text, option)
      return value
    }
    return option.many === true ? (texts.flatMap((text) => parse(text)) as C[K]) : parse(last)
  }
  const values = Object.fromEntries((Object.keys(table) as (keyof C)[]).map((key) => [key, read(key)]))
  return { values: values as C, sources, operands: given.operands }
}

/** The lines of `--help` that describe options. */
export function describeOptionTable(table: Readonly<Record<string, Option<unknown>>>): string {
  const options = Object.values(table)
  const hasShort = options.some(({ short }) => short !== undefined)
  const rows = options.map(({ flag, short, placeholder, env, standard, about, initial }) => ({
    left: [
      short === undefined ? (hasShort ? '    ' : '') : `-${short}, `,
      // What is on by itself is told as what switches it off.
      placeholder === '' && env === null && initial() === true ? `--no-${flag}` : `--${flag}`,
      placeholder && ` <${placeholder}>`,
    ].join(''),
    right:
      env === null
        ? [`${about}${standard && ` (default: ${standard})`}`]
        : [about, `${env}${standard && `, default: ${standard}`}`],
  }))
  const width = Math.max(...rows.map(({ left }) => left.length))
  return rows
    .flatMap(({ left, right }) => right.map((line, index) => `  ${(index ? '' : left).padEnd(width)}  ${line}`))
    .join('\n')
}

/** Flags by name, with `--no-x` read as `--x=0`, and what stands between them. */
function readFlags(
  options: readonly Option<unknown>[],
  args: string[],
  operands: readonly string[],
): { flags: Map<string, string[]>; operands: string[] } {
  const byFlag = new Map(options.map((option) => [option.flag, option]))
  const { tokens } = parseArgs({
    args,
    options: Object.fromEntries(
      options.map(({ flag, short, placeholder }) => [
        flag,
        { type: placeholder ? ('string' as const) : ('boolean' as const), ...(short === undefined ? {} : { short }) },
      ]),
    ),
    // Its own complaints know neither our names for things nor the nearest flag.
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const flags = new Map<string, string[]>()
  const give = ({ flag }: Option<unknown>, text: string): void =>
    void flags.set(flag, [...(flags.get(flag) ?? []), text])
  const found: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') {
      found.push(token.value)
      continue
    }
    if (token.kind === 'option-terminator') continue
    const negated = byFlag.get(token.name.replace(/^no-/, ''))
    if (token.name.startsWith('no-') && negated?.placeholder === '' && token.value === undefined) {
      give(negated, '0')
      continue
    }
    const option = byFlag.get(token.name)
    // Of `-Fx` the token says that it is F's; of an unknown `-p` that it is p's, which is no flag's short name.
    if (option === undefined || (!token.rawName.startsWith('--') && option.short !== token.rawName.slice(1)))
      throw unknownFlag(token.rawName, [...byFlag.keys()])
    if (option.placeholder === '') {
      give(option, token.value ?? '1')
    } else if (!token.value || (!token.inlineValue && /^-./.test(token.value))) {
      throw new ConfigError(token.rawName, null, `${token.rawName} needs a value: ${option.expected}`)
    } else {
      give(option, token.value)
    }
  }
  requireOperands(operands, found)
  return { flags, operands: found }
}

function requireOperands(operands: readonly string[], found: readonly string[]): void {
  const superfluous = found[operands.length]
  if (superfluous !== undefined && operands.at(-1)?.endsWith('...') !== true)
    throw new ConfigError(superfluous, null, `Unexpected argument "${superfluous}"`)
  const missing = operands[found.length]
  if (missing !== undefined && !/(\?|\.\.\.)$/.test(missing))
    throw new ConfigError(missing, null, `${missing} is missing`)
}

function refusal(name: string, text: string, option: Option<unknown>): ConfigError {
  const shown = option.secret ? null : text
  const meant = option.choices === undefined ? undefined : nearest(text, option.choices)
  return new ConfigError(
    name,
    shown,
    `${name}${shown === null ? '' : ` "${shown}"`} is refused: expected ${option.expected}${meant === undefined ? '' : `; did you mean ${meant}?`}`,
  )
}

function unknownFlag(name: string, known: string[]): ConfigError {
  const word = name.replace(/^-+/, '')
  const meant = nearest(word, known) ?? nearest(word.replace(/^no-/, ''), known)
  const hint = meant === undefined ? '; --help lists the known ones' : `; did you mean --${meant}?`
  return new ConfigError(name, null, `Unknown option ${name}${hint}`)
}
