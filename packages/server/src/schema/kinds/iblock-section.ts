import { link } from './link.ts'
import type { Kind } from '../kind.ts'

/** A section of an information block, by id. Blocks themselves are outside the CRM: the id is kept as given. */
export const iblockSection: Kind = {
  ...link(0, 'iblock_section'),
  name: 'iblock-section',
  references: () => undefined,
}
