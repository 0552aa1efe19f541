import { InvalidValue, isBlank, exactOps, textOf, type Kind } from '../kind.ts'

/** A code of a directory (`crm_status`). Prefix searches have no meaning on codes: exact comparison only. */
export function status(directory: string): Kind {
  return {
    name: 'status',
    type: { legacy: 'crm_status', item: 'crm_status' },
    column: 'text',
    isCode: true,
    decode(input) {
      if (isBlank(input)) return input === '' ? '' : null
      const value = textOf(input)
      if (value.length > 50) throw new InvalidValue('the code is longer than 50 characters')
      return value
    },
    legacy: (value) => value,
    item: (value) => value,
    ops: exactOps,
    empty: '',
    references: (value) => (value ? { to: 'status', directory, id: String(value) } : undefined),
    json: { type: 'string' },
  }
}
