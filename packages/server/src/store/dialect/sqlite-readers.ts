import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'

/**
 * What a reading thread runs. It stands here as text, because a thread begins with a file or a text, and neither the
 * bundle nor the sources have a file that Node could begin with as it is. It opens the database for reading only.
 */
const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads')
const Database = require('node:module').createRequire(workerData.from)('libsql')
const db = new Database(workerData.path)
for (const pragma of ['busy_timeout = 10000', 'query_only = 1', 'cache_size = -16000', 'temp_store = MEMORY'])
  db.exec('PRAGMA ' + pragma)
parentPort.on('message', ({ text, parameters, asRows }) => {
  try {
    const statement = db.prepare(text)
    parentPort.postMessage({ rows: (asRows ? statement.raw() : statement).all(parameters) })
  } catch (cause) {
    parentPort.postMessage({ failed: String(cause && cause.message) })
  }
})
`

interface Question {
  readonly text: string
  readonly parameters: readonly unknown[]
  /** Rows as lists of values instead of objects. */
  readonly asRows: boolean
  readonly resolve: (rows: unknown[]) => void
  readonly reject: (cause: Error) => void
}

interface Answer {
  readonly rows?: unknown[]
  readonly failed?: string
}

interface Thread {
  readonly worker: Worker
  asked: Question | undefined
  idle: NodeJS.Timeout | undefined
}

/** Milliseconds after which a thread that nobody needs ends; it takes some 15 MiB. */
const IDLE = 30_000

/**
 * Reads on threads of their own, so that what takes seconds holds up nobody: SQLite answers on the thread that asks. They
 * begin when they are needed, and leave one processor to everything else.
 */
export class SqliteReaders {
  readonly #path: string
  readonly #threads: Thread[] = []
  readonly #waiting: Question[] = []
  readonly #most = Math.min(Math.max(availableParallelism() - 1, 1), 4)
  #closed = false

  constructor(path: string) {
    this.#path = path
  }

  read(text: string, parameters: readonly unknown[], asRows: boolean): Promise<unknown[]> {
    return new Promise((resolve, reject) => {
      if (this.#closed) {
        reject(new Error('the database is closed'))
        return
      }
      this.#waiting.push({ text, parameters, asRows, resolve, reject })
      this.#next()
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const { reject } of this.#waiting.splice(0)) reject(new Error('the database is closed'))
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()))
  }

  #next(): void {
    const free = this.#threads.find(({ asked }) => asked === undefined)
    const thread = free ?? (this.#threads.length < this.#most ? this.#begin() : undefined)
    const question = thread === undefined ? undefined : this.#waiting.shift()
    if (thread === undefined || question === undefined) return
    clearTimeout(thread.idle)
    thread.asked = question
    thread.worker.ref()
    const { text, parameters, asRows } = question
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
    thread.worker.postMessage({ text, parameters, asRows })
  }

  #begin(): Thread {
    const worker = new Worker(PROGRAM, { eval: true, workerData: { path: this.#path, from: import.meta.url } })
    const thread: Thread = { worker, asked: undefined, idle: undefined }
    this.#threads.push(thread)
    worker.on('message', ({ rows, failed }: Answer) => {
      const { asked } = thread
      thread.asked = undefined
      if (rows === undefined) asked?.reject(new Error(failed))
      else asked?.resolve(rows)
      // A thread that waits keeps no process alive.
      worker.unref()
      thread.idle = setTimeout(() => void worker.terminate(), IDLE).unref()
      this.#next()
    })
    const ended = (cause: Error): void => {
      const at = this.#threads.indexOf(thread)
      if (at < 0) return
      this.#threads.splice(at, 1)
      clearTimeout(thread.idle)
      thread.asked?.reject(cause)
      if (!this.#closed && this.#waiting.length > 0) this.#next()
    }
    worker.on('error', ended)
    worker.on('exit', () => ended(new Error('the reading thread has ended')))
    return thread
  }
}
