import type { Asked } from './asked.ts'
import { CommandError } from '../terminal.ts'

/** Of the format. A reader takes what it knows: what is added later is told by a higher number. */
export const RECORDING_VERSION = 1

/**
 * A recording is NDJSON. Its first line is a header, and so is the line with which it was gone on with later; every
 * other line is an exchange. Values that are not to be told are placeholders (placeholders.ts), the same one for the
 * same value. A last line that is not whole was being written when the recorder ended: it counts for nothing.
 */
export interface Header {
  readonly portico: 'recording'
  readonly version: number
  /** The id of the person whose webhook it was. */
  readonly userId: number
  /** Epoch seconds. */
  readonly began: number
}

/** One request and its answer. */
export interface Exchange extends Pick<Asked, 'method' | 'api' | 'params' | 'commands' | 'unread'> {
  /** In the order in which requests came, from 1. */
  readonly seq: number
  /** Epoch seconds. */
  readonly at: number
  readonly verb: string
  /** Whether the answer was wanted as XML. */
  readonly xml?: true
  readonly status: number
  /** In small letters, and only those that clients act upon. */
  readonly headers: Readonly<Record<string, string>>
  /** The answer, where it is JSON or XML and not too large. */
  readonly answer?: unknown
  /** Of any other answer, how long it was. */
  readonly bytes?: number
  /** Milliseconds. */
  readonly ms: number
}

export interface Recording {
  readonly headers: readonly Header[]
  /** In the order in which requests came. */
  readonly exchanges: readonly Exchange[]
}

/** @throws {CommandError} for what is no recording, or one of a later version */
export function parseRecording(text: string, name: string): Recording {
  const headers: Header[] = []
  const exchanges: Exchange[] = []
  const lines = text.split('\n')
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue
    let value: unknown
    try {
      value = JSON.parse(line)
    } catch {
      if (index === lines.length - 1 && headers.length > 0) break
      throw new CommandError(`${name} is no recording: line ${index + 1} is no JSON`)
    }
    if (isHeader(value)) {
      if (value.version > RECORDING_VERSION)
        throw new CommandError(`${name} was written by a later version of Portico (format ${value.version})`)
      headers.push(value)
    } else if (headers.length === 0) throw new CommandError(`${name} is no recording: it does not begin as one`)
    else if (isExchange(value)) exchanges.push(value)
    else throw new CommandError(`${name} is not a whole recording: line ${index + 1} is no exchange`)
  }
  if (headers.length === 0) throw new CommandError(`${name} is no recording: it is empty`)
  return { headers, exchanges: exchanges.toSorted((one, other) => one.seq - other.seq) }
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isHeader = (value: unknown): value is Header =>
  isMap(value) && value.portico === 'recording' && typeof value.version === 'number'

const isExchange = (value: unknown): value is Exchange =>
  isMap(value) &&
  typeof value.seq === 'number' &&
  typeof value.method === 'string' &&
  typeof value.status === 'number' &&
  (value.api === 2 || value.api === 3) &&
  (value.params === null || isMap(value.params)) &&
  (value.commands === undefined || (Array.isArray(value.commands) && value.commands.every(isMap)))
