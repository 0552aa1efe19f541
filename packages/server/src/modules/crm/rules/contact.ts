import type { Change } from '../../../records/change.ts'
import { Failure } from '../../../records/failure.ts'
import type { Hooks } from '../../../records/hooks.ts'
import { sql } from '../../../store/sql.ts'

/** "Cannot be earlier than the creation date of the last created contact" (crm-contact-add.md, IMPORT). */
async function checkImportedDate(change: Change): Promise<void> {
  const { entity, tx } = change
  if (!change.isNew || change.value('createdTime') === Math.floor(change.now)) return
  const created = sql.ref(entity.columnOf('createdTime'))
  const [last] = await tx.find<{ created: number }>(
    sql`select ${created} as created from ${sql.table(entity.table)} where id < ${change.id} order by id desc limit 1`,
  )
  if (last !== undefined && Number(change.value('createdTime')) < last.created)
    throw new Failure({
      why: 'invalid',
      field: entity.field('createdTime'),
      detail: 'it is earlier than the creation of the last contact',
    })
}

export const contactHooks: Hooks = {
  complete: (change) => change.default('export', 'Y'),
  check: checkImportedDate,
}

export const companyHooks: Hooks = {
  complete: (change) => change.default('isMyCompany', 'N'),
}
