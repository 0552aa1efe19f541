import { pointsOfRow, writePoints } from './contact-points.ts'
import { type FieldInfo, isFile, isMultifield, isRow } from './field.ts'
import { joinList } from './list-cell.ts'

type Row = Readonly<Record<string, unknown>>

/** Addresses of files carry the credential that asked for them; what is exported must not. */
function withoutSecrets(address: string, portal: string): string {
  let url: URL
  try {
    url = new URL(address, portal)
  } catch {
    return ''
  }
  // `/rest/1/CODE/…` holds the code of a webhook.
  url.pathname = url.pathname.replace(/^(\/rest\/)\d+\/[^/]+\//, '$1')
  for (const name of ['auth', 'access_token', 'sessid']) url.searchParams.delete(name)
  return url.href
}

const addressOf = ({ showUrl, url, downloadUrl, urlMachine }: Row): unknown =>
  showUrl ?? url ?? downloadUrl ?? urlMachine

/** A file as an export shows it: where it is, for whoever may see it. */
export function fileText(value: unknown, portal: string): string {
  if (!isRow(value)) return scalarText(value)
  const address = addressOf(value)
  return typeof address === 'string' ? withoutSecrets(address, portal) : scalarText(value.id)
}

/** A file of a row for NDJSON: the same, and its id. */
export function plainFile(value: unknown, portal: string): unknown {
  if (Array.isArray(value)) return value.map((each) => plainFile(each, portal))
  return isRow(value) ? { id: value.id ?? null, url: fileText(value, portal) } : value
}

function scalarText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'Y' : 'N'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function oneText(value: unknown, field: FieldInfo, portal: string): string {
  if (isFile(field)) return fileText(value, portal)
  // A day, which the API shows as the beginning of that day on the clock of the portal.
  if (field.type === 'date' && typeof value === 'string') return /^\d{4}-\d\d-\d\d(?=T)/.exec(value)?.[0] ?? value
  return scalarText(value)
}

/** The cell of a field in a row of the API: the reverse of reading it, file fields apart. */
export function cellText(
  row: Row,
  field: FieldInfo,
  { separator, portal }: { separator: string; portal: string },
): string {
  if (isMultifield(field)) return writePoints(pointsOfRow(row, field), separator)
  const value = row[field.key]
  if (!field.multiple) return oneText(value, field, portal)
  // An empty multiple field is `false` on some portals.
  if (value === null || value === undefined || value === false || value === '') return ''
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  if (!isFile(field) && list.some((each) => typeof each === 'object' && each !== null)) return JSON.stringify(list)
  return joinList(
    list.map((each) => oneText(each, field, portal)),
    separator,
  )
}
