import { exactOps, InvalidValue, yesNo, type Kind } from '../kind.ts'

/** A system Y/N field: `char` in UPPER_CASE descriptions, `boolean` in camelCase ones, `Y`/`N` in both rows. */
export const flag: Kind = {
  name: 'flag',
  type: { legacy: 'char', item: 'boolean' },
  column: 'text',
  takesFalse: true,
  decode(input) {
    const value = yesNo(input ?? '')
    if (value === undefined) throw new InvalidValue('Y or N is expected')
    return value ? 'Y' : 'N'
  },
  legacy: (value) => value ?? 'N',
  item: (value) => value ?? 'N',
  text: (value) => (value === 'Y' ? 'Yes' : 'No'),
  ops: exactOps,
  json: { type: 'string', enum: ['Y', 'N'] },
}
