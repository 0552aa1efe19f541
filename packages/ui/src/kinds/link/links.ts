import type { Field } from '../../model/fields.ts'
import { knownTitle } from '../../records/titles.ts'
import { isEmpty, listOf, settingsOf } from '../kind.ts'

/** A record that a field points at. */
export interface Linked {
  readonly entityTypeId: number
  readonly id: number
}

/** The CRM's own codes, names and numbers of types (api-reference/crm/data-types.md, "CRM object type"). */
const TYPES = [
  { id: 1, name: 'LEAD', code: 'L' },
  { id: 2, name: 'DEAL', code: 'D' },
  { id: 3, name: 'CONTACT', code: 'C' },
  { id: 4, name: 'COMPANY', code: 'CO' },
  { id: 7, name: 'QUOTE', code: 'Q' },
  { id: 31, name: 'SMART_INVOICE', code: 'SI' },
] as const

const typeOfName = (name: string): number | undefined => {
  const dynamic = /^DYNAMIC_(\d+)$/i.exec(name)?.[1]
  return dynamic === undefined ? TYPES.find((type) => type.name === name.toUpperCase())?.id : Number(dynamic)
}
const typeOfCode = (code: string): number | undefined => {
  const hex = /^T([\da-f]+)$/i.exec(code)?.[1]
  return hex === undefined ? TYPES.find((type) => type.code === code.toUpperCase())?.id : Number.parseInt(hex, 16)
}
export const codeOfType = (id: number): string => TYPES.find((type) => type.id === id)?.code ?? `T${id.toString(16)}`

/** The types of records that a field may point at. */
export function targetsOf(field: Field): number[] {
  const settings = settingsOf(field)
  if (field.type === 'crm')
    return Object.entries(settings)
      .filter(([, value]) => value === 'Y' || value === true)
      .flatMap(([name]) => typeOfName(name) ?? [])
  if (typeof settings.parentEntityTypeId === 'number') return [settings.parentEntityTypeId]
  const parent = /^parentId(\d+)$/.exec(field.name)?.[1]
  if (parent !== undefined) return [Number(parent)]
  return [typeOfName(field.type.replace(/^crm_/, '')) ?? 0].filter((id) => id > 0)
}

/** What a field's value points at: `5` where one type is allowed, `D_5` where several are. */
export function linkedIds(field: Field, value: unknown): Linked[] {
  const targets = targetsOf(field)
  return listOf(value).flatMap((each) => {
    if (isEmpty(each)) return []
    const [, code, digits] = /^(?:([A-Za-z]+[\dA-Fa-f]*)_)?(\d+)$/.exec(String(each)) ?? []
    const id = Number(digits)
    const entityTypeId = code === undefined ? targets[0] : typeOfCode(code)
    return !(id > 0) || entityTypeId === undefined ? [] : [{ entityTypeId, id }]
  })
}

/** The same the other way: what a field of that kind holds of a record. */
export const linkValue = (field: Field, { entityTypeId, id }: Linked): number | string =>
  field.type === 'crm' && targetsOf(field).length > 1 ? `${codeOfType(entityTypeId)}_${id}` : id

export const linkText = (entityTypeId: number, id: number): string => knownTitle(entityTypeId, id) ?? `#${id}`
