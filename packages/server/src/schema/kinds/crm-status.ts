import { status } from './status.ts'
import type { Kind } from '../kind.ts'
import { line, type Setting } from '../setting.ts'

/** Unlike system fields, a user field refuses a code that its directory doesn't have, on both wires. */
const { isCode: _kept, ...code } = status('')

/** A code of a directory in a user field; `settings.ENTITY_TYPE` names the directory. */
export const crmStatus: Kind = {
  ...code,
  name: 'crm-status',
  references(value, field) {
    const directory = field.settings?.ENTITY_TYPE
    return value && typeof directory === 'string' && directory !== ''
      ? { to: 'status', directory, id: String(value) }
      : undefined
  },
}

export const crmStatusSettings: readonly Setting[] = [line('ENTITY_TYPE', '', 'Directory')]
