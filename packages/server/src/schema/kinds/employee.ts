import { exactOps, InvalidValue, integerOf, isBlank, type Kind } from '../kind.ts'

/** A person in a user field; 0 is nobody. */
export const employee: Kind = {
  name: 'employee',
  type: { legacy: 'employee', item: 'employee' },
  column: 'integer',
  decode(input) {
    if (isBlank(input) || input === false) return null
    const id = integerOf(input)
    if (id < 0) throw new InvalidValue('the id of a person is expected')
    return id || null
  },
  legacy: (value) => (value === null ? null : String(value)),
  item: (value) => value,
  ops: exactOps,
  empty: 0,
  references: (value) => (value ? { to: 'user', id: Number(value), active: true } : undefined),
  json: { type: 'integer' },
}
