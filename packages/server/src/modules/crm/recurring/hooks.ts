import { Failure } from '../../../records/failure.ts'
import type { Hooks } from '../../../records/hooks.ts'
import { removeWithin } from '../../../records/records.ts'
import { sql } from '../../../store/sql.ts'
import { dayOf } from '../rules/defaults.ts'
import { nextExecution } from './calendar.ts'
import { parsed } from './params.ts'
import type { Recurring } from './recurring.ts'

/** What the jobs are called that use templates when their day begins. */
export const EXPOSE = 'crm.recurring'
export const jobKey = (kind: Recurring, id: number): string => `${kind.setting.name}:${id}`

/** Settings: their calendar, and the job of its next date. */
export const settingHooks = (kind: Recurring): Hooks => ({
  complete(change) {
    change.default('active', 'Y')
    change.default('isLimit', 'N')
    change.default('startDate', dayOf(change.now, change.portal.zone))
    if (change.gives('startDate') && change.value('startDate') === null) change.draft.values.delete('startDate')
    if (change.isNew || change.gives('params'))
      change.set('params', JSON.stringify({ ...parsed(change.old('params')), ...parsed(change.value('params')) }))
    const next = nextExecution(kind, change)
    change.set('nextExecution', next)
    // After its last date a setting is not active (the first row shown on crm-deal-recurring-list.md).
    if (change.changes('lastExecution') && next === null) change.set('active', 'N')
  },
  async check(change) {
    const chosen = change.has('categoryId') && change.changes('categoryId') ? change.value('categoryId') : null
    if (!chosen) return
    const categories = await change.portal.directories.categories(change.tx, kind.entityTypeId)
    if (!categories.some(({ id }) => id === chosen))
      throw new Failure({
        why: 'invalid',
        field: kind.setting.field('categoryId'),
        detail: 'there is no such pipeline',
      })
  },
  async saved(change) {
    if (!change.isNew && !change.changes('nextExecution')) return
    const { tx, portal, person, id } = change
    const key = jobKey(kind, id)
    await portal.jobs.cancel(tx, EXPOSE, key)
    const due = change.value('nextExecution')
    if (typeof due !== 'number') return
    const payload = { entityTypeId: kind.entityTypeId, id }
    await portal.jobs.schedule(tx, { kind: EXPOSE, key, due, userId: person.id, payload })
  },
  announced(change) {
    // A removal names the setting alone (on-crm-deal-recurring-delete.md); it is the only one without a draft.
    const isRemoval = change.draft.values.size === 0
    return isRemoval ? {} : { [`RECURRING_${kind.setting.field(kind.template).upper}`]: change.value(kind.template) }
  },
  async removed({ tx, portal, id }) {
    await portal.jobs.cancel(tx, EXPOSE, jobKey(kind, id))
  },
})

/** A template takes its setting along (crm-deal-recurring-delete.md). */
export const templateHooks = (kind: Recurring): Hooks => ({
  async removed(change) {
    const { setting, template } = kind
    const rows = await change.tx.find<{ id: number }>(
      sql`select id from ${sql.table(setting.table)} where ${sql.ref(setting.columnOf(template))} = ${change.id}`,
    )
    for (const { id } of rows) await removeWithin(change, setting, id)
  },
})
