import { LostAnswerError, PortalError, UnreachableError } from 'portico-client'

/** What is said of a failure: the portal's own words where it has answered, and what to do where it has not. */
export interface Said {
  /** A key of the messages; undefined: `text` is said as it is. */
  readonly key?: 'failure.unreachable' | 'failure.lost' | 'failure.unexpected'
  readonly text?: string
  /** The code of the portal's error. */
  readonly code?: string
}

export function saidOf(cause: unknown): Said {
  if (cause instanceof PortalError) return { text: plain(cause.text) || cause.code, code: cause.code }
  if (cause instanceof UnreachableError) return { key: 'failure.unreachable' }
  if (cause instanceof LostAnswerError) return { key: 'failure.lost' }
  return { key: 'failure.unexpected' }
}

/** Some refusals of the API carry line breaks as markup. */
const plain = (text: string): string =>
  text
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<[^>]+>/g, '')
    .trim()
