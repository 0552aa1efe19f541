import { digest } from '../../auth/secrets.ts'
import { requireEveryScope } from '../../methods/application.ts'
import { ApiError, inStyle, itemStyle } from '../../methods/errors.ts'
import { method, need } from '../../methods/method.ts'
import { audit } from '../../records/audit.ts'
import { originOf } from '../../records/endpoints.ts'
import { formatDateTime } from '../../schema/time.ts'
import { sql } from '../../store/sql.ts'
import { LIFETIME, TOKEN_LENGTH } from './invitation.ts'

interface Standing {
  readonly id: number
  readonly is_admin: string
  readonly active: string
  readonly invited: number | null
  readonly expires: number | null
}

/** What of people only their administrators see: who is one of them, and who is invited and hasn't come yet. */
export const invitationMethods = [
  method({
    name: 'portico.user.list',
    scope: 'user',
    params: {},
    run: (_none, call) =>
      inStyle(itemStyle, 'read', async () => {
        await call.portal.access.requireAdministrator(call)
        const rows = await call.session.find<Standing>(
          sql`select u.id, u.is_admin, u.active, i.created as invited, i.expires from portal_user u left join user_invitation i on i.user_id = u.id order by u.id`,
        )
        const moment = (seconds: number | null): string | null =>
          seconds === null ? null : formatDateTime(Number(seconds), call.portal.zone)
        return {
          users: rows.map(({ id, is_admin, active, invited, expires }) => ({
            id,
            admin: is_admin === 'Y',
            active: active === 'Y',
            invited: moment(invited),
            linkExpires: moment(expires),
          })),
          /** Whether letters leave the portal; where they don't, links are handed over. */
          mail: call.portal.outside.smtpUrl !== null,
        }
      }),
  }),
  method({
    name: 'portico.user.invite',
    scope: 'user',
    params: { id: need.id },
    /** A link for whoever hands it over themselves. It ends the one before it, as a letter that is sent again does. */
    run: ({ id }, call) =>
      inStyle(itemStyle, 'write', async () => {
        await call.portal.access.requireAdministrator(call)
        requireEveryScope(call)
        const token = call.portal.sources.token(TOKEN_LENGTH)
        const expires = Math.floor(call.now) + LIFETIME
        await call.session.transaction(async (tx) => {
          const renewed = await tx.change(
            sql`update user_invitation set token_hash = ${digest(token)}, expires = ${expires} where user_id = ${id} and exists (select 1 from portal_user u where u.id = ${id} and u.active = 'Y')`,
          )
          if (renewed === 0) throw new ApiError('NOT_FOUND', 400, 'Nobody who is invited and has not come yet')
          await audit(call, tx, { type: 'USER_INVITE', module: 'main', item: `user ${id}` })
        })
        return {
          link: `${originOf(call.portal)}/invitation/${token}`,
          expires: formatDateTime(expires, call.portal.zone),
        }
      }),
  }),
]
