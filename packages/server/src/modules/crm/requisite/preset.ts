import { defineEntity, field } from '../../../schema/entity.ts'
import { datetime } from '../../../schema/kinds/datetime.ts'
import { flag } from '../../../schema/kinds/flag.ts'
import { integer } from '../../../schema/kinds/integer.ts'
import { string } from '../../../schema/kinds/string.ts'
import { user } from '../../../schema/kinds/user.ts'

/** Which fields requisites of a kind have, in a country (api-reference/crm/requisites/presets/index.md). */
export const preset = defineEntity({
  name: 'requisite_preset',
  title: 'Requisite template',
  table: 'crm_requisite_preset',
  entityTypeId: -41,
  part: true,
  rights: 'owner',
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    entityTypeId: field(integer, 'Object type ID', { describedRequired: true, immutable: true }),
    countryId: field(integer, 'Country ID', { describedRequired: true, immutable: true }),
    name: field(string, 'Name', { required: true }),
    dateCreate: field(datetime, 'Creation date', { readOnly: true }),
    dateModify: field(datetime, 'Modification date', { readOnly: true }),
    createdById: field(user, 'Created by', { readOnly: true }),
    modifyById: field(user, 'Modified by', { readOnly: true }),
    active: field(flag, 'Active'),
    sort: field(integer, 'Sorting'),
    xmlId: field(string, 'External code'),
    /** The last id that a field of the template was given: none is given twice. */
    lastFieldId: field(integer, 'Last field', { legacy: null }),
  },
})
