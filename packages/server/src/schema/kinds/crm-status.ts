import { status } from './status.ts'
import type { Kind } from '../kind.ts'

/** A code of a directory in a user field; `settings.ENTITY_TYPE` names the directory. */
export const crmStatus: Kind = {
  ...status(''),
  name: 'crm-status',
  references(value, field) {
    const directory = field.settings?.ENTITY_TYPE
    return value && typeof directory === 'string' && directory !== ''
      ? { to: 'status', directory, id: String(value) }
      : undefined
  },
}
