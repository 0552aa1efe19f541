import type { LocationQuery } from 'vue-router'
import type { Field } from '../model/fields.ts'

const RESERVED = new Set(['basis', 'copy', 'tab', 'name'])
const numeric = new Set(['integer', 'double', 'user', 'employee', 'enumeration', 'crm_category'])

/** What an address gives a new record: `?stageId=NEW&contactIds=5,6`. Fields that it does not have are ignored. */
export function queryValues(query: LocationQuery, fields: readonly Field[]): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const [name, given] of Object.entries(query)) {
    const text = String(Array.isArray(given) ? given.join(',') : (given ?? ''))
    if (RESERVED.has(name) || text === '') continue
    const field = fields.find((each) => each.name === name)
    // The first contact is one of the contacts.
    const plural =
      name === 'contactId' || name === 'companyId' ? fields.find((each) => each.name === `${name}s`) : undefined
    if (field === undefined || field.isReadOnly) continue
    const one = (part: string): unknown =>
      numeric.has(field.type) || (/^crm_(?!status|currency|multifield)/.test(field.type) && /^\d+$/.test(part))
        ? Number(part)
        : part
    if (plural !== undefined && plural.isMultiple) values[plural.name] = text.split(',').map(Number)
    else values[name] = field.isMultiple ? text.split(',').map(one) : one(text)
  }
  return values
}
