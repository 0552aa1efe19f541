import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Program } from '../command.ts'
import { say } from '../terminal.ts'
import { mistake } from './mistake.ts'
import { pretty } from './pretty.ts'
import type { Answer } from './transport.ts'

/** The ways to print bytes that are no JSON. */
const encodings: Readonly<Record<string, BufferEncoding>> = { _hex_: 'hex', _base64_: 'base64', _utf8_: 'utf8' }

type To = Pick<Program, 'cwd' | 'stdout'>

/** Prints the whole answer, or writes it to a file. An answer of nothing is `{}`. */
export function printAnswer({ body }: Answer, out: string, to: To): void {
  const text = jsonText(body)
  if (text !== undefined) return printText(pretty(text), out, to)
  const encoding = encodings[out]
  if (encoding !== undefined) return say(body.toString(encoding), to.stdout)
  if (out === '') throw mistake('the answer is no JSON', '--out FILE writes it to a file, --out _utf8_ shows it')
  write(body, out, to)
}

/** Prints a text as it is. */
export function printText(text: string, out: string, to: To): void {
  if (out === '' || encodings[out] !== undefined) say(text, to.stdout)
  else write(Buffer.from(`${text}\n`), out, to)
}

function write(bytes: Buffer, out: string, { cwd, stdout }: To): void {
  try {
    writeFileSync(resolve(cwd, out), bytes)
  } catch (cause) {
    throw mistake(`--out ${out} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
  say(`File with size ${Number((bytes.length / 1_000_000).toPrecision(3))} MB was recorded in ${out}`, stdout)
}

/** The body's text where it is JSON. */
function jsonText(body: Buffer): string | undefined {
  const text = body.toString()
  if (text.trim() === '') return '{}'
  try {
    JSON.parse(text)
    return text
  } catch {
    return undefined
  }
}

/** The error that an answer tells of, whatever its status. */
export function errorOf({ status, body }: Answer): string | undefined {
  const text = jsonText(body)
  const answer: unknown = text === undefined ? undefined : JSON.parse(text)
  if (typeof answer !== 'object' || answer === null || !('error' in answer))
    return status >= 400 ? `HTTP ${status}` : undefined
  const { error } = answer
  const about = 'error_description' in answer ? answer.error_description : undefined
  const told = [error, about].filter((each) => typeof each === 'string' && each !== '').join(': ')
  return `${told || 'an error'} (HTTP ${status})`
}
