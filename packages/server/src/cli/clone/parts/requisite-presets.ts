import { emptyDraft } from '../../../records/change.ts'
import type { Within } from '../../../records/records.ts'
import { preset } from '../../../modules/crm/requisite/preset.ts'
import { requisite } from '../../../modules/crm/requisite/requisite.ts'
import { presetFieldTable } from '../../../modules/crm/requisite/tables.ts'
import { legacyWire } from '../../../schema/wire.ts'
import { sql } from '../../../store/sql.ts'
import { Refused, type Row, rowsOf } from '../source.ts'
import type { Clone, Step } from '../step.ts'
import { flagOf, numberOf, textOf } from '../values.ts'
import { bring, type Ready } from './bring.ts'
import { clearDefaults, type Defaults, makesRoom } from './defaults.ts'
import { draftsOf } from './draft-of.ts'

const STEP = 'requisite-presets'
const METHOD = 'crm.requisite.preset.list'
const fieldTable = sql.table(presetFieldTable.name)

const defaults: Defaults = {
  entityTypeId: preset.entityTypeId,
  tables: [preset.table],
  unless: requisite.table,
  more: (tx) => tx.change(sql`delete from ${fieldTable}`),
}

/** Templates of requisites with their fields. A portal that has them already keeps those of the same name. */
export const requisitePresets: Step = {
  name: STEP,
  after: ['fields'],
  count: (source) => source.total(METHOD),
  async run(clone) {
    if (clone.state.isDone(STEP)) return
    const rows = await clone.source.rows(METHOD, { order: { ID: 'ASC' } })
    const fields = await fieldsOf(clone, rows)
    const room = await makesRoom(clone, defaults)
    await bring(clone, {
      at: { step: STEP, cursor: '', done: true },
      before: (page) => (room ? clearDefaults(page, defaults) : Promise.resolve()),
      entity: preset,
      rows: rows.map((row) => ({ ...row, fields: fields.get(textOf(row.ID)) })),
      key: (row) => textOf(row.ID),
      prepare: async (fresh) => {
        const drafts = await draftsOf(clone, preset, legacyWire, fresh, { without: ['id'] })
        const twins = room ? undefined : await twinsOf(clone)
        return fresh.map((row, index): Ready => {
          const draft = drafts[index] ?? emptyDraft()
          const list = rowsOf(row.fields)
          draft.values.set('lastFieldId', Math.max(0, ...list.map((each) => numberOf(each.ID) ?? 0)))
          const twin = twins?.get(nameOf(row))
          return { row, draft, twin, beside: (within, id) => writeFields(within, id, list) }
        })
      },
    })
  },
}

/** A template's fields are listed apart for each. */
async function fieldsOf(clone: Clone, rows: readonly Row[]): Promise<Map<string, readonly Row[]>> {
  const answers = await clone.source.batch(
    Object.fromEntries(
      rows.map((row) => [
        `f${textOf(row.ID)}`,
        { method: 'crm.requisite.preset.field.list', params: { preset: { ID: numberOf(row.ID) ?? 0 } } },
      ]),
    ),
  )
  return new Map(
    rows.map((row) => {
      const answer = answers.get(`f${textOf(row.ID)}`)
      return [textOf(row.ID), answer instanceof Refused ? [] : rowsOf(answer)]
    }),
  )
}

const nameOf = (row: Row): string => `${textOf(row.COUNTRY_ID)} ${textOf(row.NAME)}`

/** Templates that are here, by country and name. */
async function twinsOf({ session }: Clone): Promise<Map<string, number>> {
  const rows = await session.find<{ id: number; country_id: number; name: string }>(
    sql`select id, country_id, name from ${sql.table(preset.table)} order by id desc`,
  )
  return new Map(rows.map((row) => [`${row.country_id} ${row.name}`, row.id]))
}

async function writeFields({ tx }: Within, presetId: number, fields: readonly Row[]): Promise<void> {
  await tx.change(sql`delete from ${fieldTable} where preset_id = ${presetId}`)
  for (const each of fields)
    tx.insert(presetFieldTable, {
      preset_id: presetId,
      id: numberOf(each.ID) ?? 0,
      field_name: textOf(each.FIELD_NAME),
      field_title: textOf(each.FIELD_TITLE),
      in_short_list: flagOf(each.IN_SHORT_LIST),
      sort: numberOf(each.SORT) ?? 0,
    })
}
