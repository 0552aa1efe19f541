import { profiles } from '../../../methods/limits/profiles.ts'
import { mapIn, parameter, type Rule, Tally } from './warning.ts'

const MOST_COMMANDS = 50

/** Requests that are too much for one: too many commands, too long. */
export function requestSize(): Rule {
  const commands = new Tally('long-batch')
  const slow = new Tally('slow-request')
  const most = profiles.standard.duration ?? 60
  return {
    call(call) {
      if (call.method !== 'batch' || call.isNested) return
      const count = Object.keys(mapIn(parameter(call, 'cmd'))).length
      if (count > MOST_COMMANDS)
        commands.add('batch', call, {
          text: `A batch has ${count} commands; those behind the first ${MOST_COMMANDS} are not run, and each is refused in result_error. Send ${Math.ceil(count / MOST_COMMANDS)} batches.`,
          page: 'settings/how-to-call-rest-api/batch.md',
        })
    },
    ended({ id, method, number, duration }) {
      if (duration <= most * 1000) return
      slow.add(
        method,
        { method, number, requestId: id },
        {
          text: `A request with ${method} took ${Math.round(duration / 1000)} s; the cloud breaks off after ${most} s, and nobody knows then what was done. Ask for less at once.`,
          page: 'settings/performance/limits.md',
        },
      )
    },
    found: () => [...commands.found(), ...slow.found()],
  }
}
