import { type FileHandle, open, readFile } from 'node:fs/promises'
import { CommandError, exit } from '../terminal.ts'
import { type Exchange, type Header, parseRecording, type Recording } from './format.ts'
import { type Counts, countPlaceholders } from './placeholders.ts'

/** @throws {CommandError} where it cannot be read, or is none */
export async function readRecording(path: string): Promise<Recording> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new CommandError(code === 'ENOENT' ? `there is no recording ${path}` : `${path} cannot be read (${code})`, {
      cause,
    })
  }
  return parseRecording(text, path)
}

/** What is done with a file that is there already. */
export type Presence = 'refuse' | 'append' | 'replace'

/** A recording that is being written, a whole line at a time. */
export class RecordingFile {
  readonly #file: FileHandle
  #last: Promise<unknown> = Promise.resolve()
  #failure: Error | undefined
  /** The number of the last exchange that the file had when it was opened. */
  readonly seq: number
  /** Of each kind of placeholder, how many it had then. */
  readonly counts: Counts

  private constructor(file: FileHandle, seq: number, counts: Counts) {
    this.#file = file
    this.seq = seq
    this.counts = counts
  }

  static async open(path: string, presence: Presence, header: Header): Promise<RecordingFile> {
    let file: FileHandle
    try {
      file = await open(path, { refuse: 'wx', append: 'a+', replace: 'w' }[presence])
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException
      throw code === 'EEXIST'
        ? new CommandError(`${path} is there already`, {
            exitCode: exit.usage,
            hint: '--append goes on with it, --force begins anew.',
            cause,
          })
        : new CommandError(`${path} cannot be written to (${code})`, { exitCode: exit.usage, cause })
    }
    try {
      const { seq, counts } = presence === 'append' ? await whatIsThere(file, path) : { seq: 0, counts: {} }
      const recording = new RecordingFile(file, seq, counts)
      await recording.#write(header)
      return recording
    } catch (cause) {
      await file.close()
      throw cause
    }
  }

  /** Resolves when the system has it: a recorder that is killed then has lost nothing of it. */
  write(exchange: Exchange): Promise<void> {
    return this.#write(exchange)
  }

  async close(): Promise<void> {
    await this.#last.catch(() => {})
    await this.#file.close()
  }

  #write(line: Header | Exchange): Promise<void> {
    const written = this.#last.then(async () => {
      // After half a line, the next would be none either.
      if (this.#failure !== undefined) throw this.#failure
      try {
        await this.#file.appendFile(`${JSON.stringify(line)}\n`)
      } catch (cause) {
        this.#failure = cause as Error
        throw cause
      }
    })
    this.#last = written.catch(() => {})
    return written
  }
}

/** Takes away the half of a line that a killed recorder has left. */
async function whatIsThere(file: FileHandle, path: string): Promise<{ seq: number; counts: Counts }> {
  const bytes = await file.readFile()
  if (bytes.length === 0) return { seq: 0, counts: {} }
  const { exchanges } = parseRecording(bytes.toString('utf8'), path)
  const end = bytes.lastIndexOf(0x0a) + 1
  if (end < bytes.length) {
    if (isJson(bytes.subarray(end).toString('utf8'))) await file.appendFile('\n')
    else await file.truncate(end)
  }
  const counts: Counts = {}
  for (const { params, commands, answer, headers } of exchanges)
    for (const part of [params, commands, answer, headers]) countPlaceholders(part, counts)
  return { seq: exchanges.at(-1)?.seq ?? 0, counts }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
