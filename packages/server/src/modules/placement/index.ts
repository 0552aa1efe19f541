import { userFieldTypeTable } from '../../records/user-field-types.ts'
import { sql } from '../../store/sql.ts'
import type { Module } from '../module.ts'
import { placementMethods } from './placement.ts'
import { applicationRun, checks, placementHandler } from './tables.ts'
import { userFieldTypeMethods } from './user-field-type.ts'

/** Places in the portal's pages that applications fill, and the frames that they fill them with. */
export const placements: Module = {
  name: 'placement',
  methods: [...placementMethods, ...userFieldTypeMethods],
  tables: [placementHandler, applicationRun, userFieldTypeTable],
  checks,
  // Fields of the application's types stay, with their values.
  async applicationRemoved(tx, { id }) {
    for (const { name } of [placementHandler, applicationRun, userFieldTypeTable])
      await tx.change(sql`delete from ${sql.table(name)} where application_id = ${id}`)
  },
}
