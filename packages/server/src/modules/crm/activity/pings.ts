import { listOfInput } from '../../../methods/method.ts'
import { integerOf, InvalidValue, isBlank } from '../../../schema/kind.ts'

const MAX_MINUTES = 525_600
const MAX_COUNT = 20

/** How far reminders of a deadline go, for the coverage page. */
export const pingsPartial = 'people are reminded while they have a page of the web CRM open, and not otherwise'

/** Minutes before the deadline, as a JSON list; throws InvalidValue. */
export function readPings(input: unknown): string {
  const minutes = isBlank(input) ? [] : listOfInput(input).map(integerOf)
  if (minutes.length > MAX_COUNT) throw new InvalidValue(`${MAX_COUNT} reminders at most are allowed`)
  if (minutes.some((each) => each < 0 || each > MAX_MINUTES))
    throw new InvalidValue('a number of minutes before the deadline is expected')
  return JSON.stringify([...new Set(minutes)])
}
