import { isMap, type Tree } from './shape.ts'
import type { Said } from './target.ts'

/** One answer, or what a batch answers to one command. */
export interface Told {
  readonly status: number
  readonly error: string | undefined
  /** The whole answer. */
  readonly body: Tree
}

/** undefined for what is no answer of a method. */
export function told({ status, body }: Said): Told | undefined {
  if (!isMap(body)) return undefined
  return { status, error: codeOf(body.error), body }
}

/** REST 3.0 answers an object. An old answer has a number. */
export const codeOf = (error: unknown): string | undefined =>
  error === undefined ? undefined : isMap(error) ? String(error.code as string) : String(error as string | number)

/** What a batch answers to one command; undefined where it was not run. */
export function commandTold(result: Tree, label: string): Told | undefined {
  const part = (name: string): unknown => {
    const parts = result[name]
    return typeof parts === 'object' && parts !== null && Object.hasOwn(parts, label)
      ? (parts as Tree)[label]
      : undefined
  }
  const error = part('result_error')
  if (isMap(error)) return { status: 200, error: codeOf(error.error), body: error }
  const value = part('result')
  if (value === undefined) return undefined
  const [total, next, time] = [part('result_total'), part('result_next'), part('result_time')]
  const body = {
    result: value,
    ...(total === undefined ? {} : { total }),
    ...(next === undefined ? {} : { next }),
    ...(time === undefined ? {} : { time }),
  }
  return { status: 200, error: undefined, body }
}

/** Whether it says that there is no such record, or none that may be seen. */
export const isMissing = ({ error = '', body }: Told): boolean =>
  /not.?(found|exist)|access.?denied|does not|no such/i.test(`${error} ${String(body.error_description ?? '')}`)
