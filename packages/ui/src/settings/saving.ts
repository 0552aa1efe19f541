import type { QueryKey } from '@tanstack/vue-query'
import { portal } from '../api/portal.ts'
import { queries } from '../api/queries.ts'
import { useNotify } from '../shell/notify.ts'

/** One call of several. */
export interface Command {
  readonly method: string
  readonly params: object
}

/** Runs calls one after another in as few requests as can be; throws the first refusal, after which nothing more is run. */
export async function callAll(commands: readonly Command[]): Promise<unknown[]> {
  if (commands.length === 0) return []
  const { results, errors } = await portal.batch(commands as never, { halt: true } as never)
  const [failed] = Object.values(errors)
  if (failed !== undefined) throw failed
  return results as unknown as unknown[]
}

export interface Saving<Data> {
  /** What is shown of it: the query whose data `patch` changes at once, and that is read anew behind it. */
  readonly key: QueryKey
  readonly patch?: (data: Data) => Data
  readonly act: () => Promise<unknown>
  /** Other queries that show something of it. */
  readonly also?: readonly QueryKey[]
  /** What is said when it is done. */
  readonly done?: string
  readonly undo?: () => void
}

/**
 * Changes settings: shown at once, done behind it, taken back and told where it is refused.
 *
 * @returns a function that answers whether it was done
 */
export function useSaving(): <Data>(saving: Saving<Data>) => Promise<boolean> {
  const notify = useNotify()
  return async <Data>({ key, patch, act, also = [], done, undo }: Saving<Data>) => {
    await queries.cancelQueries({ queryKey: key, exact: true })
    const before = queries.getQueryData<Data>(key)
    if (patch !== undefined && before !== undefined) queries.setQueryData<Data>(key, patch(before))
    try {
      await act()
    } catch (cause) {
      if (patch !== undefined && before !== undefined) queries.setQueryData<Data>(key, before)
      void queries.invalidateQueries({ queryKey: key })
      notify.failed(cause)
      return false
    }
    if (done !== undefined) notify.done(done, undo === undefined ? {} : { undo })
    await Promise.all([key, ...also].map((queryKey) => queries.invalidateQueries({ queryKey })))
    return true
  }
}
