import type { Entity } from '../../schema/entity.ts'
import { sql } from '../../store/sql.ts'
import type { Reader } from '../../store/store.ts'
import type { FormDefinition } from './definition.ts'

/** A form as it is stored. */
export interface Form {
  readonly id: number
  readonly code: string
  readonly title: string
  readonly entityTypeId: number
  readonly active: boolean
  readonly definition: FormDefinition
  readonly createdBy: number
  /** Epoch seconds. */
  readonly created: number
  readonly updated: number
}

interface Row {
  readonly id: number
  readonly code: string
  readonly title: string
  readonly entity_type_id: number
  readonly active: string
  readonly definition: string
  readonly created_by: number
  readonly created: number
  readonly updated: number
}

const read = (row: Row): Form => ({
  id: Number(row.id),
  code: row.code,
  title: row.title,
  entityTypeId: Number(row.entity_type_id),
  active: row.active === 'Y',
  definition: JSON.parse(row.definition) as FormDefinition,
  createdBy: Number(row.created_by),
  created: Number(row.created),
  updated: Number(row.updated),
})

const columns = sql`id, code, title, entity_type_id, active, definition, created_by, created, updated`

export const allForms = async (reader: Reader): Promise<Form[]> =>
  (await reader.find<Row>(sql`select ${columns} from web_form order by id desc`)).map(read)

export const formById = async (reader: Reader, id: number): Promise<Form | undefined> =>
  (await reader.find<Row>(sql`select ${columns} from web_form where id = ${id}`)).map(read)[0]

export const formByCode = async (reader: Reader, code: string): Promise<Form | undefined> =>
  /^[a-z0-9]{8,40}$/.test(code)
    ? (await reader.find<Row>(sql`select ${columns} from web_form where code = ${code}`)).map(read)[0]
    : undefined

/** How often each form was sent, and when last. */
export async function submissionsOf(reader: Reader): Promise<ReadonlyMap<number, { count: number; last: number }>> {
  const rows = await reader.find<{ form_id: number; n: number; last: number }>(
    sql`select form_id, count(*) as n, max(time) as last from web_form_submission group by form_id`,
  )
  return new Map(rows.map(({ form_id, n, last }) => [Number(form_id), { count: Number(n), last: Number(last) }]))
}

/** The name of a new record where the form gives none: records of a type are told apart by more than their form. */
export const titleOf = (form: Form, entity: Entity): string =>
  form.definition.record.title || form.title || entity.title
