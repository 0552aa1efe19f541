import { defineEntity, field } from '../../../schema/entity.ts'
import { integer } from '../../../schema/kinds/integer.ts'
import { string } from '../../../schema/kinds/string.ts'
import { text } from '../../../schema/kinds/text.ts'

const key = { describedRequired: true, immutable: true } as const

/**
 * An address of a requisite or a lead: one of each type (api-reference/crm/requisites/addresses/index.md). Its row is
 * its "location address" as well, whose number is thus the row's own.
 */
export const address = defineEntity({
  name: 'address',
  title: 'Address',
  table: 'crm_address',
  entityTypeId: -42,
  part: true,
  rights: 'owner',
  fields: {
    id: field(integer, 'Location address identifier', { legacy: 'LOC_ADDR_ID' }),
    typeId: field(integer, 'TYPE_ID', key),
    entityTypeId: field(integer, 'ENTITY_TYPE_ID', key),
    entityId: field(integer, 'ENTITY_ID', { ...key, index: true }),
    address1: field(text, 'Street, house, building, structure', { upper: 'ADDRESS_1' }),
    address2: field(string, 'Apartment / office', { upper: 'ADDRESS_2' }),
    city: field(string, 'City'),
    postalCode: field(string, 'Postal code'),
    region: field(string, 'Region'),
    province: field(string, 'Province'),
    country: field(string, 'Country'),
    countryCode: field(string, 'COUNTRY_CODE'),
    /** The lead, or the contact or company of the requisite. */
    anchorTypeId: field(integer, 'ANCHOR_TYPE_ID', { readOnly: true }),
    anchorId: field(integer, 'ANCHOR_ID', { readOnly: true, index: true }),
  },
})
