import { crud } from '../../methods/crud.ts'
import { ApiError, legacyError } from '../../methods/errors.ts'
import { defineEntity, field } from '../../schema/entity.ts'
import { category } from '../../schema/kinds/category.ts'
import { date } from '../../schema/kinds/date.ts'
import { file } from '../../schema/kinds/file.ts'
import { flag } from '../../schema/kinds/flag.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { link } from '../../schema/kinds/link.ts'
import { status } from '../../schema/kinds/status.ts'
import { string } from '../../schema/kinds/string.ts'
import { text } from '../../schema/kinds/text.ts'
import * as common from './common-fields.ts'

const fields = {
  ...common.id(),
  ...common.authorship(),
  ...common.responsible('Responsible Person', 'Available to All'),
  ...common.company({ deprecated: true }),
  sourceId: field(status('SOURCE'), 'Source', { statusType: 'SOURCE', firstByDefault: true }),
  sourceDescription: field(text, 'Additional Source Information'),
  // Described as required, yet no page asks for them, and the documentation's own samples leave some out.
  name: field(string, 'First Name', { describedRequired: true }),
  lastName: field(string, 'Last Name', { describedRequired: true }),
  secondName: field(string, 'Middle Name', { describedRequired: true }),
  shortName: common.disabled(string, 'Short name'),
  photo: field(file, 'Photo'),
  post: field(string, 'Position'),
  address: common.disabled(text, 'Address', { deprecated: true }),
  ...common.remarks(),
  ...common.originalLead(),
  export: field(flag, 'Participates in Contact Export'),
  typeId: field(status('CONTACT_TYPE'), 'Contact Type', { statusType: 'CONTACT_TYPE', firstByDefault: true }),
  ...common.webform(),
  ...common.origin(),
  ...common.originVersion(),
  birthdate: field(date, 'Birthdate'),
  // crm.contact.add gives the first salutation to who has none, crm.item.add doesn't: each as its page says.
  honorific: field(status('HONORIFIC'), 'Salutation', { statusType: 'HONORIFIC', firstByDefault: 'legacy' }),
  ...common.presence('Phone Set', 'E-mail Set', 'Open Line Set'),
  ...common.searchContent(),
  categoryId: field(category, 'Category', { legacy: null }),
  ...common.activityTimes('Last Activity By', 'Last Activity'),
  login: common.disabled(string, 'Login', { deprecated: true }),
  ...common.contactPoints(),
  ...common.address('', common.postalTitles('Address', 'Address (Line 2)')),
  FACE_ID: common.alwaysNull(integer, 'Face', { undescribed: true }),
  ...common.utm('Campaign Search Condition'),
  ...common.observers(),
  companyIds: field(link(4, 'crm_company'), 'COMPANY_IDS', {
    multiple: true,
    place: { in: 'links', role: 'company', primary: 'companyId' },
  }),
  ...common.entityTypeId(3),
}

/** api-reference/crm/contacts/crm-contact-fields.md. */
const legacyOrder = `
  ID HONORIFIC NAME SECOND_NAME LAST_NAME PHOTO BIRTHDATE TYPE_ID SOURCE_ID SOURCE_DESCRIPTION POST ADDRESS ADDRESS_2
  ADDRESS_CITY ADDRESS_POSTAL_CODE ADDRESS_REGION ADDRESS_PROVINCE ADDRESS_COUNTRY ADDRESS_COUNTRY_CODE
  ADDRESS_LOC_ADDR_ID COMMENTS OPENED EXPORT HAS_PHONE HAS_EMAIL HAS_IMOL ASSIGNED_BY_ID CREATED_BY_ID MODIFY_BY_ID
  DATE_CREATE DATE_MODIFY COMPANY_ID COMPANY_IDS LEAD_ID ORIGINATOR_ID ORIGIN_ID ORIGIN_VERSION UTM_SOURCE UTM_MEDIUM
  UTM_CAMPAIGN UTM_CONTENT UTM_TERM LAST_ACTIVITY_TIME LAST_ACTIVITY_BY PHONE EMAIL WEB IM LINK`

/** api-reference/crm/universal/object-fields.md, "Contact". */
export const contact = defineEntity({
  name: 'contact',
  title: 'Contact',
  table: 'crm_contact',
  entityTypeId: 3,
  userFieldEntityId: 'CRM_CONTACT',
  event: 'ONCRMCONTACT',
  fields,
  extrasBefore: 'utmSource',
  legacyOrder: legacyOrder.trim().split(/\s+/),
})

export default crud('crm.contact', 3, {
  notFound: {
    update: () => legacyError('Contact is not found'),
    delete: () => new ApiError('ERROR_CORE', 400, 'Element not found'),
  },
})
