import { formatDecimal, parseDecimal } from '../decimal.ts'
import { exactOps, InvalidValue, isBlank, textOf, type Kind } from '../kind.ts'
import { setting, type Setting } from '../setting.ts'

function decode(input: unknown): string | null {
  if (isBlank(input)) return null
  const [sum = '', code = '', ...rest] = textOf(input).trim().split('|')
  const units = parseDecimal(sum === '' ? '0' : sum, 4)
  if (units === undefined || rest.length > 0 || (code !== '' && !/^[A-Za-z0-9]{3}$/.test(code)))
    throw new InvalidValue('a sum with its currency is expected, as 300|USD')
  const plain = formatDecimal(units, 4).replace(/\.?0+$/, '')
  return code === '' ? plain : `${plain}|${code.toUpperCase()}`
}

/** Money of a user field: `"300|USD"` on every wire (api-reference/crm/universal/userfieldconfig/index.md). */
export const money: Kind = {
  name: 'money',
  type: { legacy: 'money', item: 'money' },
  column: 'text',
  decode,
  legacy: (value) => value,
  item: (value) => value,
  ops: exactOps,
  empty: '',
  sum: { as: 'text' },
  references(value) {
    const code = typeof value === 'string' ? value.split('|')[1] : undefined
    return code === undefined ? undefined : { to: 'currency', id: code }
  },
  json: { type: 'string', pattern: '^-?[0-9.]+\\|[A-Z0-9]{3}$' },
}

export const moneySettings: readonly Setting[] = [
  setting('DEFAULT_VALUE', '', (input) => decode(input) ?? '', { type: 'string', title: 'Default Value' }),
]
