import { defineEntity, field } from '../../../schema/entity.ts'
import { integer } from '../../../schema/kinds/integer.ts'

const required = { describedRequired: true } as const

/**
 * Which requisites and accounts of the client and of the seller the documents of an item show; 0 is none
 * (api-reference/crm/requisites/links/index.md).
 */
export const requisiteLink = defineEntity({
  name: 'requisite_link',
  title: 'Link of requisites',
  table: 'crm_requisite_link',
  entityTypeId: -43,
  part: true,
  rights: 'owner',
  fields: {
    id: field(integer, 'ID', { legacy: null }),
    entityTypeId: field(integer, 'Object type ID', { ...required, immutable: true }),
    entityId: field(integer, 'Object ID', { ...required, immutable: true, index: true }),
    requisiteId: field(integer, 'Link to details', { ...required, index: true }),
    bankDetailId: field(integer, 'Link to bank details', required),
    mcRequisiteId: field(integer, "Link to my company's details", { ...required, index: true }),
    mcBankDetailId: field(integer, "Link to my company's bank details", required),
  },
})
