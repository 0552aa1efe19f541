import { take } from '../../methods/method.ts'
import { type Control, control } from '../control.ts'
import { ControlError } from '../control-error.ts'
import type { Faults } from './faults.ts'
import { faultKeys } from './read-fault.ts'
import { readLimits } from './read-limits.ts'

const limitKeys = ['profile', 'rate', 'operating', 'duration']

const anyOf = (keys: readonly string[]) => Object.fromEntries(keys.map((key) => [key, take.any]))

/** What is said of parameters that were given. */
const given = (params: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined))

/** Faults and limits while the portal runs. */
export const faultControls = (faults: Faults): Control[] => [
  control({
    name: 'fault',
    about: 'From now on something goes wrong with calls or with events, by a rule; answers its id',
    params: anyOf(faultKeys),
    run: (params) => ({ id: faults.add(faults.read(given(params))) }),
  }),
  control({
    name: 'faults',
    about: 'The rules of what goes wrong, and how often each was asked and has struck',
    params: {},
    run: () => faults.reports,
  }),
  control({
    name: 'clearFaults',
    about: 'Nothing goes wrong any more; with an id, that rule ends alone',
    params: { id: take.integer() },
    run: ({ id }) => {
      const cleared = faults.clear(id)
      if (id !== undefined && cleared === 0) throw new ControlError(`there is no fault ${id}`, 404)
      return { cleared }
    },
  }),
  control({
    name: 'limits',
    about: 'The limits of the portal, after they were set where that is asked: off, standard, enterprise or your own',
    params: anyOf(limitKeys),
    run: async (params) => {
      const asked = given(params)
      if (Object.keys(asked).length > 0) await faults.limit(readLimits(asked))
      return faults.limits
    },
  }),
]

/** What a section of a seed asks for, read as a whole before any of it holds. @throws {ControlError} */
export function seededFaults(faults: Faults, value: unknown): () => void {
  if (typeof value !== 'object') throw new ControlError('faults are a list of rules, or a map of rules by names')
  const rules = Object.entries(value ?? {}).map(([name, rule]) =>
    faults.read(rule, Array.isArray(value) ? `fault ${Number(name) + 1}` : `the fault ${name}`),
  )
  return () => {
    for (const rule of rules) faults.add(rule)
  }
}
