import type { Row } from '../kinds/kind.ts'
import { type CardField, fieldsNamed } from './card-fields.ts'

/** What is asked of a new record in a hurry, whatever its type: of these, the fields that it has. */
const ASKED = 'TITLE NAME LAST_NAME OPPORTUNITY_WITH_CURRENCY COMPANY_ID CONTACT_IDS PHONE EMAIL'.split(' ')
const CONTACT = 3
const COMPANY = 4
const LESS: Readonly<Record<number, readonly string[]>> = {
  [CONTACT]: ['NAME', 'LAST_NAME', 'PHONE', 'EMAIL'],
  [COMPANY]: ['TITLE', 'PHONE', 'EMAIL'],
}

/** The fields of a quick form: the usual ones, and those that the portal's own rules make necessary. */
export function quickFields(
  entityTypeId: number,
  all: readonly CardField[],
  named: readonly string[] = [],
): CardField[] {
  const usual = (LESS[entityTypeId] ?? ASKED).flatMap((key) => all.filter((each) => each.key === key))
  const needed = all.filter(({ field, isFixed }) => field.isRequired && field.isDynamic && !isFixed)
  return [...new Set([...usual, ...needed, ...named.flatMap((name) => fieldsNamed(all, name))])]
}

/** What somebody has typed while they looked for a record: a phone, an e-mail or a name. */
export function valuesOfText(entityTypeId: number, text: string): Row {
  const value = text.trim()
  if (value === '') return {}
  if (/^[+(]?\d[\d\s()/.-]{5,}$/.test(value)) return { fm: [{ typeId: 'PHONE', valueType: 'WORK', value }] }
  if (/^\S+@\S+$/.test(value)) return { fm: [{ typeId: 'EMAIL', valueType: 'WORK', value }] }
  if (entityTypeId !== CONTACT) return { title: value }
  const [name = '', ...rest] = value.split(/\s+/)
  return rest.length === 0 ? { name } : { name, lastName: rest.join(' ') }
}
