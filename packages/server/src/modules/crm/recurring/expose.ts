import { emptyDraft } from '../../../records/change.ts'
import { announceEvent } from '../../../records/outbox.ts'
import { createWithin, locked, updateWithin, type Within } from '../../../records/records.ts'
import type { JobHandler } from '../../../records/jobs.ts'
import { scalarOf, select, type Stored } from '../../../store/entity-query.ts'
import type { Reader } from '../../../store/store.ts'
import { dayOf } from '../rules/defaults.ts'
import { startOf } from './calendar.ts'
import { type Copies, copying, draftOf } from './copy.ts'
import { parsed } from './params.ts'
import { keyOf, type Recurring, type Setting } from './recurring.ts'

export async function findSetting(reader: Reader, { setting }: Recurring, id: number): Promise<Stored | undefined> {
  const [stored] = await select(reader, {
    entity: setting,
    fields: setting.fields,
    test: { is: 'compare', field: setting.field('id'), op: 'eq', values: [id] },
  })
  return stored
}

export const templateOf = ({ setting, template }: Recurring, stored: Stored): number =>
  Number(scalarOf(stored, setting.field(template)))

/** What the setting says; a pipeline that is gone is as if none were named. */
async function settingOf({ tx, portal }: Within, kind: Recurring, stored: Stored): Promise<Setting> {
  const params = parsed(scalarOf(stored, kind.setting.field('params')))
  const chosen = kind.setting.byName.get('categoryId')
  const categoryId = chosen === undefined ? null : scalarOf(stored, chosen)
  if (typeof categoryId !== 'number') return { params, categoryId: null }
  const categories = await portal.directories.categories(tx, kind.entityTypeId)
  return { params, categoryId: categoryId === 0 || categories.some(({ id }) => id === categoryId) ? categoryId : null }
}

/**
 * Makes a record of a template, counts it and sets the next date; answers its id. Throws Failure `not-found` where
 * there is no such setting, or no template any more.
 */
export async function expose(within: Within, kind: Recurring, id: number, copies: Copies): Promise<number> {
  const { tx, portal, now } = within
  const stored = await locked(tx, kind.setting, id)
  const templateId = templateOf(kind, stored)
  const entity = await portal.entities.get(tx, kind.entityTypeId)
  const template = await locked(tx, entity, templateId)
  const day = dayOf(now, portal.zone)
  const draft = draftOf(entity, template, kind.leftOut, copies)
  draft.values.set('isRecurring', 'N')
  kind.settle(draft, await settingOf(within, kind, stored), day)
  await kind.prepare?.(tx, templateId, draft)
  const made = await createWithin(within, entity, draft)
  await kind.follow?.(within, templateId, made)
  const executed = emptyDraft()
  executed.values.set('counterRepeat', Number(scalarOf(stored, kind.setting.field('counterRepeat')) ?? 0) + 1)
  executed.values.set('lastExecution', startOf(day, portal.zone))
  await updateWithin(within, kind.setting, id, executed)
  const key = keyOf(kind)
  await announceEvent(within, {
    event: `${kind.setting.event}EXPOSE`,
    entityTypeId: kind.setting.entityTypeId,
    recordId: id,
    data: { FIELDS: { ID: id, [`RECURRING_${key}`]: templateId, [key]: made } },
  })
  return made
}

/** A template that is none any more isn't used, and has no further dates. */
async function retire(within: Within, kind: Recurring, id: number): Promise<void> {
  const draft = emptyDraft()
  draft.values.set('active', 'N')
  await updateWithin(within, kind.setting, id, draft)
}

/**
 * Uses a template when its day has begun. A portal that has slept through several dates makes one record, with that
 * day's date, and goes on from there: no page says otherwise.
 */
export const exposing =
  (kinds: readonly Recurring[]): JobHandler =>
  async (context) => {
    const { portal, session, person, now, job } = context
    const kind = kinds.find(({ entityTypeId }) => entityTypeId === job.payload.entityTypeId)
    if (kind === undefined) throw new Error(`nothing repeats of the type ${String(job.payload.entityTypeId)}`)
    const id = Number(job.payload.id)
    const setting = await findSetting(session, kind, id)
    if (setting === undefined) return
    const entity = await portal.entities.get(session, kind.entityTypeId)
    await copying(context, entity, templateOf(kind, setting), (copies) =>
      session.transaction(async (tx) => {
        if (!(await context.finish(tx))) return
        const within = { tx, portal, person, now }
        const current = await findSetting(tx, kind, id)
        const next = current === undefined ? null : scalarOf(current, kind.setting.field('nextExecution'))
        // Changed while this waited: the job of the new date follows.
        if (current === undefined || typeof next !== 'number' || next > now) return
        const template = await locked(tx, entity, templateOf(kind, current))
        if (scalarOf(template, entity.field('isRecurring')) === 'Y') await expose(within, kind, id, copies)
        else await retire(within, kind, id)
      }),
    )
  }
