import { type UserFieldType, userFieldTypeOf, userFieldTypes } from '../schema/user-field-kinds.ts'
import { sql } from '../store/sql.ts'
import type { Reader } from '../store/store.ts'
import type { Table } from '../store/table.ts'

/** Types of user fields that applications have registered (api-reference/widgets/user-field/index.md). */
export const userFieldTypeTable: Table = {
  name: 'user_field_type',
  columns: {
    id: 'integer',
    application_id: 'integer',
    /** As the application calls it; for everyone else see {@link typeName}. */
    code: 'text',
    /** Where its page is. */
    handler: 'text',
    title: 'text',
    description: 'text',
    /** Pixels; 0 is the usual height. */
    height: 'integer',
    created: 'integer',
  },
  indexes: [{ columns: ['application_id', 'code'], unique: true }],
}

export interface RegisteredType {
  readonly id: number
  readonly applicationId: number
  readonly code: string
  readonly handler: string
  readonly title: string
  readonly description: string
  readonly height: number
}

/** `rest_<application>_<code>`: what `USER_TYPE_ID` of a field says. */
export const typeName = ({ applicationId, code }: Pick<RegisteredType, 'applicationId' | 'code'>): string =>
  `rest_${applicationId}_${code}`

interface TypeRow {
  readonly id: number
  readonly application_id: number
  readonly code: string
  readonly handler: string
  readonly title: string
  readonly description: string
  readonly height: number
}

/** Every registered type, or those of one application, the newest first (userfieldtype-list.md). */
export async function registeredTypes(reader: Reader, applicationId?: number): Promise<RegisteredType[]> {
  const rows = await reader.find<TypeRow>(
    applicationId === undefined
      ? sql`select * from user_field_type order by id desc`
      : sql`select * from user_field_type where application_id = ${applicationId} order by id desc`,
  )
  return rows.map((row) => ({
    id: Number(row.id),
    applicationId: Number(row.application_id),
    code: row.code,
    handler: row.handler,
    title: row.title,
    description: row.description,
    height: Number(row.height),
  }))
}

/** The type that a new field may have: the portal's own, or one that an application has registered. */
export async function availableType(reader: Reader, id: string): Promise<UserFieldType | undefined> {
  const own = userFieldTypes.get(id)
  if (own !== undefined || !id.startsWith('rest_')) return own
  const registered = await registeredTypes(reader)
  return registered.some((each) => typeName(each) === id) ? userFieldTypeOf(id) : undefined
}
