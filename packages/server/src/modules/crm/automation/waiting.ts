import { scalarOf } from '../../../store/entity-query.ts'
import { parseDateTime } from '../../../schema/time.ts'
import { type Action, refuse, secondsOf, type Step } from './action.ts'
import { momentField } from './record-actions.ts'

/** When a field of the record says it is, epoch seconds; a day begins at the portal's midnight. */
export function momentOf({ context, entity, stored }: Step, name: unknown): number | undefined {
  const field = momentField(entity, name)
  const value = field === undefined ? null : scalarOf(stored, field)
  if (typeof value === 'number') return value
  return value === null || value === '' ? undefined : parseDateTime(value, context.portal.zone)
}

/** Waits `{ seconds: 3600 }`, or until `{ field: 'closedate', offset: -86400 }` has come; a field without a value waits for nothing. */
export const wait: Action = {
  check(settings, entity) {
    const { field } = settings
    const seconds = secondsOf(settings, 'seconds')
    secondsOf(settings, 'offset')
    if (field === undefined ? seconds === undefined || seconds < 1 : momentField(entity, field) === undefined)
      throw refuse('The rule must name seconds to wait or a field that holds a date')
  },
  run(step) {
    const { rule, context } = step
    const { field } = rule.settings
    if (field === undefined) return { due: Math.floor(context.now) + (secondsOf(rule.settings, 'seconds') ?? 0) }
    const moment = momentOf(step, field)
    if (moment === undefined) return { note: `the field ${String(field)} is empty` }
    return { due: moment + (secondsOf(rule.settings, 'offset') ?? 0) }
  },
}
