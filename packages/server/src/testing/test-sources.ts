import { createHash } from 'node:crypto'
import type { Sources } from '../records/context.ts'
import { realSources } from '../sources.ts'

/** How time passes in a portal for tests. */
export type ClockSetting =
  | 'real'
  /** It stands still, at that moment or at the present one, until it is moved. */
  | { readonly mode: 'fixed'; readonly at?: Moment }
  /** It moves on by `step` seconds with each request. */
  | { readonly mode: 'stepping'; readonly at?: Moment; readonly step?: number }

/** Epoch seconds, or a text that `Date` reads: `2026-03-01T09:00:00+02:00`. */
export type Moment = number | string

export interface ClockState {
  readonly mode: 'real' | 'fixed' | 'stepping'
  /** Epoch seconds. */
  readonly now: number
  readonly iso: string
  /** Seconds; 0 unless it is stepping. */
  readonly step: number
}

/** What must be the same again for the same to happen again. */
export interface SourcesState {
  readonly offset: number
  readonly at: number | undefined
  readonly step: number
  readonly drawn: Readonly<Record<string, number>>
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789'
const STEP = 1

/** @throws {RangeError} for what is no moment */
export function epochOf(moment: Moment): number {
  const seconds = typeof moment === 'number' ? moment : Date.parse(moment) / 1000
  if (!Number.isFinite(seconds) || Math.abs(seconds) > 8.64e12)
    throw new RangeError(
      `${JSON.stringify(moment)} is no moment: epoch seconds, or a text such as 2026-03-01T09:00:00Z`,
    )
  return seconds
}

/** A clock that tests set, and chance that they can have again. */
export class TestSources implements Sources {
  readonly #seed: string | undefined
  #offset = 0
  #at: number | undefined
  #step = 0
  #drawn: Record<string, number> = {}

  /** @param seed of everything that is drawn; real chance without it */
  constructor({ seed, clock = 'real' }: { seed?: string | number | undefined; clock?: ClockSetting | undefined } = {}) {
    this.#seed = seed === undefined ? undefined : String(seed)
    this.set(clock)
  }

  // Who uses them takes them by themselves: `({ token }) => …`.
  readonly now = (): number => this.#at ?? realSources.now() + this.#offset

  readonly elapsed = (): number => (this.#at === undefined ? realSources.elapsed() : this.#at * 1000)

  readonly token = (length: number, purpose = ''): string => {
    if (this.#seed === undefined) return realSources.token(length)
    const number = (this.#drawn[purpose] = (this.#drawn[purpose] ?? 0) + 1)
    let token = ''
    for (let part = 0; token.length < length; part++)
      // The last bytes of the alphabet's multiple are a hair less likely: nobody's secret depends on it here.
      for (const byte of createHash('sha256').update(`${this.#seed}/${purpose}/${number}/${part}`).digest())
        token += ALPHABET[byte % ALPHABET.length]
    return token.slice(0, length)
  }

  get isVirtual(): boolean {
    return this.#at !== undefined
  }

  get clock(): ClockState {
    const now = this.now()
    const mode = this.#at === undefined ? 'real' : this.#step > 0 ? 'stepping' : 'fixed'
    return { mode, now, iso: new Date(now * 1000).toISOString(), step: this.#step }
  }

  set(setting: ClockSetting): void {
    if (setting === 'real') {
      this.#at = undefined
      this.#offset = this.#step = 0
      return
    }
    const { mode, at } = setting
    const step = mode === 'stepping' ? (setting.step ?? STEP) : 0
    if (mode === 'stepping' && !(step > 0 && Number.isFinite(step)))
      throw new RangeError(`a clock steps by seconds above 0, not by ${step}`)
    this.#at = at === undefined ? Math.floor(this.now()) : epochOf(at)
    this.#step = step
  }

  /** A request has come. */
  tick(): void {
    if (this.#at !== undefined) this.#at += this.#step
  }

  /** Time passes at once. It never goes back by this. */
  moveTo(now: number): void {
    if (this.#at !== undefined) this.#at = Math.max(this.#at, now)
    else this.#offset += Math.max(0, now - this.now())
  }

  get state(): SourcesState {
    return { offset: this.#offset, at: this.#at, step: this.#step, drawn: { ...this.#drawn } }
  }

  set state({ offset, at, step, drawn }: SourcesState) {
    this.#offset = offset
    this.#at = at
    this.#step = step
    this.#drawn = { ...drawn }
  }
}
