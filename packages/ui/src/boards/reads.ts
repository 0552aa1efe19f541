import { LostAnswerError, PortalError } from 'portico-client'
import { call, portal } from '../api/portal.ts'

export interface Question {
  readonly method: string
  readonly params: Readonly<Record<string, unknown>>
}

/** What one question of several was answered: a result, or why there is none. */
export type Answered<Result> =
  | { readonly result: Result; readonly total: number | undefined; readonly cause?: undefined }
  | { readonly cause: Error }

interface BatchAnswer {
  readonly results: Readonly<Record<string, unknown>>
  readonly errors: Readonly<Record<string, Error>>
  readonly totals: Readonly<Record<string, number>>
}

/**
 * Several questions in one request, answered in their order; one that fails spoils no other.
 *
 * @throws what ends the request as a whole; a session that has ended leaves the page instead
 */
export async function askTogether<Result>(questions: readonly Question[]): Promise<Answered<Result>[]> {
  if (questions.length === 0) return []
  const keyed = Object.fromEntries(questions.map((question, index) => [`q${index}`, question]))
  const { results, errors, totals } = await batch(keyed)
  return questions.map((_question, index) => {
    const key = `q${index}`
    const cause = errors[key]
    if (cause !== undefined) return { cause }
    if (!Object.hasOwn(results, key)) return { cause: new LostAnswerError('batch', 'there was no answer') }
    return { result: results[key] as Result, total: totals[key] }
  })
}

async function batch(commands: Readonly<Record<string, Question>>): Promise<BatchAnswer> {
  try {
    return (await portal.batch(commands as never)) as unknown as BatchAnswer
  } catch (cause) {
    // A plain call knows the way to the sign-in, and back.
    if (cause instanceof PortalError && cause.status === 401) await call('profile')
    throw cause
  }
}
