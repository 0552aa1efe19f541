// oxlint-disable max-lines
// Made by scripts/gen/client.mjs: run `npm run gen` after a change of methods or entities.
import type { Fields, FileValue, Multifield, MultifieldItem, MultipleValue } from './values.ts'

/** Activity. */
export interface Activity {
  /** ID; read-only */
  ID: string
  /** Owner ID */
  OWNER_ID?: number | string | null
  /** Owner Type */
  OWNER_TYPE_ID?: number | string | null
  /** Type */
  TYPE_ID?: number | string | null
  /** Provider ID */
  PROVIDER_ID?: string | null
  /** Provider Type */
  PROVIDER_TYPE_ID?: string | null
  /** Connector Type */
  PROVIDER_GROUP_ID?: string | null
  /** Associated Entity ID; read-only */
  ASSOCIATED_ENTITY_ID?: number | string | null
  /** Subject */
  SUBJECT?: string | null
  /** Start */
  START_TIME?: string | null
  /** Deadline */
  END_TIME?: string | null
  /** Execution Deadline */
  DEADLINE?: string | null
  /** Completed */
  COMPLETED?: 'Y' | 'N' | null
  /** Status */
  STATUS?: number | string | null
  /** Responsible */
  RESPONSIBLE_ID?: number | string | null
  /** Priority */
  PRIORITY?: number | string | null
  /** Notification Type */
  NOTIFY_TYPE?: number | string | null
  /** Notification Parameter */
  NOTIFY_VALUE?: number | string | null
  /** Description */
  DESCRIPTION?: string | null
  /** Description Type */
  DESCRIPTION_TYPE?: number | string | null
  /** Direction */
  DIRECTION?: number | string | null
  /** Location */
  LOCATION?: string | null
  /** Creation Date; read-only */
  CREATED?: string | null
  /** Created By; read-only */
  AUTHOR_ID?: number | string | null
  /** Last Updated Date; read-only */
  LAST_UPDATED?: string | null
  /** Edited By; read-only */
  EDITOR_ID?: number | string | null
  /** Settings */
  SETTINGS?: string | null
  /** External Code */
  ORIGIN_ID?: string | null
  /** External Source */
  ORIGINATOR_ID?: string | null
  /** RESULT_STATUS */
  RESULT_STATUS?: number | string | null
  /** RESULT_STREAM */
  RESULT_STREAM?: number | string | null
  /** RESULT_SOURCE_ID */
  RESULT_SOURCE_ID?: string | null
  /** Provider Parameters */
  PROVIDER_PARAMS?: string | null
  /** Provider Data */
  PROVIDER_DATA?: string | null
  /** RESULT_MARK */
  RESULT_MARK?: number | string | null
  /** RESULT_VALUE */
  RESULT_VALUE?: number | string | null
  /** RESULT_SUM */
  RESULT_SUM?: number | string | null
  /** RESULT_CURRENCY_ID */
  RESULT_CURRENCY_ID?: string | null
  /** Autocomplete */
  AUTOCOMPLETE_RULE?: number | string | null
  /** Bindings; read-only */
  BINDINGS?: (string | null)[]
  /** Communication Channel */
  COMMUNICATIONS?: (string | null)[]
  /** Files */
  FILES?: FileValue[]
  /** Added Files; deprecated */
  WEBDAV_ELEMENTS?: FileValue[]
  /** IS_INCOMING_CHANNEL; read-only */
  IS_INCOMING_CHANNEL?: 'Y' | 'N' | null
  [userField: `UF_${string}`]: unknown
  [parent: `PARENT_ID_${number}`]: string | number | null
  [property: `PROPERTY_${number}`]: unknown
}

/** Address. */
export interface Address {
  /** Location address identifier */
  LOC_ADDR_ID: string
  /** TYPE_ID */
  TYPE_ID?: number | string | null
  /** ENTITY_TYPE_ID */
  ENTITY_TYPE_ID?: number | string | null
  /** ENTITY_ID */
  ENTITY_ID?: number | string | null
  /** Street, house, building, structure */
  ADDRESS_1?: string | null
  /** Apartment / office */
  ADDRESS_2?: string | null
  /** City */
  CITY?: string | null
  /** Postal code */
  POSTAL_CODE?: string | null
  /** Region */
  REGION?: string | null
  /** Province */
  PROVINCE?: string | null
  /** Country */
  COUNTRY?: string | null
  /** COUNTRY_CODE */
  COUNTRY_CODE?: string | null
  /** ANCHOR_TYPE_ID; read-only */
  ANCHOR_TYPE_ID?: number | string | null
  /** ANCHOR_ID; read-only */
  ANCHOR_ID?: number | string | null
  [userField: `UF_${string}`]: unknown
  [parent: `PARENT_ID_${number}`]: string | number | null
  [property: `PROPERTY_${number}`]: unknown
}

/** Bank details. */
export interface BankDetail {
  /** ID; read-only */
  ID: string
  /** Object ID */
  ENTITY_ID?: number | string | null
  /** Country ID */
  COUNTRY_ID?: number | string | null
  /** Creation Date; read-only */
  DATE_CREATE?: string | null
  /** Modification Date; read-only */
  DATE_MODIFY?: string | null
  /** Created By; read-only */
  CREATED_BY_ID?: number | string | null
  /** Modified By; read-only */
  MODIFY_BY_ID?: number | string | null
  /** Name */
  NAME?: string | null
  /** Code */
  CODE?: string | null
  /** External Code */
  XML_ID?: string | null
  /** Active */
  ACTIVE?: 'Y' | 'N' | null
  /** Sort Order */
  SORT?: number | string | null
  /** Bank Name */
  RQ_BANK_NAME?: string | null
  /** Bank Address */
  RQ_BANK_ADDR?: string | null
  /** RQ_BANK_CODE */
  RQ_BANK_CODE?: string | null
  /** RQ_AGENCY_NAME */
  RQ_AGENCY_NAME?: string | null
  /** RQ_BANK_ROUTE_NUM */
  RQ_BANK_ROUTE_NUM?: string | null
  /** Routing Number */
  RQ_BIK?: string | null
  /** RQ_MFO */
  RQ_MFO?: string | null
  /** RQ_ACC_NAME */
  RQ_ACC_NAME?: string | null
  /** Account Number */
  RQ_ACC_NUM?: string | null
  /** RQ_ACC_TYPE */
  RQ_ACC_TYPE?: string | null
  /** RQ_IIK */
  RQ_IIK?: string | null
  /** Account Currency */
  RQ_ACC_CURRENCY?: string | null
  /** Correspondent Account */
  RQ_COR_ACC_NUM?: string | null
  /** RQ_IBAN */
  RQ_IBAN?: string | null
  /** SWIFT */
  RQ_SWIFT?: string | null
  /** RQ_BIC */
  RQ_BIC?: string | null
  /** RQ_CODEB */
  RQ_CODEB?: string | null
  /** RQ_CODEG */
  RQ_CODEG?: string | null
  /** RQ_RIB */
  RQ_RIB?: string | null
  /** Comment */
  COMMENTS?: string | null
  /** External Source */
  ORIGINATOR_ID?: string | null
  [userField: `UF_${string}`]: unknown
  [parent: `PARENT_ID_${number}`]: string | number | null
  [property: `PROPERTY_${number}`]: unknown
}

/** Catalogue. */
export interface Catalog {
  /** ID; read-only */
  ID: string
  /** Name */
  NAME?: string | null
  /** Data source */
  ORIGINATOR_ID?: string | null
  /** Element in the data source */
  ORIGIN_ID?: string | null
  /** Symbolic code; read-only */
  XML_ID?: string | null
  [userField: `UF_${string}`]: unknown
  [parent: `PARENT_ID_${number}`]: string | number | null
  [property: `PROPERTY_${number}`]: unknown
}

/** Catalogue, in camelCase. */
export interface CatalogItem {
  /** ID; read-only */
  id: number
  /** Name; read-only */
  name?: string | null
  /** Information block */
  iblockId?: number | null
  /** Type of the information block; read-only */
  iblockTypeId?: number | null
  /** Site; read-only */
  lid?: string | null
  /** Catalogue of the products */
  productIblockId?: number | null
  /** Property with the product of a variation */
  skuPropertyId?: number | null
  /** Content is sold */
  subscription?: 'Y' | 'N' | null
  /** VAT rate */
  vatId?: number | null
  [userField: `uf${string}`]: unknown
  [parent: `parentId${number}`]: number | null
  [property: `property${number}`]: MultipleValue
}

/** Company. */
export interface Company {
  /** ID; read-only */
  ID: string
  /** Company Name */
  TITLE?: string | null
  /** Company Type */
  COMPANY_TYPE?: string | null
  /** Logo */
  LOGO?: FileValue
  /** Physical Address */
  ADDRESS?: string | null
  /** Address (line 2) */
  ADDRESS_2?: string | null
  /** City */
  ADDRESS_CITY?: string | null
  /** Postal Code */
  ADDRESS_POSTAL_CODE?: string | null
  /** Region */
  ADDRESS_REGION?: string | null
  /** Province */
  ADDRESS_PROVINCE?: string | null
  /** Country */
  ADDRESS_COUNTRY?: string | null
  /** Country Code */
  ADDRESS_COUNTRY_CODE?: string | null
  /** Location Address ID */
  ADDRESS_LOC_ADDR_ID?: number | string | null
  /** Legal Address */
  ADDRESS_LEGAL?: string | null
  /** Legal Address */
  REG_ADDRESS?: string | null
  /** Legal Address (line 2) */
  REG_ADDRESS_2?: string | null
  /** Legal Address City */
  REG_ADDRESS_CITY?: string | null
  /** Legal Address Postal Code */
  REG_ADDRESS_POSTAL_CODE?: string | null
  /** Legal Address Region */
  REG_ADDRESS_REGION?: string | null
  /** Legal Address Province */
  REG_ADDRESS_PROVINCE?: string | null
  /** Legal Address Country */
  REG_ADDRESS_COUNTRY?: string | null
  /** Legal Address Country Code */
  REG_ADDRESS_COUNTRY_CODE?: string | null
  /** Legal Address Location ID */
  REG_ADDRESS_LOC_ADDR_ID?: number | string | null
  /** Banking Details */
  BANKING_DETAILS?: string | null
  /** Industry */
  INDUSTRY?: string | null
  /** Number of Employees */
  EMPLOYEES?: string | null
  /** Currency */
  CURRENCY_ID?: string | null
  /** Annual Revenue */
  REVENUE?: number | string | null
  /** Available to Everyone */
  OPENED?: 'Y' | 'N' | null
  /** Comment */
  COMMENTS?: string | null
  /** Phone Set; read-only */
  HAS_PHONE?: 'Y' | 'N' | null
  /** E-mail Set; read-only */
  HAS_EMAIL?: 'Y' | 'N' | null
  /** Open Line Set; read-only */
  HAS_IMOL?: 'Y' | 'N' | null
  /** My Company */
  IS_MY_COMPANY?: 'Y' | 'N' | null
  /** Responsible Person */
  ASSIGNED_BY_ID?: number | string | null
  /** Created By; read-only */
  CREATED_BY_ID?: number | string | null
  /** Modified By; read-only */
  MODIFY_BY_ID?: number | string | null
  /** Creation Date; read-only */
  DATE_CREATE?: string | null
  /** Modification Date; read-only */
  DATE_MODIFY?: string | null
  /** Contact */
  CONTACT_ID?: (number | string | null)[]
  /** Lead; read-only */
  LEAD_ID?: number | string | null
  /** External Source */
  ORIGINATOR_ID?: string | null
  /** Identifier in External Source */
  ORIGIN_ID?: string | null
  /** Original Version */
  ORIGIN_VERSION?: string | null
  /** Advertising System */
  UTM_SOURCE?: string | null
  /** Traffic Type */
  UTM_MEDIUM?: string | null
  /** Campaign Identifier */
  UTM_CAMPAIGN?: string | null
  /** Campaign Content */
  UTM_CONTENT?: string | null
  /** Campaign Search Term */
  UTM_TERM?: string | null
  /** Last Activity Time */
  LAST_ACTIVITY_TIME?: string | null
  /** Last Activity Author */
  LAST_ACTIVITY_BY?: number | string | null
  /** Last Communication Date; read-only */
  LAST_COMMUNICATION_TIME?: string | null
  /** Phone */
  PHONE?: Multifield[]
  /** E-mail */
  EMAIL?: Multifield[]
  /** Website */
  WEB?: Multifield[]
  /** Messenger */
  IM?: Multifield[]
  /** LINK */
  LINK?: Multifield[]
  [userField: `UF_${string}`]: unknown
  [parent: `PARENT_ID_${number}`]: string | number | null
  [property: `PROPERTY_${number}`]: unknown
}

/** Company, in camelCase. */
export interface CompanyItem {
  /** ID; read-only */
  id: number
  /** Creation Date; read-only */
  createdTime?: string | null
  /** Modification Date; read-only */
  updatedTime?: string | null
  /** Created By; read-only */
  createdBy?: number | null
  /** Modified By; read-only */
  updatedBy?: number | null
  /** Responsible Person */
  assignedById?: number | null
  /** Available to Everyone */
  opened?: 'Y' | 'N' | null
  /** Company Name */
  title?: string | null
  /** Logo */
  logo?: FileValue
  /** Physical Address; read-only; deprecated */
  address?: string | null
  /** Legal Address */
  addressLegal?: string | null
  /** Banking Details */
  bankingDetails?: string | null
  /** Comment */
  comments?: string | null
  /** Company Type */
  typeId?: string | null
  /** Industry */
  industry?: string | null
  /** Annual Revenue */
  revenue?: number | null
  /** Currency */
  currencyId?: string | null
  /** Number of Employees */
  employees?: string | null
  /** Lead */
  leadId?: number | null
  /** Created by CRM form */
  webformId?: number | null
  /** External Source */
  originatorId?: string | null
  /** Identifier in External Source */
  originId?: string | null
  /** Original Version */
  originVersion?: string | null
  /** Phone Set; read-only */
  hasPhone?: 'Y' | 'N' | null
  /** E-mail Set; read-only */
  hasEmail?: 'Y' | 'N' | null
  /** Open Line Set; read-only */
  hasImol?: 'Y' | 'N' | null
  /** My Company */
  isMyCompany?: 'Y' | 'N' | null
  /** Search content; read-only */
  searchContent?: string | null
  /** Category */
  categoryId?: number | null
  /** Last Activity Author */
  lastActivityBy?: number | null
  /** Last Activity Time */
  lastActivityTime?: string | null
  /** Mobile phone; read-only */
  phoneMobile?: string | null
  /** Work phone; read-only */
  phoneWork?: string | null
  /** Mailing phone; read-only */
  phoneMailing?: string | null
  /** Personal E-mail; read-only */
  emailHome?: string | null
  /** Work E-mail; read-only */
  emailWork?: string | null
  /** Mailing E-mail; read-only */
  emailMailing?: string | null
  /** Open channel; read-only */
  imol?: string | null
  /** E-mail; read-only */
  email?: string | null
  /** Phone; read-only */
  phone?: string | null
  /** Multifields */
  fm?: MultifieldItem[]
  /** Logo (document generator) */
  ufLogo?: FileValue
  /** Company seal (document generator) */
  ufStamp?: FileValue
  /** Director's signature (document generator) */
  ufDirectorSign?: FileValue
  /** Chief accountant's signature (document generator) */
  ufAccountantSign?: FileValue
  /** Advertising System */
  utmSource?: string | null
  /** Traffic Type */
  utmMedium?: string | null
  /** Campaign Identifier */
  utmCampaign?: string | null
  /** Campaign Content */
  utmContent?: string | null
  /** Campaign Search Term */
  utmTerm?: string | null
  /** Observers */
  observers?: (number | null)[]
  /** Contact */
  contactIds?: (number | null)[]
  [userField: `uf${string}`]: unknown
  [parent: `parentId${number}`]: number | null
  [property: `property${number}`]: MultipleValue
}

/** Contact. */
export interface Contact {
  /** ID; read-only */
  ID: string
  /** Salutation */
  HONORIFIC?: string | null
  /** First Name */
  NAME?: string | null
  /** Middle Name */
  SECOND_NAME?: string | null
  /** Last Name */
  LAST_NAME?: string | null
  /** Photo */
  PHOTO?: FileValue
  /** Birthdate */
  BIRTHDATE?: string | null
  /** Contact Type */
  TYPE_ID?: string | null
  /** Source */
  SOURCE_ID?: string | null
  /** Additional Source Information */
  SOURCE_DESCRIPTION?: string | null
  /** Position */
  POST?: string | null
  /** Address */
  ADDRESS?: string | null
  /** Address (Line 2) */
  ADDRESS_2?: string | null
  /** City */
  ADDRESS_CITY?: string | null
  /** Postal Code */
  ADDRESS_POSTAL_CODE?: string | null
  /** Region */
  ADDRESS_REGION?: string | null
  /** Province */
  ADDRESS_PROVINCE?: string | null
  /** Country */
  ADDRESS_COUNTRY?: string | null
  /** Country Code */
  ADDRESS_COUNTRY_CODE?: string | null
  /** Location Address ID */
  ADDRESS_LOC_ADDR_ID?: number | string | null
  /** Comment */
  COMMENTS?: string | null
  /** Available to All */
  OPENED?: 'Y' | 'N' | null
  /** Participates in Contact Export */
  EXPORT?: 'Y' | 'N' | null
  /** Phone Set; read-only */
  HAS_PHONE?: 'Y' | 'N' | null
  /** E-mail Set; read-only */
  HAS_EMAIL?: 'Y' | 'N' | null
  /** Open Line Set; read-only */
  HAS_IMOL?: 'Y' | 'N' | null
  /** Responsible Person */
  ASSIGNED_BY_ID?: number | string | null
  /** Created By; read-only */
  CREATED_BY_ID?: number | string | null
  /** Modified By; read-only */
  MODIFY_BY_ID?: number | string | null
  /** Creation Date; read-only */
  DATE_CREATE?: string | null
  /** Modification Date; read-only */
  DATE_MODIFY?: string | null
  /** Company; deprecated */
  COMPANY_ID?: number | string | null
  /** COMPANY_IDS */
  COMPANY_IDS?: (number | string | null)[]
  /** Lead; read-only */
  LEAD_ID?: number | string | null
  /** External Source */
  ORIGINATOR_ID?: string | null
  /** Identifier in External Source */
  ORIGIN_ID?: string | null
  /** Original Version */
  ORIGIN_VERSION?: string | null
  /** Advertising System */
  UTM_SOURCE?: string | null
  /** Traffic Type */
  UTM_MEDIUM?: string | null
  /** Campaign Identifier */
  UTM_CAMPAIGN?: string | null
  /** Campaign Content */
  UTM_CONTENT?: string | null
  /** Campaign Search Condition */
  UTM_TERM?: string | null
  /** Last Activity; read-only */
  LAST_ACTIVITY_TIME?: string | null
  /** Last Activity By; read-only */
  LAST_ACTIVITY_BY?: number | string | null
  /** Phone */
  PHONE?: Multifield[]
  /** E-mail */
  EMAIL?: Multifield[]
  /** Website */
  WEB?: Multifield[]
  /** Messenger */
  IM?: Multifield[]
  /** LINK */
  LINK?: Multifield[]
  [userField: `UF_${string}`]: unknown
  [parent: `PARENT_ID_${number}`]: string | number | null
  [property: `PROPERTY_${number}`]: unknown
}

/** Contact, in camelCase. */
export interface ContactItem {
  /** ID; read-only */
  id: number
  /** Creation Date; read-only */
  createdTime?: string | null
  /** Modification Date; read-only */
  updatedTime?: string | null
  /** Created By; read-only */
  createdBy?: number | null
  /** Modified By; read-only */
  updatedBy?: number | null
  /** Responsible Person */
  assignedById?: number | null
  /** Available to All */
  opened?: 'Y' | 'N' | null
  /** Company; deprecated */
  companyId?: number | null
  /** Source */
  sourceId?: string | null
  /** Additional Source Information */
  sourceDescription?: string | null
  /** First Name */
  name?: string | null
  /** Last Name */
  lastName?: string | null
  /** Middle Name */
  secondName?: string | null
  /** Short name; read-only; deprecated */
  shortName?: string | null
  /** Photo */
  photo?: FileValue
  /** Position */
  post?: string | null
  /** Address; read-only; deprecated */
  address?: string | null
  /** Comment */
  comments?: string | null
  /** Lead */
  leadId?: number | null
  /** Participates in Contact Export */
  export?: 'Y' | 'N' | null
  /** Contact Type */
  typeId?: string | null
  /** Created by CRM form */
  webformId?: number | null
  /** External Source */
  originatorId?: string | null
  /** Identifier in External Source */
  originId?: string | null
  /** Original Version */
  originVersion?: string | null
  /** Birthdate */
  birthdate?: string | null
  /** Salutation */
  honorific?: string | null
  /** Phone Set; read-only */
  hasPhone?: 'Y' | 'N' | null
  /** E-mail Set; read-only */
  hasEmail?: 'Y' | 'N' | null
  /** Open Line Set; read-only */
  hasImol?: 'Y' | 'N' | null
  /** Search content; read-only */
  searchContent?: string | null
  /** Category */
  categoryId?: number | null
  /** Last Activity By; read-only */
  lastActivityBy?: number | null
  /** Last Activity; read-only */
  lastActivityTime?: string | null
  /** Login; read-only; deprecated */
  login?: string | null
  /** Mobile phone; read-only */
  phoneMobile?: string | null
  /** Work phone; read-only */
  phoneWork?: string | null
  /** Mailing phone; read-only */
  phoneMailing?: string | null
  /** Personal E-mail; read-only */
  emailHome?: string | null
  /** Work E-mail; read-only */
  emailWork?: string | null
  /** Mailing E-mail; read-only */
  emailMailing?: string | null
  /** Open channel; read-only */
  imol?: string | null
  /** E-mail; read-only */
  email?: string | null
  /** Phone; read-only */
  phone?: string | null
  /** Multifields */
  fm?: MultifieldItem[]
  /** Advertising System */
  utmSource?: string | null
  /** Traffic Type */
  utmMedium?: string | null
  /** Campaign Identifier */
  utmCampaign?: string | null
  /** Campaign Content */
  utmContent?: string | null
  /** Campaign Search Condition */
  utmTerm?: string | null
  /** Observers */
  observers?: (number | null)[]
  /** COMPANY_IDS */
  companyIds?: (number | null)[]
  [userField: `uf${string}`]: unknown
  [parent: `parentId${number}`]: number | null
  [property: `property${number}`]: MultipleValue
}

/** Deal. */
export interface Deal {
  /** ID; read-only */
  ID: string
  /** Title */
  TITLE?: string | null
  /** Type */
  TYPE_ID?: string | null
  /** Sales Funnel */
  CATEGORY_ID?: number | string | null
  /** Deal Stage */
  STAGE_ID?: string | null
  /** Stage Group; read-only */
  STAGE_SEMANTIC_ID?: string | null
  /** New Deal; read-only */
  IS_NEW?: 'Y' | 'N' | null
  /** Recurring Deal */
  IS_RECURRING?: 'Y' | 'N' | null
  /** Repeat Deal */
  IS_RETURN_CUSTOMER?: 'Y' | 'N' | null
  /** Repeated Approach */
  IS_REPEATED_APPROACH?: 'Y' | 'N' | null
  /** Probability */
  PROBABILITY?: number | string | null
  /** Currency */
  CURRENCY_ID?: string | null
  /** Amount */
  OPPORTUNITY?: number | string | null
  /** IS_MANUAL_OPPORTUNITY */
  IS_MANUAL_OPPORTUNITY?: 'Y' | 'N' | null
  /** Tax Rate */
  TAX_VALUE?: number | string | null
  /** Company */
  COMPANY_ID?: number | string | null
  /** Contact; deprecated */
  CONTACT_ID?: number | string | null
  /** Contacts */
  CONTACT_IDS?: (number | string | null)[]
  /** Estimate; read-only */
  QUOTE_ID?: number | string | null
  /** Start Date */
  BEGINDATE?: string | null
  /** Close Date */
  CLOSEDATE?: string | null
  /** Available to All */
  OPENED?: 'Y' | 'N' | null
  /** Closed */
  CLOSED?: 'Y' | 'N' | null
  /** Comment */
  COMMENTS?: string | null
  /** Responsible */
  ASSIGNED_BY_ID?: number | string | null
  /** Created By; read-only */
  CREATED_BY_ID?: number | string | null
  /** Modified By; read-only */
  MODIFY_BY_ID?: number | string | null
  /** MOVED_BY_ID; read-only */
  MOVED_BY_ID?: number | string | null
  /** Creation Date; read-only */
  DATE_CREATE?: string | null
  /** Modification Date; read-only */
  DATE_MODIFY?: string | null
  /** MOVED_TIME; read-only */
  MOVED_TIME?: string | null
  /** Source */
  SOURCE_ID?: string | null
  /** Additional Info about Source */
  SOURCE_DESCRIPTION?: string | null
  /** Lead; read-only */
  LEAD_ID?: number | string | null
  /** Additional Information */
  ADDITIONAL_INFO?: string | null
  /** Location */
  LOCATION_ID?: string | null
  /** External Source */
  ORIGINATOR_ID?: string | null
  /** Identifier in External Source */
  ORIGIN_ID?: string | null
  /** Advertising System */
  UTM_SOURCE?: string | null
  /** Traffic Type */
  UTM_MEDIUM?: string | null
  /** Campaign Identifier */
  UTM_CAMPAIGN?: string | null
  /** Campaign Content */
  UTM_CONTENT?: string | null
  /** Campaign Search Condition */
  UTM_TERM?: string | null
  /** LAST_ACTIVITY_TIME; read-only */
  LAST_ACTIVITY_TIME?: string | null
  /** LAST_ACTIVITY_BY; read-only */
  LAST_ACTIVITY_BY?: number | string | null
  [userField: `UF_${string}`]: unknown
  [parent: `PARENT_ID_${number}`]: string | number | null
  [property: `PROPERTY_${number}`]: unknown
}

/** Deal, in camelCase. */
export interface DealItem {
  /** ID; read-only */
  id: number
  /** Creation Date; read-only */
  createdTime?: string | null
  /** Creation date (short); read-only; deprecated */
  dateCreateShort?: string | null
  /** Modification Date; read-only */
  updatedTime?: string | null
  /** Modification date (short); read-only; deprecated */
  dateModifyShort?: string | null
  /** Created By; read-only */
  createdBy?: number | null
  /** Modified By; read-only */
  updatedBy?: number | null
  /** Responsible */
  assignedById?: number | null
  /** Available to All */
  opened?: 'Y' | 'N' | null
  /** Lead */
  leadId?: number | null
  /** Company */
  companyId?: number | null
  /** Contact; deprecated */
  contactId?: number | null
  /** Estimate */
  quoteId?: number | null
  /** Title */
  title?: string | null
  /** Product; read-only; deprecated */
  productId?: string | null
  /** Sales Funnel */
  categoryId?: number | null
  /** Deal Stage */
  stageId?: string | null
  /** Stage Group; read-only */
  stageSemanticId?: string | null
  /** New Deal; read-only */
  isNew?: 'Y' | 'N' | null
  /** Recurring Deal */
  isRecurring?: 'Y' | 'N' | null
  /** Repeat Deal */
  isReturnCustomer?: 'Y' | 'N' | null
  /** Repeated Approach */
  isRepeatedApproach?: 'Y' | 'N' | null
  /** Closed */
  closed?: 'Y' | 'N' | null
  /** Type */
  typeId?: string | null
  /** Amount */
  opportunity?: number | null
  /** IS_MANUAL_OPPORTUNITY */
  isManualOpportunity?: 'Y' | 'N' | null
  /** Tax Rate */
  taxValue?: number | null
  /** Currency */
  currencyId?: string | null
  /** Probability */
  probability?: number | null
  /** Comment */
  comments?: string | null
  /** Start Date */
  begindate?: string | null
  /** Start date (short); read-only; deprecated */
  begindateShort?: string | null
  /** Close Date */
  closedate?: string | null
  /** Close date (short); read-only; deprecated */
  closedateShort?: string | null
  /** Event date; read-only */
  eventDate?: string | null
  /** Event date (short); read-only; deprecated */
  eventDateShort?: string | null
  /** Event type; read-only */
  eventId?: string | null
  /** Event description; read-only */
  eventDescription?: string | null
  /** Location */
  locationId?: string | null
  /** Created by CRM form; read-only */
  webformId?: number | null
  /** Source */
  sourceId?: string | null
  /** Additional Info about Source */
  sourceDescription?: string | null
  /** External Source */
  originatorId?: string | null
  /** Identifier in External Source */
  originId?: string | null
  /** Additional Information */
  additionalInfo?: string | null
  /** Search content; read-only */
  searchContent?: string | null
  /** Payment status; read-only */
  orderStage?: string | null
  /** MOVED_BY_ID; read-only */
  movedBy?: number | null
  /** MOVED_TIME; read-only */
  movedTime?: string | null
  /** LAST_ACTIVITY_BY; read-only */
  lastActivityBy?: number | null
  /** LAST_ACTIVITY_TIME; read-only */
  lastActivityTime?: string | null
  /** In progress; read-only; deprecated */
  isWork?: 'Y' | 'N' | null
  /** Won; read-only; deprecated */
  isWon?: 'Y' | 'N' | null
  /** Lost; read-only; deprecated */
  isLose?: 'Y' | 'N' | null
  /** Amount received; read-only; deprecated */
  receivedAmount?: string | null
  /** Amount lost; read-only; deprecated */
  lostAmount?: string | null
  /** Contains products; read-only; deprecated */
  hasProducts?: 'Y' | 'N' | null
  /** Advertising System */
  utmSource?: string | null
  /** Traffic Type */
  utmMedium?: string | null
  /** Campaign Identifier */
  utmCampaign?: string | null
  /** Campaign Content */
  utmContent?: string | null
  /** Campaign Search Condition */
  utmTerm?: string | null
  /** Observers */
  observers?: (number | null)[]
  /** Contacts */
  contactIds?: (number | null)[]
  [userField: `uf${string}`]: unknown
  [parent: `parentId${number}`]: number | null
  [property: `property${number}`]: MultipleValue
}

/** Recurring deal. */
export interface DealRecurring {
  /** id; read-only */
  ID: string
  /** id of the recurring deal */
  DEAL_ID?: number | string | null
  /** Created based on; read-only */
  BASED_ID?: number | string | null
  /** Active */
  ACTIVE?: 'Y' | 'N' | null
  /** Next execution date; read-only */
  NEXT_EXECUTION?: string | null
  /** Last execution date; read-only */
  LAST_EXECUTION?: string | null
  /** Number of executions; read-only */
  COUNTER_REPEAT?: number | string | null
  /** Start date for calculation */
  START_DATE?: string | null
  /** Category of the new deal */
  CATEGORY_ID?: number | string | null
  /** Type of execution limits */
  IS_LIMIT?: string | null
  /** Limit on the number of executions */
  LIMIT_REPEAT?: number | string | null
  /** Limit by date */
  LIMIT_DATE?: string | null
  /** Parameters for calculating the next execution date */
  PARAMS?: Fields | null
  [userField: `UF_${string}`]: unknown
  [parent: `PARENT_ID_${number}`]: string | number | null
  [property: `PROPERTY_${number}`]: unknown
}

/** Invoice. */
export interface Invoice {
  /** ID; read-only */
  ID: string
  /** Invoice # */
  ACCOUNT_NUMBER?: string | null
  /** Comment */
  COMMENTS?: string | null
  /** Created by; read-only */
  CREATED_BY?: number | string | null
  /** Currency; read-only */
  CURRENCY?: string | null
  /** Invoice date */
  DATE_BILL?: string | null
  /** Created on */
  DATE_INSERT?: string | null
  /** Declined on */
  DATE_MARKED?: string | null
  /** Payment due date */
  DATE_PAY_BEFORE?: string | null
  /** Paid on; read-only */
  DATE_PAYED?: string | null
  /** Status changed on; read-only */
  DATE_STATUS?: string | null
  /** Modified on; read-only */
  DATE_UPDATE?: string | null
  /** Marked as paid by; read-only */
  EMP_PAYED_ID?: number | string | null
  /** Status changed by; read-only */
  EMP_STATUS_ID?: number | string | null
  /** Site; read-only */
  LID?: number | string | null
  /** External ID */
  XML_ID?: string | null
  /** Topic */
  ORDER_TOPIC?: string | null
  /** Payment system */
  PAY_SYSTEM_ID?: number | string | null
  /** Payment date */
  PAY_VOUCHER_DATE?: string | null
  /** Payment document # */
  PAY_VOUCHER_NUM?: string | null
  /** Paid; read-only */
  PAYED?: 'Y' | 'N' | null
  /** Payer type */
  PERSON_TYPE_ID?: number | string | null
  /** Total; read-only */
  PRICE?: number | string | null
  /** Status comment */
  REASON_MARKED?: string | null
  /** Responsible person: e-mail; read-only */
  RESPONSIBLE_EMAIL?: string | null
  /** Responsible person */
  RESPONSIBLE_ID?: number | string | null
  /** Responsible person: last name; read-only */
  RESPONSIBLE_LAST_NAME?: string | null
  /** Responsible person: login; read-only */
  RESPONSIBLE_LOGIN?: string | null
  /** Responsible person: first name; read-only */
  RESPONSIBLE_NAME?: string | null
  /** Responsible person: photo; read-only */
  RESPONSIBLE_PERSONAL_PHOTO?: number | string | null
  /** Responsible person: second name; read-only */
  RESPONSIBLE_SECOND_NAME?: string | null
  /** Responsible person: position; read-only */
  RESPONSIBLE_WORK_POSITION?: string | null
  /** Status */
  STATUS_ID?: string | null
  /** Tax; read-only */
  TAX_VALUE?: number | string | null
  /** Company */
  UF_COMPANY_ID?: number | string | null
  /** Contact */
  UF_CONTACT_ID?: number | string | null
  /** Your company */
  UF_MYCOMPANY_ID?: number | string | null
  /** Deal */
  UF_DEAL_ID?: number | string | null
  /** Comment for the client */
  USER_DESCRIPTION?: string | null
  /** Location */
  PR_LOCATION?: number | string | null
  /** Properties */
  INVOICE_PROPERTIES?: Fields | null
  /** Products */
  PRODUCT_ROWS?: Fields[] | null
  [userField: `UF_${string}`]: unknown
  [parent: `PARENT_ID_${number}`]: string | number | null
  [property: `PROPERTY_${number}`]: unknown
}

/** Recurring invoice. */
export interface InvoiceRecurring {
  /** ID; read-only */
  ID: string
  /** Invoice template */
  INVOICE_ID?: number | string | null
  /** Active */
  ACTIVE?: 'Y' | 'N' | null
  /** Next invoice on; read-only */
  NEXT_EXECUTION?: string | null
  /** Last invoice on; read-only */
  LAST_EXECUTION?: string | null
  /** Invoices created; read-only */
  COUNTER_REPEAT?: number | string | null
  /** Calculated from */
  START_DATE?: string | null
  /** Send the invoice by e-mail */
  SEND_BILL?: 'Y' | 'N' | null
  /** E-mail of the payer */
  EMAIL_ID?: number | string | null
  /** Limit */
  IS_LIMIT?: string | null
  /** Most invoices */
  LIMIT_REPEAT?: number | string | null
  /** Last date */
  LIMIT_DATE?: string | null
  /** Calculation */
  PARAMS?: Fields | null
  [userField: `UF_${string}`]: unknown
  [parent: `PARENT_ID_${number}`]: string | number | null
  [property: `PROPERTY_${number}`]: unknown
}

/** Lead. */
export interface Lead {
  /** ID; read-only */
  ID: string
  /** Lead Title */
  TITLE?: string | null
  /** Salutation */
  HONORIFIC?: string | null
  /** First Name */
  NAME?: string | null
  /** Middle Name */
  SECOND_NAME?: string | null
  /** Last Name */
  LAST_NAME?: string | null
  /** Birthdate */
  BIRTHDATE?: string | null
  /** Company Name */
  COMPANY_TITLE?: string | null
  /** Source */
  SOURCE_ID?: string | null
  /** Source Description */
  SOURCE_DESCRIPTION?: string | null
  /** Stage */
  STATUS_ID?: string | null
  /** Stage Description */
  STATUS_DESCRIPTION?: string | null
  /** Status Semantic; read-only */
  STATUS_SEMANTIC_ID?: string | null
  /** Position */
  POST?: string | null
  /** Address */
  ADDRESS?: string | null
  /** Address (Line 2) */
  ADDRESS_2?: string | null
  /** City */
  ADDRESS_CITY?: string | null
  /** Postal Code */
  ADDRESS_POSTAL_CODE?: string | null
  /** Region */
  ADDRESS_REGION?: string | null
  /** Province */
  ADDRESS_PROVINCE?: string | null
  /** Country */
  ADDRESS_COUNTRY?: string | null
  /** Country Code */
  ADDRESS_COUNTRY_CODE?: string | null
  /** Location Address ID */
  ADDRESS_LOC_ADDR_ID?: number | string | null
  /** Currency */
  CURRENCY_ID?: string | null
  /** Amount */
  OPPORTUNITY?: number | string | null
  /** IS_MANUAL_OPPORTUNITY */
  IS_MANUAL_OPPORTUNITY?: 'Y' | 'N' | null
  /** Available to All */
  OPENED?: 'Y' | 'N' | null
  /** Comments */
  COMMENTS?: string | null
  /** Phone Provided; read-only */
  HAS_PHONE?: 'Y' | 'N' | null
  /** Email Provided; read-only */
  HAS_EMAIL?: 'Y' | 'N' | null
  /** Open Line Assigned; read-only */
  HAS_IMOL?: 'Y' | 'N' | null
  /** Responsible User */
  ASSIGNED_BY_ID?: number | string | null
  /** Created By; read-only */
  CREATED_BY_ID?: number | string | null
  /** Modified By; read-only */
  MODIFY_BY_ID?: number | string | null
  /** MOVED_BY_ID; read-only */
  MOVED_BY_ID?: number | string | null
  /** Creation Date; read-only */
  DATE_CREATE?: string | null
  /** Modification Date; read-only */
  DATE_MODIFY?: string | null
  /** MOVED_TIME; read-only */
  MOVED_TIME?: string | null
  /** Company */
  COMPANY_ID?: number | string | null
  /** Contact; deprecated */
  CONTACT_ID?: number | string | null
  /** CONTACT_IDS */
  CONTACT_IDS?: (number | string | null)[]
  /** Returning Lead; read-only */
  IS_RETURN_CUSTOMER?: 'Y' | 'N' | null
  /** Closing Date; read-only */
  DATE_CLOSED?: string | null
  /** External Source */
  ORIGINATOR_ID?: string | null
  /** Identifier in External Source */
  ORIGIN_ID?: string | null
  /** Advertising System */
  UTM_SOURCE?: string | null
  /** Traffic Type */
  UTM_MEDIUM?: string | null
  /** Campaign Identifier */
  UTM_CAMPAIGN?: string | null
  /** Campaign Content */
  UTM_CONTENT?: string | null
  /** Campaign Search Term */
  UTM_TERM?: string | null
  /** LAST_ACTIVITY_TIME; read-only */
  LAST_ACTIVITY_TIME?: string | null
  /** LAST_ACTIVITY_BY; read-only */
  LAST_ACTIVITY_BY?: number | string | null
  /** Phone */
  PHONE?: Multifield[]
  /** E-mail */
  EMAIL?: Multifield[]
  /** Website */
  WEB?: Multifield[]
  /** Messenger */
  IM?: Multifield[]
  /** LINK */
  LINK?: Multifield[]
  [userField: `UF_${string}`]: unknown
  [parent: `PARENT_ID_${number}`]: string | number | null
  [property: `PROPERTY_${number}`]: unknown
}

/** Lead, in camelCase. */
export interface LeadItem {
  /** ID; read-only */
  id: number
  /** Creation Date; read-only */
  createdTime?: string | null
  /** Creation date (short); read-only; deprecated */
  dateCreateShort?: string | null
  /** Modification Date; read-only */
  updatedTime?: string | null
  /** Modification date (short); read-only; deprecated */
  dateModifyShort?: string | null
  /** Created By; read-only */
  createdBy?: number | null
  /** Modified By; read-only */
  updatedBy?: number | null
  /** Responsible User */
  assignedById?: number | null
  /** Available to All */
  opened?: 'Y' | 'N' | null
  /** Company */
  companyId?: number | null
  /** Contact; deprecated */
  contactId?: number | null
  /** Stage */
  stageId?: string | null
  /** Converted; read-only; deprecated */
  isConvert?: 'Y' | 'N' | null
  /** Stage Description */
  statusDescription?: string | null
  /** Status Semantic; read-only */
  stageSemanticId?: string | null
  /** Product; read-only; deprecated */
  productId?: string | null
  /** Amount */
  opportunity?: number | null
  /** Currency */
  currencyId?: string | null
  /** Source */
  sourceId?: string | null
  /** Source Description */
  sourceDescription?: string | null
  /** Lead Title */
  title?: string | null
  /** First Name */
  name?: string | null
  /** Last Name */
  lastName?: string | null
  /** Middle Name */
  secondName?: string | null
  /** Short name; read-only; deprecated */
  shortName?: string | null
  /** Company Name */
  companyTitle?: string | null
  /** Position */
  post?: string | null
  /** Address; read-only; deprecated */
  address?: string | null
  /** Comments */
  comments?: string | null
  /** Created by CRM form */
  webformId?: number | null
  /** External Source */
  originatorId?: string | null
  /** Identifier in External Source */
  originId?: string | null
  /** Closing Date; read-only */
  dateClosed?: string | null
  /** Birthdate */
  birthdate?: string | null
  /** Salutation */
  honorific?: string | null
  /** Phone Provided; read-only */
  hasPhone?: 'Y' | 'N' | null
  /** Email Provided; read-only */
  hasEmail?: 'Y' | 'N' | null
  /** Open Line Assigned; read-only */
  hasImol?: 'Y' | 'N' | null
  /** Login; read-only; deprecated */
  login?: string | null
  /** Returning Lead; read-only */
  isReturnCustomer?: 'Y' | 'N' | null
  /** Search content; read-only */
  searchContent?: string | null
  /** IS_MANUAL_OPPORTUNITY */
  isManualOpportunity?: 'Y' | 'N' | null
  /** MOVED_BY_ID; read-only */
  movedBy?: number | null
  /** MOVED_TIME; read-only */
  movedTime?: string | null
  /** LAST_ACTIVITY_BY; read-only */
  lastActivityBy?: number | null
  /** LAST_ACTIVITY_TIME; read-only */
  lastActivityTime?: string | null
  /** Mobile phone; read-only */
  phoneMobile?: string | null
  /** Work phone; read-only */
  phoneWork?: string | null
  /** Mailing phone; read-only */
  phoneMailing?: string | null
  /** Personal E-mail; read-only */
  emailHome?: string | null
  /** Work E-mail; read-only */
  emailWork?: string | null
  /** Mailing E-mail; read-only */
  emailMailing?: string | null
  /** Skype; read-only; deprecated */
  skype?: string | null
  /** ICQ; read-only; deprecated */
  icq?: string | null
  /** Open channel; read-only */
  imol?: string | null
  /** E-mail; read-only */
  email?: string | null
  /** Phone; read-only */
  phone?: string | null
  /** Multifields */
  fm?: MultifieldItem[]
  /** Advertising System */
  utmSource?: string | null
  /** Traffic Type */
  utmMedium?: string | null
  /** Campaign Identifier */
  utmCampaign?: string | null
  /** Campaign Content */
  utmContent?: string | null
  /** Campaign Search Term */
  utmTerm?: string | null
  /** Observers */
  observers?: (number | null)[]
  /** CONTACT_IDS */
  contactIds?: (number | null)[]
  [userField: `uf${string}`]: unknown
  [parent: `parentId${number}`]: number | null
  [property: `property${number}`]: MultipleValue
}

/** Unit of measurement. */
export interface Measure {
  /** ID; read-only */
  ID: string
  /** Code */
  CODE?: number | string | null
  /** Name of the measurement unit */
  MEASURE_TITLE?: string | null
  /** Symbol */
  SYMBOL_RUS?: string | null
  /** International symbol */
  SYMBOL_INTL?: string | null
  /** International letter code */
  SYMBOL_LETTER_INTL?: string | null
  /** Default */
  IS_DEFAULT?: 'Y' | 'N' | null
  [userField: `UF_${string}`]: unknown
  [parent: `PARENT_ID_${number}`]: string | number | null
  [property: `PROPERTY_${number}`]: unknown
}

/** Unit of measurement, in camelCase. */
export interface MeasureItem {
  /** ID; read-only */
  id: number
  /** Code */
  code?: number | null
  /** Name of the measurement unit */
  measureTitle?: string | null
  /** Symbol */
  symbol?: string | null
  /** International symbol */
  symbolIntl?: string | null
  /** International letter code */
  symbolLetterIntl?: string | null
  /** Default */
  isDefault?: 'Y' | 'N' | null
  [userField: `uf${string}`]: unknown
  [parent: `parentId${number}`]: number | null
  [property: `property${number}`]: MultipleValue
}

/** Ratio of a unit, in camelCase. */
export interface MeasureRatioItem {
  /** ID; read-only */
  id: number
  /** Product */
  productId?: number | null
  /** Ratio */
  ratio?: number | null
  /** Default */
  isDefault?: 'Y' | 'N' | null
  [userField: `uf${string}`]: unknown
  [parent: `parentId${number}`]: number | null
  [property: `property${number}`]: MultipleValue
}

/** Payment system. */
export interface PaySystem {
  /** ID; read-only */
  ID: string
  /** Name */
  NAME?: string | null
  /** Description */
  DESCRIPTION?: string | null
  /** Active */
  ACTIVE?: 'Y' | 'N' | null
  /** Sorting */
  SORT?: number | string | null
  /** Cash */
  IS_CASH?: 'Y' | 'N' | null
  [userField: `UF_${string}`]: unknown
  [parent: `PARENT_ID_${number}`]: string | number | null
  [property: `PROPERTY_${number}`]: unknown
}

/** Payer type. */
export interface PayerType {
  /** ID; read-only */
  ID: string
  /** Name */
  NAME?: string | null
  [userField: `UF_${string}`]: unknown
  [parent: `PARENT_ID_${number}`]: string | number | null
  [property: `PROPERTY_${number}`]: unknown
}

/** Markup, in camelCase. */
export interface PriceExtraItem {
  /** ID; read-only */
  id: number
  /** Name */
  name?: string | null
  /** Percentage */
  percentage?: number | null
  [userField: `uf${string}`]: unknown
  [parent: `parentId${number}`]: number | null
  [property: `property${number}`]: MultipleValue
}

/** Access to a price type, in camelCase. */
export interface PriceTypeGroupItem {
  /** ID */
  id: number
  /** Price type */
  catalogGroupId?: number | null
  /** Group of customers */
  groupId?: number | null
  /** Access */
  access?: 'Y' | 'N' | null
  [userField: `uf${string}`]: unknown
  [parent: `parentId${number}`]: number | null
  [property: `property${number}`]: MultipleValue
}

/** Price type, in camelCase. */
export interface PriceTypeItem {
  /** ID; read-only */
  id: number
  /** Name */
  name?: string | null
  /** Base */
  base?: 'Y' | 'N' | null
  /** Sorting */
  sort?: number | null
  /** External code */
  xmlId?: string | null
  /** Created by; read-only */
  createdBy?: number | null
  /** Created on; read-only */
  dateCreate?: string | null
  /** Modified by; read-only */
  modifiedBy?: number | null
  /** Modified on; read-only */
  timestampX?: string | null
  [userField: `uf${string}`]: unknown
  [parent: `parentId${number}`]: number | null
  [property: `property${number}`]: MultipleValue
}

/** Translation of a price type, in camelCase. */
export interface PriceTypeLangItem {
  /** ID */
  id: number
  /** Price type */
  catalogGroupId?: number | null
  /** Language */
  lang?: string | null
  /** Name */
  name?: string | null
  [userField: `uf${string}`]: unknown
  [parent: `parentId${number}`]: number | null
  [property: `property${number}`]: MultipleValue
}

/** Product. */
export interface Product {
  /** ID; read-only */
  ID: string
  /** Catalog */
  CATALOG_ID?: number | string | null
  /** Price */
  PRICE?: number | string | null
  /** Currency */
  CURRENCY_ID?: string | null
  /** Name */
  NAME?: string | null
  /** Symbolic code */
  CODE?: string | null
  /** Description */
  DESCRIPTION?: string | null
  /** Description type */
  DESCRIPTION_TYPE?: 'text' | 'html' | null
  /** Active */
  ACTIVE?: 'Y' | 'N' | null
  /** Section */
  SECTION_ID?: number | string | null
  /** Sort order */
  SORT?: number | string | null
  /** VAT rate */
  VAT_ID?: number | string | null
  /** VAT included in price */
  VAT_INCLUDED?: 'Y' | 'N' | null
  /** Unit of measure */
  MEASURE?: number | string | null
  /** External code */
  XML_ID?: string | null
  /** Preview picture */
  PREVIEW_PICTURE?: FileValue
  /** Detailed picture */
  DETAIL_PICTURE?: FileValue
  /** Created on; read-only */
  DATE_CREATE?: string | null
  /** Modified on; read-only */
  TIMESTAMP_X?: string | null
  /** Modified by; read-only */
  MODIFIED_BY?: number | string | null
  /** Created by; read-only */
  CREATED_BY?: number | string | null
  [userField: `UF_${string}`]: unknown
  [parent: `PARENT_ID_${number}`]: string | number | null
  [property: `PROPERTY_${number}`]: unknown
}

/** Product, in camelCase. */
export interface ProductItem {
  /** ID; read-only */
  id: number
  /** Catalog */
  iblockId?: number | null
  /** Name */
  name?: string | null
  /** Symbolic code */
  code?: string | null
  /** Description */
  detailText?: string | null
  /** Description type */
  detailTextType?: 'text' | 'html' | null
  /** Active */
  active?: 'Y' | 'N' | null
  /** Section */
  iblockSectionId?: number | null
  /** Sort order */
  sort?: number | null
  /** VAT rate */
  vatId?: number | null
  /** VAT included in price */
  vatIncluded?: 'Y' | 'N' | null
  /** Unit of measure */
  measure?: number | null
  /** External code */
  xmlId?: string | null
  /** Preview picture */
  previewPicture?: FileValue
  /** Detailed picture */
  detailPicture?: FileValue
  /** Created on */
  dateCreate?: string | null
  /** Modified on */
  timestampX?: string | null
  /** Modified by */
  modifiedBy?: number | null
  /** Created by */
  createdBy?: number | null
  /** Preview description */
  previewText?: string | null
  /** Type of preview description */
  previewTextType?: 'text' | 'html' | null
  /** Product type; read-only */
  type?: number | null
  /** Availability; read-only */
  available?: 'Y' | 'N' | null
  /** Set availability; read-only */
  bundle?: 'Y' | 'N' | null
  /** Unique barcodes */
  barcodeMulti?: 'Y' | 'N' | null
  /** Purchase when out of stock */
  canBuyZero?: 'Y' | 'N' | 'D' | null
  /** Quantity accounting mode */
  quantityTrace?: 'Y' | 'N' | 'D' | null
  /** NEGATIVE_AMOUNT_TRACE; read-only */
  negativeAmountTrace?: 'Y' | 'N' | 'D' | null
  /** Subscription */
  subscribe?: 'Y' | 'N' | 'D' | null
  /** Active from */
  dateActiveFrom?: string | null
  /** Active to */
  dateActiveTo?: string | null
  /** Height */
  height?: number | null
  /** Length */
  length?: number | null
  /** Width */
  width?: number | null
  /** Weight */
  weight?: number | null
  /** Available quantity */
  quantity?: number | null
  /** Reserved quantity */
  quantityReserved?: number | null
  /** Purchasing price */
  purchasingPrice?: number | null
  /** Purchasing price currency */
  purchasingCurrency?: string | null
  /** Payment type */
  priceType?: 'S' | 'R' | 'T' | null
  /** Payment period */
  recurSchemeLength?: number | null
  /** Unit of the payment period */
  recurSchemeType?: 'H' | 'D' | 'W' | 'M' | 'Q' | 'S' | 'Y' | null
  /** Product for trial payment */
  trialPriceId?: number | null
  /** Extension without an order */
  withoutOrder?: 'Y' | 'N' | null
  [userField: `uf${string}`]: unknown
  [parent: `parentId${number}`]: number | null
  [property: `property${number}`]: MultipleValue
}

/** Price, in camelCase. */
export interface ProductPriceItem {
  /** ID; read-only */
  id: number
  /** Product */
  productId?: number | null
  /** Price type */
  catalogGroupId?: number | null
  /** Price */
  price?: number | null
  /** Currency */
  currency?: string | null
  /** Markup */
  extraId?: number | null
  /** From quantity */
  quantityFrom?: number | null
  /** To quantity */
  quantityTo?: number | null
  /** Price in the base currency; read-only */
  priceScale?: number | null
  /** Modified on; read-only */
  timestampX?: string | null
  [userField: `uf${string}`]: unknown
  [parent: `parentId${number}`]: number | null
  [property: `property${number}`]: MultipleValue
}

/** Product property. */
export interface ProductProperty {
  /** ID; read-only */
  ID: string
  /** Modified on; read-only */
  TIMESTAMP_X?: string | null
  /** Catalog */
  IBLOCK_ID?: number | string | null
  /** Name */
  NAME?: string | null
  /** Active */
  ACTIVE?: 'Y' | 'N' | null
  /** Sorting */
  SORT?: number | string | null
  /** Symbolic code */
  CODE?: string | null
  /** Default value */
  DEFAULT_VALUE?: unknown
  /** Type */
  PROPERTY_TYPE?: string | null
  /** User type */
  USER_TYPE?: string | null
  /** Settings of the user type */
  USER_TYPE_SETTINGS?: unknown
  /** Rows */
  ROW_COUNT?: number | string | null
  /** Columns */
  COL_COUNT?: number | string | null
  /** Appearance of the list */
  LIST_TYPE?: 'L' | 'C' | null
  /** Multiple */
  MULTIPLE?: 'Y' | 'N' | null
  /** Input fields of a multiple value */
  MULTIPLE_CNT?: number | string | null
  /** External code */
  XML_ID?: string | null
  /** Extensions of files */
  FILE_TYPE?: string | null
  /** Linked information block */
  LINK_IBLOCK_ID?: number | string | null
  /** Values have descriptions */
  WITH_DESCRIPTION?: 'Y' | 'N' | null
  /** Searchable */
  SEARCHABLE?: 'Y' | 'N' | null
  /** In filters */
  FILTRABLE?: 'Y' | 'N' | null
  /** Required */
  IS_REQUIRED?: 'Y' | 'N' | null
  [userField: `UF_${string}`]: unknown
  [parent: `PARENT_ID_${number}`]: string | number | null
  [property: `PROPERTY_${number}`]: unknown
}

/** Value of a list, in camelCase. */
export interface ProductPropertyEnumItem {
  /** ID; read-only */
  id: number
  /** Property */
  propertyId?: number | null
  /** Value */
  value?: string | null
  /** External code */
  xmlId?: string | null
  /** Sorting */
  sort?: number | null
  /** Default */
  def?: 'Y' | 'N' | null
  [userField: `uf${string}`]: unknown
  [parent: `parentId${number}`]: number | null
  [property: `property${number}`]: MultipleValue
}

/** Feature of a property, in camelCase. */
export interface ProductPropertyFeatureItem {
  /** ID; read-only */
  id: number
  /** Property */
  propertyId?: number | null
  /** Module */
  moduleId?: string | null
  /** Feature */
  featureId?: string | null
  /** Enabled */
  isEnabled?: 'Y' | 'N' | null
  [userField: `uf${string}`]: unknown
  [parent: `parentId${number}`]: number | null
  [property: `property${number}`]: MultipleValue
}

/** Product property, in camelCase. */
export interface ProductPropertyItem {
  /** ID; read-only */
  id: number
  /** Modified on; read-only */
  timestampX?: string | null
  /** Catalog */
  iblockId?: number | null
  /** Name */
  name?: string | null
  /** Active */
  active?: 'Y' | 'N' | null
  /** Sorting */
  sort?: number | null
  /** Symbolic code */
  code?: string | null
  /** Default value */
  defaultValue?: unknown
  /** Type */
  propertyType?: string | null
  /** User type */
  userType?: string | null
  /** Settings of the user type */
  userTypeSettings?: unknown
  /** Rows */
  rowCount?: number | null
  /** Columns */
  colCount?: number | null
  /** Appearance of the list */
  listType?: 'L' | 'C' | null
  /** Multiple */
  multiple?: 'Y' | 'N' | null
  /** Input fields of a multiple value */
  multipleCnt?: number | null
  /** External code */
  xmlId?: string | null
  /** Extensions of files */
  fileType?: string | null
  /** Linked information block */
  linkIblockId?: number | null
  /** Values have descriptions */
  withDescription?: 'Y' | 'N' | null
  /** Searchable */
  searchable?: 'Y' | 'N' | null
  /** In filters */
  filtrable?: 'Y' | 'N' | null
  /** Required */
  isRequired?: 'Y' | 'N' | null
  /** Hint */
  hint?: string | null
  [userField: `uf${string}`]: unknown
  [parent: `parentId${number}`]: number | null
  [property: `property${number}`]: MultipleValue
}

/** Property in filters, in camelCase. */
export interface ProductPropertySectionItem {
  /** ID; read-only */
  id: number
  /** Property */
  propertyId?: number | null
  /** In the filter */
  smartFilter?: 'Y' | 'N' | null
  /** Appearance */
  displayType?: 'F' | 'K' | 'P' | null
  /** Expanded */
  displayExpanded?: 'Y' | 'N' | null
  /** Hint */
  filterHint?: string | null
  [userField: `uf${string}`]: unknown
  [parent: `parentId${number}`]: number | null
  [property: `property${number}`]: MultipleValue
}

/** Section of the catalogue. */
export interface ProductSection {
  /** ID; read-only */
  ID: string
  /** Catalog */
  CATALOG_ID?: number | string | null
  /** Section */
  SECTION_ID?: number | string | null
  /** Name */
  NAME?: string | null
  /** Symbolic code */
  XML_ID?: string | null
  [userField: `UF_${string}`]: unknown
  [parent: `PARENT_ID_${number}`]: string | number | null
  [property: `PROPERTY_${number}`]: unknown
}

/** Section of the catalogue, in camelCase. */
export interface ProductSectionItem {
  /** ID; read-only */
  id: number
  /** Catalog */
  iblockId?: number | null
  /** Section */
  iblockSectionId?: number | null
  /** Name */
  name?: string | null
  /** Symbolic code */
  xmlId?: string | null
  /** Code */
  code?: string | null
  /** Active */
  active?: 'Y' | 'N' | null
  /** Sorting */
  sort?: number | null
  /** Description */
  description?: string | null
  /** Description type */
  descriptionType?: 'text' | 'html' | null
  [userField: `uf${string}`]: unknown
  [parent: `parentId${number}`]: number | null
  [property: `property${number}`]: MultipleValue
}

/** Estimate. */
export interface Quote {
  /** ID; read-only */
  ID: string
  /** Estimate Number; read-only */
  QUOTE_NUMBER?: string | null
  /** Subject */
  TITLE?: string | null
  /** Estimate Stage */
  STATUS_ID?: string | null
  /** Currency */
  CURRENCY_ID?: string | null
  /** Amount */
  OPPORTUNITY?: number | string | null
  /** Tax Rate */
  TAX_VALUE?: number | string | null
  /** Company */
  COMPANY_ID?: number | string | null
  /** Your Company Details */
  MYCOMPANY_ID?: number | string | null
  /** Contact; deprecated */
  CONTACT_ID?: number | string | null
  /** CONTACT_IDS */
  CONTACT_IDS?: (number | string | null)[]
  /** Issue Date */
  BEGINDATE?: string | null
  /** Deadline */
  CLOSEDATE?: string | null
  /** ACTUAL_DATE */
  ACTUAL_DATE?: string | null
  /** Available to Everyone */
  OPENED?: 'Y' | 'N' | null
  /** Closed */
  CLOSED?: 'Y' | 'N' | null
  /** Comment */
  COMMENTS?: string | null
  /** Content */
  CONTENT?: string | null
  /** Terms */
  TERMS?: string | null
  /** Client */
  CLIENT_TITLE?: string | null
  /** Address */
  CLIENT_ADDR?: string | null
  /** Contact Person */
  CLIENT_CONTACT?: string | null
  /** E-mail */
  CLIENT_EMAIL?: string | null
  /** Phone */
  CLIENT_PHONE?: string | null
  /** Tax ID */
  CLIENT_TP_ID?: string | null
  /** KPP */
  CLIENT_TPA_ID?: string | null
  /** Responsible */
  ASSIGNED_BY_ID?: number | string | null
  /** Created By; read-only */
  CREATED_BY_ID?: number | string | null
  /** Modified By; read-only */
  MODIFY_BY_ID?: number | string | null
  /** Creation Date; read-only */
  DATE_CREATE?: string | null
  /** Modification Date; read-only */
  DATE_MODIFY?: string | null
  /** Lead */
  LEAD_ID?: number | string | null
  /** Deal */
  DEAL_ID?: number | string | null
  /** Client Type */
  PERSON_TYPE_ID?: number | string | null
  /** Location */
  LOCATION_ID?: string | null
  /** Advertising System */
  UTM_SOURCE?: string | null
  /** Traffic Type */
  UTM_MEDIUM?: string | null
  /** Campaign Identifier */
  UTM_CAMPAIGN?: string | null
  /** Campaign Content */
  UTM_CONTENT?: string | null
  /** Campaign Search Condition */
  UTM_TERM?: string | null
  /** LAST_ACTIVITY_TIME; read-only */
  LAST_ACTIVITY_TIME?: string | null
  /** LAST_ACTIVITY_BY; read-only */
  LAST_ACTIVITY_BY?: number | string | null
  /** LAST_COMMUNICATION_TIME; read-only */
  LAST_COMMUNICATION_TIME?: string | null
  [userField: `UF_${string}`]: unknown
  [parent: `PARENT_ID_${number}`]: string | number | null
  [property: `PROPERTY_${number}`]: unknown
}

/** Estimate, in camelCase. */
export interface QuoteItem {
  /** ID; read-only */
  id: number
  /** Creation Date; read-only */
  createdTime?: string | null
  /** Creation date (short); read-only; deprecated */
  dateCreateShort?: string | null
  /** Modification Date; read-only */
  updatedTime?: string | null
  /** Modification date (short); read-only; deprecated */
  dateModifyShort?: string | null
  /** Created By; read-only */
  createdBy?: number | null
  /** Modified By; read-only */
  updatedBy?: number | null
  /** Responsible */
  assignedById?: number | null
  /** Available to Everyone */
  opened?: 'Y' | 'N' | null
  /** Lead */
  leadId?: number | null
  /** Deal */
  dealId?: number | null
  /** Company */
  companyId?: number | null
  /** Contact; deprecated */
  contactId?: number | null
  /** Client Type */
  personTypeId?: number | null
  /** Your Company Details */
  mycompanyId?: number | null
  /** Subject */
  title?: string | null
  /** Estimate Stage */
  stageId?: string | null
  /** Closed */
  closed?: 'Y' | 'N' | null
  /** Amount */
  opportunity?: number | null
  /** Amount calculation mode */
  isManualOpportunity?: 'Y' | 'N' | null
  /** Tax Rate */
  taxValue?: number | null
  /** Currency */
  currencyId?: string | null
  /** Comment */
  comments?: string | null
  /** Type of comment; read-only */
  commentsType?: number | null
  /** Issue Date */
  begindate?: string | null
  /** Issue date (short); read-only; deprecated */
  begindateShort?: string | null
  /** Deadline */
  closedate?: string | null
  /** Deadline (short); read-only; deprecated */
  closedateShort?: string | null
  /** Created by CRM form */
  webformId?: number | null
  /** Estimate Number; read-only */
  quoteNumber?: string | null
  /** Content */
  content?: string | null
  /** Type of content; read-only */
  contentType?: number | null
  /** Terms */
  terms?: string | null
  /** Type of terms; read-only */
  termsType?: number | null
  /** Type of storage */
  storageTypeId?: number | null
  /** Files */
  storageElementIds?: (number | null)[]
  /** Location */
  locationId?: string | null
  /** Client */
  clientTitle?: string | null
  /** Address */
  clientAddr?: string | null
  /** Contact Person */
  clientContact?: string | null
  /** E-mail */
  clientEmail?: string | null
  /** Phone */
  clientPhone?: string | null
  /** Tax ID */
  clientTpId?: string | null
  /** KPP */
  clientTpaId?: string | null
  /** Search content; read-only */
  searchContent?: string | null
  /** Contains products; read-only; deprecated */
  hasProducts?: 'Y' | 'N' | null
  /** ACTUAL_DATE */
  actualDate?: string | null
  /** LAST_ACTIVITY_BY; read-only */
  lastActivityBy?: number | null
  /** LAST_ACTIVITY_TIME; read-only */
  lastActivityTime?: string | null
  /** Advertising System */
  utmSource?: string | null
  /** Traffic Type */
  utmMedium?: string | null
  /** Campaign Identifier */
  utmCampaign?: string | null
  /** Campaign Content */
  utmContent?: string | null
  /** Campaign Search Condition */
  utmTerm?: string | null
  /** CONTACT_IDS */
  contactIds?: (number | null)[]
  [userField: `uf${string}`]: unknown
  [parent: `parentId${number}`]: number | null
  [property: `property${number}`]: MultipleValue
}

/** Details. */
export interface Requisite {
  /** ID; read-only */
  ID: string
  /** Entity type ID */
  ENTITY_TYPE_ID?: number | string | null
  /** Entity ID */
  ENTITY_ID?: number | string | null
  /** Preset ID */
  PRESET_ID?: number | string | null
  /** Creation date; read-only */
  DATE_CREATE?: string | null
  /** Modification date; read-only */
  DATE_MODIFY?: string | null
  /** Created by; read-only */
  CREATED_BY_ID?: number | string | null
  /** Modified by; read-only */
  MODIFY_BY_ID?: number | string | null
  /** Name */
  NAME?: string | null
  /** Code */
  CODE?: string | null
  /** External code */
  XML_ID?: string | null
  /** ORIGINATOR_ID */
  ORIGINATOR_ID?: string | null
  /** Active */
  ACTIVE?: 'Y' | 'N' | null
  /** ADDRESS_ONLY */
  ADDRESS_ONLY?: 'Y' | 'N' | null
  /** Sort order */
  SORT?: number | string | null
  /** Full Name */
  RQ_NAME?: string | null
  /** First Name */
  RQ_FIRST_NAME?: string | null
  /** Last Name */
  RQ_LAST_NAME?: string | null
  /** Middle Name */
  RQ_SECOND_NAME?: string | null
  /** RQ_COMPANY_ID */
  RQ_COMPANY_ID?: string | null
  /** Short organization name */
  RQ_COMPANY_NAME?: string | null
  /** Full organization name */
  RQ_COMPANY_FULL_NAME?: string | null
  /** State registration date */
  RQ_COMPANY_REG_DATE?: string | null
  /** CEO */
  RQ_DIRECTOR?: string | null
  /** Chief Accountant */
  RQ_ACCOUNTANT?: string | null
  /** RQ_CEO_NAME */
  RQ_CEO_NAME?: string | null
  /** RQ_CEO_WORK_POS */
  RQ_CEO_WORK_POS?: string | null
  /** Contact person */
  RQ_CONTACT?: string | null
  /** E-Mail */
  RQ_EMAIL?: string | null
  /** Phone */
  RQ_PHONE?: string | null
  /** Fax */
  RQ_FAX?: string | null
  /** RQ_IDENT_TYPE */
  RQ_IDENT_TYPE?: string | null
  /** Document type */
  RQ_IDENT_DOC?: string | null
  /** series */
  RQ_IDENT_DOC_SER?: string | null
  /** number */
  RQ_IDENT_DOC_NUM?: string | null
  /** RQ_IDENT_DOC_PERS_NUM */
  RQ_IDENT_DOC_PERS_NUM?: string | null
  /** issue date */
  RQ_IDENT_DOC_DATE?: string | null
  /** issued by */
  RQ_IDENT_DOC_ISSUED_BY?: string | null
  /** department code */
  RQ_IDENT_DOC_DEP_CODE?: string | null
  /** Tax ID */
  RQ_INN?: string | null
  /** Tax Registration Code */
  RQ_KPP?: string | null
  /** RQ_USRLE */
  RQ_USRLE?: string | null
  /** Tax Office */
  RQ_IFNS?: string | null
  /** State Registration Number */
  RQ_OGRN?: string | null
  /** Sole Proprietor Registration Number */
  RQ_OGRNIP?: string | null
  /** OKPO Code */
  RQ_OKPO?: string | null
  /** OKTMO Code */
  RQ_OKTMO?: string | null
  /** NAICS Code */
  RQ_OKVED?: string | null
  /** RQ_EDRPOU */
  RQ_EDRPOU?: string | null
  /** RQ_DRFO */
  RQ_DRFO?: string | null
  /** RQ_KBE */
  RQ_KBE?: string | null
  /** RQ_IIN */
  RQ_IIN?: string | null
  /** RQ_BIN */
  RQ_BIN?: string | null
  /** State registration certificate series */
  RQ_ST_CERT_SER?: string | null
  /** State registration certificate number */
  RQ_ST_CERT_NUM?: string | null
  /** State registration certificate date */
  RQ_ST_CERT_DATE?: string | null
  /** RQ_VAT_PAYER */
  RQ_VAT_PAYER?: 'Y' | 'N' | null
  /** RQ_VAT_ID */
  RQ_VAT_ID?: string | null
  /** RQ_VAT_CERT_SER */
  RQ_VAT_CERT_SER?: string | null
  /** RQ_VAT_CERT_NUM */
  RQ_VAT_CERT_NUM?: string | null
  /** RQ_VAT_CERT_DATE */
  RQ_VAT_CERT_DATE?: string | null
  /** RQ_RESIDENCE_COUNTRY */
  RQ_RESIDENCE_COUNTRY?: string | null
  /** RQ_BASE_DOC */
  RQ_BASE_DOC?: string | null
  /** RQ_REGON */
  RQ_REGON?: string | null
  /** RQ_KRS */
  RQ_KRS?: string | null
  /** RQ_PESEL */
  RQ_PESEL?: string | null
  /** RQ_LEGAL_FORM */
  RQ_LEGAL_FORM?: string | null
  /** RQ_SIRET */
  RQ_SIRET?: string | null
  /** RQ_SIREN */
  RQ_SIREN?: string | null
  /** RQ_CAPITAL */
  RQ_CAPITAL?: string | null
  /** RQ_RCS */
  RQ_RCS?: string | null
  /** RQ_CNPJ */
  RQ_CNPJ?: string | null
  /** RQ_STATE_REG */
  RQ_STATE_REG?: string | null
  /** RQ_MNPL_REG */
  RQ_MNPL_REG?: string | null
  /** RQ_CPF */
  RQ_CPF?: string | null
  [userField: `UF_${string}`]: unknown
  [parent: `PARENT_ID_${number}`]: string | number | null
  [property: `PROPERTY_${number}`]: unknown
}

/** Link of requisites. */
export interface RequisiteLink {
  /** Object type ID */
  ENTITY_TYPE_ID?: number | string | null
  /** Object ID */
  ENTITY_ID?: number | string | null
  /** Link to details */
  REQUISITE_ID?: number | string | null
  /** Link to bank details */
  BANK_DETAIL_ID?: number | string | null
  /** Link to my company's details */
  MC_REQUISITE_ID?: number | string | null
  /** Link to my company's bank details */
  MC_BANK_DETAIL_ID?: number | string | null
  [userField: `UF_${string}`]: unknown
  [parent: `PARENT_ID_${number}`]: string | number | null
  [property: `PROPERTY_${number}`]: unknown
}

/** Requisite template. */
export interface RequisitePreset {
  /** ID; read-only */
  ID: string
  /** Object type ID */
  ENTITY_TYPE_ID?: number | string | null
  /** Country ID */
  COUNTRY_ID?: number | string | null
  /** Name */
  NAME?: string | null
  /** Creation date; read-only */
  DATE_CREATE?: string | null
  /** Modification date; read-only */
  DATE_MODIFY?: string | null
  /** Created by; read-only */
  CREATED_BY_ID?: number | string | null
  /** Modified by; read-only */
  MODIFY_BY_ID?: number | string | null
  /** Active */
  ACTIVE?: 'Y' | 'N' | null
  /** Sorting */
  SORT?: number | string | null
  /** External code */
  XML_ID?: string | null
  [userField: `UF_${string}`]: unknown
  [parent: `PARENT_ID_${number}`]: string | number | null
  [property: `PROPERTY_${number}`]: unknown
}

/** Rounding rule, in camelCase. */
export interface RoundingRuleItem {
  /** ID; read-only */
  id: number
  /** Price type */
  catalogGroupId?: number | null
  /** From the price */
  price?: number | null
  /** Type of rounding */
  roundType?: number | null
  /** Precision */
  roundPrecision?: number | null
  /** Created by; read-only */
  createdBy?: number | null
  /** Created on; read-only */
  dateCreate?: string | null
  /** Modified by; read-only */
  modifiedBy?: number | null
  /** Modified on; read-only */
  dateModify?: string | null
  [userField: `uf${string}`]: unknown
  [parent: `parentId${number}`]: number | null
  [property: `property${number}`]: MultipleValue
}

/** Invoice, in camelCase. */
export interface SmartInvoiceItem {
  /** ID; read-only */
  id: number
  /** Name */
  title?: string | null
  /** External code */
  xmlId?: string | null
  /** Created at; read-only */
  createdTime?: string | null
  /** Updated at; read-only */
  updatedTime?: string | null
  /** Created by; read-only */
  createdBy?: number | null
  /** Updated by; read-only */
  updatedBy?: number | null
  /** Assigned to */
  assignedById?: number | null
  /** Publicly available */
  opened?: 'Y' | 'N' | null
  /** Created by CRM form */
  webformId?: number | null
  /** Invoice number; read-only */
  accountNumber?: string | null
  /** Start date */
  begindate?: string | null
  /** End date */
  closedate?: string | null
  /** Company */
  companyId?: number | null
  /** Contact; deprecated */
  contactId?: number | null
  /** CONTACT_IDS */
  contactIds?: (number | null)[]
  /** CONTACTS */
  contacts?: (number | null)[]
  /** Observers */
  observers?: (number | null)[]
  /** Pipeline */
  categoryId?: number | null
  /** Moved at; read-only */
  movedTime?: string | null
  /** Moved by; read-only */
  movedBy?: number | null
  /** Stage */
  stageId?: string | null
  /** Previous stage; read-only */
  previousStageId?: string | null
  /** Source */
  sourceId?: string | null
  /** Additional source info */
  sourceDescription?: string | null
  /** Currency */
  currencyId?: string | null
  /** Amount calculation mode */
  isManualOpportunity?: 'Y' | 'N' | null
  /** Amount */
  opportunity?: number | null
  /** Tax amount */
  taxValue?: number | null
  /** Your company details */
  mycompanyId?: number | null
  /** Comment */
  comments?: string | null
  /** Location */
  locationId?: string | null
  /** Last activity in timeline by; read-only */
  lastActivityBy?: number | null
  /** Last activity; read-only */
  lastActivityTime?: string | null
  [userField: `uf${string}`]: unknown
  [parent: `parentId${number}`]: number | null
  [property: `property${number}`]: MultipleValue
}

/** Timeline record. */
export interface TimelineItem {
  /** ID; read-only */
  ID: string
  /** Date added; read-only */
  CREATED?: string | null
  /** ID of the element the comment is attached to */
  ENTITY_ID?: number | string | null
  /** Type of the element the comment is attached to */
  ENTITY_TYPE?: string | null
  /** Author */
  AUTHOR_ID?: number | string | null
  /** Comment text */
  COMMENT?: string | null
  /** File list */
  FILES?: FileValue[]
  [userField: `UF_${string}`]: unknown
  [parent: `PARENT_ID_${number}`]: string | number | null
  [property: `PROPERTY_${number}`]: unknown
}

/** VAT rate. */
export interface Vat {
  /** ID; read-only */
  ID: string
  /** Modification Date; read-only */
  TIMESTAMP_X?: string | null
  /** Activity */
  ACTIVE?: 'Y' | 'N' | null
  /** Sorting */
  C_SORT?: number | string | null
  /** Name */
  NAME?: string | null
  /** Rate */
  RATE?: number | string | null
  [userField: `UF_${string}`]: unknown
  [parent: `PARENT_ID_${number}`]: string | number | null
  [property: `PROPERTY_${number}`]: unknown
}

/** VAT rate, in camelCase. */
export interface VatItem {
  /** ID; read-only */
  id: number
  /** Modification Date */
  timestampX?: string | null
  /** Activity */
  active?: 'Y' | 'N' | null
  /** Sorting */
  sort?: number | null
  /** Name */
  name?: string | null
  /** Rate */
  rate?: number | null
  [userField: `uf${string}`]: unknown
  [parent: `parentId${number}`]: number | null
  [property: `property${number}`]: MultipleValue
}

/** Rows of `crm.item` by the numbers of their types; smart processes have whatever they were given. */
export interface ItemsByType {
  1: LeadItem
  2: DealItem
  3: ContactItem
  4: CompanyItem
  7: QuoteItem
  31: SmartInvoiceItem
}
