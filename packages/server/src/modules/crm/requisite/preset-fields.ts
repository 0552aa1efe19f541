import { describeFields } from '../../../methods/describe.ts'
import { inStyle, legacyError, legacyStyle } from '../../../methods/errors.ts'
import { argument, type Call, Listing, type Map, method, need, take } from '../../../methods/method.ts'
import { smallTable } from '../../../methods/small-table.ts'
import { Failure } from '../../../records/failure.ts'
import { field } from '../../../schema/entity.ts'
import { InvalidValue, isBlank, type Kind } from '../../../schema/kind.ts'
import { flag } from '../../../schema/kinds/flag.ts'
import { integer } from '../../../schema/kinds/integer.ts'
import { string } from '../../../schema/kinds/string.ts'
import { legacyWire } from '../../../schema/wire.ts'
import { sql } from '../../../store/sql.ts'
import type { Reader, Transaction } from '../../../store/store.ts'
import { requisiteCountry } from '../defaults/requisite-countries.ts'
import { type PresetRow, presetIn, presetNotFound, requireBoth } from './preset-methods.ts'
import { requisite } from './requisite.ts'
import { presetFieldTable } from './tables.ts'

const scope = 'crm'
const style = 'legacy'
const FIRST_SORT = 510
const SORT_STEP = 10

/** api-reference/crm/requisites/presets/fields/crm-requisite-preset-field-fields.md. */
const description = smallTable('requisite_preset_field', 'Field of a requisite template', {
  id: field(integer, 'ID', { readOnly: true }),
  fieldName: field(string, 'Name', { required: true }),
  fieldTitle: field(string, 'Template Name'),
  sort: field(integer, 'Sorting'),
  inShortList: field(flag, 'Show in brief list'),
})

interface FieldRow {
  readonly id: number
  readonly field_name: string
  readonly field_title: string
  readonly in_short_list: string
  readonly sort: number
}

const encode = (row: FieldRow) => ({
  ID: row.id,
  FIELD_NAME: row.field_name,
  FIELD_TITLE: row.field_title,
  IN_SHORT_LIST: row.in_short_list,
  SORT: row.sort,
})

/** What the country's requisites may have: its own fields, and those that somebody has added to requisites. */
async function allowed(call: Call, reader: Reader, { country_id }: PresetRow): Promise<string[]> {
  const entity = await call.portal.entities.get(reader, requisite.entityTypeId)
  const added = entity.fields.filter(({ userFieldId }) => userFieldId !== undefined).map(({ upper }) => upper)
  return [...(requisiteCountry(country_id)?.fields ?? []), ...added]
}

/** The template's fields in order; a field that was taken away from requisites is none of them any more. */
async function fieldsOf(call: Call, reader: Reader, preset: PresetRow): Promise<FieldRow[]> {
  const known = new Set(await allowed(call, reader, preset))
  const rows = await reader.find<FieldRow>(
    sql`select id, field_name, field_title, in_short_list, sort from crm_requisite_preset_field where preset_id = ${preset.id} order by sort, id`,
  )
  return rows.filter((row) => known.has(row.field_name))
}

async function findField(call: Call, reader: Reader, preset: PresetRow, id: number): Promise<FieldRow> {
  const found = (await fieldsOf(call, reader, preset)).find((row) => row.id === id)
  if (found === undefined) throw legacyError(`The PresetField with ID '${id}' is not found`)
  return found
}

function decoded(call: Call, fields: Map, name: string, kind: Kind): string | number | undefined {
  const input = argument(fields, name)
  if (isBlank(input)) return undefined
  const of = legacyWire.find(description, name) ?? description.field('id')
  try {
    const value = kind.decode(input, of, { zone: call.portal.zone })
    return value === null || typeof value === 'object' ? undefined : value
  } catch (cause) {
    if (cause instanceof InvalidValue) throw new Failure({ why: 'invalid', field: of, detail: cause.reason })
    throw cause
  }
}

/** What a request says of a field; a name must be said always, and be one that the template may have. */
async function given(
  call: Call,
  tx: Transaction,
  preset: PresetRow,
  fields: Map,
  before?: FieldRow,
): Promise<Omit<FieldRow, 'id'>> {
  const name = String(decoded(call, fields, 'FIELD_NAME', string) ?? '').toUpperCase()
  if (name === '') throw new Failure({ why: 'required', fields: [description.field('fieldName')] })
  const rows = await fieldsOf(call, tx, preset)
  const taken = rows.some((row) => row.field_name === name && row.id !== before?.id)
  if (taken || !(await allowed(call, tx, preset)).includes(name))
    throw legacyError(`The field '${name}' can not be added.`)
  const title = argument(fields, 'FIELD_TITLE')
  const last = rows.at(-1)?.sort
  return {
    field_name: name,
    field_title:
      title === undefined ? (before?.field_title ?? '') : String(decoded(call, fields, 'FIELD_TITLE', string) ?? ''),
    in_short_list: String(decoded(call, fields, 'IN_SHORT_LIST', flag) ?? before?.in_short_list ?? 'N'),
    sort: Number(
      decoded(call, fields, 'SORT', integer) ?? before?.sort ?? (last === undefined ? FIRST_SORT : last + SORT_STEP),
    ),
  }
}

/** Holds the template until the transaction ends: its fields change one at a time. */
async function held(tx: Transaction, preset: PresetRow): Promise<void> {
  const changed = await tx.change(
    sql`update crm_requisite_preset set last_field_id = coalesce(last_field_id, 0) where id = ${preset.id}`,
  )
  if (changed === 0) throw presetNotFound(preset.id)
}

const reading = <T>(body: () => Promise<T>): Promise<T> => inStyle(legacyStyle, 'read', body)
const writing = <T>(body: () => Promise<T>): Promise<T> => inStyle(legacyStyle, 'write', body)

/** api-reference/crm/requisites/presets/fields/index.md. */
export default [
  method({
    name: 'crm.requisite.preset.field.fields',
    scope,
    style,
    params: {},
    run: () => describeFields(description, legacyWire),
  }),
  method({
    name: 'crm.requisite.preset.field.availabletoadd',
    scope,
    style,
    params: { preset: take.any },
    run: ({ preset }, call) =>
      reading(async () => {
        const of = await presetIn(call.session, preset, () => legacyError('Template not found.'))
        const known = new Set((await fieldsOf(call, call.session, of)).map((row) => row.field_name))
        return (await allowed(call, call.session, of)).filter((name) => !known.has(name))
      }),
  }),
  method({
    name: 'crm.requisite.preset.field.list',
    scope,
    style,
    params: { preset: take.any },
    run: ({ preset }, call) =>
      reading(async () => {
        await requireBoth(call, 'read')
        const rows = await fieldsOf(call, call.session, await presetIn(call.session, preset))
        return new Listing(rows.map(encode), rows.length)
      }),
  }),
  method({
    name: 'crm.requisite.preset.field.get',
    scope,
    style,
    params: { id: need.id, preset: take.any },
    run: ({ id, preset }, call) =>
      reading(async () => {
        await requireBoth(call, 'read')
        return encode(await findField(call, call.session, await presetIn(call.session, preset), id))
      }),
  }),
  method({
    name: 'crm.requisite.preset.field.add',
    scope,
    style,
    params: { preset: take.any, fields: need.map },
    run: ({ preset, fields }, call) =>
      writing(async () => {
        await requireBoth(call, 'add')
        const of = await presetIn(call.session, preset)
        return call.session.transaction(async (tx) => {
          await held(tx, of)
          const row = await given(call, tx, of, fields)
          await tx.change(sql`update crm_requisite_preset set last_field_id = last_field_id + 1 where id = ${of.id}`)
          const [next] = await tx.find<{ id: number }>(
            sql`select last_field_id as id from crm_requisite_preset where id = ${of.id}`,
          )
          const id = next?.id ?? 1
          tx.insert(presetFieldTable, { preset_id: of.id, id, ...row })
          return id
        })
      }),
  }),
  method({
    name: 'crm.requisite.preset.field.update',
    scope,
    style,
    params: { id: need.id, preset: take.any, fields: need.map },
    run: ({ id, preset, fields }, call) =>
      writing(async () => {
        await requireBoth(call, 'update')
        const of = await presetIn(call.session, preset)
        return call.session.transaction(async (tx) => {
          await held(tx, of)
          const row = await given(call, tx, of, fields, await findField(call, tx, of, id))
          await tx.change(
            sql`update crm_requisite_preset_field set field_name = ${row.field_name}, field_title = ${row.field_title}, in_short_list = ${row.in_short_list}, sort = ${row.sort} where preset_id = ${of.id} and id = ${id}`,
          )
          return true
        })
      }),
  }),
  method({
    name: 'crm.requisite.preset.field.delete',
    scope,
    style,
    params: { id: need.id, preset: take.any },
    run: ({ id, preset }, call) =>
      writing(async () => {
        await requireBoth(call, 'delete')
        const of = await presetIn(call.session, preset)
        return call.session.transaction(async (tx) => {
          await held(tx, of)
          await findField(call, tx, of, id)
          await tx.change(sql`delete from crm_requisite_preset_field where preset_id = ${of.id} and id = ${id}`)
          return true
        })
      }),
  }),
]
