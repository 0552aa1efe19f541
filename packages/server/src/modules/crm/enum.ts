import { describeFields } from '../../methods/describe.ts'
import { method } from '../../methods/method.ts'
import { smallTable } from '../../methods/small-table.ts'
import { field } from '../../schema/entity.ts'
import { codeOfEntityType, nameOfEntityType } from '../../schema/entity-types.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { string } from '../../schema/kinds/string.ts'
import { legacyWire } from '../../schema/wire.ts'
import { enumerations, type EnumValue, orderOwnerTypes, ownerTypes } from './defaults/enumerations.ts'

const scope = 'crm'
const style = 'legacy'
const readOnly = { readOnly: true }

/** api-reference/crm/auxiliary/enum/crm-enum-fields.md */
const description = smallTable('crm_enum', 'Enumeration value', {
  id: field({ ...integer, type: { legacy: 'int', item: 'int' } }, 'ID', readOnly),
  name: field(string, 'Name', readOnly),
  symbolCode: field(string, 'Symbol code', readOnly),
  symbolCodeShort: field(string, 'Short symbol code', readOnly),
})

/** Ids are numbers here, although the rest of the family writes them as texts. */
const encode = ({ id, name, symbolCode, symbolCodeShort }: EnumValue): Record<string, unknown> => ({
  ID: id,
  NAME: name,
  SYMBOL_CODE: symbolCode,
  SYMBOL_CODE_SHORT: symbolCodeShort,
})

export default [
  ...Object.entries(enumerations).map(([name, values]) =>
    method({ name: `crm.enum.${name}`, scope, style, params: {}, run: () => values.map(encode) }),
  ),
  method({
    name: 'crm.enum.ownertype',
    scope,
    style,
    params: {},
    run: async (_none, call) => {
      const types = await call.portal.entities.types(call.session)
      const dynamic = types.map(({ entity_type_id: id, title }) => ({
        id,
        name: title,
        symbolCode: nameOfEntityType(id),
        symbolCodeShort: codeOfEntityType(id),
      }))
      return [...ownerTypes, ...dynamic].map(encode)
    },
  }),
  method({ name: 'crm.enum.getorderownertypes', scope, style, params: {}, run: () => orderOwnerTypes }),
  method({ name: 'crm.enum.fields', scope, style, params: {}, run: () => describeFields(description, legacyWire) }),
]
