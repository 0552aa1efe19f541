import { type Limits, type Profile, profiles } from '../../methods/limits/profiles.ts'
import { ControlError } from '../control-error.ts'
import { hint, MapReader } from './read-map.ts'

/** A profile, or what it says otherwise; what is not said, without a profile, is not limited. */
export type GivenLimits = Profile | ({ readonly profile?: Profile } & Partial<Limits>)

const MOST = 1_000_000
const names = Object.keys(profiles) as Profile[]

/** @throws {ControlError} */
export function readLimits(given: unknown): Limits {
  if (typeof given === 'string') return profiles[profile(given)]
  const reader = new MapReader('limits', given, ['profile', 'rate', 'operating', 'duration'])
  const base = profiles[profile(reader.text('profile') ?? 'off')]
  const said = (key: 'rate' | 'operating' | 'duration'): boolean => Object.hasOwn(given as object, key)
  return {
    rate: said('rate') ? rateOf(reader) : base.rate,
    operating: said('operating') ? (reader.number('operating', { least: 0, most: MOST }) ?? null) : base.operating,
    duration: said('duration') ? (reader.number('duration', { least: 0.001, most: MOST }) ?? null) : base.duration,
  }
}

function rateOf(reader: MapReader): Limits['rate'] {
  if (!reader.has('rate')) return null
  const rate = new MapReader('"rate" of limits', reader.get('rate'), ['burst', 'perSecond'])
  const burst = rate.integer('burst', { least: 1, most: MOST })
  const perSecond = rate.integer('perSecond', { least: 1, most: MOST })
  if (burst === undefined || perSecond === undefined)
    throw new ControlError('"rate" of limits: burst and perSecond are expected')
  return { burst, perSecond }
}

function profile(name: string): Profile {
  const found = names.find((each) => each === name)
  if (found === undefined) throw new ControlError(`there are no limits ${JSON.stringify(name)}${hint(name, names)}`)
  return found
}
