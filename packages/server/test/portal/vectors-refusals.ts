import type { TestPortal } from '../support/portal.ts'
import type { Parameters } from '../support/vectors.ts'

/** Who sends the request that is to be refused. */
export type Sender = 'administrator' | 'nobody' | 'narrow' | 'application' | 'application of nobody'

export interface Provocation {
  /** Without a right, with a webhook of the scope `userfieldconfig` alone, or by a token instead of a webhook. */
  readonly by?: Sender
  /** What is changed in the documented request, so that it is refused. */
  readonly change?: (params: Parameters, portal: TestPortal) => Parameters | Promise<Parameters>
}

const replaced =
  (name: string, value: unknown) =>
  (params: Parameters): Parameters => {
    const key = Object.keys(params).find((each) => each.toLowerCase() === name.toLowerCase()) ?? name
    return { ...params, [key]: value }
  }

const within =
  (name: string, change: (inner: Parameters) => Parameters) =>
  (params: Parameters): Parameters => ({ ...params, [name]: change((params[name] ?? {}) as Parameters) })

const without =
  (key: string) =>
  (params: Parameters): Parameters =>
    Object.fromEntries(Object.entries(params).filter(([name]) => name !== key))

const unknownId: Provocation = { change: replaced('id', 999_999) }
const badId: Provocation = { change: replaced('id', 0) }
const nobody: Provocation = { by: 'nobody' }

/** How a documented refusal is provoked, by its text. */
export const provocations: Readonly<Record<string, Provocation>> = {
  'Access denied': nobody,
  'Access denied.': nobody,
  'Access Denied': nobody,
  'You cannot delete the user field': nobody,
  'You cannot change the settings of the user field': nobody,
  'You do not have permission to view user field settings': nobody,
  'The current method required more scopes. (crm)': { by: 'narrow' },
  "Parameter 'fields' must be array.": { change: replaced('fields', 'text') },
  "Parameter 'filter' must be array.": { change: replaced('filter', 'text') },
  'ID is not defined or invalid.': badId,
  'Invalid identifier.': badId,
  'Not found': unknownId,
  'Company is not found': unknownId,
  'Contact is not found': unknownId,
  'Quote is not found': unknownId,
  'Element not found': unknownId,
  'Item not found': unknownId,
  'Status is not found.': unknownId,
  'SPA not found': { change: replaced('entityTypeId', 9998) },
  'Smart process not found': { change: replaced('entityTypeId', 9998) },
  'The parameter id is invalid or not defined.': { change: replaced('id', '') },
  'The parameter entityId is not defined or invalid.': { change: replaced('entityId', '') },
  "Parameter 'type' is not specified or empty.": { change: replaced('type', '') },
  "The 'USER_TYPE_ID' field is not found.": { change: within('fields', without('USER_TYPE_ID')) },
  "The 'FIELD_NAME' field is not found.": { change: within('field', without('fieldName')) },
  'The field STATUS_ID is required.': { change: within('fields', without('STATUS_ID')) },
  "Invalid filter: field 'FIELD' is not allowed in filter": { change: replaced('filter', { FIELD: 1 }) },
  'Invalid parameters.': { change: replaced('filter', 'text') },
  'entityTypeId is out of allowed range': { change: within('fields', (fields) => ({ ...fields, entityTypeId: 1031 })) },
}

/** Where one text has several causes. */
export const provocationsOf: Readonly<Record<string, Provocation>> = {
  'crm.type.delete': {
    async change(params, portal) {
      // Of this type, the documented portal has an item.
      const { body } = await portal.call('crm.type.getByEntityTypeId', { entityTypeId: 1220 })
      return { ...params, id: body.result.type.id }
    },
  },
  'crm.type.get': unknownId,
  'crm.type.update': unknownId,
}

export interface DocumentedError {
  readonly error: string | number
  readonly error_description: string
}

/** What REST 3.0 answers. */
export interface DocumentedErrorV3 {
  readonly error: {
    readonly code: string
    readonly message: string
    readonly validation?: readonly { readonly message: string; readonly field: string }[]
  }
}

const statusPages = 'the page prints the text as the code and an explanation as the text; its siblings have no code'

/** Documented refusals that no portal answers, or that their page prints wrongly: what to expect instead, if anything. */
export const amended: Readonly<
  Record<string, { readonly instead: DocumentedError | DocumentedErrorV3 | null; readonly why: string }>
> = {
  'crm.deal.get': { instead: null, why: 'the page shows the refusal of crm.deal.add: this method has no fields' },
  'crm.currency.base.get': { instead: null, why: 'a client says this of an answer that it could not read' },
  'crm.item.get': {
    instead: { error: 'NOT_FOUND', error_description: 'Item not found' },
    why: 'so say the table of the same page and the pages of its siblings',
  },
  'app.info': { instead: null, why: 'real portals tell a webhook its scopes and licence, and SDKs read them' },
  'crm.status.delete': { instead: { error: '', error_description: 'Invalid identifier.' }, why: statusPages },
  'crm.status.update': { instead: { error: '', error_description: 'Invalid identifier.' }, why: statusPages },
  'crm.status.get': { instead: { error: '', error_description: 'Status is not found.' }, why: statusPages },
  'crm.status.list': { instead: { error: '', error_description: 'Invalid parameters.' }, why: statusPages },
  'crm.status.entity.items': {
    instead: { error: '', error_description: 'The parameter entityId is not defined or invalid.' },
    why: statusPages,
  },
}
