import type { Change } from '../../../records/change.ts'

const PRESET_SORT = 500

/** Who made it and when; who changed it last, which of a new one nobody has. */
export function stamp(change: Change): void {
  const now = Math.floor(change.now)
  if (!change.isNew) {
    change.set('dateModify', now)
    change.set('modifyById', change.person.id)
    return
  }
  change.set('dateCreate', now)
  change.set('createdById', change.person.id)
  change.default('active', 'Y')
  change.default('sort', PRESET_SORT)
}
