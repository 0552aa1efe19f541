import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()

/** The field codes that the PHP SDK's result classes know, per method: its tests ask for exactly these. */
const CODES: Record<string, string> = {
  'crm.activity.fields': `
    ASSOCIATED_ENTITY_ID BINDINGS COMPLETED COMMUNICATIONS CREATED DEADLINE DESCRIPTION DESCRIPTION_TYPE
    DIRECTION EDITOR_ID END_TIME FILES ID IS_INCOMING_CHANNEL LAST_UPDATED LOCATION NOTIFY_TYPE NOTIFY_VALUE
    ORIGIN_ID ORIGINATOR_ID OWNER_ID OWNER_TYPE_ID RESPONSIBLE_ID PROVIDER_ID PROVIDER_DATA
    PROVIDER_GROUP_ID PROVIDER_PARAMS PROVIDER_TYPE_ID RESULT_MARK RESULT_CURRENCY_ID RESULT_STATUS
    RESULT_STREAM RESULT_SUM RESULT_VALUE RESULT_SOURCE_ID SETTINGS START_TIME STATUS SUBJECT TYPE_ID
    WEBDAV_ELEMENTS`,
  'crm.address.fields': `
    TYPE_ID ENTITY_TYPE_ID ENTITY_ID ADDRESS_1 ADDRESS_2 CITY POSTAL_CODE REGION PROVINCE COUNTRY
    COUNTRY_CODE LOC_ADDR_ID ANCHOR_TYPE_ID ANCHOR_ID`,
  'crm.company.contact.fields': `
    CONTACT_ID SORT IS_PRIMARY`,
  'crm.company.fields': `
    ID TITLE COMPANY_TYPE LOGO ADDRESS ADDRESS_2 ADDRESS_CITY ADDRESS_POSTAL_CODE ADDRESS_REGION
    ADDRESS_PROVINCE ADDRESS_COUNTRY ADDRESS_COUNTRY_CODE ADDRESS_LOC_ADDR_ID ADDRESS_LEGAL REG_ADDRESS
    REG_ADDRESS_2 REG_ADDRESS_CITY REG_ADDRESS_POSTAL_CODE REG_ADDRESS_REGION REG_ADDRESS_PROVINCE
    REG_ADDRESS_COUNTRY REG_ADDRESS_COUNTRY_CODE REG_ADDRESS_LOC_ADDR_ID BANKING_DETAILS INDUSTRY EMPLOYEES
    CURRENCY_ID REVENUE OPENED COMMENTS HAS_PHONE HAS_EMAIL HAS_IMOL IS_MY_COMPANY ASSIGNED_BY_ID
    CREATED_BY_ID MODIFY_BY_ID DATE_CREATE DATE_MODIFY CONTACT_ID LEAD_ID ORIGINATOR_ID ORIGIN_ID
    ORIGIN_VERSION UTM_SOURCE UTM_MEDIUM UTM_CAMPAIGN UTM_CONTENT UTM_TERM LAST_ACTIVITY_TIME
    LAST_ACTIVITY_BY PHONE EMAIL WEB IM LINK`,
  'crm.contact.company.fields': `
    COMPANY_ID SORT IS_PRIMARY`,
  'crm.contact.fields': `
    ADDRESS_LOC_ADDR_ID ADDRESS ADDRESS_2 ADDRESS_CITY ADDRESS_COUNTRY ADDRESS_COUNTRY_CODE
    ADDRESS_POSTAL_CODE ADDRESS_PROVINCE ADDRESS_REGION ASSIGNED_BY_ID BIRTHDATE COMMENTS COMPANY_ID
    COMPANY_IDS CREATED_BY_ID DATE_CREATE DATE_MODIFY FACE_ID EXPORT EMAIL ID HAS_EMAIL HAS_IMOL HAS_PHONE
    HONORIFIC IM LEAD_ID LAST_ACTIVITY_TIME LAST_ACTIVITY_BY LAST_NAME LINK MODIFY_BY_ID NAME ORIGIN_ID
    ORIGINATOR_ID ORIGIN_VERSION OPENED PHONE POST PHOTO SECOND_NAME SOURCE_DESCRIPTION SOURCE_ID TYPE_ID
    UTM_CAMPAIGN UTM_CONTENT UTM_MEDIUM UTM_SOURCE UTM_TERM WEB`,
  'crm.currency.fields': `
    CURRENCY AMOUNT_CNT AMOUNT SORT BASE FULL_NAME LID FORMAT_STRING DEC_POINT THOUSANDS_SEP DECIMALS
    DATE_UPDATE LANG`,
  'crm.currency.localizations.fields': `
    FORMAT_STRING FULL_NAME DEC_POINT THOUSANDS_SEP DECIMALS THOUSANDS_VARIANT HIDE_ZERO`,
  'crm.deal.contact.fields': `
    CONTACT_ID SORT ROLE_ID IS_PRIMARY`,
  'crm.deal.fields': `
    ID TITLE TYPE_ID CATEGORY_ID STAGE_ID STAGE_SEMANTIC_ID IS_NEW IS_RECURRING PROBABILITY CURRENCY_ID
    OPPORTUNITY IS_MANUAL_OPPORTUNITY TAX_VALUE LEAD_ID COMPANY_ID CONTACT_ID QUOTE_ID BEGINDATE CLOSEDATE
    OPENED CLOSED COMMENTS ADDITIONAL_INFO LOCATION_ID IS_RETURN_CUSTOMER IS_REPEATED_APPROACH SOURCE_ID
    SOURCE_DESCRIPTION ORIGINATOR_ID ORIGIN_ID UTM_SOURCE UTM_MEDIUM UTM_CAMPAIGN UTM_CONTENT UTM_TERM
    ASSIGNED_BY_ID CONTACT_IDS CREATED_BY_ID DATE_CREATE DATE_MODIFY LAST_ACTIVITY_BY LAST_ACTIVITY_TIME
    MODIFY_BY_ID MOVED_BY_ID MOVED_TIME`,
  'crm.dealcategory.fields': `
    ID CREATED_DATE NAME IS_LOCKED SORT`,
  'crm.item.productrow.fields': `
    id ownerId ownerType productId productName price priceExclusive priceNetto priceBrutto quantity
    discountTypeId discountRate discountSum taxRate taxIncluded customized measureCode measureName sort type
    storeId`,
  'crm.lead.contact.fields': `
    CONTACT_ID SORT IS_PRIMARY`,
  'crm.lead.fields': `
    ID TITLE HONORIFIC NAME SECOND_NAME LAST_NAME BIRTHDATE COMPANY_TITLE SOURCE_ID SOURCE_DESCRIPTION
    STATUS_ID STATUS_DESCRIPTION STATUS_SEMANTIC_ID POST ADDRESS ADDRESS_2 ADDRESS_CITY ADDRESS_POSTAL_CODE
    ADDRESS_REGION ADDRESS_PROVINCE ADDRESS_COUNTRY ADDRESS_COUNTRY_CODE ADDRESS_LOC_ADDR_ID CURRENCY_ID
    OPPORTUNITY IS_MANUAL_OPPORTUNITY OPENED COMMENTS HAS_PHONE HAS_EMAIL HAS_IMOL ASSIGNED_BY_ID
    CREATED_BY_ID MODIFY_BY_ID MOVED_BY_ID DATE_CREATE DATE_MODIFY MOVED_TIME COMPANY_ID CONTACT_ID
    CONTACT_IDS IS_RETURN_CUSTOMER DATE_CLOSED ORIGINATOR_ID ORIGIN_ID UTM_SOURCE UTM_MEDIUM UTM_CAMPAIGN
    UTM_CONTENT UTM_TERM PHONE EMAIL WEB IM LINK LAST_ACTIVITY_BY LAST_ACTIVITY_TIME`,
  'crm.product.fields': `
    ID CATALOG_ID PRICE CURRENCY_ID NAME CODE DESCRIPTION DESCRIPTION_TYPE ACTIVE SECTION_ID SORT VAT_ID
    VAT_INCLUDED MEASURE XML_ID PREVIEW_PICTURE DETAIL_PICTURE DATE_CREATE TIMESTAMP_X MODIFIED_BY
    CREATED_BY`,
  'crm.quote.contact.fields': `
    CONTACT_ID SORT IS_PRIMARY`,
  'crm.quote.fields': `
    ID TITLE ASSIGNED_BY_ID LAST_ACTIVITY_BY LAST_ACTIVITY_TIME LAST_COMMUNICATION_TIME BEGINDATE CLOSEDATE
    ACTUAL_DATE CLIENT_ADDR CLIENT_CONTACT CLIENT_EMAIL CLIENT_PHONE CLIENT_TITLE CLIENT_TPA_ID CLIENT_TP_ID
    CLOSED COMMENTS COMPANY_ID CONTACT_ID CONTACT_IDS CONTENT CREATED_BY_ID CURRENCY_ID DATE_CREATE
    DATE_MODIFY DEAL_ID LEAD_ID LOCATION_ID MODIFY_BY_ID MYCOMPANY_ID OPENED OPPORTUNITY PERSON_TYPE_ID
    QUOTE_NUMBER STATUS_ID TAX_VALUE TERMS UTM_SOURCE UTM_MEDIUM UTM_CAMPAIGN UTM_CONTENT UTM_TERM`,
  'crm.requisite.bankdetail.fields': `
    ID ENTITY_ID COUNTRY_ID DATE_CREATE DATE_MODIFY CREATED_BY_ID MODIFY_BY_ID NAME CODE XML_ID ACTIVE SORT
    RQ_BANK_NAME RQ_BANK_ADDR RQ_BANK_CODE RQ_BANK_ROUTE_NUM RQ_BIK RQ_CODEB RQ_CODEG RQ_RIB RQ_MFO
    RQ_ACC_NAME RQ_ACC_TYPE RQ_AGENCY_NAME RQ_IIK RQ_ACC_CURRENCY RQ_ACC_NUM RQ_COR_ACC_NUM RQ_IBAN RQ_SWIFT
    RQ_BIC COMMENTS ORIGINATOR_ID`,
  'crm.requisite.fields': `
    ID ENTITY_TYPE_ID ENTITY_ID PRESET_ID DATE_CREATE DATE_MODIFY CREATED_BY_ID MODIFY_BY_ID NAME CODE
    XML_ID ORIGINATOR_ID ACTIVE ADDRESS_ONLY SORT RQ_NAME RQ_FIRST_NAME RQ_LAST_NAME RQ_SECOND_NAME
    RQ_COMPANY_ID RQ_COMPANY_NAME RQ_COMPANY_FULL_NAME RQ_COMPANY_REG_DATE RQ_DIRECTOR RQ_ACCOUNTANT
    RQ_CEO_NAME RQ_CEO_WORK_POS RQ_CONTACT RQ_EMAIL RQ_PHONE RQ_FAX RQ_IDENT_TYPE RQ_IDENT_DOC
    RQ_IDENT_DOC_SER RQ_IDENT_DOC_NUM RQ_IDENT_DOC_PERS_NUM RQ_IDENT_DOC_DATE RQ_IDENT_DOC_ISSUED_BY
    RQ_IDENT_DOC_DEP_CODE RQ_INN RQ_KPP RQ_USRLE RQ_IFNS RQ_OGRN RQ_OGRNIP RQ_OKPO RQ_OKTMO RQ_OKVED
    RQ_EDRPOU RQ_DRFO RQ_KBE RQ_IIN RQ_BIN RQ_ST_CERT_SER RQ_ST_CERT_NUM RQ_ST_CERT_DATE RQ_VAT_PAYER
    RQ_VAT_ID RQ_VAT_CERT_SER RQ_VAT_CERT_NUM RQ_VAT_CERT_DATE RQ_RESIDENCE_COUNTRY RQ_BASE_DOC RQ_REGON
    RQ_KRS RQ_PESEL RQ_LEGAL_FORM RQ_SIRET RQ_SIREN RQ_CAPITAL RQ_RCS RQ_CNPJ RQ_STATE_REG RQ_MNPL_REG
    RQ_CPF`,
  'crm.requisite.link.fields': `
    ENTITY_TYPE_ID ENTITY_ID REQUISITE_ID BANK_DETAIL_ID MC_REQUISITE_ID MC_BANK_DETAIL_ID`,
  'crm.requisite.preset.field.fields': `
    ID FIELD_NAME FIELD_TITLE IN_SHORT_LIST SORT`,
  'crm.requisite.preset.fields': `
    ID ENTITY_TYPE_ID COUNTRY_ID NAME DATE_CREATE DATE_MODIFY CREATED_BY_ID MODIFY_BY_ID ACTIVE SORT XML_ID`,
  'crm.status.fields': `
    ID ENTITY_ID STATUS_ID SORT NAME NAME_INIT SYSTEM CATEGORY_ID COLOR SEMANTICS EXTRA`,
  'crm.timeline.bindings.fields': `
    OWNER_ID ENTITY_ID ENTITY_TYPE`,
  'crm.timeline.comment.fields': `
    ID CREATED ENTITY_ID ENTITY_TYPE AUTHOR_ID COMMENT FILES`,
  'crm.userfield.fields': `
    ID ENTITY_ID FIELD_NAME USER_TYPE_ID XML_ID SORT MULTIPLE MANDATORY SHOW_FILTER SHOW_IN_LIST
    EDIT_IN_LIST IS_SEARCHABLE EDIT_FORM_LABEL LIST_COLUMN_LABEL LIST_FILTER_LABEL ERROR_MESSAGE
    HELP_MESSAGE LIST SETTINGS`,
  'crm.vat.fields': `
    ID TIMESTAMP_X ACTIVE C_SORT NAME RATE`,
}

/** Where the documentation's own answer shows other codes: [more, fewer]. The documentation decides. */
const DOCUMENTED: Record<string, [more: string[], fewer: string[]]> = {
  // api-reference/crm/timeline/activities/activity-base/crm-activity-fields.md
  'crm.activity.fields': [['PRIORITY', 'AUTHOR_ID', 'AUTOCOMPLETE_RULE'], []],
  // api-reference/crm/companies/crm-company-fields.md
  'crm.company.fields': [['LAST_COMMUNICATION_TIME'], []],
  // api-reference/crm/contacts/crm-contact-fields.md: only crm.contact.get shows FACE_ID.
  'crm.contact.fields': [[], ['FACE_ID']],
  // api-reference/crm/deals/contacts/crm-deal-contact-fields.md
  'crm.deal.contact.fields': [[], ['ROLE_ID']],
}

/** The types that the PHP SDK maps to its own: a field of any other fails its tests. */
const TYPES = new Set(
  `string crm_currency crm_status user crm_enum_ownertype integer int mail_message double date datetime char enum file
  diskfile object crm_company crm_contact crm_deal crm_lead location product_file crm_enum_activitydirection
  crm_enum_contenttype crm_enum_activitytype crm_enum_activitynotifytype crm_enum_activitypriority
  crm_enum_activitystatus array crm crm_activity_binding crm_activity_communication crm_multifield uf_enum_element
  currency_localization crm_status_extra attached_diskfile disk_file datatype`.split(/\s+/),
)
/** Its tests ask for no types here. */
const UNTYPED = ['crm.deal.fields', 'crm.dealcategory.fields']

/** Codes of user fields, of smart process parents and of product properties are not system fields to the SDK. */
const isSystem = (code: string) => !/^(UF_CRM_|PARENT_ID_|PROPERTY_)/.test(code)

describe('the fields that the SDKs know', () => {
  it.each(Object.keys(CODES))('%s names each of them, and no others', async (method) => {
    const { status, body } = await portal.call(method)
    expect(status).toBe(200)
    const described = method === 'crm.item.productrow.fields' ? body.result.fields : body.result
    const [more, fewer] = DOCUMENTED[method] ?? [[], []]
    const known = CODES[method]!.trim().split(/\s+/)
    expect(Object.keys(described).filter(isSystem).toSorted()).toEqual(
      [...known.filter((code) => !fewer.includes(code)), ...more].toSorted(),
    )
  })

  it.each(Object.keys(CODES).filter((method) => !UNTYPED.includes(method)))(
    '%s has no type unknown to them',
    async (method) => {
      const { result } = (await portal.call(method)).body
      const described: Record<string, { type: string }> =
        method === 'crm.item.productrow.fields' ? result.fields : result
      const fields = Object.entries(described).filter(([code]) => isSystem(code))
      expect(fields.filter(([, { type }]) => !TYPES.has(type))).toEqual([])
    },
  )

  it.each(['crm.item.fields', 'crm.category.fields'])('%s answers under "fields"', async (method) => {
    const { body } = await portal.call(method, { entityTypeId: 2 })
    expect(body.result.fields).toMatchObject({ id: { type: 'integer' } })
  })
})
