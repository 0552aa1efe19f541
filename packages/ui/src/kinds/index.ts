import { isFile } from './file/files.ts'
import { isEmpty, type Kind, listOf, type Row } from './kind.ts'
import type { Field } from '../model/fields.ts'
import { isPoint } from './multifield/points.ts'
import MultipleView from './multiple/View.vue'
import { kindOfOne, late, link, repeated, user } from './one.ts'

export type { InputProps, Kind, Row, ViewProps } from './kind.ts'
export { isEmpty, listOf } from './kind.ts'
export { kindOfOne } from './one.ts'

const several = new Map<Kind, Kind>()

function multiple(one: Kind): Kind {
  let found = several.get(one)
  if (found === undefined) {
    found = {
      ...one,
      View: MultipleView,
      Input: late(() => import('./multiple/Input.vue')),
      text: (value, field, row) =>
        listOf(value)
          .map((each) => one.text(each, field, row))
          .join(', '),
    }
    several.set(one, found)
  }
  return found
}

/** How a field is shown and changed. */
export function kindOf(field: Field): Kind {
  const one = kindOfOne(field)
  return field.isMultiple && repeated.has(one) ? multiple(one) : one
}

/** Whether two values of a field are the same to a person: an empty one is empty, however it is written. */
export function sameValue(field: Field, one: unknown, other: unknown): boolean {
  return JSON.stringify(comparable(field, one)) === JSON.stringify(comparable(field, other))
}

function comparable(field: Field, value: unknown): unknown {
  // Nobody and no record are written as 0.
  if (isEmpty(value) || (value === 0 && [link, user].includes(kindOfOne(field)))) return null
  if (Array.isArray(value)) return value.map((each) => comparable(field, each))
  if (field.type === 'date') return String(value).slice(0, 10)
  if (field.type === 'datetime') return new Date(String(value)).getTime()
  if (isFile(value)) return 'id' in value ? value.id : value
  if (isPoint(value)) return [value.id ?? null, value.typeId, value.valueType, value.value]
  return String(value)
}

/** The values of some fields, as a write takes them. */
export function writtenOf(fields: readonly Field[], values: Row, before: Row = {}): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const field = fields.find((each) => each.name === name)
      const write = field === undefined ? undefined : kindOfOne(field).write
      return [name, field === undefined || write === undefined ? value : write(value, before[name], field)]
    }),
  )
}
