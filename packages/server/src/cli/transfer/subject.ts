import type { Noun } from '../call/nouns.ts'
import type { Dialect } from './engine/field.ts'

/** A call of the API. */
export interface Call {
  readonly method: string
  readonly params: Readonly<Record<string, unknown>>
}

type Params = Readonly<Record<string, unknown>>

/** What is exported or imported, and by which methods. */
export interface Subject {
  /** `leads`, for people. */
  readonly plural: string
  readonly dialect: Dialect
  /** Undefined for what is no CRM item: products. */
  readonly entityTypeId: number | undefined
  /** What `portico.export.begin` calls it. */
  readonly about: Params
  /** What its id is called. */
  readonly id: string
  readonly fields: Call
  list(params: Params): Call
  /** @param keepHistory with creation dates and authors, as an import may bring them */
  add(fields: Params, keepHistory: boolean): Call
  update(id: string, fields: Params): Call
}

/** The types of the items that have methods of their own. */
export const typesOfPrefixes: Readonly<Record<string, number>> = {
  'crm.lead': 1,
  'crm.deal': 2,
  'crm.contact': 3,
  'crm.company': 4,
  'crm.quote': 7,
}

/** @param type of nouns whose rows belong to a type: its id */
export function subjectOf({ plural, api, id }: Noun, type: number | undefined): Subject {
  if (!('entityTypeId' in api)) return prefixed(api.prefix, plural, id)
  const entityTypeId = api.entityTypeId === 'option' ? (type ?? 0) : api.entityTypeId
  const of = (name: string, params: Params): Call => ({
    method: `crm.item.${name}`,
    params: { entityTypeId, ...params },
  })
  return {
    plural: `${plural}${api.entityTypeId === 'option' ? ` (type ${entityTypeId})` : ''}`,
    dialect: 'item',
    entityTypeId,
    about: { entityTypeId },
    id,
    fields: of('fields', {}),
    list: (params) => of('list', params),
    add: (fields, keepHistory) => of(keepHistory ? 'import' : 'add', { fields }),
    update: (record, fields) => of('update', { id: record, fields }),
  }
}

function prefixed(prefix: string, plural: string, id: string): Subject {
  const entityTypeId = typesOfPrefixes[prefix]
  return {
    plural,
    dialect: 'legacy',
    entityTypeId,
    about: entityTypeId === undefined ? { entity: prefix } : { entityTypeId },
    id,
    fields: { method: `${prefix}.fields`, params: {} },
    list: (params) => ({ method: `${prefix}.list`, params }),
    // api-reference/crm/leads/crm-lead-add.md: with IMPORT, creation dates and authors are taken.
    add: (fields, keepHistory) => ({
      method: `${prefix}.add`,
      params: keepHistory ? { fields, params: { IMPORT: 'Y' } } : { fields },
    }),
    update: (record, fields) => ({ method: `${prefix}.update`, params: { id: record, fields } }),
  }
}
