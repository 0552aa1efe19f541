import { greenPixel } from './documented.ts'

/** Parameters of the documented samples that are no cURL line, where they differ from it. */

const formatting = [
  '[B]Bold text[/B]',
  '[I]Italic[/I]',
  '[U]Underlined[/U]',
  '[S]Strikethrough[/S]',
  '[B][I][U][S]Mix[/S][/U][/I][/B]',
  '',
  '[LIST]',
  '[*]List item #1',
  '[*]List item #2',
  '[*]List item #3',
  '[/LIST]',
].join('\n')

const numbered = '\n\n[LIST=1]\n[*]Numbered list item #1\n[*]Numbered list item #2\n[*]Numbered list item #3\n[/LIST]\n'

/** The JavaScript and PHP samples of crm.lead.add say what its cURL lines say. */
export const lead = {
  fields: {
    TITLE: 'IP Titov',
    NAME: 'Gleb',
    SECOND_NAME: 'Egorovich',
    LAST_NAME: 'Titov',
    STATUS_ID: 'NEW',
    OPENED: 'Y',
    ASSIGNED_BY_ID: 1,
    CURRENCY_ID: 'USD',
    OPPORTUNITY: 12500,
    PHONE: [{ VALUE: '555888', VALUE_TYPE: 'WORK' }],
    WEB: [{ VALUE: 'www.mysite.com', VALUE_TYPE: 'WORK' }],
  },
  params: { REGISTER_SONET_EVENT: 'Y' },
}

/** An older edition of the same page has this company, with two names only. */
export const olderLead = {
  fields: {
    TITLE: 'LLC Miracle',
    NAME: 'John',
    LAST_NAME: 'Dou',
    STATUS_ID: 'NEW',
    OPENED: 'Y',
    ASSIGNED_BY_ID: 1,
    CURRENCY_ID: 'USD',
    OPPORTUNITY: 12500,
    PHONE: [{ VALUE: '555888', VALUE_TYPE: 'WORK' }],
    WEB: [{ VALUE: 'www.mysite.com', VALUE_TYPE: 'WORK' }],
  },
  params: { REGISTER_SONET_EVENT: 'Y' },
}

/** JavaScript names the parameter `fields`; a browser's client turns the chosen file into its name and base64. */
export const contact = {
  fields: {
    HONORIFIC: 'HNR_RU_1',
    NAME: 'John',
    SECOND_NAME: 'Doe',
    LAST_NAME: 'Smith',
    PHOTO: { fileData: ['photo.png', greenPixel] },
    BIRTHDATE: '11.11.2001',
    TYPE_ID: 'PARTNER',
    SOURCE_ID: 'WEB',
    SOURCE_DESCRIPTION: '*Additional information about the source*',
    POST: 'Administrator',
    COMMENTS: `\nExample comment within the contact\n\n${formatting}${numbered}`,
    OPENED: 'Y',
    EXPORT: 'N',
    ASSIGNED_BY_ID: 6,
    COMPANY_ID: 12,
    COMPANY_IDS: [12, 13, 15],
    UTM_SOURCE: 'google',
    UTM_MEDIUM: 'CPC',
    UTM_CAMPAIGN: 'summer_sale',
    UTM_CONTENT: 'header_banner',
    UTM_TERM: 'discount',
    PHONE: [
      { VALUE: '+1333333555', VALUE_TYPE: 'WORK' },
      { VALUE: '+15599888666', VALUE_TYPE: 'HOME' },
    ],
    EMAIL: [
      { VALUE: 'john.smith@example.mailing', VALUE_TYPE: 'MAILING' },
      { VALUE: 'john.smith@example.work', VALUE_TYPE: 'WORK' },
    ],
    UF_CRM_1720697698689: 'Example value of a custom field with type "String"',
    PARENT_ID_1224: 12,
  },
}

const dealFields = {
  typeId: 'SERVICE',
  categoryId: 9,
  stageId: 'C9:UC_KN8KFI',
  isReccurring: 'Y',
  probability: 50,
  currencyId: 'USD',
  isManualOpportunity: 'Y',
  opportunity: 999.99,
  taxValue: 99.9,
  companyId: 5,
  contactId: 4,
  contactIds: [4, 5],
  quoteId: 7,
  begindate: '2024-06-18',
  closedate: '2024-07-30',
  opened: 'N',
  assignedById: 6,
  sourceId: 'WEB',
  leadId: 102,
  observers: [2, 3],
  utmSource: 'google',
  utmMedium: 'CPC',
  ufCrm_1721244707107: 1111.1,
  parentId1220: 2,
}

/** The JavaScript sample has other texts than the cURL line. */
export const deal = {
  entityTypeId: 2,
  fields: {
    ...dealFields,
    title: 'New deal (specifically for the REST methods example)',
    comments: `Example comment inside a deal\n\n${formatting}`,
    sourceDescription: 'Additional description about the source goes here',
    additionalInfo: 'Additional information goes here',
  },
}

/** The PHP and Python samples have the cURL line's texts; PHP sends all of it as a form. */
export const phpDeal = {
  entityTypeId: 2,
  fields: {
    ...dealFields,
    title: 'New deal (specifically for REST method examples)',
    comments: 'commentsExample',
    sourceDescription: 'There should be an additional description about the source here',
    additionalInfo: 'There should be additional information here',
  },
}

/** The PHP SDK's sample gives a lead read-only and unknown fields, which are to be ignored. */
export const phpSdkLead = {
  entityTypeId: 1,
  fields: {
    title: 'New Item',
    createdTime: '2001-01-01T00:00:00+00:00',
    updatedTime: '2001-01-01T00:00:00+00:00',
    begindate: '2001-01-01T00:00:00+00:00',
    closedate: '2001-01-01T00:00:00+00:00',
  },
}

const smartProcessFields = {
  ufCrm44_1721812814433: 81,
  ufCrm44_1721812853419: '2024-07-24',
  ufCrm44_1721812885588: ['example.com', 'second-example.com'],
  ufCrm44_1721812898903: ['green_pixel.png', greenPixel],
  ufCrm44_1721812915476: '300|USD',
  ufCrm44_1721812935209: 'Y',
  ufCrm44_1721812948498: 9999.9,
}

export const smartProcess = {
  entityTypeId: 1302,
  fields: { ufCrm44_1721812760630: 'Value for a String-type custom field', ...smartProcessFields },
}

export const phpSmartProcess = {
  entityTypeId: 1302,
  fields: { ufCrm44_1721812760630: 'String for a String type custom field', ...smartProcessFields },
}

/** The lead of the OpenIntegrations page, in the order in which its script fills the structure. */
export const openIntegrationsLead = {
  ADDRESS: 'Pushkin st., b. 10',
  ADDRESS_COUNTRY: 'Russia',
  EMAIL: [
    { VALUE: 'yo@example.com', VALUE_TYPE: 'HOME' },
    { VALUE: 'hi@example.com', VALUE_TYPE: 'WORK' },
  ],
  NAME: 'John',
  LAST_NAME: 'Doe',
  PHONE: [{ VALUE: '88005553535', VALUE_TYPE: 'WORK' }],
  TITLE: 'MegaClient',
}
