import { isGranted } from '../auth/scopes.ts'
import { requireOwnType } from '../methods/application.ts'
import { readFilter, readOrder } from '../methods/conditions.ts'
import { legacyError } from '../methods/errors.ts'
import {
  camelLookup,
  changesIn,
  labelMapsIn,
  labelsIn,
  optionsIn,
  textIn,
} from '../methods/families/user-field-input.ts'
import { camelRow, selectedRow } from '../methods/families/user-field-row.ts'
import { refusalWords } from '../methods/families/user-fields.ts'
import { type Call, isMap, Listing, method, need, take } from '../methods/method.ts'
import { Failure } from '../records/failure.ts'
import { PAGE } from '../records/records.ts'
import { listUserFields, userFieldRecord } from '../records/user-field-list.ts'
import { optionsOf } from '../records/user-field-options.ts'
import { UserFieldRefusal } from '../records/user-field-refusal.ts'
import {
  createUserField,
  findUserField,
  removeUserField,
  requireFields,
  updateUserField,
} from '../records/user-fields.ts'
import type { UserFieldRow } from '../records/entities.ts'
import { isDynamic } from '../schema/entity-types.ts'
import type { Entity } from '../schema/entity.ts'
import { yesNo } from '../schema/kind.ts'
import { registeredTypes, typeName } from '../records/user-field-types.ts'
import { userFieldTypes } from '../schema/user-field-kinds.ts'
import { legacyWire } from '../schema/wire.ts'
import { person } from './person.ts'

const scope = 'userfieldconfig'
const LABELS = ['edit_form_label', 'help_message'] as const
const CREATE_DENIED = 'Access denied'
const VIEW_DENIED = 'You do not have permission to view user field settings'
const CHANGE_DENIED = 'You cannot change the settings of the user field'
const DELETE_DENIED = 'You cannot delete the user field'

/** The order of userfieldconfig-get-types.md. */
const TYPES =
  'crm crm_status money employee string integer double datetime date boolean address url file enumeration iblock_section iblock_element'.split(
    ' ',
  )
/** Fields belong to modules: the module must be known, and the caller must hold its scope besides this family's. */
function requireModule(call: Call, moduleId: string): void {
  if (moduleId !== 'crm') throw legacyError('No settings for UserFieldAccess')
  if (!isGranted(call.credential.scopes, moduleId))
    throw legacyError(`The current method required more scopes. (${moduleId})`)
}

/** Whoever may not, and whatever isn't there, is refused with the same words. */
async function refusing<T>(denied: string, body: () => Promise<T>): Promise<T> {
  try {
    return await body()
  } catch (cause) {
    if (cause instanceof UserFieldRefusal) throw legacyError(refusalWords(cause.problem, cause.detail)[1])
    if (cause instanceof Failure && cause.reason.why === 'access-denied') throw legacyError(denied)
    throw cause
  }
}

/** People's fields are none of the CRM's: they have methods of their own (`user.userfield.*`). */
const entityOf = async (call: Call, entityId: string): Promise<Entity | undefined> =>
  entityId === person.userFieldEntityId ? undefined : call.portal.entities.ofUserFields(call.session, entityId)

async function fieldAndEntity(call: Call, id: number, denied: string): Promise<{ row: UserFieldRow; entity: Entity }> {
  const row = await findUserField(call.session, id)
  const entity = row === undefined ? undefined : await entityOf(call, row.entity_id)
  if (row === undefined || entity === undefined) throw legacyError(denied)
  return { row, entity }
}

async function told(call: Call, id: number): Promise<{ field: Record<string, unknown> | null }> {
  const row = await findUserField(call.session, id)
  const options = (await optionsOf(call.session, [id])).get(id) ?? []
  return { field: row === undefined ? null : camelRow(row, options) }
}

/** `UF_CRM_7_X` for the smart process `CRM_7`; the others are `UF_CRM_X`, whichever of its two prefixes is written. */
function checkPrefix(name: string, entity: Entity): void {
  const own = name.startsWith(`UF_${entity.userFieldEntityId}_`)
  if (!own && (isDynamic(entity.entityTypeId) || !name.startsWith('UF_CRM_')))
    throw legacyError('You cannot create custom fields')
}

/** `["*"]`, `{"0": "*", "language": "de"}`, names of properties; nothing is everything but labels. */
function readSelection(select: unknown): { names: string[]; language: string | undefined } {
  const entries = typeof select === 'object' && select !== null ? Object.entries(select) : []
  const named = entries.filter(([key]) => key !== 'language' && key !== 'languageId')
  const language = entries.find(([key]) => key === 'language' || key === 'languageId')?.[1] as unknown
  const names = named.flatMap(([, value]) => textIn(value) ?? [])
  return { names: names.length === 0 ? ['*'] : names, language: textIn(language)?.toLowerCase() }
}

/** The entities whose fields the caller may see. */
async function readable(call: Call): Promise<string[]> {
  const ids: string[] = []
  for (const entity of await call.portal.entities.all(call.session))
    if (!(await call.portal.access.reach(call, entity, 'read')).none) ids.push(entity.userFieldEntityId)
  return ids
}

/** User fields of all modules in one family (api-reference/crm/universal/userfieldconfig/index.md). */
export default [
  method({
    name: 'userfieldconfig.add',
    scope,
    params: { moduleId: need.text, field: need.map },
    async run({ moduleId, field }, call) {
      requireModule(call, moduleId)
      const get = camelLookup(field)
      const entityId = textIn(get('ENTITY_ID')) ?? ''
      return refusing(CREATE_DENIED, async () => {
        const entity = await entityOf(call, entityId)
        if (entity === undefined) {
          await call.portal.access.requireSettings(call)
          throw legacyError('You cannot create custom fields')
        }
        await requireFields(call, entity)
        const fieldName = (textIn(get('FIELD_NAME')) ?? '').trim().toUpperCase()
        if (fieldName !== '') checkPrefix(fieldName, entity)
        requireOwnType(call.credential, textIn(get('USER_TYPE_ID')) ?? '')
        const options = optionsIn(get('ENUM'), camelLookup)
        const changes = changesIn(get, ['MANDATORY', 'EDIT_IN_LIST', 'IS_SEARCHABLE'])
        const id = await createUserField(call, entity, {
          ...changes,
          // Not for this method to choose: it is always Y (userfieldconfig-add.md).
          flags: { ...changes.flags, show_in_list: 'Y' },
          fieldName,
          userTypeId: textIn(get('USER_TYPE_ID')) ?? '',
          multiple: yesNo(get('MULTIPLE')) === true,
          labels: labelMapsIn(get, (input) => labelsIn(input), LABELS),
          ...(options === undefined ? {} : { options }),
        })
        return told(call, id)
      })
    },
  }),
  method({
    name: 'userfieldconfig.update',
    scope,
    params: { moduleId: need.text, id: need.id, field: take.map },
    async run({ moduleId, id, field = {} }, call) {
      requireModule(call, moduleId)
      const { entity } = await fieldAndEntity(call, id, CHANGE_DENIED)
      return refusing(CHANGE_DENIED, async () => {
        const get = camelLookup(field)
        // "To apply changes to enum, field.userTypeId must be set to enumeration."
        const options = get('USER_TYPE_ID') === 'enumeration' ? optionsIn(get('ENUM'), camelLookup) : undefined
        await updateUserField(call, entity, id, {
          ...changesIn(get, ['MANDATORY', 'IS_SEARCHABLE']),
          labels: labelMapsIn(get, (input) => labelsIn(input), LABELS),
          ...(options === undefined ? {} : { options }),
        })
        return told(call, id)
      })
    },
  }),
  method({
    name: 'userfieldconfig.get',
    scope,
    params: { moduleId: need.text, id: need.id },
    async run({ moduleId, id }, call) {
      requireModule(call, moduleId)
      const { entity } = await fieldAndEntity(call, id, VIEW_DENIED)
      return refusing(VIEW_DENIED, async () => {
        await call.portal.access.require(call, entity, 'read')
        return told(call, id)
      })
    },
  }),
  method({
    name: 'userfieldconfig.list',
    scope,
    params: { moduleId: need.text, select: take.any, order: take.any, filter: take.any, start: take.start },
    async run({ moduleId, select, order, filter, start }, call) {
      requireModule(call, moduleId)
      const visible = await readable(call)
      const asked = isMap(filter) ? textIn(filter.entityId) : undefined
      if (visible.length === 0 || (asked !== undefined && !visible.includes(asked))) throw legacyError(VIEW_DENIED)
      const offset = Math.max(start, 0)
      const { rows, total } = await listUserFields(call.session, visible, {
        test: readFilter(userFieldRecord, legacyWire, filter, { zone: call.portal.zone }),
        order: readOrder(userFieldRecord, legacyWire, order),
        limit: PAGE,
        offset,
      })
      const selection = readSelection(select)
      const options = await optionsOf(
        call.session,
        rows.map((row) => row.id),
      )
      return new Listing(
        { fields: rows.map((row) => selectedRow(row, options.get(row.id) ?? [], selection)) },
        start < 0 ? 0 : total,
        start >= 0 && offset + PAGE < total ? offset + PAGE : undefined,
      )
    },
  }),
  method({
    name: 'userfieldconfig.delete',
    scope,
    params: { moduleId: need.text, id: need.id },
    async run({ moduleId, id }, call) {
      requireModule(call, moduleId)
      const { row, entity } = await fieldAndEntity(call, id, DELETE_DENIED)
      return refusing(DELETE_DENIED, async () => {
        await removeUserField(call, entity, row)
        return null
      })
    },
  }),
  method({
    name: 'userfieldconfig.getTypes',
    scope,
    params: { moduleId: need.text },
    async run({ moduleId }, call) {
      requireModule(call, moduleId)
      // "A user with read access to the object that owns the field" (userfieldconfig-get-types.md).
      if ((await readable(call)).length === 0) throw legacyError(VIEW_DENIED)
      const registered = await registeredTypes(call.session)
      const types = TYPES.flatMap((id) => {
        const type = userFieldTypes.get(id)
        return type === undefined ? [] : [[id, { userTypeId: id, description: type.description }] as const]
      })
      const more = registered.map((each) => {
        const userTypeId = typeName(each)
        return [userTypeId, { userTypeId, description: each.title || each.code }] as const
      })
      return { types: Object.fromEntries([...types, ...more]) }
    },
  }),
]
