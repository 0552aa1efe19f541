import type { Kind } from '../kind.ts'
import { blockItem } from './iblock.ts'

/** An element of an information block. */
export const iblockElement: Kind = blockItem('iblock-element', 'iblock_element')
