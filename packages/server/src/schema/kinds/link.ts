import { integer } from './integer.ts'
import { InvalidValue, integerOf, isBlank, type Kind } from '../kind.ts'

/** A link to one record of another entity. `type` is its name in descriptions (`crm_company`, `crm_entity`…). */
export function link(entityTypeId: number, type: string): Kind {
  return {
    ...integer,
    name: 'link',
    type: { legacy: type, item: type },
    empty: 0,
    target: entityTypeId,
    decode(input) {
      if (isBlank(input) || input === false) return null
      const value = integerOf(input)
      if (value < 0) throw new InvalidValue('an id is expected')
      return value
    },
    references: (value) => (value ? { to: 'record', entityTypeId, id: Number(value) } : undefined),
  }
}
