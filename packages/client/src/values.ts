import type { ItemsByType } from './rows.gen.ts'

/** Ids come as numbers or as their digits, and go as either. */
export type Id = number | string
/** Yes or no, in any of the spellings that portals take. */
export type Flag = boolean | 0 | 1 | 'Y' | 'N' | '0' | '1'
export type Fields = { [name: string]: unknown }
/** A method without parameters. */
export type None = Record<string, never>

/** A phone, an e-mail address, a site or a messenger. */
export interface Multifield {
  ID?: Id
  VALUE?: string
  /** `WORK`, `MOBILE`, `HOME`, `MAILING`, `OTHER`, … */
  VALUE_TYPE?: string
  TYPE_ID?: string
  /** Sent with an ID: takes this one away. */
  DELETE?: 'Y'
}

/** The same in camelCase rows. */
export interface MultifieldItem {
  id?: Id
  value?: string
  valueType?: string
  typeId?: string
}

/** A file, as rows show it. */
export interface FileValue {
  id?: Id
  url?: string
  urlMachine?: string
  showUrl?: string
  downloadUrl?: string
}

/** A file, as it is sent: its name and the base64 of its bytes. */
export type FileInput =
  | readonly [name: string, base64: string]
  | { readonly fileData: readonly [string, string] }
  | { readonly id: Id }
  | { readonly remove: 'Y' }
  | Id

/** A value of a product's property, or several. */
export type MultipleValue =
  | { value: unknown; valueId?: Id; valueEnum?: string }
  | readonly { value: unknown; valueId?: Id; valueEnum?: string }[]
  | null

/** The description of a field, as `crm.*.fields` gives it. */
export interface FieldDescription {
  type: string
  title?: string
  isRequired?: boolean
  isReadOnly?: boolean
  isImmutable?: boolean
  isMultiple?: boolean
  isDynamic?: boolean
  /** Of directories: what `crm.status.list` calls ENTITY_ID. */
  statusType?: string
  /** In camelCase descriptions: the field's other name. */
  upperName?: string
  [more: string]: unknown
}
export type FieldDescriptions = Record<string, FieldDescription>

/** A row of `crm.item`: what every type has, and by other names whatever this one has. */
export interface ItemRow {
  id: number
  title?: string | null
  xmlId?: string | null
  createdTime?: string | null
  updatedTime?: string | null
  createdBy?: number | null
  updatedBy?: number | null
  assignedById?: number | null
  opened?: 'Y' | 'N' | null
  stageId?: string | null
  categoryId?: number | null
  companyId?: number | null
  contactId?: number | null
  contactIds?: number[]
  opportunity?: number | null
  currencyId?: string | null
  [field: string]: unknown
}

/** A row of `crm.item` of one type, by its number: `ItemOf<2>` is a deal. */
export type ItemOf<TypeId extends number> = TypeId extends keyof ItemsByType ? ItemsByType[TypeId] : ItemRow

/** What is sent of a row: any of its fields, numbers also as texts, null to empty one. */
export type Input<Of> = { readonly [Name in keyof Of]?: Sent<Of[Name]> }
type Sent<Value> =
  | null
  | undefined
  | (Value extends FileValue
      ? FileInput
      : Value extends readonly (infer Each)[]
        ? readonly Sent<Each>[]
        : Value extends string
          ? string extends Value
            ? string | number | Date
            : Value | boolean
          : Value extends number
            ? Id
            : Value)

type Operator = '=' | '!' | '@' | '>' | '<' | '%' | '?'
/**
 * Conditions, all of which must hold. An operator stands before the name: `>`, `>=`, `<`, `<=`, `!`, `@` one of, `!@`
 * none of, `%` contains, `=%` like. `crm.item.list` takes groups too: `{ 0: { logic: 'OR', 0: …, 1: … } }`.
 */
export type Filter<Of> = { readonly [Name in keyof Of]?: unknown } & {
  readonly [Condition in `${Operator}${string}`]?: unknown
} & {
  readonly [group: number]: Filter<Of>
  readonly logic?: 'AND' | 'OR'
}
export type Order<Of> = { readonly [Name in keyof Of]?: 'ASC' | 'DESC' | 'asc' | 'desc' }
/** Names of fields; `*` is every usual one, `UF_*` every user field. */
export type Select<Of> = readonly ((keyof Of & string) | '*' | 'UF_*' | 'uf*' | (string & {}))[]
