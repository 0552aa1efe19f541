import { InvalidValue, isBlank, type Kind, textOf } from '../../../schema/kind.ts'
import { integer } from '../../../schema/kinds/integer.ts'
import { link } from '../../../schema/kinds/link.ts'
import { text } from '../../../schema/kinds/text.ts'
import { user } from '../../../schema/kinds/user.ts'

const MAX_PROPERTY = 2000

const named = (kind: Kind, legacy: string): Kind => ({ ...kind, type: { legacy, item: legacy } })

/** Links and people are described as plain integers here (crm-invoice-fields.md). */
export const pointer = (entityTypeId: number): Kind => link(entityTypeId, 'integer')
export const person = named(user, 'integer')
/** An id that a required field must have: 0 is none. */
export const identifier: Kind = { ...integer, empty: 0 }
export const longText = named(text, 'text')
export const note = named(text, 'string')

/** What the printed invoice says of the payer: a company's keys, a contact's, and those that the examples send empty. */
const PROPERTIES = `
  COMPANY COMPANY_ADR CONTACT_PERSON EMAIL PHONE INN KPP FIO ADDRESS FAX ZIP CITY LOCATION`
  .trim()
  .split(/\s+/)

/** `INVOICE_PROPERTIES`: texts by their documented keys, kept as JSON; unknown keys are ignored like unknown fields. */
export const properties: Kind = {
  ...named(text, 'array'),
  name: 'invoice-properties',
  decode(input) {
    if (isBlank(input) || input === false) return '{}'
    if (typeof input !== 'object' || input === null) throw new InvalidValue('a map is expected')
    const found: Record<string, string> = {}
    for (const [key, value] of Object.entries(input)) {
      const name = key.toUpperCase()
      if (!PROPERTIES.includes(name)) continue
      const written = isBlank(value) ? '' : textOf(value)
      if (written.length > MAX_PROPERTY) throw new InvalidValue(`${name} is longer than ${MAX_PROPERTY} characters`)
      found[name] = written
    }
    return JSON.stringify(found)
  },
  legacy(value) {
    const found = JSON.parse(String(value ?? '{}')) as Record<string, string>
    // PHP's empty map is a list.
    return Object.keys(found).length === 0 ? [] : found
  },
  ops: new Set(),
  json: { type: 'object', additionalProperties: { type: 'string' } },
}

/** `PRODUCT_ROWS`, which are rows of a table of their own. */
export const productRows: Kind = {
  ...named(integer, 'array'),
  name: 'invoice-rows',
  column: 'text',
  ops: new Set(),
  json: { type: 'array', items: { type: 'object' } },
}
