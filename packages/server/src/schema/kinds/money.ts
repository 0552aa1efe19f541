import { formatDecimal, parseDecimal } from '../decimal.ts'
import { exactOps, InvalidValue, isBlank, textOf, type Kind } from '../kind.ts'

/** Money of a user field: `"300|USD"` on every wire (api-reference/crm/universal/userfieldconfig/index.md). */
export const money: Kind = {
  name: 'money',
  type: { legacy: 'money', item: 'money' },
  column: 'text',
  decode(input) {
    if (isBlank(input)) return null
    const [sum = '', code = ''] = textOf(input).split('|')
    const units = parseDecimal(sum === '' ? '0' : sum, 4)
    if (units === undefined || (code !== '' && !/^[A-Za-z0-9]{3}$/.test(code)))
      throw new InvalidValue('a sum with its currency is expected, as 300|USD')
    const plain = formatDecimal(units, 4).replace(/\.?0+$/, '')
    return code === '' ? plain : `${plain}|${code.toUpperCase()}`
  },
  legacy: (value) => value,
  item: (value) => value,
  ops: exactOps,
  empty: '',
  json: { type: 'string', pattern: '^-?[0-9.]+\\|[A-Z0-9]{3}$' },
}
