import type { Kind } from '../kind.ts'
import { blockItem } from './iblock.ts'

/** A section of an information block. */
export const iblockSection: Kind = blockItem('iblock-section', 'iblock_section')
