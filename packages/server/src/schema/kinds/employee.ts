import { user } from './user.ts'
import type { Kind } from '../kind.ts'

/** A person in a user field. */
export const employee: Kind = { ...user, name: 'employee', type: { legacy: 'employee', item: 'employee' } }
