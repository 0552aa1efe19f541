import { exactOps, InvalidValue, isBlank, textOf, type Kind } from '../kind.ts'

/** A currency by its code. */
export const currency: Kind = {
  name: 'currency',
  type: { legacy: 'crm_currency', item: 'crm_currency' },
  column: 'text',
  decode(input) {
    if (isBlank(input)) return null
    const value = textOf(input).toUpperCase()
    if (!/^[A-Z0-9]{3}$/.test(value)) throw new InvalidValue('a currency code is expected')
    return value
  },
  legacy: (value) => value,
  item: (value) => value,
  ops: exactOps,
  empty: '',
  references: (value) => (value ? { to: 'currency', id: String(value) } : undefined),
  json: { type: 'string', minLength: 3, maxLength: 3 },
}
