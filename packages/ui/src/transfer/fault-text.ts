import { say } from '../i18n/index.ts'
import type { FieldInfo, RowFault } from './engine.ts'

const KINDS: Readonly<Record<string, string>> = {
  integer: 'integer',
  int: 'integer',
  double: 'number',
  float: 'number',
  money: 'number',
  boolean: 'flag',
  char: 'flag',
  date: 'date',
  datetime: 'date',
  enumeration: 'choice',
  crm_status: 'choice',
  crm_category: 'choice',
  crm_currency: 'currency',
  user: 'person',
  employee: 'person',
}

/** What is wrong with a cell, in the language of the interface: the engine tells it in English. */
export function faultText({ code, value }: Pick<RowFault, 'code' | 'value'>, field: FieldInfo | undefined): string {
  if (code === 'EMPTY') return say('transfer.fault.empty')
  if (code === 'REQUIRED') return say('transfer.fault.required')
  if (code === 'TOO_LONG') return say('transfer.fault.tooLong', { n: String(field?.settings.MAX_LENGTH ?? '') })
  if (code === 'TOO_SHORT') return say('transfer.fault.tooShort', { n: String(field?.settings.MIN_LENGTH ?? '') })
  const kind = KINDS[field?.type ?? ''] ?? (field?.type.startsWith('crm') === true ? 'record' : 'other')
  return say(`transfer.fault.${kind}`, { value })
}
