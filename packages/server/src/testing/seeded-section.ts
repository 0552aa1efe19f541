import { type Position, SeedError, type TestingSection } from '../cli/server/seed/items.ts'
import type { Bench } from './bench.ts'
import { ControlError } from './control-error.ts'
import { seededFaults } from './faults/fault-controls.ts'
import { readLimits } from './faults/read-limits.ts'
import { MapReader } from './faults/read-map.ts'
import type { ClockSetting } from './test-sources.ts'

/**
 * A section of a seed that is for a portal for tests, read; what is answered lets it hold, when all of the seed is
 * there.
 * @throws {SeedError} with its place
 */
export function readSection(
  bench: Bench,
  section: TestingSection,
  value: unknown,
  at: Position | undefined,
): () => void | Promise<void> {
  try {
    switch (section) {
      case 'faults':
        return seededFaults(bench.faults, value)
      case 'limits': {
        const limits = readLimits(value)
        return () => bench.faults.limit(limits)
      }
      case 'clock': {
        const clock = readClock(value)
        return async () => void (await bench.control('clock', clock === 'real' ? { mode: 'real' } : clock))
      }
    }
  } catch (cause) {
    if (cause instanceof ControlError) throw new SeedError(cause.message, at)
    throw cause
  }
}

/** `real`, a moment at which it stands still, or what the control takes. */
function readClock(value: unknown): ClockSetting {
  const given = typeof value === 'string' || typeof value === 'number' ? { at: value } : value
  const reader = new MapReader('the clock', value === 'real' ? {} : given, ['mode', 'at', 'step'])
  const mode = reader.oneOf('mode', ['real', 'fixed', 'stepping'] as const) ?? (value === 'real' ? 'real' : 'fixed')
  if (mode === 'real') return mode
  const at = reader.moment('at')
  const step = mode === 'stepping' ? reader.number('step', { least: 0.001, most: 86_400 }) : undefined
  return { mode, ...(at === undefined ? {} : { at }), ...(step === undefined ? {} : { step }) }
}
