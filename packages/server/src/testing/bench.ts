import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { RunningPortal } from '../compose.ts'
import type { Limits, Profile } from '../methods/limits/profiles.ts'
import type { TestHooks } from '../methods/test-hooks.ts'
import type { SeenRequest, TestServing } from '../http/test-serving.ts'
import { digest } from '../records/digest.ts'
import { accessControls } from './access-controls.ts'
import { ControlTable } from './control.ts'
import { dumpControl } from './dump-control.ts'
import type { Neighbours } from './neighbours.ts'
import { neighbourControls } from './neighbour-controls.ts'
import { Faults } from './faults/faults.ts'
import { Passage } from './passage.ts'
import { Seeing } from './seeing/seeing.ts'
import { stateControls } from './state-controls.ts'
import { States } from './states.ts'
import type { TestPart } from './test-part.ts'
import { type ClockSetting, TestSources } from './test-sources.ts'
import { timeControls } from './time-controls.ts'

export interface BenchOptions {
  /** What opens the control interface. */
  readonly key: string
  /** Of ids and tokens; real chance without it. */
  readonly seed?: string | number | undefined
  readonly clock?: ClockSetting | undefined
  readonly limits?: Profile | Limits | undefined
  /** Opens a portal of the same kind as a new one is, in memory. */
  readonly openFresh: () => Promise<RunningPortal>
  /** Further portals at its address, where it may have them. */
  readonly neighbours?: Neighbours | undefined
}

/** The state that `reset` goes back to. */
const BEGINNING = '(start)'

/**
 * What a portal for tests has beside an ordinary one. It is made before the portal, which is opened with its `sources`
 * and `hooks`; `begin` is called when everything is there that belongs to the beginning.
 */
export class Bench implements TestServing {
  readonly sources: TestSources
  readonly neighbours: Neighbours | undefined
  /** What stood before the paths of requests that came by a neighbour's address. */
  readonly bases = new WeakMap<IncomingMessage, string>()
  readonly hooks: TestHooks
  readonly faults: Faults
  readonly #parts: readonly TestPart[]
  readonly #key: string
  readonly #openFresh: () => Promise<RunningPortal>
  #running: RunningPortal | undefined
  #states: States | undefined
  #passage: Passage | undefined
  #controls = new ControlTable([])

  constructor({ key, seed, clock, limits = 'off', neighbours, openFresh }: BenchOptions) {
    this.#key = digest(key)
    this.neighbours = neighbours
    this.#openFresh = openFresh
    this.sources = new TestSources({ seed, clock })
    // The first is the outermost: it sees what comes of the others.
    this.faults = new Faults({ sources: this.sources, limits })
    this.#parts = [new Seeing(this.sources), this.faults]
    const parts = this.#parts
    this.hooks = {
      call: (seen, run) => around(parts, run, (part, inner) => part.call?.(seen, inner)),
      ask: (seen, run) => around(parts, run, (part, inner) => part.ask?.(seen, inner)),
      deliver(seen) {
        for (const part of parts) {
          const fate = part.deliver?.(seen)
          if (fate !== undefined) return fate
        }
        return undefined
      },
    }
  }

  /** The portal is open. */
  attach(running: RunningPortal): void {
    this.#running = running
    this.#states = new States(running, this.sources)
    this.#passage = new Passage(running, this.sources)
    for (const part of this.#parts) part.attach?.(running)
    this.#controls = new ControlTable([
      ...stateControls(this, running, this.#states),
      dumpControl(running, this.#openFresh),
      ...accessControls(running),
      ...neighbourControls(this.neighbours),
      ...timeControls(this.sources, this.#passage),
      ...this.#parts.flatMap(({ controls }) => controls),
    ])
  }

  /** All is there that belongs to the beginning. */
  async begin(): Promise<void> {
    await this.#passage?.follow()
    await this.#states?.take(BEGINNING)
    for (const part of this.#parts) part.begin?.()
  }

  /** Everything is as it was at the beginning: data, time, chance, limits; what was seen is forgotten. */
  async reset(): Promise<void> {
    await this.restore(BEGINNING)
    for (const part of this.#parts) part.reset()
    this.#running?.portal.requests.forget()
  }

  /** Data, time and chance as they were. What is under way ends before. */
  async restore(name: string): Promise<void> {
    const running = this.#running
    if (running === undefined) throw new Error('the portal has not begun')
    await Promise.all([running.runner.hold(true), running.deliveries.hold(true)])
    try {
      await this.#states?.bring(name)
      for (const part of this.#parts) part.restored?.()
    } finally {
      await this.#passage?.follow()
    }
  }

  isKey(given: string): boolean {
    return timingSafeEqual(Buffer.from(digest(given)), Buffer.from(this.#key))
  }

  describe(): { name: string; about: string }[] {
    return this.#controls.all.map(({ name, about }) => ({ name, about }))
  }

  control(name: string, given: unknown): Promise<unknown> {
    return this.#controls.run(name, given)
  }

  request<T extends object>(seen: SeenRequest, run: () => Promise<T>): Promise<T | undefined> {
    this.sources.tick()
    return around<T | undefined>(this.#parts, run, (part, inner) => part.request?.(seen, inner))
  }

  baseOf(incoming: IncomingMessage): string {
    return this.bases.get(incoming) ?? ''
  }

  async close(): Promise<void> {
    for (const part of this.#parts) part.close?.()
    await this.neighbours?.close()
    await this.#states?.close()
  }
}

/** Runs something within all parts, the first outermost; a part that has nothing to do with it is passed over. */
const around = <T>(
  parts: readonly TestPart[],
  run: () => Promise<T>,
  through: (part: TestPart, inner: () => Promise<T>) => Promise<T> | undefined,
): Promise<T> => parts.reduceRight<() => Promise<T>>((inner, part) => () => through(part, inner) ?? inner(), run)()
