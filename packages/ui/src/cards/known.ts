import type { Known } from '../duplicates/duplicates.ts'
import { isPoint } from '../kinds/multifield/points.ts'
import type { Row } from '../kinds/kind.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')
const LEAD = 1
const COMPANY = 4

/** What the form of a client says of who that is: by it, it is told whether they are there already. */
export function knownOf(entityTypeId: number, row: Row): Known {
  const points = (Array.isArray(row.fm) ? row.fm : []).filter(isPoint)
  const of = (type: string): string[] => points.filter(({ typeId }) => typeId === type).map(({ value }) => value)
  const person = [text(row.name), text(row.lastName)].filter(Boolean).join(' ')
  const company = entityTypeId === COMPANY ? text(row.title) : entityTypeId === LEAD ? text(row.companyTitle) : ''
  return { phones: of('PHONE'), emails: of('EMAIL'), names: [person, company].filter((name) => name !== '') }
}
