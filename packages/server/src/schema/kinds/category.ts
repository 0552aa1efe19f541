import { integer } from './integer.ts'
import type { Kind } from '../kind.ts'

/** A pipeline by its id; 0 is the general pipeline of deals. */
export const category: Kind = {
  ...integer,
  name: 'category',
  type: { legacy: 'crm_category', item: 'crm_category' },
}
