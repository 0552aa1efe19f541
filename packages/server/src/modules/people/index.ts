import type { Transaction } from '../../store/store.ts'
import { sql } from '../../store/sql.ts'
import { user } from '../../store/tables.ts'
import type { Module } from '../module.ts'
import { person } from '../person.ts'
import { accessMethods } from './access-codes.ts'
import { administratorMethods } from './administrator.ts'
import { department, departmentChecks, prepareDepartments } from './department.ts'
import { departmentMethods } from './department-methods.ts'
import { departmentHooks } from './department-rules.ts'
import { INVITATION, invitation, invitationChecks, sendInvitation } from './invitation.ts'
import { invitationMethods } from './invitation-methods.ts'
import { option, optionMethods } from './option-methods.ts'
import { personMethods } from './person-methods.ts'
import { personHooks } from './person-rules.ts'
import { structureRole } from './structure.ts'
import { userFieldFile } from './user-field-file.ts'
import { userFieldMethods } from './user-field-methods.ts'

/** The people who are there already are counted from now on. */
async function countPeople(tx: Transaction): Promise<void> {
  const [row] = await tx.find<{ n: number }>(sql`select count(*) as n from portal_user`)
  tx.count(user.name, Number(row?.n ?? 0))
}

/** People, and the departments in which they work. */
export const people: Module = {
  name: 'people',
  methods: [
    ...departmentMethods,
    ...personMethods,
    ...userFieldMethods,
    userFieldFile,
    ...optionMethods,
    ...accessMethods,
    ...administratorMethods,
    ...invitationMethods,
  ],
  entities: [department, person],
  tables: [invitation, option, structureRole],
  hooks: { [department.name]: departmentHooks, [person.name]: personHooks },
  jobs: { [INVITATION]: sendInvitation },
  checks: [...departmentChecks, ...invitationChecks],
  async applicationRemoved(tx, { key }) {
    await tx.change(sql`delete from app_option where application = ${key}`)
  },
  async prepare(tx, portal) {
    await countPeople(tx)
    await prepareDepartments(tx, portal)
  },
}
