import { ApiError } from '../../methods/errors.ts'
import { method, need } from '../../methods/method.ts'
import { formatDateTime, parseDateTime } from '../../schema/time.ts'
import { sql } from '../../store/sql.ts'
import { mayDo } from '../crm/timeline/owners.ts'

/** So many are told at once: who has been away for a week wants no thousand. */
const MOST = 20
/** The longest time before a deadline that reminders can be set to (activity/pings.ts), in seconds. */
const LONGEST = 525_600 * 60
/** Nobody is reminded of what was due before that, in seconds. */
const OLDEST = 86_400

interface Row {
  readonly id: number
  readonly subject: string | null
  readonly deadline: number
  readonly ping_offsets: string
  readonly owner_type_id: number
  readonly owner_id: number
}

/**
 * What the caller is to be reminded of: open activities of theirs, of which a reminder has come due since `since`. The
 * answer's `now` is the next call's `since`.
 */
export const reminderList = method({
  name: 'portico.reminder.list',
  scope: 'crm',
  params: { since: need.text },
  async run({ since }, call) {
    const { portal, session, person } = call
    const asked = parseDateTime(since, portal.zone)
    if (asked === undefined)
      throw new ApiError('INVALID_ARG_VALUE', 400, 'Invalid value of "since": a time is expected')
    const now = Math.floor(call.now)
    const from = Math.max(asked, now - OLDEST)
    const rows = await session.find<Row>(
      sql`select id, subject, deadline, ping_offsets, owner_type_id, owner_id from crm_activity where responsible_id = ${person.id} and completed <> 'Y' and ping_offsets is not null and ping_offsets <> '[]' and deadline > ${from} and deadline <= ${now + LONGEST} order by deadline, id`,
    )
    const reminders: object[] = []
    for (const row of rows) {
      const deadline = Number(row.deadline)
      const due = (JSON.parse(row.ping_offsets) as number[]).some((minutes) => {
        const at = deadline - minutes * 60
        return at > from && at <= now
      })
      if (!due || reminders.length === MOST) continue
      const owner = { entityTypeId: Number(row.owner_type_id), id: Number(row.owner_id) }
      if (!(await mayDo(call, owner.entityTypeId, owner.id, 'read'))) continue
      reminders.push({
        activityId: Number(row.id),
        title: row.subject ?? '',
        deadline: formatDateTime(deadline, portal.zone),
        ...owner,
      })
    }
    return { reminders, now: formatDateTime(now, portal.zone) }
  },
})
