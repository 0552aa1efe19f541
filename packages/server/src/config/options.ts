import { parseArgs } from 'node:util'

/** One setting: a row of the README's table, a line of `--help`, and the reader of its text. */
export interface Option<T> {
  flag: string
  /** The environment variable that gives it too; null where there is none. */
  env: string | null
  /** Stands for the value in `--help`; empty for a switch, which needs none. */
  placeholder: string
  /** What holds without it, in words. */
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
 * twice the last one holds. A switch is turned on by `--demo`, off by `--no-demo` or `--demo=0`.
 * @param operands names of what a command takes besides flags, all of which must be there
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
    const flag = given.flags.get(option.flag)
    const text = flag ?? ((option.env === null ? undefined : env[option.env]) || undefined)
    if (text === undefined) return option.initial()
    const name = flag === undefined ? (option.env ?? '') : `--${option.flag}`
    const value = option.parse(text)
    if (value === undefined) throw refusal(name, text, option)
    sources[key] = name
    return value
  }
  const values = Object.fromEntries((Object.keys(table) as (keyof C)[]).map((key) => [key, read(key)]))
  return { values: values as C, sources, operands: given.operands }
}

/** The lines of `--help` that describe options. */
export function describeOptionTable(table: Readonly<Record<string, Option<unknown>>>): string {
  const rows = Object.values(table).map(({ flag, placeholder, env, standard, about }) => ({
    left: `--${flag}${placeholder && ` <${placeholder}>`}`,
    right: [about, `${env === null ? '' : `${env}, `}default: ${standard}`],
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
): { flags: Map<string, string>; operands: string[] } {
  const byFlag = new Map(options.map((option) => [option.flag, option]))
  const { tokens } = parseArgs({
    args,
    options: Object.fromEntries(
      [...byFlag].map(([flag, { placeholder }]) => [flag, { type: placeholder ? 'string' : 'boolean' } as const]),
    ),
    // Its own complaints know neither our names for things nor the nearest flag.
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const flags = new Map<string, string>()
  const found: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') {
      if (found.push(token.value) > operands.length)
        throw new ConfigError(token.value, null, `Unexpected argument "${token.value}"`)
      continue
    }
    if (token.kind === 'option-terminator') continue
    const negated = byFlag.get(token.name.replace(/^no-/, ''))
    if (token.name.startsWith('no-') && negated?.placeholder === '' && token.value === undefined) {
      flags.set(negated.flag, '0')
      continue
    }
    const option = token.rawName.startsWith('--') ? byFlag.get(token.name) : undefined
    if (!option) throw unknownFlag(token.rawName, [...byFlag.keys()])
    if (option.placeholder === '') {
      flags.set(option.flag, token.value ?? '1')
    } else if (!token.value || (!token.inlineValue && token.value.startsWith('-'))) {
      throw new ConfigError(token.rawName, null, `${token.rawName} needs a value: ${option.expected}`)
    } else {
      flags.set(option.flag, token.value)
    }
  }
  const missing = operands[found.length]
  if (missing !== undefined) throw new ConfigError(missing, null, `${missing} is missing`)
  return { flags, operands: found }
}

function refusal(name: string, text: string, option: Option<unknown>): ConfigError {
  const shown = option.secret ? null : text
  return new ConfigError(
    name,
    shown,
    `${name}${shown === null ? '' : ` "${shown}"`} is refused: expected ${option.expected}`,
  )
}

function unknownFlag(name: string, known: string[]): ConfigError {
  const distances = known.map((flag) => ({ flag, distance: editDistance(name.replace(/^-+/, ''), flag) }))
  const nearest = distances.reduce((best, next) => (next.distance < best.distance ? next : best))
  const hint = nearest.distance <= 3 ? `; did you mean --${nearest.flag}?` : '; --help lists the known ones'
  return new ConfigError(name, null, `Unknown option ${name}${hint}`)
}

/** Levenshtein's: how many letters to add, drop or replace. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [row, letter] of [...a].entries()) {
    const current = [row + 1]
    for (const [column, other] of [...b].entries()) {
      const replaced = (previous[column] ?? 0) + (letter === other ? 0 : 1)
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1))
    }
    previous = current
  }
  return previous.at(-1) ?? 0
}
