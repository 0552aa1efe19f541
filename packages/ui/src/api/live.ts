import { onScopeDispose } from 'vue'
import { doubtConnection } from './connection.ts'
import { queries, recordsChanged } from './queries.ts'

/** Something that has happened to a record, in this window or elsewhere. */
export interface Happened {
  /** `ONCRMLEADUPDATE` */
  readonly event: string
  readonly entityTypeId: number
  /** 0: the person may know no more of it, or it is gone. */
  readonly id: number
  readonly userId: number
  /** The records in whose cards it shows: of an activity or a comment. */
  readonly owners?: readonly { readonly entityTypeId: number; readonly id: number }[]
}

/** What the server names its settings, and under which keys they are kept here. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  directories: ['statuses', 'types', 'currencies'],
  entities: ['types', 'fields'],
  people: ['people'],
  roles: ['types'],
  settings: ['types', 'currencies'],
}

type Listener = (happened: Happened) => void
const listeners = new Set<Listener>()

/** Hears of changes for as long as the component lives. */
export function onHappened(listener: Listener): void {
  listeners.add(listener)
  onScopeDispose(() => listeners.delete(listener))
}

type Message =
  | { readonly event: 'happened'; readonly data: Happened }
  | { readonly event: 'settings'; readonly data: { readonly names: readonly string[] } }
  | { readonly event: 'much' }

function hear(message: Message): void {
  if (message.event === 'much') void queries.invalidateQueries()
  else if (message.event === 'settings')
    for (const key of new Set(message.data.names.flatMap((name) => KEPT[name] ?? [])))
      void queries.invalidateQueries({ queryKey: [key] })
  else {
    const { data } = message
    // 0: one of that type, which the person may know no more of.
    recordsChanged(data.entityTypeId, data.id === 0 ? undefined : data.id)
    for (const listener of listeners) listener(data)
  }
}

/** Opens the stream of what happens in the portal; the browser opens it again by itself. */
function open(tell: (message: Message) => void): EventSource {
  const source = new EventSource('/live')
  for (const event of ['happened', 'settings', 'much'] as const)
    source.addEventListener(event, ({ data }: MessageEvent<string>) => tell({ event, data: JSON.parse(data) as never }))
  source.addEventListener('error', doubtConnection)
  // What happened while nobody listened is unknown: everything that is shown is read again.
  let opened = false
  source.addEventListener('open', () => {
    if (opened) tell({ event: 'much' })
    opened = true
  })
  return source
}

/**
 * A browser keeps six connections to a server: of all windows, one holds the stream and tells the others. When it is
 * closed, another takes its place, and everything is read again, as something may have happened in between.
 */
export function startLive(): void {
  // Only there over HTTPS and on one's own machine.
  if (!('locks' in navigator) || !('BroadcastChannel' in globalThis)) {
    open(hear)
    return
  }
  const others = new BroadcastChannel('portico-live')
  others.addEventListener('message', ({ data }: MessageEvent<Message>) => hear(data))
  const asked = performance.now()
  void navigator.locks.request('portico-live', () => {
    const tell = (message: Message): void => {
      hear(message)
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
      others.postMessage(message)
    }
    open(tell)
    // Whoever has waited for its turn takes over from another.
    if (performance.now() - asked > 2_000) tell({ event: 'much' })
    // Held until the window goes.
    return new Promise<never>(() => {})
  })
}
