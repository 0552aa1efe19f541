import type { Kind } from '../../../schema/kind.ts'
import { string } from '../../../schema/kinds/string.ts'

/**
 * No limit, one of dates (`D`) or of times (`T`): "If any other value is passed, it will be converted to N"
 * (crm-deal-recurring-add.md).
 */
export const limitKind: Kind = {
  ...string,
  name: 'recurring-limit',
  type: { legacy: 'char', item: 'char' },
  decode: (input) => (input === 'D' || input === 'T' ? input : 'N'),
  legacy: (value) => value ?? 'N',
}
