import { InvalidValue, isBlank, orderedOps, type Kind } from '../kind.ts'
import { momentDefault, type Setting } from '../setting.ts'
import { formatDate, parseDate } from '../time.ts'

/** A calendar day, stored as `YYYY-MM-DD`; printed as an instant of that day in the server's zone. */
export const date: Kind = {
  name: 'date',
  type: { legacy: 'date', item: 'date' },
  column: 'text',
  decode(input, _field, { zone }) {
    if (isBlank(input) || input === false) return null
    const value = parseDate(input, zone)
    if (value === undefined) throw new InvalidValue('a date is expected')
    return value
  },
  legacy: (value, _field, { zone }) => (typeof value === 'string' && value ? formatDate(value, zone) : ''),
  item: (value, _field, { zone }) => (typeof value === 'string' && value ? formatDate(value, zone) : null),
  text: (value) =>
    String(value ?? '')
      .split('-')
      .toReversed()
      .join('.'),
  ops: orderedOps,
  json: { type: 'string', format: 'date' },
}

export const dateSettings: readonly Setting[] = [momentDefault]
