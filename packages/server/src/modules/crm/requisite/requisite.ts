import { defineEntity, field, type Field } from '../../../schema/entity.ts'
import { datetime } from '../../../schema/kinds/datetime.ts'
import { flag } from '../../../schema/kinds/flag.ts'
import { integer } from '../../../schema/kinds/integer.ts'
import { status } from '../../../schema/kinds/status.ts'
import { string } from '../../../schema/kinds/string.ts'
import { user } from '../../../schema/kinds/user.ts'
import { camelFromUpper } from '../../../schema/user-field-names.ts'

type Make = (name: string) => Field

/** Fields of texts, by their names; a title is the name itself where the documentation gives none. */
export const textFields = (names: string, titles: Readonly<Record<string, string>>): Record<string, Make> =>
  Object.fromEntries(
    names
      .trim()
      .split(/\s+/)
      .map((name) => [camelFromUpper(name), field(string, titles[name] ?? name, { legacy: name, upper: name })]),
  )

const titles = {
  RQ_NAME: 'Full Name',
  RQ_FIRST_NAME: 'First Name',
  RQ_LAST_NAME: 'Last Name',
  RQ_SECOND_NAME: 'Middle Name',
  RQ_COMPANY_NAME: 'Short organization name',
  RQ_COMPANY_FULL_NAME: 'Full organization name',
  RQ_COMPANY_REG_DATE: 'State registration date',
  RQ_DIRECTOR: 'CEO',
  RQ_ACCOUNTANT: 'Chief Accountant',
  RQ_CONTACT: 'Contact person',
  RQ_EMAIL: 'E-Mail',
  RQ_PHONE: 'Phone',
  RQ_FAX: 'Fax',
  RQ_IDENT_DOC: 'Document type',
  RQ_IDENT_DOC_SER: 'series',
  RQ_IDENT_DOC_NUM: 'number',
  RQ_IDENT_DOC_DATE: 'issue date',
  RQ_IDENT_DOC_ISSUED_BY: 'issued by',
  RQ_IDENT_DOC_DEP_CODE: 'department code',
  RQ_INN: 'Tax ID',
  RQ_KPP: 'Tax Registration Code',
  RQ_IFNS: 'Tax Office',
  RQ_OGRN: 'State Registration Number',
  RQ_OGRNIP: 'Sole Proprietor Registration Number',
  RQ_OKPO: 'OKPO Code',
  RQ_OKTMO: 'OKTMO Code',
  RQ_OKVED: 'NAICS Code',
  RQ_ST_CERT_SER: 'State registration certificate series',
  RQ_ST_CERT_NUM: 'State registration certificate number',
  RQ_ST_CERT_DATE: 'State registration certificate date',
}

/** Unlike elsewhere, descriptions tell the directory as a list (crm-requisite-fields.md). */
const identType: Make = (name) => ({
  ...field(status('RQ_IDENT_TYPE_CO'), 'RQ_IDENT_TYPE', { legacy: 'RQ_IDENT_TYPE', upper: 'RQ_IDENT_TYPE' })(name),
  told: { statusType: ['RQ_IDENT_TYPE_CO'] },
})

/** What the data of documents consists of, for a contact or a company (api-reference/crm/requisites/universal/index.md). */
export const requisite = defineEntity({
  name: 'requisite',
  title: 'Details',
  table: 'crm_requisite',
  entityTypeId: 8,
  userFieldEntityId: 'CRM_REQUISITE',
  event: 'ONCRMREQUISITE',
  part: true,
  rights: 'owner',
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    entityTypeId: field(integer, 'Entity type ID', { describedRequired: true, immutable: true }),
    entityId: field(integer, 'Entity ID', { describedRequired: true, immutable: true, index: true }),
    presetId: field(integer, 'Preset ID', { describedRequired: true, immutable: true, index: true }),
    dateCreate: field(datetime, 'Creation date', { readOnly: true }),
    dateModify: field(datetime, 'Modification date', { readOnly: true }),
    createdById: field(user, 'Created by', { readOnly: true }),
    modifyById: field(user, 'Modified by', { readOnly: true }),
    name: field(string, 'Name'),
    code: field(string, 'Code'),
    xmlId: field(string, 'External code', { index: true }),
    originatorId: field(string, 'ORIGINATOR_ID'),
    active: field(flag, 'Active'),
    addressOnly: field(flag, 'ADDRESS_ONLY'),
    sort: field(integer, 'Sort order'),
    ...textFields(
      `RQ_NAME RQ_FIRST_NAME RQ_LAST_NAME RQ_SECOND_NAME RQ_COMPANY_ID RQ_COMPANY_NAME RQ_COMPANY_FULL_NAME
      RQ_COMPANY_REG_DATE RQ_DIRECTOR RQ_ACCOUNTANT RQ_CEO_NAME RQ_CEO_WORK_POS RQ_CONTACT RQ_EMAIL RQ_PHONE RQ_FAX`,
      titles,
    ),
    rqIdentType: identType,
    ...textFields(
      `RQ_IDENT_DOC RQ_IDENT_DOC_SER RQ_IDENT_DOC_NUM RQ_IDENT_DOC_PERS_NUM RQ_IDENT_DOC_DATE RQ_IDENT_DOC_ISSUED_BY
      RQ_IDENT_DOC_DEP_CODE RQ_INN RQ_KPP RQ_USRLE RQ_IFNS RQ_OGRN RQ_OGRNIP RQ_OKPO RQ_OKTMO RQ_OKVED RQ_EDRPOU RQ_DRFO
      RQ_KBE RQ_IIN RQ_BIN RQ_ST_CERT_SER RQ_ST_CERT_NUM RQ_ST_CERT_DATE`,
      titles,
    ),
    rqVatPayer: field(flag, 'RQ_VAT_PAYER', { legacy: 'RQ_VAT_PAYER', upper: 'RQ_VAT_PAYER' }),
    ...textFields(
      `RQ_VAT_ID RQ_VAT_CERT_SER RQ_VAT_CERT_NUM RQ_VAT_CERT_DATE RQ_RESIDENCE_COUNTRY RQ_BASE_DOC RQ_REGON RQ_KRS
      RQ_PESEL RQ_LEGAL_FORM RQ_SIRET RQ_SIREN RQ_CAPITAL RQ_RCS RQ_CNPJ RQ_STATE_REG RQ_MNPL_REG RQ_CPF`,
      titles,
    ),
  },
})
