import { crud, type Guarded } from '../../../methods/crud.ts'
import { inStyle, legacyError, legacyStyle } from '../../../methods/errors.ts'
import { argument, type Call, isMap, method } from '../../../methods/method.ts'
import type { Action } from '../../../records/access.ts'
import type { Hooks } from '../../../records/hooks.ts'
import { Failure } from '../../../records/failure.ts'
import { sql } from '../../../store/sql.ts'
import type { Reader } from '../../../store/store.ts'
import { requisiteCountries, requisiteCountry } from '../defaults/requisite-countries.ts'
import { listDenied, numberIn } from './given.ts'
import { preset } from './preset.ts'
import { COMPANY, CONTACT } from './rights.ts'
import { stamp } from './stamps.ts'

const REQUISITE = 8
const actions = { add: 'add', get: 'read', update: 'update', delete: 'delete' } as const

/** "Access permissions for templates are checked against two CRM objects at once: contacts and companies" (presets/index.md). */
export async function requireBoth(call: Call, action: Action): Promise<void> {
  for (const typeId of [CONTACT, COMPANY])
    await call.portal.access.require(call, await call.portal.entities.get(call.session, typeId), action)
}

export interface PresetRow {
  readonly id: number
  readonly country_id: number
}

export async function findPreset(reader: Reader, id: number): Promise<PresetRow | undefined> {
  const [row] = await reader.find<PresetRow>(sql`select id, country_id from crm_requisite_preset where id = ${id}`)
  return row
}

export const presetNotFound = (id: unknown) => legacyError(`The Preset with ID '${String(id)}' is not found`)

/** The template that a request names as `{"ID": 27}`. */
export async function presetIn(
  reader: Reader,
  given: unknown,
  missing: (id: unknown) => Error = presetNotFound,
): Promise<PresetRow> {
  const fields = isMap(given) ? given : {}
  const id = numberIn(fields, 'ID')
  const found = id === undefined ? undefined : await findPreset(reader, id)
  if (found === undefined) throw missing(id ?? argument(fields, 'ID') ?? '')
  return found
}

async function guard(call: Call, { verb, id, fields }: Guarded): Promise<void> {
  await requireBoth(call, actions[verb])
  if (verb !== 'add') {
    if ((await findPreset(call.session, id)) === undefined) throw presetNotFound(id)
    return
  }
  // Without the full stop that others have (crm-requisite-preset-add.md).
  if (numberIn(fields, 'ENTITY_TYPE_ID') !== REQUISITE) throw legacyError('ENTITY_TYPE_ID is not defined or invalid')
  if (requisiteCountry(numberIn(fields, 'COUNTRY_ID') ?? 0) === undefined)
    throw legacyError('COUNTRY_ID is not defined or invalid')
}

async function shown(call: Call): Promise<undefined> {
  try {
    await requireBoth(call, 'read')
  } catch (cause) {
    throw cause instanceof Failure ? listDenied() : cause
  }
}

export const presetHooks: Hooks = {
  complete(change) {
    stamp(change)
    change.default('lastFieldId', 0)
  },
  async removed({ tx, id }) {
    const used = await tx.find<{ id: number }>(sql`select id from crm_requisite where preset_id = ${id} limit 1`)
    if (used.length > 0)
      throw new Failure({
        why: 'rule',
        text: 'You cannot delete the template because requisites have already been created for it',
      })
    await tx.change(sql`delete from crm_requisite_preset_field where preset_id = ${id}`)
  },
}

/** api-reference/crm/requisites/presets/index.md. */
export default [
  ...crud('crm.requisite.preset', preset.entityTypeId, { guard, shown, plainRows: true }),
  method({
    name: 'crm.requisite.preset.countries',
    scope: 'crm',
    style: 'legacy',
    params: {},
    run: (_none, call) =>
      inStyle(legacyStyle, 'read', async () => {
        await call.portal.access.require(call, preset, 'read')
        return requisiteCountries.map(({ id, code, title }) => ({ ID: id, CODE: code, TITLE: title }))
      }),
  }),
]
