import { userFields } from '../../../methods/families/user-fields.ts'

/** Fields of the entity `ORDER` (api-reference/crm/outdated/invoice/crm-invoice-user-field-add.md). */
export default userFields('crm.invoice', 5)
