import { InvalidValue, isBlank, textOf, exactOps, type Kind, type Scalar } from '../../schema/kind.ts'
import { amount } from '../../schema/kinds/amount.ts'
import { link } from '../../schema/kinds/link.ts'
import { string } from '../../schema/kinds/string.ts'
import { user } from '../../schema/kinds/user.ts'
import { camelFromUpper, upperSnake } from '../../schema/user-field-names.ts'

/** A kind under another name of its type. */
export const typed = (kind: Kind, type: string): Kind => ({ ...kind, type: { legacy: type, item: type } })

/** A person, whom the catalogue describes as a plain number. */
export const person = typed(user, 'integer')

/** A record of another entity, whose going empties the field. */
export const linked = (entityTypeId: number): Kind => link(entityTypeId, 'integer')

/** A record of another entity, for fields that hooks look after when that record goes. */
export function reference(entityTypeId: number): Kind {
  const { target: _cared, ...kind } = linked(entityTypeId)
  return kind
}

/** An amount that may be missing: no price is another thing than a price of nothing. */
export const price: Kind = {
  ...amount,
  decode: (input, field, context) => (isBlank(input) ? null : amount.decode(input, field, context)),
  legacy: (value, field, context) => (value === null ? null : amount.legacy(value, field, context)),
  item: (value, field, context) => (value === null ? null : amount.item(value, field, context)),
}

/** One of a few words, in any case; `preset` stands where nothing is given. */
export function choice(words: readonly string[], preset: string | null, type = 'char'): Kind {
  return {
    ...typed(string, type),
    ops: exactOps,
    takesFalse: true,
    decode(input) {
      if (isBlank(input)) return preset
      const given = input === true ? 'Y' : input === false ? 'N' : textOf(input).trim()
      const word = words.find((each) => each.toLowerCase() === given.toLowerCase())
      if (word === undefined) throw new InvalidValue(`one of ${words.join(', ')} is expected`)
      return word
    },
    legacy: (value) => value,
    item: (value) => value,
    json: { type: 'string', enum: words },
  }
}

const parsed = (value: Scalar): unknown => (typeof value === 'string' && value !== '' ? JSON.parse(value) : null)

/** Anything, kept as it came: the default value of a property is what its values are. */
export const anything: Kind = {
  ...typed(string, 'object'),
  ops: new Set(),
  decode: (input) => (isBlank(input) || input === false ? null : JSON.stringify(input)),
  legacy: parsed,
  item: parsed,
  json: {},
}

type Renaming = (name: string) => string
function renamed(value: unknown, name: Renaming): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((each) => renamed(each, name))
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [name(key), renamed(each, name)]))
}

/** Settings by name: UPPER_CASE in `crm.*` and in the store, camelCase in `catalog.*`. */
export const settings: Kind = {
  ...anything,
  decode(input) {
    if (isBlank(input) || input === false) return null
    if (typeof input !== 'object') throw new InvalidValue('a map is expected')
    return JSON.stringify(renamed(Array.isArray(input) ? {} : input, upperSnake))
  },
  item: (value) => renamed(parsed(value), (key) => camelFromUpper(key)),
}
