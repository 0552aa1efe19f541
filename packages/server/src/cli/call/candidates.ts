import type { Option } from '../../config/options.ts'
import type { Command, Program } from '../command.ts'
import { commands, families } from '../commands.ts'

/** A word that could stand where the cursor is. */
export interface Candidate {
  readonly word: string
  readonly about?: string
}

/**
 * What could come next.
 * @param words behind `portico`; the last one is what is typed so far, and may be empty
 */
export async function candidates(words: readonly string[], program: Program): Promise<Candidate[]> {
  const typed = words.at(-1) ?? ''
  const before = words.slice(0, -1)
  const command = commandIn(before)
  const all = command === undefined ? nextWords(before) : await ofCommand(command, before, typed, program)
  return all.filter(({ word }) => word.startsWith(typed === '=' ? '' : typed))
}

function commandIn(words: readonly string[]): Command | undefined {
  const named = (count: number): Command | undefined =>
    words.length < count ? undefined : commands.find(({ name }) => name === words.slice(0, count).join(' '))
  return named(3) ?? named(2) ?? named(1)
}

/** The next words of the commands whose names begin so. */
function nextWords(before: readonly string[]): Candidate[] {
  const begin = before.map((word) => `${word} `).join('')
  const found = new Map<string, string>()
  for (const { name, about, hidden } of commands) {
    if (hidden === true || !name.startsWith(begin)) continue
    const [word = ''] = name.slice(begin.length).split(' ')
    const isWhole = begin + word === name
    if (word !== '' && !found.has(word)) found.set(word, isWhole ? about : (families[begin + word] ?? ''))
  }
  return [...found].map(([word, about]) => (about === '' ? { word } : { word, about }))
}

async function ofCommand(
  command: Command,
  before: readonly string[],
  typed: string,
  program: Program,
): Promise<Candidate[]> {
  if (command.complete !== undefined) return [...(await command.complete(before.slice(command.name.split(' ').length)))]
  const options = Object.values(command.options)
  const wanted = optionBefore(options, before, typed)
  if (wanted !== undefined) return valuesOf(wanted, program)
  const [, flag, prefix] = /^--([\w-]+)(=)/.exec(typed) ?? []
  if (flag !== undefined && prefix !== undefined) {
    const option = options.find((each) => each.flag === flag)
    const values = option === undefined ? [] : await valuesOf(option, program)
    return values.map(({ word, ...rest }) => ({ word: `--${flag}=${word}`, ...rest }))
  }
  if (typed.startsWith('-')) return [...options.flatMap(flagsOf), { word: '--help', about: 'Explain this command' }]
  const given = operandsIn(options, before.slice(command.name.split(' ').length))
  const operand =
    command.operands[given] ?? (command.operands.at(-1)?.endsWith('...') ? command.operands.at(-1) : undefined)
  return operand === undefined ? [] : operandValues(operand.replace(/[?.]+$/, ''), program)
}

/** The option whose value is typed: `--output`, `-o`, and in bash also `--output =`. */
function optionBefore(
  options: readonly Option<unknown>[],
  before: readonly string[],
  typed: string,
): Option<unknown> | undefined {
  const last = before.at(-1)
  const name = typed === '=' ? last : last === '=' ? before.at(-2) : last
  if (name === undefined || !name.startsWith('-')) return undefined
  const found = options.find(({ flag, short }) => name === `--${flag}` || (short !== undefined && name === `-${short}`))
  return found === undefined || found.placeholder === '' ? undefined : found
}

/** How many operands stand there already, beside flags and their values. */
function operandsIn(options: readonly Option<unknown>[], words: readonly string[]): number {
  let count = 0
  for (const [index, word] of words.entries()) {
    if (word.startsWith('-') || word === '=') continue
    if (optionBefore(options, words.slice(0, index), word) === undefined) count++
  }
  return count
}

/** What is switched off rather than on completes so. */
function flagsOf({ flag, about, placeholder, initial }: Option<unknown>): Candidate[] {
  const isOn = placeholder === '' && initial() === true
  return [{ word: isOn ? `--no-${flag}` : `--${flag}`, about }]
}

async function valuesOf({ flag, choices }: Option<unknown>, program: Program): Promise<Candidate[]> {
  if (choices !== undefined) return choices.map((word) => ({ word }))
  return flag === 'profile' ? profileNames(program) : []
}

async function operandValues(operand: string, program: Program): Promise<Candidate[]> {
  if (operand === 'METHOD') return methodCandidates()
  if (operand === 'PROFILE') return profileNames(program)
  if (operand === 'SHELL') return (await import('./completion.ts')).shells.map((word) => ({ word }))
  return []
}

async function methodCandidates(): Promise<Candidate[]> {
  const { documentedMethods } = await import('../../modules/documented-methods.ts')
  return documentedMethods().map(({ name, about }) => ({ word: name, about }))
}

async function profileNames({ env }: Program): Promise<Candidate[]> {
  const { readProfiles } = await import('../profiles/file.ts')
  return Object.keys(readProfiles(env).profiles).map((word) => ({ word }))
}
