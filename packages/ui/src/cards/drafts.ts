import { boot } from '../api/boot.ts'
import type { Row } from '../kinds/kind.ts'

/** What was typed into a card and not saved. */
export interface StoredDraft {
  readonly values: Row
  /** The fields as they were read when typing began. */
  readonly base: Row
  /** Milliseconds since 1970. */
  readonly at: number
}

const PREFIX = `portico-draft:${boot.user.id}:`
/** A browser keeps some five million characters for a whole site: attached files are too much for it. */
const MOST = 200_000
const LIFETIME = 30 * 24 * 3_600_000

export const draftName = (entityTypeId: number, id: number): string => `${PREFIX}${entityTypeId}:${id}`

export function readDraft(name: string): StoredDraft | undefined {
  try {
    const draft = JSON.parse(localStorage.getItem(name) ?? 'null') as StoredDraft | null
    return draft !== null && Date.now() - draft.at < LIFETIME && Object.keys(draft.values).length > 0
      ? draft
      : undefined
  } catch {
    return undefined
  }
}

export function writeDraft(name: string, values: Row, base: Row): void {
  const small = Object.fromEntries(
    Object.entries(values).filter(([, value]) => (JSON.stringify(value) ?? '').length < MOST),
  )
  try {
    if (Object.keys(small).length === 0) localStorage.removeItem(name)
    else localStorage.setItem(name, JSON.stringify({ values: small, base, at: Date.now() } satisfies StoredDraft))
  } catch {
    // The browser keeps nothing for this site, or has no room left: the page itself still has it.
  }
}

export const dropDraft = (name: string): void => localStorage.removeItem(name)
