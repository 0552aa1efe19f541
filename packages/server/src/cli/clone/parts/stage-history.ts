import { stageHistory as table } from '../../../modules/crm/automation/tables.ts'
import { parseDateTime } from '../../../schema/time.ts'
import { sql } from '../../../store/sql.ts'
import { Refused, type Row } from '../source.ts'
import { itemKind } from '../state.ts'
import type { Clone, Step } from '../step.ts'
import { type Translation, translationOf } from '../translation.ts'
import { numberOf, textOf } from '../values.ts'
import { idsOf } from './draft-of.ts'
import { ITEMS, typesThere } from './owners.ts'

const STEP = 'stage-history'
const METHOD = 'crm.stagehistory.list'

/** When records have come into which stage: what reports of conversion are made of. */
export const stageHistory: Step = {
  name: STEP,
  after: ITEMS,
  count: () => Promise.resolve(undefined),
  async run(clone) {
    const translation = await translationOf(clone)
    for (const [type, there] of await typesThere(clone)) {
      const entity = await clone.target.portal.entities.find(clone.session, type)
      const part = itemKind(type)
      if (entity?.stageField === undefined || clone.state.isDone(STEP, part)) continue
      try {
        const pages = clone.source.pages(
          METHOD,
          { entityTypeId: there },
          { after: clone.state.cursorOf(STEP, part), path: 'items' },
        )
        for await (const { rows, cursor } of pages)
          await bringPage(clone, translation, { type, there, part, cursor }, rows)
      } catch (cause) {
        // Quotes have stages, but no history of them.
        if (!(cause instanceof Refused) || !/not supported/i.test(cause.message)) throw cause
      }
      await clone.page({ step: STEP, part, cursor: '', done: true }, async () => {})
    }
  },
}

async function bringPage(
  clone: Clone,
  translation: Translation,
  at: { readonly type: number; readonly there: number; readonly part: string; readonly cursor: string },
  rows: readonly Row[],
): Promise<void> {
  const { type, there, part, cursor } = at
  const { state, session, target } = clone
  const kind = `stage history:${type}`
  const owner = itemKind(type)
  const known = await state.known(
    session,
    kind,
    rows.map((row) => textOf(row.ID)),
  )
  const fresh = rows.filter((row) => !known.has(textOf(row.ID)))
  const ids = await idsOf(
    clone,
    session,
    fresh.map((row) => ({ kind: owner, key: numberOf(row.OWNER_ID) ?? 0 })),
  )
  const time = (row: Row): number => parseDateTime(row.CREATED_TIME, target.portal.zone) ?? state.began
  await clone.page({ step: STEP, part, cursor }, async (page) => {
    const { tx } = page
    page.count('same', known.size)
    const taken = new Set<number>()
    const wanted = fresh.flatMap((row) => numberOf(row.ID) ?? [])
    if (state.keepsIds && wanted.length > 0) {
      const found = await tx.find<{ id: number }>(
        sql`select id from ${sql.table(table.name)} where id in (${sql.join(wanted)})`,
      )
      for (const { id } of found) taken.add(id)
      await tx.skipIds(table, Math.max(...wanted) + 1)
    }
    for (const row of fresh) {
      const ownerId = ids(owner, numberOf(row.OWNER_ID) ?? 0)
      if (ownerId === undefined) {
        page.leave('its record has not come', `entry ${textOf(row.ID)}`)
        continue
      }
      const number = numberOf(row.ID)
      const id = state.keepsIds && number !== undefined && !taken.has(number) ? number : await tx.nextId(table)
      const category = numberOf(row.CATEGORY_ID) ?? 0
      tx.insert(table, {
        id,
        type_id: numberOf(row.TYPE_ID) ?? 1,
        entity_type_id: type,
        owner_id: ownerId,
        created_time: time(row),
        category_id: translation.category(there, category) ?? category,
        stage_semantic_id: textOf(row.STAGE_SEMANTIC_ID ?? row.STATUS_SEMANTIC_ID) || 'P',
        stage_id: translation.code(textOf(row.STAGE_ID ?? row.STATUS_ID)),
      })
      page.count('made')
      await state.remember(tx, kind, textOf(row.ID), { id, digest: null, isNew: true })
    }
  })
  clone.tick(rows.length)
}
