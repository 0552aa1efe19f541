import { describeFields } from '../../methods/describe.ts'
import { method } from '../../methods/method.ts'
import { smallTable } from '../../methods/small-table.ts'
import { field } from '../../schema/entity.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { string } from '../../schema/kinds/string.ts'
import { legacyWire } from '../../schema/wire.ts'

/** api-reference/crm/auxiliary/multifield/crm-multifield-fields.md */
const description = smallTable('crm_multifield', 'Phone, e-mail, website or messenger', {
  id: field({ ...integer, type: { legacy: 'int', item: 'int' } }, 'ID', { readOnly: true }),
  typeId: field(string, 'Field Type', { readOnly: true }),
  value: field(string, 'Value'),
  valueType: field(string, 'Value Type'),
})

export default [
  method({
    name: 'crm.multifield.fields',
    scope: 'crm',
    style: 'legacy',
    params: {},
    run: () => describeFields(description, legacyWire),
  }),
]
