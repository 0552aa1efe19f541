import type { SeedResult } from '../cli/server/seed/apply.ts'
import type { TestApplication, TestPerson } from './access-controls.ts'
import { type PortalFaults, portalFaults } from './faults/portal-faults.ts'
import { OWN_AGENT } from './seeing/own-agent.ts'
import { type PortalSeeing, portalSeeing } from './seeing/portal-seeing.ts'
import type { ClockSetting, ClockState, Moment } from './test-sources.ts'

/** What a method has answered, as it stood on the wire. */
export interface CallAnswer<T = unknown> {
  readonly status: number
  readonly result: T
  readonly total?: number
  readonly next?: number
  readonly error?: string | number
  readonly error_description?: string
  readonly time?: Readonly<Record<string, number | string>>
}

/** What tests can do with their portal, wherever it runs. */
export interface PortalControls extends PortalSeeing, PortalFaults {
  /** Calls a method as the first webhook. @throws {PortalCallError} for an error, with what was answered */
  call<T = unknown>(method: string, parameters?: object): Promise<T>
  /** The same, and an error is an answer like any other. */
  ask<T = unknown>(method: string, parameters?: object): Promise<CallAnswer<T>>
  /** Everything as at the start: data, time, chance, limits; faults are gone, and what was seen is forgotten. */
  reset(): Promise<void>
  /** Keeps the present state under a name, as long as the portal lives. */
  snapshot(name: string): Promise<void>
  restore(name: string): Promise<void>
  /** The present state as text that a repository can hold. */
  save(): Promise<string>
  /** Brings a state that was saved; with a name it is kept under that, and comes back faster the next time. */
  load(text: string, name?: string): Promise<void>
  /** Brings the portal into the state that a seed describes. */
  seed(seed: string | object): Promise<readonly SeedResult[]>
  /** The state of the portal as a seed: what a new portal has is not in it. */
  dump(options?: {
    readonly format?: 'yaml' | 'json'
    readonly only?: readonly string[]
    readonly records?: readonly string[]
  }): Promise<string>
  /** The time of the portal, after it was set where that is asked. */
  clock(setting?: ClockSetting): Promise<ClockState>
  /** Lets time pass; what becomes due on the way is done at its moment. */
  advance(by: number | { readonly to: Moment }): Promise<ClockState>
  /** Does what is due, jobs and deliveries of events, and what follows; answers how many. */
  settle(): Promise<number>
  /** Adds a person, with a webhook of theirs; administrators by `admin`. */
  addUser(given?: {
    readonly name?: string
    readonly lastName?: string
    readonly email?: string
    readonly admin?: boolean
    readonly departments?: readonly number[]
  }): Promise<TestPerson>
  /** Adds an inbound webhook; answers its path, `/rest/1/code/`. */
  addWebhook(given?: { readonly userId?: number; readonly scope?: string; readonly title?: string }): Promise<string>
  /** Adds an application, and tokens that speak for a person. */
  addApp(given?: {
    readonly title?: string
    readonly scope?: string
    readonly userId?: number
    readonly handlerUrl?: string
  }): Promise<TestApplication>
  /** New tokens of an application, for a person. */
  signIn(given: { readonly clientId: string; readonly userId?: number }): Promise<Omit<TestApplication, 'clientSecret'>>
  /** Any control by its name. */
  run<T = unknown>(control: string, parameters?: object): Promise<T>
}

export class PortalCallError extends Error {
  readonly answer: CallAnswer
  constructor(method: string, answer: CallAnswer) {
    super(`${method}: ${String(answer.error)}: ${answer.error_description ?? ''}`)
    this.name = 'PortalCallError'
    this.answer = answer
  }
}

/** @param webhook an address over plain HTTP, with a slash at its end */
export function portalControls(
  control: (name: string, given: object) => Promise<unknown>,
  webhook: string,
): PortalControls {
  const run = async <T>(name: string, given: object = {}): Promise<T> => (await control(name, given)) as T
  const ask = async <T>(method: string, parameters: object = {}): Promise<CallAnswer<T>> => {
    const response = await fetch(`${webhook}${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': OWN_AGENT },
      body: JSON.stringify(parameters),
    })
    return { status: response.status, ...((await response.json()) as Omit<CallAnswer<T>, 'status'>) }
  }
  return {
    ...portalSeeing(run),
    ...portalFaults(run),
    run,
    ask,
    async call<T>(method: string, parameters: object = {}): Promise<T> {
      const answer = await ask<T>(method, parameters)
      if (answer.error !== undefined) throw new PortalCallError(method, answer)
      return answer.result
    },
    reset: () => run('reset'),
    async snapshot(name) {
      await run('snapshot', { name })
    },
    async restore(name) {
      await run('restore', { name })
    },
    save: async () => (await run<{ text: string }>('save')).text,
    async load(text, name) {
      await run('load', { text, ...(name === undefined ? {} : { name }) })
    },
    seed: (seed) => run('seed', { seed }),
    dump: async (options = {}) => (await run<{ seed: string }>('dump', options)).seed,
    clock: (setting) =>
      run('clock', setting === undefined ? {} : setting === 'real' ? { mode: 'real' } : { ...setting }),
    async advance(by) {
      const given = typeof by === 'number' ? { seconds: by } : by
      return (await run<{ clock: ClockState }>('advance', given)).clock
    },
    addUser: (given = {}) => run('addUser', given),
    addWebhook: async (given = {}) => (await run<{ webhook: string }>('addWebhook', given)).webhook,
    addApp: (given = {}) => run('addApp', given),
    signIn: (given) => run('signIn', given),
    settle: async () => (await run<{ done: number }>('settle')).done,
  }
}
