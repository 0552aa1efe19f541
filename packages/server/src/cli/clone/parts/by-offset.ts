import type { Row } from '../source.ts'
import { rowsOf } from '../source.ts'
import type { Clone } from '../step.ts'

const PAGE = 50
/** Pages that one request brings. */
const CHAIN = 10

/**
 * The pages of a list whose rows have no number of their own, from an offset on. What is added and removed at the source
 * meanwhile moves the pages: the next run finds what this one has missed.
 */
export async function* pagesByOffset(
  clone: Clone,
  method: string,
  params: Row,
  { after = '0', path }: { after?: string | undefined; path?: string } = {},
): AsyncGenerator<{ readonly rows: readonly Row[]; readonly cursor: string }> {
  let start = Number(after)
  for (let chain = 1; ; chain = CHAIN) {
    const from = start
    const answers = await clone.source.batch(
      Object.fromEntries(
        Array.from({ length: chain }, (_, index) => [
          `p${index}`,
          { method, params: { ...params, start: from + index * PAGE } },
        ]),
      ),
    )
    for (let index = 0; index < chain; index++) {
      const answer = answers.get(`p${index}`)
      if (answer instanceof Error) throw answer
      const rows = rowsOf(answer, path)
      start += rows.length
      if (rows.length > 0) yield { rows, cursor: String(start) }
      if (rows.length < PAGE) return
    }
  }
}
