import type { Method } from '../methods/method.ts'
import { batch } from '../methods/batch.ts'
import { itemCrud } from '../methods/crud.ts'
import leadMethods from './crm/lead.ts'
import systemMethods from './system.ts'
import userMethods from './user.ts'

/** The table of contents: every method of the portal. */
export const methods: readonly Method[] = [batch, ...systemMethods, ...userMethods, ...leadMethods, ...itemCrud()]
