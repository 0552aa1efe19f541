import type { UserFieldRow } from '../../records/entities.ts'
import { listUserFields, userFieldRecord } from '../../records/user-field-list.ts'
import { optionsOf } from '../../records/user-field-options.ts'
import { type UserFieldProblem, UserFieldRefusal } from '../../records/user-field-refusal.ts'
import {
  createUserField,
  findUserField,
  removeUserField,
  requireFields,
  updateUserField,
} from '../../records/user-fields.ts'
import type { Entity } from '../../schema/entity.ts'
import { yesNo } from '../../schema/kind.ts'
import { prefixedName, prefixOf } from '../../schema/user-field-names.ts'
import { legacyWire } from '../../schema/wire.ts'
import { requireOwnType } from '../application.ts'
import { readFilter, readOrder } from '../conditions.ts'
import { ApiError, inStyle, legacyError, legacyStyle } from '../errors.ts'
import { type Call, isMap, Listing, type Map, mapOf, method, type Method, need, take } from '../method.ts'
import { changesIn, labelMapsIn, labelsIn, optionsIn, textIn, upperLookup } from './user-field-input.ts'
import { upperRow } from './user-field-row.ts'

/** Where the five families differ in their words; the rest they share. */
export interface UserFieldWords {
  /** The code on `add` of the errors that have one elsewhere. */
  readonly codeOnAdd?: '' | 'ERROR_CORE'
  readonly unknownType?: string
  /** Said of a name that is taken, given as `UF_CRM_X for object CRM_Y`. */
  readonly taken?: (detail: string) => string
  /** The scope of the methods, if not `crm`. */
  readonly scope?: string
  /** What it says of a field that isn't there, if nothing of the kind. */
  readonly missing?: () => ApiError
  /** The code that update and delete have for a field that isn't there. */
  readonly notFoundOnWrite?: ''
  readonly twinOnAdd?: (xmlId: string) => string
  readonly twinOnUpdate?: (xmlId: string) => string
}

/** The documented words of a refusal: `[has a code, text]`. */
export function refusalWords(problem: UserFieldProblem, detail: string): readonly [boolean, string] {
  switch (problem) {
    case 'name-missing':
      return [false, "The 'FIELD_NAME' field is not found."]
    case 'type-missing':
      return [false, "The 'USER_TYPE_ID' field is not found."]
    case 'name-too-long':
      return [true, 'Field name is too long (more than 50 characters).']
    case 'name-characters':
      return [true, 'Field name contains invalid characters. Allowed characters are: A-Z, 0-9 and _.']
    case 'type-unknown':
      return [true, 'Invalid custom type specified.']
    case 'taken':
      return [true, `Field ${detail} already exists.`]
    case 'option-taken':
      return [true, `List item with XML_ID=${detail} already exists.`]
    case 'setting':
      return [true, `Invalid field settings: ${detail}.`]
    case 'too-many':
      return [true, `An object can not have more than ${detail} custom fields.`]
  }
}

const CHANGING_FLAGS = ['MANDATORY', 'SHOW_IN_LIST', 'EDIT_IN_LIST', 'IS_SEARCHABLE'] as const

/**
 * `crm.lead.userfield.{add,get,list,update,delete}` and its siblings of deals, contacts, companies and quotes
 * (api-reference/crm/leads/userfield/index.md).
 */
export function userFields(prefix: string, entityTypeId: number, words: UserFieldWords = {}): Method[] {
  const entityOf = (call: Call): Promise<Entity> => call.portal.entities.get(call.session, entityTypeId)

  /** The field, if it is one of this entity: those of others are closed, unknown ones are not found. */
  const fieldOf = async (
    call: Call,
    entity: Entity,
    id: number,
    code: string = 'ERROR_NOT_FOUND',
  ): Promise<UserFieldRow> => {
    const row = await findUserField(call.session, id)
    if (row === undefined)
      throw words.missing?.() ?? new ApiError(code, 400, `The entity with ID '${id}' is not found.`)
    if (row.entity_id !== entity.userFieldEntityId) throw legacyStyle.accessDenied('read')
    return row
  }

  const inWords = async <T>(
    action: 'read' | 'write',
    own: { readonly code?: string | undefined; readonly twin?: UserFieldWords['twinOnAdd'] },
    body: () => Promise<T>,
  ): Promise<T> => {
    try {
      return await inStyle(legacyStyle, action, body)
    } catch (cause) {
      if (!(cause instanceof UserFieldRefusal)) throw cause
      const { problem, detail } = cause
      const [coded, common] = refusalWords(problem, detail)
      const special =
        problem === 'option-taken'
          ? own.twin?.(detail)
          : problem === 'type-unknown'
            ? words.unknownType
            : problem === 'taken'
              ? words.taken?.(detail)
              : undefined
      throw new ApiError(coded ? (own.code ?? 'ERROR_CORE') : '', 400, special ?? common)
    }
  }

  return [
    method({
      name: `${prefix}.userfield.add`,
      scope: words.scope ?? 'crm',
      style: 'legacy',
      params: { fields: need.map },
      run: ({ fields }, call) =>
        inWords('write', { code: words.codeOnAdd, twin: words.twinOnAdd }, async () => {
          const entity = await entityOf(call)
          await requireFields(call, entity)
          const get = upperLookup(fields)
          const written = textIn(get('FIELD_NAME'))?.trim() ?? ''
          const fallback = textIn(get('LABEL'))
          const options = optionsIn(get('LIST'), upperLookup)
          requireOwnType(call.credential, textIn(get('USER_TYPE_ID')) ?? '')
          return createUserField(call, entity, {
            ...changesIn(get, CHANGING_FLAGS),
            fieldName: written === '' ? '' : prefixedName(written, prefixOf(entity.userFieldEntityId)),
            userTypeId: textIn(get('USER_TYPE_ID')) ?? '',
            multiple: yesNo(get('MULTIPLE')) === true,
            labels: labelMapsIn(get, (input) => labelsIn(input, fallback ?? '') ?? labelsIn(fallback)),
            ...(options === undefined ? {} : { options }),
          })
        }),
    }),
    method({
      name: `${prefix}.userfield.get`,
      scope: words.scope ?? 'crm',
      style: 'legacy',
      params: { id: need.id },
      run: ({ id }, call) =>
        inWords('read', {}, async () => {
          const entity = await entityOf(call)
          await call.portal.access.require(call, entity, 'read')
          const row = await fieldOf(call, entity, id)
          return upperRow(row, (await optionsOf(call.session, [id])).get(id) ?? [], { all: true })
        }),
    }),
    method({
      name: `${prefix}.userfield.list`,
      scope: words.scope ?? 'crm',
      style: 'legacy',
      params: { filter: take.any, order: take.any },
      run: ({ filter, order }, call) =>
        inWords('read', {}, async () => {
          const entity = await entityOf(call)
          await call.portal.access.require(call, entity, 'read')
          return list(call, entity, filter, order)
        }),
    }),
    method({
      name: `${prefix}.userfield.update`,
      scope: words.scope ?? 'crm',
      style: 'legacy',
      params: { fields: need.map, id: need.id },
      run: ({ id, fields }, call) =>
        inWords('write', { twin: words.twinOnUpdate }, async () => {
          const entity = await entityOf(call)
          await requireFields(call, entity)
          await fieldOf(call, entity, id, words.notFoundOnWrite)
          const get = upperLookup(fields)
          const options = optionsIn(get('LIST'), upperLookup)
          await updateUserField(call, entity, id, {
            ...changesIn(get, CHANGING_FLAGS),
            // "For languages where no value is specified, it will be recorded as ''."
            labels: labelMapsIn(get, (input) => labelsIn(input, '')),
            ...(options === undefined ? {} : { options }),
          })
          return true
        }),
    }),
    method({
      name: `${prefix}.userfield.delete`,
      scope: words.scope ?? 'crm',
      style: 'legacy',
      params: { id: need.id },
      run: ({ id }, call) =>
        inWords('write', {}, async () => {
          const entity = await entityOf(call)
          await requireFields(call, entity)
          await removeUserField(call, entity, await fieldOf(call, entity, id, words.notFoundOnWrite))
          return true
        }),
    }),
  ]
}

/** All fields at once: the page documents no paging. Labels come with a language only, `filter.LANG`. */
async function list(call: Call, entity: Entity, filter: unknown, order: unknown): Promise<Listing> {
  if (order !== undefined && order !== null && order !== '' && typeof order !== 'object')
    throw legacyError("Parameter 'order' must be array.")
  if (filter !== undefined && filter !== null && filter !== '' && typeof filter !== 'object')
    throw legacyError("Parameter 'filter' must be array.")
  const { language, conditions } = splitLanguage(filter)
  const { rows, total } = await listUserFields(call.session, [entity.userFieldEntityId], {
    test: readFilter(userFieldRecord, legacyWire, conditions, { zone: call.portal.zone }),
    order: readOrder(userFieldRecord, legacyWire, order),
  })
  const options = await optionsOf(
    call.session,
    rows.filter((row) => row.user_type_id === 'enumeration').map((row) => row.id),
  )
  return new Listing(
    rows.map((row) => upperRow(row, options.get(row.id) ?? [], language === undefined ? undefined : { language })),
    total,
  )
}

function splitLanguage(filter: unknown): { language: string | undefined; conditions: Map } {
  const conditions: Record<string, unknown> = Object.create(null) as Record<string, unknown>
  let language: string | undefined
  if (!isMap(filter) && !Array.isArray(filter)) return { language, conditions }
  for (const [key, value] of Object.entries(mapOf(filter)))
    if (key.toUpperCase() === 'LANG') language = textIn(value)?.toLowerCase() || undefined
    else conditions[key] = value
  return { language, conditions }
}
