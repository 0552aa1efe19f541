import type { Check } from '../../records/check.ts'
import { sql } from '../../store/sql.ts'
import type { Transaction } from '../../store/store.ts'
import { roleAccess, rolePermission, rolePlace } from '../../store/tables.ts'
import type { Module } from '../module.ts'
import { myRights } from './my-rights.ts'
import { roleMethods } from './role-methods.ts'

/** Portals that are older than access codes gave roles to people by their ids; 0 was everybody. */
async function takeOverPeople(tx: Transaction): Promise<void> {
  if ((await tx.columnsOf('crm_role_user')).size === 0) return
  await tx.change(
    sql`insert into crm_role_access (role_id, code) select role_id, case when user_id = 0 then 'AU' else 'U' || cast(user_id as text) end from crm_role_user where true on conflict (role_id, code) do nothing`,
  )
  await tx.change(sql`delete from crm_role_user`)
}

const checks: readonly Check[] = [
  ...[roleAccess, rolePermission, rolePlace].map(({ name }): Check => ({
    name: `rows of ${name} have their role`,
    faults: () =>
      sql`select ${sql.lit(`${name} of role `)} || cast(p.role_id as text) as fault from ${sql.table(name)} p where not exists (select 1 from crm_role r where r.id = p.role_id)`,
  })),
  {
    name: 'roles speak of pipelines that there are',
    faults: () =>
      sql`select 'role ' || cast(p.role_id as text) || ' and pipeline ' || cast(p.category_id as text) as fault from crm_role_place p where p.category_id > 0 and not exists (select 1 from crm_category c where c.id = p.category_id)`,
  },
]

/** Roles, and what they allow. */
export const rights: Module = { name: 'rights', methods: [...roleMethods, myRights], checks, prepare: takeOverPeople }
