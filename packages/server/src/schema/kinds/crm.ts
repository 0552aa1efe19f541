import { entityTypeIdOfCode, entityTypeIdOfName, codeOfEntityType } from '../entity-types.ts'
import { exactOps, InvalidValue, isBlank, textOf, type Kind } from '../kind.ts'
import type { Field } from '../entity.ts'

/** The entity types that the field's settings switch on (`{"LEAD": "Y", "DYNAMIC_128": "Y"}`); deals by default none. */
function allowedTypes(field: Field): number[] {
  return Object.entries(field.settings ?? {})
    .filter(([, value]) => value === 'Y' || value === true || value === 1)
    .map(([name]) => entityTypeIdOfName(name))
    .filter((id): id is number => id !== undefined)
}

/**
 * A link of a user field to a CRM record: a bare id where one type is allowed, `D_5` where several are
 * (api-reference/crm/data-types.md). Both spellings are taken; the first allowed type is assumed for a bare id.
 */
export const crm: Kind = {
  name: 'crm',
  type: { legacy: 'crm', item: 'crm' },
  column: 'text',
  decode(input, field) {
    if (isBlank(input) || input === false || input === 0 || input === '0') return null
    const written = textOf(input)
    const [, code, id] = /^(?:([A-Za-z]+[0-9A-Fa-f]*)_)?(\d{1,15})$/.exec(written) ?? []
    if (id === undefined) throw new InvalidValue('a CRM record is expected, as 5 or D_5')
    const allowed = allowedTypes(field)
    const type = code === undefined ? allowed[0] : entityTypeIdOfCode(code)
    if (code !== undefined && (type === undefined || (allowed.length > 0 && !allowed.includes(type))))
      throw new InvalidValue('the record is of a type that the field does not allow')
    return allowed.length === 1 || type === undefined ? id : `${codeOfEntityType(type)}_${id}`
  },
  legacy: (value) => value,
  item: (value, field) => (value !== null && allowedTypes(field).length === 1 ? Number(value) : value),
  ops: exactOps,
  empty: '',
  json: { type: 'string' },
}
