import { take } from '../../methods/method.ts'
import { InvalidValue, isBlank, yesNo } from '../../schema/kind.ts'
import { type Control, control } from '../control.ts'
import { ControlError } from '../control-error.ts'
import type { CallFilter } from './call-filter.ts'
import { callOf, type KeptCall } from './calls.ts'
import { deliveriesIn } from './deliveries.ts'
import { report } from './report.ts'
import type { Seeing } from './seeing.ts'

/** Seconds that a control waits at most; the proxies of this world wait for thirty. */
const LONGEST = 25

/** Yes, no, or nothing said. */
const either = {
  required: false,
  type: 'any' as const,
  read(input: unknown): boolean | undefined {
    if (isBlank(input)) return undefined
    const read = typeof input === 'boolean' ? input : yesNo(input)
    if (read === undefined) throw new InvalidValue('true or false is expected')
    return read
  },
}

const filter = {
  method: take.text,
  userId: take.integer(),
  credential: take.text,
  error: take.any,
  status: take.text,
  isNested: either,
  isOwn: either,
  isAnswered: either,
  requestId: take.text,
  after: take.integer(),
  parameters: take.map,
}

const read = (given: Omit<CallFilter, 'error'> & { readonly error?: unknown }): CallFilter => {
  const { error } = given
  if (error !== undefined && error !== null && typeof error !== 'boolean' && typeof error !== 'string')
    throw new ControlError('"error" of calls: true, false or the code of an error is expected')
  return { ...given, error: error ?? undefined }
}

export const seeingControls = (seeing: Seeing): Control[] => {
  const shown = (found: readonly KeptCall[], limit?: number): object => ({
    calls: (limit === undefined ? found : found.slice(-limit)).map(callOf),
    last: seeing.calls.count,
    forgotten: seeing.calls.forgotten,
  })
  return [
    control({
      name: 'calls',
      about: 'The calls of methods that were seen, commands of batches included; or the last ones of them',
      params: { ...filter, limit: take.integer() },
      run: ({ limit, ...given }) => shown(seeing.calls.find(read(given)), limit),
    }),
    control({
      name: 'waitForCall',
      about: `The same, once there are so many: for clients that do their work later. It waits for ${LONGEST} s at most`,
      params: { ...filter, times: take.integer(1), seconds: take.any },
      run: async ({ times = 1, seconds, ...given }) => {
        const wait = seconds === undefined ? LONGEST : Number(seconds)
        if (!(wait >= 0)) throw new ControlError('"seconds" of waitForCall: a number is expected')
        return shown(await seeing.calls.wait(read(given), times, Math.min(wait, LONGEST) * 1000))
      },
    }),
    control({
      name: 'clearCalls',
      about: 'Forget the calls and the warnings that came of them; numbers go on',
      params: {},
      run: () => seeing.clear(),
    }),
    control({
      name: 'deliveries',
      about: 'What handlers of events were sent and are to be sent, with every attempt',
      params: { event: take.text, url: take.text, state: take.text },
      run: async (given) => {
        const { running } = seeing
        return running === undefined ? [] : deliveriesIn(running.portal.store.session(), given)
      },
    }),
    control({
      name: 'warnings',
      about: 'What works here and would hurt in production; all of it, or what is of these codes',
      params: { codes: take.list },
      run: ({ codes }) => seeing.warnings().filter(({ code }) => codes?.includes(code) !== false),
    }),
    control({
      name: 'report',
      about: 'Calls, errors and warnings as a text for the end of a test run',
      params: {},
      run: () => ({ text: report(seeing) }),
    }),
  ]
}
