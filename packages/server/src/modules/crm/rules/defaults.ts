import type { Change } from '../../../records/change.ts'
import type { Hooks } from '../../../records/hooks.ts'

const DAY = 86_400

/** `2026-08-30` of an instant, in the portal's zone. */
const dayOf = (seconds: number, offset: number): string =>
  new Date((seconds + offset) * 1000).toISOString().slice(0, 10)

async function firstStatus(change: Change, directory: string): Promise<string | null> {
  return (await change.portal.directories.statuses(change.tx, directory))[0]?.statusId ?? null
}

/**
 * The documented defaults of new records (api-reference/crm/universal/crm-item-add.md): the caller as responsible,
 * the base currency, the first source, today and a week later, a title by template.
 */
export const defaultHooks: Hooks = {
  async complete(change) {
    const now = Math.floor(change.now)
    const author = change.person.id
    if (change.isNew) {
      change.default('createdTime', now)
      change.default('createdBy', author)
      change.default('updatedTime', change.value('createdTime'))
      change.default('updatedBy', author)
      change.default('lastActivityTime', change.value('createdTime'))
      change.default('lastActivityBy', author)
      change.default('assignedById', author)
      change.default('opened', 'Y')
      change.default('isManualOpportunity', 'N')
      for (const name of ['opportunity', 'taxValue', 'revenue']) change.default(name, 0)
      if (change.has('currencyId'))
        change.default('currencyId', await change.portal.directories.baseCurrency(change.tx))
      if (change.has('sourceId')) change.default('sourceId', await firstStatus(change, 'SOURCE'))
      const offset = change.portal.zone.offsetAt(now)
      if (change.has('begindate')) change.default('begindate', dayOf(now, offset))
      if (change.has('closedate')) change.default('closedate', dayOf(now + 7 * DAY, offset))
      if (change.has('title')) change.default('title', `${change.entity.title} #${change.id}`)
      return
    }
    if (!change.gives('updatedTime')) change.set('updatedTime', now)
    if (!change.gives('updatedBy')) change.set('updatedBy', author)
    // Links and numbers that must not become empty keep what they were.
    for (const name of ['assignedById', 'currencyId', 'opportunity', 'taxValue', 'revenue'])
      if (change.has(name) && change.gives(name) && change.value(name) === null) change.draft.values.delete(name)
  },
}
