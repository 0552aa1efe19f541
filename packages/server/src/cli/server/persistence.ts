import { LimitError, LostAnswerError, UnexpectedAnswerError, UnreachableError } from 'portico-client'
import type { Calling } from '../client-command.ts'

/** Milliseconds until a lost server is asked again: longer and longer. */
const FIRST = 500
const LAST = 5_000

/** Whether a failure may end by itself: the server is being restarted, or has too much to do. */
const isPassing = (cause: unknown): boolean =>
  cause instanceof UnreachableError ||
  cause instanceof LostAnswerError ||
  cause instanceof LimitError ||
  // What stands before a server that is away answers with a page of its own.
  (cause instanceof UnexpectedAnswerError && cause.status >= 500)

/** Asks until there is an answer, however long the server is away; the first time must succeed elsewhere. */
export async function persistently<T>({ output, signal }: Calling, ask: () => Promise<T>): Promise<T> {
  for (let wait = FIRST, told = false; ; wait = Math.min(wait * 2, LAST)) {
    try {
      const answer = await ask()
      if (told) output.note('The server is back.')
      return answer
    } catch (cause) {
      if (signal.aborted || !isPassing(cause)) throw cause
      if (!told) output.note(`${(cause as Error).message}; trying again…`)
      told = true
      await pause(wait, signal)
    }
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer)
      reject(signal.reason as Error)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abort)
      resolve()
    }, milliseconds)
    signal.addEventListener('abort', abort, { once: true })
  })
}
