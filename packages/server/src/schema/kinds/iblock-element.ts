import { link } from './link.ts'
import type { Kind } from '../kind.ts'

/** An element of an information block, by id. Blocks themselves are outside the CRM: the id is kept as given. */
export const iblockElement: Kind = {
  ...link(0, 'iblock_element'),
  name: 'iblock-element',
  references: () => undefined,
}
