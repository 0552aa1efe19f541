import { requireEveryScope } from '../../methods/application.ts'
import { ApiError, inStyle, itemStyle } from '../../methods/errors.ts'
import { method, need, take } from '../../methods/method.ts'
import { audit } from '../../records/audit.ts'
import { Failure } from '../../records/failure.ts'
import { yesNo } from '../../schema/kind.ts'
import { sql } from '../../store/sql.ts'
import type { Transaction } from '../../store/store.ts'

/** A portal without an administrator could never have one again. People are written one at a time, so that two can't go at once. */
export async function keepAdministrator(tx: Transaction, id: number, text: string): Promise<void> {
  const [other] = await tx.find<{ id: number }>(
    sql`select id from portal_user where is_admin = 'Y' and active = 'Y' and id <> ${id} limit 1`,
  )
  if (other === undefined) throw new Failure({ why: 'rule', text })
}

/** Who administrates the portal: the documented API can tell (user.admin), but not change it. */
export const administratorMethods = [
  method({
    name: 'portico.user.admin.set',
    scope: null,
    params: { id: need.id, admin: take.any },
    run: ({ id, admin: given }, call) =>
      inStyle(itemStyle, 'write', async () => {
        await call.portal.access.requireAdministrator(call)
        requireEveryScope(call)
        const admin = yesNo(given)
        if (admin === undefined) throw new ApiError('INVALID_ARG_VALUE', 400, "Parameter 'admin' must be Y or N")
        return call.portal.caches.changing(call.session, ['people'], async (tx) => {
          const [row] = await tx.find<{ is_admin: string; active: string; user_type: string }>(
            sql`select is_admin, active, user_type from portal_user where id = ${id}`,
          )
          if (row === undefined) throw new Failure({ why: 'not-found' })
          if ((row.is_admin === 'Y') === admin) return true
          if (admin && (row.active !== 'Y' || row.user_type !== 'employee'))
            throw new Failure({ why: 'rule', text: 'Only somebody who works here can be an administrator' })
          if (!admin) await keepAdministrator(tx, id, 'The last administrator has to stay one')
          await tx.change(sql`update portal_user set is_admin = ${admin ? 'Y' : 'N'} where id = ${id}`)
          const type = admin ? 'USER_ADMIN_ADD' : 'USER_ADMIN_REMOVE'
          await audit(call, tx, { type, module: 'main', item: `user ${id}` })
          return true
        })
      }),
  }),
]
