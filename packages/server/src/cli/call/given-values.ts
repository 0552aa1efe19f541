import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { ConfigError } from '../../config/options.ts'
import type { Program } from '../command.ts'
import { type Assignment, splitAssignment } from './params.ts'

type Source = Pick<Program, 'cwd' | 'stdin'>

/**
 * `-F name=value`: true, false, null and whole numbers are what they look like, `@file` is the text of a file and `@-`
 * that of stdin; everything else is a text. What is put into `[fileData]` becomes the pair of name and base64 that the
 * API takes for files.
 */
export async function typedAssignment(text: string, source: Source): Promise<Assignment> {
  const { path, text: given } = splitAssignment('--field', text)
  if (isFile(path, given)) return { path, value: await fileData('--field', given, source) }
  if (given.startsWith('@')) return { path, value: (await bytesOf('--field', given.slice(1), source)).toString('utf8') }
  return { path, value: typed(given) }
}

/** `--set name=value`, `-f name=value`: a text, as it is; the API reads numbers and dates from texts. */
export async function textAssignment(option: string, text: string, source: Source): Promise<Assignment> {
  const { path, text: given } = splitAssignment(option, text)
  return { path, value: isFile(path, given) ? await fileData(option, given, source) : given }
}

/**
 * The map that `--params`, `--fields` and `--filter` hold: JSON itself, `@file`, or `-` for stdin.
 * @throws {ConfigError} where it is none
 */
export async function givenMap(option: string, text: string, source: Source): Promise<Record<string, unknown>> {
  const from = text === '-' ? '-' : text.startsWith('@') ? text.slice(1) : undefined
  const json = from === undefined ? text : (await bytesOf(option, from, source)).toString('utf8')
  const value = parsed(option, json)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ConfigError(option, null, `${option} is refused: expected a JSON object such as {"NAME":"value"}`)
  return value as Record<string, unknown>
}

function parsed(option: string, json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new ConfigError(option, null, `${option} is no JSON: ${why}`)
  }
}

/** What a file holds, or stdin (`-`). */
export async function bytesOf(option: string, name: string, { cwd, stdin }: Source): Promise<Buffer> {
  if (name === '-') {
    if (stdin.isTTY === true) throw new ConfigError(option, null, `${option}: nothing is piped into stdin`)
    return buffer(stdin)
  }
  try {
    return await readFile(resolve(cwd, name))
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? ''
    throw new ConfigError(option, name, `${option}: ${name} cannot be read (${code})`)
  }
}

const isFile = (path: readonly string[], given: string): boolean =>
  given.startsWith('@') && path.at(-1)?.toLowerCase() === 'filedata'

async function fileData(option: string, given: string, source: Source): Promise<[string, string]> {
  const name = given.slice(1)
  return [name === '-' ? 'file' : basename(name), (await bytesOf(option, name, source)).toString('base64')]
}

function typed(text: string): unknown {
  if (text === 'true') return true
  if (text === 'false') return false
  if (text === 'null') return null
  return /^(0|-?[1-9]\d*)$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : text
}
