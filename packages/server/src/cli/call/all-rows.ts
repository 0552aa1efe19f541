import type { Calling } from '../client-command.ts'
import { asRow, type Row } from '../output/cell.ts'

/** The rows of a list over all its pages, or the first `limit` of them; who watches sees how far it is. */
export async function* allRows(
  { client, output, signal }: Calling,
  method: string,
  params: Readonly<Record<string, unknown>>,
  limit: number | undefined,
): AsyncGenerator<Row> {
  const bar = output.progress(method)
  let done = 0
  const onProgress = (progress: { done: number; total?: number | undefined }): void => {
    bar.total(progress.total)
    bar.tick(progress.done - done)
    done = progress.done
  }
  try {
    // Counting costs the portal time: only somebody who watches wants it.
    const watched = output.isWatched && !output.isTerminal ? { onProgress } : {}
    for await (const row of client.list(method, params, { signal, limit, ...watched })) yield asRow(row)
  } finally {
    bar.done()
  }
}
