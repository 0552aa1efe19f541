import { ApiError } from '../../../methods/errors.ts'
import { isMap, method, take } from '../../../methods/method.ts'
import { closeSubscription, findByToken, forgetTimeout } from './subscription.ts'

/** Whoever has the token may answer; one that was used or has run out is as good as none. */
const denied = (): ApiError => new ApiError('ACCESS_DENIED', 403, 'Access denied!')

/** api-reference/bizproc/bizproc-robot/bizproc-event-send.md. */
export default [
  method({
    name: 'bizproc.event.send',
    scope: 'bizproc',
    params: { event_token: take.any, return_values: take.any, log_message: take.any },
    async run({ event_token: token, return_values: values, log_message: message }, call) {
      if (typeof token !== 'string' || token === '') throw denied()
      const { portal, session, now } = call
      await session.transaction(async (tx) => {
        const row = await findByToken(tx, token)
        if (row === undefined || row.expires <= now) throw denied()
        // The chain goes on as it began: on behalf of whoever started it, not of whoever answers.
        const person = (await portal.people.find(tx, row.user_id)) ?? call.person
        const note = typeof message === 'string' ? message : ''
        const returned = isMap(values) ? values : {}
        // Jobs before subscriptions, as everybody takes them: two at once must not wait for each other.
        await forgetTimeout(tx, row)
        if (!(await closeSubscription({ tx, portal, person, now }, row, { returned, note }))) throw denied()
      })
      return true
    },
  }),
]
