import { string } from './string.ts'
import type { Kind } from '../kind.ts'

/** A place of the catalogue of locations, by its code. */
export const location: Kind = { ...string, name: 'location', type: { legacy: 'location', item: 'location' } }
