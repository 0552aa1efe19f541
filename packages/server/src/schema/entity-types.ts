/**
 * The CRM's own numbers, codes and names of entity types (api-reference/crm/data-types.md, "CRM object type").
 * Smart processes follow rules: `T` + lower-case hexadecimal, `DYNAMIC_n`.
 */
export interface EntityType {
  readonly id: number
  readonly name: string
  readonly code: string
}

export const entityTypes: readonly EntityType[] = [
  { id: 1, name: 'LEAD', code: 'L' },
  { id: 2, name: 'DEAL', code: 'D' },
  { id: 3, name: 'CONTACT', code: 'C' },
  { id: 4, name: 'COMPANY', code: 'CO' },
  { id: 5, name: 'INVOICE', code: 'I' },
  { id: 7, name: 'QUOTE', code: 'Q' },
  { id: 8, name: 'REQUISITE', code: 'RQ' },
  { id: 14, name: 'ORDER', code: 'O' },
  { id: 31, name: 'SMART_INVOICE', code: 'SI' },
  { id: 36, name: 'SMART_DOCUMENT', code: 'DO' },
  { id: 39, name: 'SMART_B2E_DOC', code: 'SBD' },
]

/** The lowest number that a smart process may have. */
export const FIRST_DYNAMIC = 128
export const isDynamic = (id: number): boolean => id >= FIRST_DYNAMIC

export const codeOfEntityType = (id: number): string =>
  entityTypes.find((type) => type.id === id)?.code ?? `T${id.toString(16)}`

export const nameOfEntityType = (id: number): string =>
  entityTypes.find((type) => type.id === id)?.name ?? `DYNAMIC_${id}`

export function entityTypeIdOfName(name: string): number | undefined {
  const dynamic = /^DYNAMIC_(\d+)$/.exec(name)?.[1]
  return dynamic === undefined ? entityTypes.find((type) => type.name === name)?.id : Number(dynamic)
}

export function entityTypeIdOfCode(code: string): number | undefined {
  const hex = /^T([0-9a-f]+)$/i.exec(code)?.[1]
  const known = entityTypes.find((type) => type.code === code)?.id
  return known ?? (hex === undefined ? undefined : parseInt(hex, 16))
}
