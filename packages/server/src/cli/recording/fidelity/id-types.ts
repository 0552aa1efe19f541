import { entityTypeIdOfCode, entityTypeIdOfName, isDynamic } from '../../../schema/entity-types.ts'
import { upperOf } from '../field-classes.ts'

/** What ids are counted separately: `lead`, `dynamic1036`, `bankdetail`, `multifield`. */
export type IdType = string

/** Where a value stands in a request or an answer. */
export interface Spot {
  /** The name of the value, or of the list that it is in. */
  readonly key: string
  /** The name of the map that it is in; empty for the outermost one. */
  readonly around: string
  /** What is beside it, by UPPER_CASE names. */
  readonly beside: (name: string) => unknown
}

const ENTITY_TYPES: Readonly<Record<number, IdType>> = {
  1: 'lead',
  2: 'deal',
  3: 'contact',
  4: 'company',
  5: 'invoice',
  6: 'activity',
  7: 'quote',
  8: 'requisite',
  14: 'order',
  31: 'smartinvoice',
}
export const typeOfEntity = (entityTypeId: number): IdType => ENTITY_TYPES[entityTypeId] ?? `dynamic${entityTypeId}`

/** Several names for what has one row of ids. */
const ALIASES: Readonly<Record<string, IdType>> = {
  assignedby: 'user',
  author: 'user',
  bindings: 'binding',
  call: 'activity',
  catalog: 'catalog',
  cataloggroup: 'pricetype',
  configurable: 'activity',
  createdby: 'user',
  editor: 'user',
  employee: 'user',
  head: 'user',
  iblock: 'catalog',
  iblocksection: 'section',
  lastactivityby: 'user',
  manager: 'user',
  mcbankdetail: 'bankdetail',
  mcrequisite: 'requisite',
  modifiedby: 'user',
  modifyby: 'user',
  movedby: 'user',
  mycompany: 'company',
  observer: 'user',
  observers: 'user',
  offer: 'product',
  parentsku: 'product',
  productsection: 'section',
  responsible: 'user',
  service: 'product',
  sku: 'product',
  tax: 'vat',
  todo: 'activity',
  updatedby: 'user',
  ufhead: 'user',
}
const aliased = (name: string): IdType => ALIASES[name] ?? name

/** `_ID` fields that hold a code or a number of a list that every portal has. */
const NO_IDS =
  /^(TYPE|VALUE_TYPE|STATUS|STAGE|SOURCE|CURRENCY|LANGUAGE|PROVIDER|PROVIDER_TYPE|PROVIDER_GROUP|STATUS_SEMANTIC|STAGE_SEMANTIC|DISCOUNT_TYPE|ORIGINATOR|ORIGIN|XML|LOCATION|COUNTRY|MODULE|FEATURE|USER_TYPE|RECURRING|MEMBER|CLIENT|EVENT|HONORIFIC|CONTENT_TYPE|RESULT_SOURCE)_IDS?$/

/** Containers that are the record itself, whatever it is called. */
const ITSELF = /^(|result|fields|filter|item|items|params|parameters|data|order|row|rows|element|elements|conditions)$/i
const MULTIFIELDS = /^(PHONE|EMAIL|WEB|IM|LINK|FM)$/

/** What `id` is in the parameters and answers of a method. */
export function typeOfMethod(method: string, params: Readonly<Record<string, unknown>> | null): IdType {
  const parts = method.toLowerCase().split('.').slice(0, -1)
  const [first, second = '', third] = parts
  if (first === 'crm' && second === 'item' && third === undefined) {
    const entityTypeId = Number(read(params, 'ENTITY_TYPE_ID'))
    return Number.isFinite(entityTypeId) ? typeOfEntity(entityTypeId) : 'item'
  }
  // `crm.deal.contact.items.get`, `crm.deal.productrows.set`: it is the deal that the id is of.
  if (first === 'crm' && /^(contact|company|productrows|details)$/.test(third ?? '')) return aliased(second)
  return aliased(parts.at(-1) ?? '')
}

const read = (map: Readonly<Record<string, unknown>> | null, name: string): unknown =>
  Object.entries(map ?? {}).find(([key]) => upperOf(key) === name)?.[1]

/** What a field holds the id of; undefined where it holds none. */
export function typeOfSpot({ key, around, beside }: Spot, own: IdType): IdType | undefined {
  const upper = upperOf(key)
  if (upper === 'ID' || upper === 'IDS') {
    if (MULTIFIELDS.test(upperOf(around))) return 'multifield'
    return ITSELF.test(around) ? own : aliased(singular(around))
  }
  if (/(^|_)ENTITY_TYPE_ID$/.test(upper) || upper === 'OWNER_TYPE_ID') return 'entitytype'
  if (upper === 'OWNER_ID') return ofType(beside('OWNER_TYPE_ID') ?? beside('OWNER_TYPE'))
  if (upper === 'ENTITY_ID') return ofType(beside('ENTITY_TYPE_ID') ?? beside('ENTITY_TYPE'))
  const parent = /^PARENT_ID_?(\d+)$/.exec(upper)?.[1]
  if (parent !== undefined) return typeOfEntity(Number(parent))
  if (upper.endsWith('_BY') || /^(OBSERVERS|USERS)$/.test(upper)) return 'user'
  if (!/_IDS?$/.test(upper) || NO_IDS.test(upper)) return undefined
  return aliased(
    upper
      .replace(/_IDS?$/, '')
      .replaceAll('_', '')
      .toLowerCase(),
  )
}

/** `2`, `D`, `DEAL`, `T40c`. */
function ofType(value: unknown): IdType | undefined {
  if (typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value)))
    return typeOfEntity(Number(value))
  if (typeof value !== 'string') return undefined
  const id = entityTypeIdOfName(value.toUpperCase()) ?? entityTypeIdOfCode(value)
  return id === undefined ? undefined : typeOfEntity(id)
}

const singular = (name: string): string =>
  name
    .replaceAll('_', '')
    .toLowerCase()
    .replace(/ies$/, 'y')
    .replace(/([^s])s$/, '$1')

/** What a portal has from its beginning, with ids of its own: they are sent as they are where nothing better is known. */
export const isBuiltIn = (type: IdType, id: string): boolean =>
  /^(user|department|category|currency|catalog|measure|vat|pricetype|preset|status|role|producttype|field|item)$/.test(
    type,
  ) ||
  (type === 'entitytype' && !isDynamic(Number(id)))
