import { i18n } from '../i18n/index.ts'
import type { Field } from './fields.ts'
import { titleKey } from './title-key.ts'

/** Fields that join a record to smart processes are called as the portal calls those. */
const PROCESS_LINK = /^parentId\d{3,}$/i

/**
 * What a field is called, in the language of the interface. The server tells titles in English; those of standard
 * fields have a text here, and what the portal's people have named themselves stays as they have named it.
 */
export function fieldTitle({ title, name, isDynamic }: Pick<Field, 'title' | 'name' | 'isDynamic'>): string {
  if (PROCESS_LINK.test(name) || (isDynamic && !STANDARD_CUSTOM.has(name))) return title
  const key = `fields.${titleKey(title)}`
  return i18n.global.te(key) ? i18n.global.t(key) : title
}

/** Custom fields that every portal has from its first day. */
const STANDARD_CUSTOM: ReadonlySet<string> = new Set(['ufLogo', 'ufStamp', 'ufDirectorSign', 'ufAccountantSign'])
