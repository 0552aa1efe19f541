import { onScopeDispose } from 'vue'
import { queries, recordsChanged } from './queries.ts'

/** Something that has happened to a record, in this window or elsewhere. */
export interface Happened {
  /** `ONCRMLEADUPDATE` */
  readonly event: string
  readonly entityTypeId: number
  readonly id: number
  readonly userId: number
}

type Listener = (happened: Happened) => void
const listeners = new Set<Listener>()

/** Hears of changes for as long as the component lives. */
export function onHappened(listener: Listener): void {
  listeners.add(listener)
  onScopeDispose(() => listeners.delete(listener))
}

/** Opens the stream of what happens in the portal; the browser opens it again by itself. */
export function startLive(): void {
  const source = new EventSource('/live')
  source.addEventListener('happened', ({ data }: MessageEvent<string>) => {
    const happened = JSON.parse(data) as Happened
    recordsChanged(happened.entityTypeId, happened.id)
    for (const listener of listeners) listener(happened)
  })
  // What happened while nobody listened is unknown: everything that is shown is read again.
  let opened = false
  source.addEventListener('open', () => {
    if (opened) void queries.invalidateQueries()
    opened = true
  })
}
