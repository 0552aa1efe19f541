import { computed, type ComputedRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { kindOf } from '../kinds/index.ts'
import { fieldTitle } from '../model/field-title.ts'
import { type Field, useFields } from '../model/fields.ts'
import type { RecordType } from '../model/record-types.ts'
import { usableFields } from '../model/usable-fields.ts'
import type { GridColumn } from './grid.ts'

/** A column of records: a field, or the name of the record, which contacts put together from several. */
export interface RecordColumn extends GridColumn {
  readonly field: Field
  /** The fields that it is made of. */
  readonly select: readonly string[]
}

/** A record as a list has it: the fields that were asked for. */
export interface ListRow {
  readonly id: number
  readonly [field: string]: unknown
}

/** Columns that show a record's name, and lead to it. */
export const TITLE = 'title'

const WIDTHS: Readonly<Record<string, number>> = {
  string: 160,
  text: 240,
  integer: 100,
  double: 120,
  money: 130,
  boolean: 100,
  date: 130,
  datetime: 170,
  user: 155,
  employee: 155,
  crm_status: 145,
  crm_currency: 130,
  file: 140,
}
const widthOf = ({ name, type }: Field): number =>
  name === 'id'
    ? 80
    : name === TITLE
      ? 260
      : name.startsWith('phone')
        ? 140
        : name.startsWith('email')
          ? 200
          : (WIDTHS[type] ?? 160)

const NUMBERS: ReadonlySet<string> = new Set(['integer', 'double', 'money'])
/** Fields that `crm.item.list` can't order by, or whose order would mean nothing to anyone. */
const UNSORTED: ReadonlySet<string> = new Set([
  'file',
  'crm',
  'crm_multifield',
  'crm_entity',
  'iblock_element',
  'iblock_section',
])
const POINTS = /^(?:phone|email)(?:[A-Z]|$)/

function isSortable({ name, type, isMultiple }: Field): boolean {
  if (isMultiple || UNSORTED.has(type) || POINTS.test(name)) return false
  return !/^crm_(?:lead|deal|contact|company|quote|dynamic)/.test(type)
}

const nameField = (title: string): Field => ({
  name: TITLE,
  type: 'string',
  title,
  isRequired: false,
  isReadOnly: false,
  isImmutable: false,
  isMultiple: false,
  isDynamic: false,
  upperName: 'TITLE',
})

/** What a cell needs beside its own field. */
function selectOf(field: Field, type: RecordType): readonly string[] {
  const { name } = field
  if (name === TITLE)
    return type.name === 'contact'
      ? ['name', 'lastName', 'secondName', 'honorific']
      : type.name === 'lead'
        ? ['title', 'name', 'lastName', 'companyTitle']
        : ['title']
  if (name === type.stageField) return type.hasCategories ? [name, 'categoryId'] : [name]
  if (field.type === 'double' && !field.isDynamic && type.name !== 'contact')
    return name === 'opportunity' ? [name, 'currencyId', 'isManualOpportunity'] : [name, 'currencyId']
  return [name]
}

/** What a list shows until somebody chooses other columns. */
const PRESETS: Readonly<Record<string, readonly string[]>> = {
  lead: [TITLE, 'stageId', 'opportunity', 'phone', 'sourceId', 'assignedById', 'createdTime'],
  deal: [TITLE, 'stageId', 'opportunity', 'companyId', 'contactIds', 'assignedById', 'closedate'],
  contact: [TITLE, 'phone', 'email', 'companyIds', 'post', 'assignedById'],
  company: [TITLE, 'phone', 'email', 'industry', 'assignedById', 'createdTime'],
  quote: [TITLE, 'stageId', 'opportunity', 'companyId', 'closedate', 'assignedById'],
  smart_invoice: [TITLE, 'accountNumber', 'stageId', 'opportunity', 'companyId', 'closedate', 'assignedById'],
}
const OTHERS = [TITLE, 'stageId', 'opportunity', 'companyId', 'assignedById', 'createdTime']

export const presetColumns = ({ name }: RecordType): readonly string[] => PRESETS[name] ?? OTHERS

/** Every column that a type's list can show, the record's name first; undefined while they are on their way. */
export function useColumns(type: Ref<RecordType | undefined>): ComputedRef<readonly RecordColumn[] | undefined> {
  const { t } = useI18n()
  const { data: fields } = useFields(() => type.value?.entityTypeId)
  return computed(() => {
    const about = type.value
    if (about === undefined || fields.value === undefined) return undefined
    const known = new Set(fields.value.map(({ name }) => name))
    const usable = usableFields(fields.value, about)
    const all = known.has(TITLE) ? usable : [nameField(t('lists.name')), ...usable]
    return all
      .map((field) => ({
        id: field.name,
        title: field.name === TITLE && !known.has(TITLE) ? t('lists.name') : fieldTitle(field),
        width: widthOf(field),
        align: NUMBERS.has(field.type) && field.name !== 'id' && !field.isMultiple ? ('end' as const) : undefined,
        isSortable: isSortable(field),
        isFlexible: field.name === TITLE,
        field,
        select: selectOf(field, about).filter((name) => known.has(name)),
      }))
      .toSorted((a, b) => Number(b.id === TITLE) - Number(a.id === TITLE))
  })
}

/** Order by a record's name is that of the family names where there are such. */
export const orderField = (id: string, type: RecordType): string =>
  id === TITLE && type.name === 'contact' ? 'lastName' : id

/** Whether a cell can be changed where it stands. */
export const isEditable = ({ field, id }: RecordColumn, type: RecordType): boolean =>
  !field.isReadOnly &&
  !field.isImmutable &&
  field.type !== 'file' &&
  field.type !== 'crm_category' &&
  !(id === TITLE && type.name === 'contact')

/** A cell's value in plain words. */
export const cellText = ({ field, id }: RecordColumn, row: ListRow, nameOf: (row: ListRow) => string): string =>
  id === TITLE ? nameOf(row) : kindOf(field).text(row[id], field, row)
