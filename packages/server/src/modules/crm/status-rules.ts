import { legacyError } from '../../methods/errors.ts'
import type { Map } from '../../methods/method.ts'
import { hasRow } from '../../records/administration.ts'
import type { Portal } from '../../records/context.ts'
import { type Status, statusOf, type StatusRow } from '../../records/directories.ts'
import { InvalidValue, integerOf, isBlank, textOf } from '../../schema/kind.ts'
import { sql } from '../../store/sql.ts'
import type { Reader, Transaction } from '../../store/store.ts'
import type { StatusDirectory } from './status-directories.ts'

const DEFAULT_SORT = 10
const MAX_NAME = 255
const AFTER_FINAL =
  'Cannot create more stages after the final stage because the final successful stage already exists. ' +
  'Try using sort order values less than that of the final stage.'

/** A field by its name in any case; null where it is not given or empty. */
export function givenField(fields: Map, name: string): unknown {
  const key = Object.keys(fields).find((each) => each.toUpperCase() === name)
  const value = key === undefined ? null : fields[key]
  return isBlank(value) ? null : value
}

/** Reads a value, or refuses in the one documented sentence that gives no reason. */
export function readOr<T>(refusal: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    throw cause instanceof InvalidValue ? legacyError(refusal) : cause
  }
}

export function nameOf(input: unknown): string {
  const name = textOf(input).trim()
  if (name === '' || name.length > MAX_NAME) throw new InvalidValue('a name is expected')
  return name
}

export function sortOf(input: unknown): number {
  return input === null ? DEFAULT_SORT : integerOf(input)
}

/** `#39A8EF`; anything else is no colour and would only break pages that show it. */
export const colorOf = (input: unknown): string =>
  typeof input === 'string' && /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i.test(input.trim())
    ? `#${input.trim().replace('#', '')}`
    : ''

/** The code with its pipeline's prefix: `DECISION` in `DEAL_STAGE_1` is stored as `C1:DECISION`. */
export function statusIdOf(input: unknown, directory: StatusDirectory): string {
  const written = textOf(input).trim()
  const prefix = directory.prefix === '' ? '' : `${directory.prefix}:`
  const code = prefix !== '' && written.startsWith(prefix) ? written.slice(prefix.length) : written
  if (code === '' || (directory.strictCharacters && !/^[A-Za-z0-9_-]+$/.test(code)))
    throw new InvalidValue('a code is expected')
  if (prefix.length + code.length > directory.maxLength) throw new InvalidValue('the code is too long')
  return `${prefix}${code}`
}

export async function entriesOf(tx: Transaction, directory: string): Promise<Status[]> {
  const rows = await tx.find<StatusRow>(sql`select * from crm_status where entity_id = ${directory} order by sort, id`)
  return rows.map(statusOf)
}

/** An entry of any directory, or of one alone. */
export async function requireStatus(reader: Reader, id: number, directory?: string): Promise<Status> {
  const [row] = await reader.find<StatusRow>(sql`select * from crm_status where id = ${id}`)
  if (row === undefined || (directory !== undefined && row.entity_id !== directory))
    throw legacyError('Status is not found.')
  return statusOf(row)
}

/** In the deals' general pipeline, work in progress can't follow success (api-reference/crm/status/crm-status-add.md). */
export function checkOrder(entry: Pick<Status, 'entityId' | 'sort' | 'semantics'>, others: readonly Status[]): void {
  if (entry.entityId !== 'DEAL_STAGE' || entry.semantics === 'F') return
  const won = others.find((other) => other.semantics === 'S')
  if (won !== undefined && entry.sort > won.sort) throw legacyError(AFTER_FINAL)
}

/** Refuses when a record stands in this stage or refers to this entry of a directory. */
export async function requireUnused(
  portal: Portal,
  tx: Transaction,
  { entityId, statusId }: Status,
  directory: StatusDirectory | undefined,
): Promise<void> {
  for (const entity of await portal.entities.everything(tx))
    for (const field of entity.columns) {
      if (field.place.in !== 'column') continue
      const reference = field.kind.references?.(statusId, field)
      const refers = reference?.to === 'status' && reference.directory === entityId
      const stands =
        directory?.stages === true && entity.entityTypeId === directory.entityTypeId && field.name === entity.stageField
      if ((refers || stands) && (await hasRow(tx, entity.table, field.place.column, statusId)))
        throw legacyError('There are active items in this status.')
    }
}
