import type { Call } from '../../../../methods/method.ts'
import type { Portal } from '../../../../records/context.ts'
import type { Session } from '../../../../store/store.ts'

export type Row = Readonly<Record<string, unknown>>
type Params = Readonly<Record<string, unknown>>

/** Rows of one page of a list by id. */
const PAGE = 50

/** A portal, for reading: by its own methods, as its administrator. */
export class Look {
  readonly portal: Portal
  readonly session: Session
  readonly #dispatch: Call['dispatch']

  constructor(portal: Portal, session: Session, dispatch: Call['dispatch']) {
    this.portal = portal
    this.session = session
    this.#dispatch = dispatch
  }

  /** @throws what the method refuses */
  async call(method: string, parameters: Params = {}): Promise<unknown> {
    const { error, result } = await this.#dispatch(method, parameters)
    if (error !== undefined) throw new Error(`${method}: ${error.message}`, { cause: error })
    return result
  }

  /** A list that is told whole or by offset. @param path where the rows stand in the answer */
  async rows(method: string, parameters: Params = {}, path?: string): Promise<Row[]> {
    const all: Row[] = []
    for (let start: number | undefined = 0; start !== undefined;) {
      const answer: Awaited<ReturnType<Call['dispatch']>> = await this.#dispatch(method, { ...parameters, start })
      if (answer.error !== undefined) throw new Error(`${method}: ${answer.error.message}`, { cause: answer.error })
      all.push(...rowsOf(answer.result, path))
      start = 'next' in answer && typeof answer.next === 'number' && answer.next > start ? answer.next : undefined
    }
    return all
  }

  /** A long list, a page after the other by id. */
  async *pages(method: string, parameters: Params, idName: string, path?: string): AsyncGenerator<readonly Row[]> {
    for (let last = 0; ;) {
      const filter = { ...(parameters.filter as Params | undefined), [`>${idName}`]: last }
      const page = rowsOf(
        await this.call(method, { ...parameters, order: { [idName]: 'ASC' }, filter, start: -1 }),
        path,
      )
      if (page.length > 0) yield page
      if (page.length < PAGE) return
      last = Number(page.at(-1)?.[idName])
    }
  }
}

export function rowsOf(result: unknown, path?: string): Row[] {
  const list = path === undefined ? result : (result as Row | null | undefined)?.[path]
  return Array.isArray(list) ? (list as Row[]) : []
}

export const mapOf = (value: unknown): Row => (typeof value === 'object' && value !== null ? (value as Row) : {})
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''

/** Nothing, in any of the ways in which answers say so. */
export const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

export const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** Those of these keys whose values are something. */
export const present = (row: Row, keys: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(keys.flatMap((key) => (isNothing(row[key]) ? [] : [[key, row[key]]])))
