import { string } from './string.ts'
import type { Kind } from '../kind.ts'

/** A link of a user field, kept as written. */
export const url: Kind = { ...string, name: 'url', type: { legacy: 'url', item: 'url' } }
