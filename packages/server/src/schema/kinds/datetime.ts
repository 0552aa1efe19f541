import { InvalidValue, isBlank, orderedOps, type Kind } from '../kind.ts'
import { flagSetting, momentDefault, type Setting } from '../setting.ts'
import { formatDateTime, parseDateTime } from '../time.ts'

/** An instant, stored as epoch seconds; printed in the server's zone as DATE_ATOM. Empty is `""` or `null`. */
export const datetime: Kind = {
  name: 'datetime',
  type: { legacy: 'datetime', item: 'datetime' },
  column: 'integer',
  decode(input, _field, { zone }) {
    if (isBlank(input) || input === false) return null
    const value = parseDateTime(input, zone)
    if (value === undefined) throw new InvalidValue('a date and time is expected')
    return value + 0
  },
  legacy: (value, _field, { zone }) => (typeof value === 'number' ? formatDateTime(value, zone) : ''),
  item: (value, _field, { zone }) => (typeof value === 'number' ? formatDateTime(value, zone) : null),
  text(value, { zone }) {
    const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T(\d+:\d+)/.exec(formatDateTime(Number(value), zone)) ?? []
    return `${day}.${month}.${year} ${time}`
  },
  ops: orderedOps,
  json: { type: 'string', format: 'date-time' },
}

export const datetimeSettings: readonly Setting[] = [
  momentDefault,
  flagSetting('USE_SECOND', 'Y'),
  flagSetting('USE_TIMEZONE', 'N'),
]
