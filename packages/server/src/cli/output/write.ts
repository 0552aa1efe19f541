import { once } from 'node:events'

/** Writes, and waits where the reader is slower. */
export async function write(to: NodeJS.WritableStream, text: string): Promise<void> {
  if (!to.write(text)) await once(to, 'drain')
}
