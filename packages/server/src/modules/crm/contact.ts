import { crud } from '../../methods/crud.ts'
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

/** api-reference/crm/universal/object-fields.md, "Contact"; api-reference/crm/contacts/crm-contact-fields.md. */
export const contact = defineEntity({
  name: 'contact',
  title: 'Contact',
  table: 'crm_contact',
  entityTypeId: 3,
  userFieldEntityId: 'CRM_CONTACT',
  event: 'ONCRMCONTACT',
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    honorific: field(status('HONORIFIC'), 'Salutation', { statusType: 'HONORIFIC', firstByDefault: 'legacy' }),
    // Described as required, yet the documentation's own samples leave one or two of them out.
    name: field(string, 'First Name', { describedRequired: true }),
    secondName: field(string, 'Middle Name', { describedRequired: true }),
    lastName: field(string, 'Last Name', { describedRequired: true }),
    shortName: common.disabled(string, 'Short Name'),
    photo: field(file, 'Photo'),
    birthdate: field(date, 'Birthdate'),
    typeId: field(status('CONTACT_TYPE'), 'Contact Type', { statusType: 'CONTACT_TYPE', firstByDefault: true }),
    sourceId: field(status('SOURCE'), 'Source', { statusType: 'SOURCE', firstByDefault: true }),
    sourceDescription: field(text, 'Additional Source Information'),
    post: field(string, 'Position'),
    ...common.address('', 'Address'),
    address: common.disabled(text, 'Address', { deprecated: true }),
    ...common.remarks(),
    ...common.responsible(),
    export: field(flag, 'Participates in Contact Export'),
    ...common.authorship(true),
    companyId: field(link(4, 'crm_company'), 'Company', { index: true, absent: 0, deprecated: true }),
    companyIds: field(link(4, 'crm_company'), 'COMPANY_IDS', {
      multiple: true,
      place: { in: 'links', role: 'company', primary: 'companyId' },
    }),
    leadId: field(link(1, 'crm_lead'), 'Lead', {
      readOnly: true,
      creatable: true,
      settings: { parentEntityTypeId: 1 },
    }),
    ...common.origin(),
    originVersion: field(string, 'Original Version'),
    FACE_ID: field(integer, 'Face', { item: false, undescribed: true, readOnly: true }),
    ...common.utm(),
    ...common.activityTimes(),
    webformId: field(integer, 'Created by CRM form', { legacy: null, absent: 0 }),
    ...common.searchContent(),
    categoryId: field(category, 'Category', { legacy: null, readOnly: true, absent: 0 }),
    login: common.disabled(string, 'Login', { deprecated: true }),
    ...common.contactPoints(),
    ...common.observers(),
    ...common.entityTypeId(3),
  },
})

export default crud('crm.contact', 3)
