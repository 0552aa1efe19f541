import { exactOps, InvalidValue, integerOf, isBlank, type Kind } from '../../../schema/kind.ts'
import { file } from '../../../schema/kinds/file.ts'
import { integer } from '../../../schema/kinds/integer.ts'
import { string } from '../../../schema/kinds/string.ts'

/** A number that is 0 where nothing was set. */
export const count: Kind = { ...integer, legacy: (value) => String(value ?? 0), empty: 0 }

/** One of the numbers of an enumeration, up to `last`; 0 means "not defined" (api-reference/crm/data-types.md, "Activity Enumerations"). */
export function choice(enumeration: string, last: number): Kind {
  const type = `crm_enum_${enumeration}`
  return {
    ...count,
    name: 'choice',
    type: { legacy: type, item: type },
    decode(input) {
      if (isBlank(input)) return 0
      const value = integerOf(input)
      if (value < 0 || value > last) throw new InvalidValue(`a number from 0 to ${last} is expected`)
      return value
    },
  }
}

export const ownerType: Kind = {
  ...integer,
  name: 'ownerType',
  type: { legacy: 'crm_enum_ownertype', item: 'crm_enum_ownertype' },
}

const MAX_OBJECT = 100_000

/** What applications keep with an activity: any map, as JSON. PHP's empty map is a list. */
export const object: Kind = {
  ...string,
  name: 'object',
  type: { legacy: 'object', item: 'object' },
  decode(input) {
    if (isBlank(input) || input === false) return null
    if (typeof input !== 'object') throw new InvalidValue('a map is expected')
    const json = JSON.stringify(input)
    if (json.length > MAX_OBJECT) throw new InvalidValue(`it is larger than ${MAX_OBJECT} characters`)
    return json === '{}' ? null : json
  },
  legacy: (value) => (typeof value === 'string' ? (JSON.parse(value) as unknown) : []),
  ops: exactOps,
}

/** A file of an activity, which has one address only (crm-activity-list.md, "Retrieving Attachments"). */
export const diskFile: Kind = {
  ...file,
  type: { legacy: 'diskfile', item: 'diskfile' },
  legacy: (value, _field, context) =>
    value ? { id: Number(value), url: context.fileUrls(Number(value)).machine } : null,
}

/** What stands in tables of its own and is only described here. */
export const rows = (type: string): Kind => ({ ...string, name: 'rows', type: { legacy: type, item: type } })
