import { AsyncLocalStorage } from 'node:async_hooks'

/** What a call has sent and the portal has passed over without a word, as the documentation has it. */
export interface Remark {
  readonly about: 'field' | 'read-only' | 'filter' | 'order' | 'select'
  /** As it was sent. */
  readonly name: string
  /** The name of the entity: `lead`. */
  readonly of: string
  /** What it knows instead, for whoever wants to guess what was meant. */
  readonly known: () => Iterable<string>
}

const storage = new AsyncLocalStorage<Remark[]>()
let listening = 0

/** Whether anybody wants to know: portals for tests do, and others pay nothing for it. */
export const isRemarking = (): boolean => listening > 0

/** Tells whoever listens to the present call; an ordinary portal has nobody who does. */
export function remark(made: Remark): void {
  if (listening > 0) storage.getStore()?.push(made)
}

/** Runs one call; what is passed over in it arrives in `into`. Calls inside of it may have listeners of their own. */
export async function listenedTo<T>(into: Remark[], body: () => Promise<T>): Promise<T> {
  listening++
  try {
    return await storage.run(into, body)
  } finally {
    listening--
    // Following who belongs to what costs everybody a little.
    if (listening === 0) storage.disable()
  }
}
