import { Client } from 'portico-client'
import { type Listener, runClone } from '../../src/cli/clone/engine.ts'
import type { Report } from '../../src/cli/clone/report.ts'
import { Source } from '../../src/cli/clone/source.ts'
import type { Step } from '../../src/cli/clone/step.ts'
import { steps as allSteps } from '../../src/cli/clone/steps.ts'
import type { TestPortal } from './portal.ts'

/** Clones the portal behind a webhook into one of a test, in this process and with pauses that nobody has to wait for. */
export function cloning(
  hook: string,
  target: TestPortal,
  {
    signal = new AbortController().signal,
    steps = allSteps,
    only,
    since,
    listener,
    fetch,
  }: {
    signal?: AbortSignal
    steps?: readonly Step[]
    only?: readonly string[]
    /** Epoch seconds. */
    since?: number
    listener?: Listener
    /** In the place of the network. */
    fetch?: typeof globalThis.fetch
  } = {},
): Promise<Report> {
  const client = new Client({ webhook: hook, retries: 0, pace: 'off', ...(fetch === undefined ? {} : { fetch }) })
  const source = new Source(client, { signal, patience: 60_000, pause: 5 })
  return runClone({ source, target, steps, only, since, signal, ...(listener === undefined ? {} : { listener }) })
}
