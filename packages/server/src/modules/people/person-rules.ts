import type { Change } from '../../records/change.ts'
import { Failure } from '../../records/failure.ts'
import type { Hooks } from '../../records/hooks.ts'
import type { Scalar } from '../../schema/kind.ts'
import { sql } from '../../store/sql.ts'
import { keepAdministrator } from './administrator.ts'
import { departmentsIn } from './department.ts'
import { cancelInvitation, inviteElsewhere } from './invitation.ts'
import { argumentError } from './person-words.ts'
import { keepRolesIn } from './structure.ts'

const ADDRESS = /^[^\s@<>()[\],;:\\"]{1,64}@[^\s@<>()[\],;:\\"]{1,190}$/

/** People are written one at a time, so that nobody takes the same address in between. */
async function checkEmail(change: Change): Promise<void> {
  if (!change.isNew && !change.changes('email')) return
  const email = String(change.value('email') ?? '')
  if (!ADDRESS.test(email)) throw argumentError('wrong_email')
  const [taken] = await change.tx.find<{ id: number }>(
    sql`select id from portal_user where lower(email) = ${email.toLowerCase()} and id <> ${change.id} limit 1`,
  )
  if (taken !== undefined) throw argumentError('A user with this email already exists')
}

const departmentsOf = (stored: Scalar): number[] => JSON.parse(String(stored ?? '[]')) as number[]

async function checkDepartments(change: Change): Promise<void> {
  if (!change.changes('ufDepartment')) return
  const before = departmentsOf(change.old('ufDepartment'))
  const after = departmentsOf(change.value('ufDepartment'))
  const tree = await departmentsIn(change.portal.caches).get(change.tx)
  const unknown = after.some((id) => !tree.has(id) && !before.includes(id))
  if (unknown || (after.length === 0 && change.value('userType') === 'employee'))
    throw new Failure({
      why: 'invalid',
      field: change.entity.field('ufDepartment'),
      detail: 'there is no such department',
    })
}

/** What holds for everyone's profile, whichever method writes it. */
export const personHooks: Hooks = {
  complete(change) {
    change.set('timestampX', Math.floor(change.now))
    if (!change.isNew) return
    change.set('active', 'Y')
    change.set('dateRegister', Math.floor(change.now))
    change.set('userType', 'employee')
    change.default('timeZone', '')
  },
  async check(change) {
    await checkEmail(change)
    await checkDepartments(change)
    if (change.changes('active') && change.value('active') !== 'Y')
      await keepAdministrator(change.tx, change.id, 'The last administrator cannot be dismissed')
  },
  async saved(change) {
    const { tx, id } = change
    const email = change.value('email')
    if (change.isNew) await tx.change(sql`update portal_user set login = ${email}, is_admin = 'N' where id = ${id}`)
    else if (change.changes('email')) {
      await tx.change(sql`update portal_user set login = ${email} where id = ${id} and login = ${change.old('email')}`)
      await inviteElsewhere(change.portal, tx, { userId: id, by: change.person.id, now: change.now, text: '' })
    }
    if (!change.isNew && change.changes('ufDepartment'))
      await keepRolesIn(tx, id, departmentsOf(change.value('ufDepartment')))
    if (change.changes('active') && change.value('active') === 'N') await cancelInvitation(tx, id)
  },
}
