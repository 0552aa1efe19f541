import { createHash } from 'node:crypto'

/** Addresses of files hold tokens that differ at every reading; the file's number stays. */
const FLEETING = /^(?:url|urlMachine|showUrl|downloadUrl|urlShow|urlPreview|urlDownload|DOWNLOAD_URL|DETAIL_URL)$/

/** Short for what a row says, the same for two readings of the same; `without` names keys that don't matter. */
export function digestOf(row: unknown, without: readonly string[] = []): string {
  const text = JSON.stringify(row, (key, value: unknown) =>
    FLEETING.test(key) || without.includes(key) ? undefined : sorted(value),
  )
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}

/** Portals may change the order of keys, which says nothing. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
