import {
  codeOfEntityType,
  entityTypeIdOfCode,
  entityTypeIdOfName,
  isDynamic,
  nameOfEntityType,
} from '../entity-types.ts'
import { exactOps, InvalidValue, isBlank, textOf, yesNo, type Kind, type Scalar } from '../kind.ts'
import type { Settings } from '../setting.ts'
import type { Field } from '../entity.ts'

/** The entity types that the field's settings switch on (`{"LEAD": "Y", "DYNAMIC_128": "Y"}`). */
function allowedTypes({ settings }: Field): number[] {
  return Object.entries(settings ?? {})
    .filter(([, value]) => yesNo(value) === true)
    .map(([name]) => entityTypeIdOfName(name))
    .filter((id): id is number => id !== undefined)
}

/** `D_5`, in any case, with its type and id; a bare id has none. Undefined for anything else. */
function parse(written: string): { type: number | undefined; id: string } | undefined {
  const [, code, digits] = /^(?:([A-Za-z]{1,3}|[Tt][0-9A-Fa-f]{1,8})_)?(\d{1,15})$/.exec(written.trim()) ?? []
  if (digits === undefined || Number(digits) === 0) return undefined
  const id = String(Number(digits))
  if (code === undefined) return { type: undefined, id }
  const type = entityTypeIdOfCode(/\d/.test(code) ? code : code.toUpperCase())
  return type === undefined || (/^t[0-9a-f]+$/i.test(code) && !isDynamic(type)) ? undefined : { type, id }
}

function decode(input: unknown, field: Field): string | null {
  if (isBlank(input) || input === false || input === 0 || input === '0') return null
  const found = parse(textOf(input))
  if (found === undefined) throw new InvalidValue('a CRM record is expected, as 5 or D_5')
  const allowed = allowedTypes(field)
  const type = found.type ?? allowed[0]
  if (type === undefined || (allowed.length > 0 && !allowed.includes(type)))
    throw new InvalidValue('the record is of a type that the field does not allow')
  return `${codeOfEntityType(type)}_${found.id}`
}

/** As the wire shows it: a bare id where one type is allowed and the value is of that type. */
function bare(value: Scalar, field: Field): string | undefined {
  const allowed = allowedTypes(field)
  const found = parse(String(value ?? ''))
  return found !== undefined && allowed.length === 1 && found.type === allowed[0] ? found.id : undefined
}

/**
 * A link of a user field to a CRM record: a bare id where one type is allowed, `D_5` where several are
 * (api-reference/crm/data-types.md). Both spellings are taken; the first allowed type is assumed for a bare id. Stored
 * with its type always, so that allowing another type later changes no value.
 */
export const crm: Kind = {
  name: 'crm',
  type: { legacy: 'crm', item: 'crm' },
  column: 'text',
  decode,
  legacy: (value, field) => bare(value, field) ?? value,
  item: (value, field) => {
    const id = bare(value, field)
    return id === undefined ? value : Number(id)
  },
  ops: exactOps,
  empty: '',
  references(value) {
    const found = parse(String(value ?? ''))
    return found?.type === undefined ? undefined : { to: 'record', entityTypeId: found.type, id: Number(found.id) }
  },
  mention: (entityTypeId, id) => `${codeOfEntityType(entityTypeId)}_${id}`,
  json: { type: 'string' },
}

/** Told in `crm.userfield.settings.fields`; quotes, invoices, orders and smart processes may be given as well. */
export const crmTargets = ['LEAD', 'CONTACT', 'COMPANY', 'DEAL'] as const

/** Which types a field allows. "If none of the options are provided, LEAD=Y" (crm-lead-userfield-add.md). */
export function readCrmSettings(input: unknown, before: Settings): Settings {
  const given = typeof input === 'object' && input !== null ? (input as Settings) : {}
  const merged: Record<string, string> = Object.fromEntries(crmTargets.map((name) => [name, 'N']))
  for (const [name, value] of [...Object.entries(before), ...Object.entries(given)]) {
    const type = entityTypeIdOfName(name.toUpperCase())
    if (type !== undefined) merged[nameOfEntityType(type)] = yesNo(value) === true ? 'Y' : 'N'
  }
  return Object.values(merged).includes('Y') ? merged : { ...merged, LEAD: 'Y' }
}
