import { integer } from './integer.ts'
import type { Kind } from '../kind.ts'

/** A person of the portal, by id. */
export const user: Kind = {
  ...integer,
  name: 'user',
  type: { legacy: 'user', item: 'user' },
  empty: 0,
  references: (value) => (value ? { to: 'user', id: Number(value) } : undefined),
}
