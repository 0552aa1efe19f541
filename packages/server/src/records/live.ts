import type { Table } from '../store/table.ts'

/** Servers at which somebody looks at the portal's pages, and until when that is believed. */
export const liveWatch: Table = {
  name: 'live_watch',
  columns: { server: 'text', until: 'integer' },
  key: ['server'],
}

/** What has happened in the last minute, for pages that are open: written only while there are any. */
export const liveEvent: Table = {
  name: 'live_event',
  columns: {
    /** In the order in which events are handed out, over all servers. */
    seq: 'integer',
    event: 'text',
    entity_type_id: 'integer',
    record_id: 'integer',
    user_id: 'integer',
    time: 'integer',
  },
  key: ['seq'],
  indexes: [{ columns: ['time'] }],
}

/** Seconds for which an event waits for servers that have not seen it. */
export const KEPT = 60
/** Events of one turn of handing out: more than there ever are. */
export const TURN = 10_000

/** An open page. */
export interface Viewer {
  readonly userId: number
  /** One event of the stream. */
  send(event: 'happened' | 'settings' | 'much', data: unknown): void
  beat(): void
  /** Whether the session that it was opened with still lives. */
  isSignedIn(): Promise<boolean>
  end(): void
}

/** Where pages say that they want to know what happens. */
export interface Live {
  /** False where there are too many pages already. */
  add(viewer: Viewer): boolean
  remove(viewer: Viewer): void
}
