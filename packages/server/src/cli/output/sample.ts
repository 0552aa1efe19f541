import { columnsOf, type Row } from './cell.ts'

/** How many rows are looked at before the first is written, where the columns depend on them. */
const SAMPLE = 200

/** The columns of the first rows, and all the rows again. */
export async function sampled(
  rows: AsyncIterable<Row> | readonly Row[],
  wanted: readonly string[] | undefined,
): Promise<{ columns: readonly string[]; first: readonly Row[]; rest: AsyncIterable<Row> }> {
  const iterator = (async function* () {
    yield* rows
  })()
  const first: Row[] = []
  while (first.length < SAMPLE) {
    const { value, done } = await iterator.next()
    if (done === true) break
    first.push(value)
  }
  return { columns: wanted ?? columnsOf(first), first, rest: iterator }
}
