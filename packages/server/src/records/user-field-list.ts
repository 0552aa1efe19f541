import { defineEntity, field, type Field } from '../schema/entity.ts'
import type { Kind, Scalar } from '../schema/kind.ts'
import { flag } from '../schema/kinds/flag.ts'
import { integer } from '../schema/kinds/integer.ts'
import { text } from '../schema/kinds/text.ts'
import { countRecords, type Order, scalarOf, select } from '../store/entity-query.ts'
import { and, type Test } from '../store/entity-test.ts'
import type { Reader } from '../store/store.ts'
import type { UserFieldRow } from './entities.ts'

const hidden = (kind: Kind, title: string): ((name: string) => Field) =>
  field(kind, title, { legacy: null, item: false, undescribed: true })

/** User fields as records, so that their lists have the filters and orders of all lists. */
export const userFieldRecord = defineEntity({
  name: 'userField',
  title: 'User field',
  table: 'user_field',
  entityTypeId: 0,
  fields: {
    id: field(integer, 'ID'),
    entityId: field(text, 'Object'),
    fieldName: field(text, 'Code'),
    userTypeId: field(text, 'Data type'),
    xmlId: field(text, 'External ID'),
    sort: field(integer, 'Sorting'),
    multiple: field(flag, 'Multiple'),
    mandatory: field(flag, 'Mandatory'),
    showFilter: field(text, 'Show in list filter'),
    showInList: field(flag, 'Show in list'),
    editInList: field(flag, 'Allow user editing'),
    isSearchable: field(flag, 'Field values are searchable'),
    settings: hidden(text, 'Settings'),
    editFormLabel: hidden(text, 'Label in edit form'),
    listColumnLabel: hidden(text, 'Header in list'),
    listFilterLabel: hidden(text, 'Filter label in list'),
    errorMessage: hidden(text, 'Error message'),
    helpMessage: hidden(text, 'Help'),
  },
})

/** What lists may be ordered by (crm-lead-userfield-list.md). */
const ORDERED = new Set(['id', 'fieldName', 'userTypeId', 'xmlId', 'sort'])
const presetOrder: readonly Order[] = [{ field: userFieldRecord.field('sort'), direction: 'ASC' }]

/** Rows of user fields of these entities, by default in the order of SORT, then ID. */
export async function listUserFields(
  reader: Reader,
  entityIds: readonly string[],
  request: { test: Test | undefined; order: readonly Order[]; limit?: number; offset?: number },
): Promise<{ rows: UserFieldRow[]; total: number }> {
  if (entityIds.length === 0) return { rows: [], total: 0 }
  const own: Test = { is: 'compare', field: userFieldRecord.field('entityId'), op: 'in', values: entityIds }
  const test = request.test === undefined ? own : and([own, request.test])
  const order = request.order.filter((each) => ORDERED.has(each.field.name))
  const stored = await select(reader, {
    entity: userFieldRecord,
    fields: userFieldRecord.fields,
    test,
    order: order.length > 0 ? order : presetOrder,
    ...(request.limit === undefined ? {} : { limit: request.limit, offset: request.offset ?? 0 }),
  })
  const rows = stored.map(
    (each) =>
      Object.fromEntries(
        userFieldRecord.fields.map((column) => [userFieldRecord.columnOf(column.name), scalarOf(each, column)]),
      ) as Record<string, Scalar> as unknown as UserFieldRow,
  )
  const total = request.limit === undefined ? rows.length : await countRecords(reader, userFieldRecord, test)
  return { rows, total }
}
