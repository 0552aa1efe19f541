import { take } from '../methods/method.ts'
import { type Control, control } from './control.ts'
import { ControlError } from './control-error.ts'
import type { Passage } from './passage.ts'
import { type ClockSetting, epochOf, type TestSources } from './test-sources.ts'

/** Time: how it passes, and what is due. */
export const timeControls = (sources: TestSources, passage: Passage): Control[] => [
  control({
    name: 'clock',
    about: 'The time of the portal, after it was set to "real", "fixed" or "stepping" where that is asked',
    params: { mode: take.text, at: take.any, step: take.any },
    run: async ({ mode, at, step }) => {
      if (mode === undefined && at === undefined && step === undefined) return sources.clock
      inRange(() => sources.set(settingOf(mode ?? 'fixed', at, step)))
      await passage.follow()
      return sources.clock
    },
  }),
  control({
    name: 'advance',
    about: 'Let time pass, by seconds or until a moment; what becomes due on the way is done at its moment',
    params: { seconds: take.any, to: take.any },
    run: async ({ seconds, to }) => {
      if ((seconds === undefined) === (to === undefined)) throw new ControlError('advance needs "seconds" or "to"')
      const end = inRange(() => (to === undefined ? sources.now() + Number(seconds) : epochOf(to as string)))
      if (!Number.isFinite(end)) throw new ControlError('"seconds" of advance: a number is expected')
      if (end < sources.now()) throw new ControlError('time does not go back; set the clock instead')
      return { done: await passage.advanceTo(end), clock: sources.clock }
    },
  }),
  control({
    name: 'settle',
    about: 'Do what is due: jobs, and events on their way, and what follows from them',
    params: {},
    run: async () => ({ done: await passage.settle() }),
  }),
]

function settingOf(mode: string, at: unknown, step: unknown): ClockSetting {
  if (mode === 'real') return 'real'
  if (mode !== 'fixed' && mode !== 'stepping')
    throw new ControlError(`"mode" of clock: real, fixed or stepping is expected, not ${JSON.stringify(mode)}`)
  if (at !== undefined && typeof at !== 'number' && typeof at !== 'string')
    throw new ControlError('"at" of clock: epoch seconds or a text are expected')
  if (mode === 'fixed') return { mode, ...(at === undefined ? {} : { at }) }
  return {
    mode,
    ...(at === undefined ? {} : { at }),
    ...(step === undefined ? {} : { step: Number(step) }),
  }
}

function inRange<T>(body: () => T): T {
  try {
    return body()
  } catch (cause) {
    if (cause instanceof RangeError) throw new ControlError(cause.message)
    throw cause
  }
}
