import { crud } from '../../../methods/crud.ts'
import { userFields } from '../../../methods/families/user-fields.ts'
import { legacyStyle } from '../../../methods/errors.ts'
import type { Call } from '../../../methods/method.ts'
import { bankDetail } from './bank-detail.ts'
import { requisite } from './requisite.ts'
import { guardBankDetail, guarded, guardRequisite, readsClients, shownBankDetails, shownRequisites } from './rights.ts'

/** "A user with 'read' access permission for requisites" (crm-requisite-userfield-list.md). */
async function requireClients(call: Call): Promise<void> {
  if (!(await readsClients(call))) throw legacyStyle.accessDenied('read')
}

const ofUserFields = userFields('crm.requisite', requisite.entityTypeId, {
  taken: (detail) => `The field ${detail.replace(' for object ', ' for the ')} object already exists.`,
  notFoundOnWrite: '',
})

/** api-reference/crm/requisites/index.md. */
export default [
  ...crud('crm.requisite', requisite.entityTypeId, { guard: guardRequisite, shown: shownRequisites, plainRows: true }),
  ...crud('crm.requisite.bankdetail', bankDetail.entityTypeId, {
    guard: guardBankDetail,
    shown: shownBankDetails,
    plainRows: true,
  }),
  ...ofUserFields.map((each) => (/\.(get|list)$/.test(each.name) ? guarded(each, requireClients) : each)),
]
