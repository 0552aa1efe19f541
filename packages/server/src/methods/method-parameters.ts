import { byId, demanded, families, readRaw } from './method-parameters-required.ts'
import type { Method, Param } from './method.ts'

export interface MethodParameter {
  readonly name: string
  /** `string`, `integer`, `boolean`, `object`, `array` or `any`. */
  readonly type: string
  readonly required: boolean
  readonly about?: string
}

const types: Readonly<Record<Param<unknown>['type'], string>> = {
  map: 'object',
  list: 'array',
  integer: 'integer',
  text: 'string',
  flag: 'boolean',
  any: 'any',
}

interface Common {
  readonly about: string
  /** Where the method itself takes anything. */
  readonly type?: string
}

/** Parameters that mean the same in every method, by their names in lower case. */
const common: Readonly<Record<string, Common>> = {
  filter: {
    type: 'object',
    about:
      'Conditions by fields, all of which must hold; an operator stands before the name: `{">ID": 5, "%TITLE": "shop", "@STATUS_ID": ["NEW", "JUNK"]}`',
  },
  order: { type: 'object', about: 'Fields to sort by, each with ASC or DESC: `{"ID": "DESC"}`' },
  select: { type: 'array', about: 'Names of the fields to return; `*` is every usual one, `UF_*` every user field' },
  start: {
    about: 'Offset of the page, 50 rows each: `next` of the page before; -1 returns a page fast, without `total`',
  },
  fields: { type: 'object', about: 'Values by the names of fields' },
  id: { about: 'The id of the record' },
  ids: { type: 'array', about: 'Ids' },
  params: { type: 'object', about: 'What else to heed, e.g. `{"IMPORT": "Y"}` to keep given dates and authors' },
  entitytypeid: {
    about: 'The type of record: 1 lead, 2 deal, 3 contact, 4 company, 7 quote, 31 invoice; smart processes from 128 on',
  },
  entityid: { about: 'The id of the record, or of a directory the name' },
  ownertypeid: { about: 'The type of the record that it belongs to: 1 lead, 2 deal, 3 contact, 4 company, …' },
  ownerid: { about: 'The id of the record that it belongs to' },
  ownertype: {
    about: 'The short code of the type of the record that it belongs to: L lead, D deal, C contact, CO company, …',
  },
  useoriginalufnames: { about: 'Y: user fields go by their UF_CRM_… names instead of camelCase' },
  rows: { type: 'array', about: 'All product rows; those left out are removed' },
  productrows: { type: 'array', about: 'All product rows; those left out are removed' },
  items: { type: 'array', about: 'All links; those left out are removed' },
  halt: { about: '1: the first error ends the batch' },
  cmd: {
    type: 'object',
    about:
      'Up to 50 calls by names of your own, each `method?query`; `$result[name]` stands for the result of an earlier one',
  },
  type: { about: 'What kind' },
  values: { about: 'Values by their names, or a list of them' },
  activityid: { about: 'The id of the activity' },
  userid: { about: 'The id of the person' },
  scope: { about: 'Which area, e.g. `crm`; in cards P is personal and C common' },
  extras: { type: 'object', about: 'Which variant of the card, e.g. the pipeline' },
  code: { about: 'The code by which it is known' },
  title: { about: 'What it is called' },
  name: { about: 'What it is called' },
  description: { about: 'More about it, as text' },
  handler: { about: 'The URL that is called' },
  event: { about: 'The name of the event, e.g. ONCRMLEADADD' },
  moduleid: { about: 'The module whose fields they are: `crm`' },
  pagination: { type: 'object', about: 'The page: `{"page": 1, "limit": 50}` or `{"offset": 0, "limit": 50}`' },
  cursor: {
    type: 'object',
    about: 'Where the list goes on: `{"field": "id", "value": 0, "order": "ASC", "limit": 50}`',
  },
  access: { about: 'Access codes: U1 a person, DR5 a department with those below it, G1 a group' },
  deadline: { about: 'When it is due, as 2026-01-31T12:00:00+00:00' },
  layout: { type: 'object', about: 'What is shown, as a tree of blocks' },
  preset: { type: 'object', about: 'The requisite template: `{"ID": 1}`' },
  option: { about: 'The name of the setting; without it all are returned' },
  options: { type: 'object', about: 'Settings by their names' },
  entity_type: { about: 'LEAD, CONTACT or COMPANY; without it all three' },
  full: { about: 'True: also what the credential may not use' },
  categoryid: { about: 'The pipeline' },
  colorid: { about: 'A colour, 1 to 7' },
  responsibleid: { about: 'The id of the person in charge' },
  active: { about: 'Whether it is in use' },
  admin: { about: 'Whether the person is to be an administrator' },
  count: { about: 'How many' },
  data: { type: 'array', about: 'What it is to be, as a list' },
  entities: { type: 'array', about: 'The records' },
  events: { type: 'array', about: 'Names of events, e.g. ONCRMLEADADD' },
  file: { about: 'A name and the base64 of the bytes' },
  filecontent: { type: 'array', about: 'A file as its name and the base64 of its bytes' },
  limit: { about: 'At most so many' },
  list_id: { about: 'The id of the call list' },
  message_id: { type: 'array', about: 'Ids of the messages; without them all of the process' },
  nodeid: { about: 'The id of the department or team' },
  owner_id: { about: 'The id of the record' },
  owner_type_id: { about: 'The type of the record: 1 lead, 2 deal, 3 contact, 4 company, …' },
  parentid: { about: 'The id of the one above' },
  paymentid: { about: 'The id of the payment' },
  deliveryid: { about: 'The id of the delivery' },
  pingoffsets: { type: 'array', about: 'Minutes before the deadline at which to remind' },
  process_id: { about: 'The process that event.offline.get answered' },
  productid: { about: 'The id of the product' },
  propertyid: { about: 'The id of the property' },
  quantity: { about: 'How many' },
  rowid: { about: 'The id of the product row' },
  role: { about: 'The role in the department or team, e.g. MEMBER_HEAD' },
  sort: { about: 'The field to sort by, or the place in the order' },
  templateid: { about: 'The id of the document template' },
  text: { about: 'The text' },
  url: { about: 'The address' },
  userids: { about: 'Ids of people, or lists of them by role' },
  user_type_id: { about: 'The code of the user field type' },
  value: { about: 'The new value' },
  auth_connector: { about: 'Your own name for the source of the change, by which you know your own events again' },
}

/** What single methods say otherwise, by method and parameter in lower case. */
const special: Readonly<Record<string, string>> = {
  'crm.duplicate.findbycomm type': 'EMAIL or PHONE',
  'crm.duplicate.findbycomm values': 'Up to 20 phones or e-mail addresses, as people write them',
  'crm.status.entity.items entityid': 'The directory, e.g. STATUS, SOURCE, DEAL_STAGE',
  'crm.currency.get id': 'The code of the currency, e.g. EUR',
  'crm.currency.update id': 'The code of the currency, e.g. EUR',
  'crm.currency.delete id': 'The code of the currency, e.g. EUR',
  'crm.currency.base.set id': 'The code of the currency, e.g. EUR',
  'event.offline.get clear': '1: take the events out of the queue; 0: leave them until event.offline.clear',
  'feature.get code': 'The code of the feature',
  'method.get name': 'The name of the method',
  'placement.bind placement': 'The code of the place, e.g. CRM_LEAD_DETAIL_TAB',
  'user.search filter': 'FIND for words, or NAME, LAST_NAME, WORK_POSITION, UF_DEPARTMENT_NAME, …',
}

/**
 * A method's parameters, required where the documentation requires them. Methods that read theirs one by one
 * (`department.add`) have them in a table; what neither tells, the documented example does.
 */
export function parametersOf(method: Method, example: Readonly<Record<string, unknown>> = {}): MethodParameter[] {
  const key = method.name.toLowerCase()
  const listed = readRaw[key]
  if (listed !== undefined && method.version !== 3)
    return listed.split(' ').map((text) => {
      const [, name = '', mark, type = 'string'] = /^(\w+)(!?):?(\w+)?$/.exec(text) ?? []
      return parameter(method, name, type, mark === '!')
    })
  const named = Object.entries(method.params)
  if (named.length === 0)
    return Object.entries(example).map(([name, value]) => parameter(method, name, typeOfValue(value), false))
  return named.map(([name, { type, schema, required }]) => {
    const own = typeof schema?.type === 'string' ? schema.type : types[type]
    return parameter(method, name, own, required || demands(key, name.toLowerCase()))
  })
}

function parameter(method: Method, name: string, own: string, required: boolean): MethodParameter {
  const { type = own, about } = tellOf(method, name)
  return { name, type: own === 'any' ? type : own, required, ...(about === undefined ? {} : { about }) }
}

const typeOfValue = (value: unknown): string =>
  Array.isArray(value)
    ? 'array'
    : typeof value === 'object' && value !== null
      ? 'object'
      : typeof value === 'number'
        ? 'integer'
        : typeof value === 'boolean'
          ? 'boolean'
          : 'string'

/** Required by the documentation, though the method itself answers for what is missing. All in lower case. */
function demands(method: string, name: string): boolean {
  if (name === 'id' && byId.test(method)) return true
  return (demanded[method] ?? families.find(([pattern]) => pattern.test(method))?.[1] ?? '').split(' ').includes(name)
}

function tellOf(method: Method, name: string): Partial<Common> {
  const key = name.toLowerCase()
  const own = special[`${method.name.toLowerCase()} ${key}`]
  const shared = common[key] ?? {}
  if (own !== undefined) return { ...shared, about: own }
  if (method.version === 3) return v3[key] === undefined ? shared : { ...shared, about: v3[key] }
  if (key !== 'fields' || method.records === undefined) return shared
  const { verb } = method.records
  const prefix = method.name.slice(0, -verb.length)
  const describing = `${prefix}${prefix.startsWith('catalog.') ? 'getFields' : 'fields'}`
  return { ...shared, about: `Values by the names of fields, as ${describing} lists them` }
}

/** REST 3.0 filters, sorts and selects in its own way (api-reference/rest-v3.md). */
const v3: Readonly<Record<string, string>> = {
  filter: 'Conditions, all of which must hold: `[["id", ">", 5], ["name", "=", "Sales"]]`',
  order: 'Fields to sort by, each with ASC or DESC: `{"id": "DESC"}`',
  select: 'Names of the fields to return',
}
