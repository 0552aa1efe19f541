import { InvalidValue, isBlank, textOf } from './kind.ts'

/** Types of multifields and the value types that the docs list (api-reference/crm/data-types.md#crm_multifield). */
export const multifieldTypes = ['PHONE', 'EMAIL', 'WEB', 'IM', 'LINK'] as const
export type MultifieldType = (typeof multifieldTypes)[number]

export interface MultifieldRow {
  readonly id: number
  readonly typeId: string
  readonly valueType: string
  readonly value: string
}

/** What a write asks of one row. An id that is not the record's own is ignored by the store. */
export type MultifieldChange =
  | {
      readonly do: 'add'
      /** Given where the row was another portal's, and keeps its id. */
      readonly id?: number
      readonly typeId: string
      readonly valueType: string
      readonly value: string
    }
  | {
      readonly do: 'change'
      readonly id: number
      readonly typeId?: string
      readonly valueType?: string
      readonly value: string
    }
  | { readonly do: 'remove'; readonly id: number }

const MAX_VALUE = 250
const VALUE_TYPE = /^[A-Za-z0-9_]{1,50}$/

const pick = (row: Record<string, unknown>, upper: string, camel: string): unknown => row[upper] ?? row[camel]
const idOf = (input: unknown): number | undefined => {
  const id = Number(typeof input === 'string' || typeof input === 'number' ? input : Number.NaN)
  return Number.isSafeInteger(id) && id > 0 ? id : undefined
}

function valueOf(input: unknown): string {
  const value = textOf(input).trim()
  if (value.length > MAX_VALUE) throw new InvalidValue(`the text is longer than ${MAX_VALUE} characters`)
  return value
}

/** What may follow a phone's number: `;12`, `, 12`, `#12`, `ext. 12`, `x12`. */
const EXTENSION = /[;,#]|ext|x|доб/i

/**
 * The digits of a phone, or the lower-cased address: what duplicate search compares. Extensions don't count, and a
 * number with its plus is another than one without (tutorials/crm/how-to-add-crm-objects/how-to-add-repeat-lead.md).
 */
export function normalise(typeId: string, value: string): string {
  const text = value.trim()
  if (typeId !== 'PHONE') return text.toLowerCase()
  const digits = (written: string): string => written.replace(/\D/g, '')
  const number = digits(text.split(EXTENSION, 1)[0] ?? '') || digits(text)
  return number !== '' && text.startsWith('+') ? `+${number}` : number
}

const validEmail = (value: string): boolean => /^[^\s@<>()[\],;:\\"]+@[^\s@<>()[\],;:\\"]+$/.test(value)

/** Unknown value types are stored as given (api-reference/crm/data-types.md), as long as they are codes. */
function valueTypeOf(input: unknown, fallback: string): string {
  if (isBlank(input)) return fallback
  const type = textOf(input).toUpperCase()
  if (!VALUE_TYPE.test(type)) throw new InvalidValue('the value type is no code')
  return type
}

function checked(typeId: string, value: string): string {
  if (typeId === 'EMAIL' && !validEmail(value)) throw new InvalidValue('the field contains an invalid address')
  return value
}

const rowsOf = (input: unknown): [string, unknown][] =>
  Array.isArray(input)
    ? input.map((row, index) => [`n${index}`, row])
    : typeof input === 'object' && input !== null
      ? Object.entries(input)
      : [['n0', input]]

/**
 * `PHONE: [{VALUE, VALUE_TYPE}, {ID, VALUE}, {ID, DELETE: "Y"}]` of UPPER_CASE methods
 * (api-reference/crm/contacts/crm-contact-update.md). A bare text counts as one WORK value, as in the docs' own PHP sample.
 */
export function legacyChanges(typeId: MultifieldType, input: unknown): MultifieldChange[] {
  if (isBlank(input) || input === false) return []
  // A single row without a list around it, as careless clients send it.
  const single =
    typeof input === 'object' && input !== null && !Array.isArray(input) && ('VALUE' in input || 'value' in input)
  return (single ? [['n0', input] as [string, unknown]] : rowsOf(input)).flatMap(([, raw]): MultifieldChange[] => {
    if (raw === null || typeof raw !== 'object') {
      const bare = isBlank(raw) ? '' : valueOf(raw)
      return bare === '' ? [] : [{ do: 'add', typeId, valueType: 'WORK', value: checked(typeId, bare) }]
    }
    const row = raw as Record<string, unknown>
    const id = idOf(pick(row, 'ID', 'id'))
    const given = pick(row, 'VALUE', 'value')
    const value = isBlank(given) ? '' : valueOf(given)
    if (id !== undefined) {
      if (value === '' || pick(row, 'DELETE', 'delete') === 'Y') return [{ do: 'remove', id }]
      const type = pick(row, 'VALUE_TYPE', 'valueType')
      return [
        {
          do: 'change',
          id,
          value: checked(typeId, value),
          ...(isBlank(type) ? {} : { valueType: valueTypeOf(type, 'WORK') }),
        },
      ]
    }
    if (value === '') return []
    return [
      {
        do: 'add',
        typeId,
        valueType: valueTypeOf(pick(row, 'VALUE_TYPE', 'valueType'), 'WORK'),
        value: checked(typeId, value),
      },
    ]
  })
}

/**
 * `fm` of camelCase methods: a list on add; on update a map whose `n0` keys add and whose numeric keys change or,
 * with an empty value, remove. An element without `typeId` is silently skipped
 * (tutorials/crm/how-to-edit-crm-objects/how-to-change-email-or-phone.md).
 */
export function itemChanges(input: unknown): MultifieldChange[] {
  if (isBlank(input) || input === false) return []
  const list = Array.isArray(input)
  return rowsOf(input).flatMap(([key, raw]): MultifieldChange[] => {
    if (raw === null || typeof raw !== 'object') return []
    const row = raw as Record<string, unknown>
    const type = pick(row, 'TYPE_ID', 'typeId')
    const typeId = typeof type === 'string' ? type.toUpperCase() : ''
    if (!multifieldTypes.includes(typeId as MultifieldType)) return []
    const id = idOf(pick(row, 'ID', 'id')) ?? (list ? undefined : idOf(key))
    const given = pick(row, 'VALUE', 'value')
    const value = isBlank(given) ? '' : valueOf(given)
    const valueType = pick(row, 'VALUE_TYPE', 'valueType')
    if (id !== undefined) {
      if (value === '') return [{ do: 'remove', id }]
      return [
        {
          do: 'change',
          id,
          typeId,
          value: checked(typeId, value),
          ...(isBlank(valueType) ? {} : { valueType: valueTypeOf(valueType, 'WORK') }),
        },
      ]
    }
    if (value === '') return []
    return [{ do: 'add', typeId, valueType: valueTypeOf(valueType, 'WORK'), value: checked(typeId, value) }]
  })
}
