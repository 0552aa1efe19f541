import { openPortal, type RunningPortal } from '../compose.ts'
import type { Config } from '../config.ts'
import { createApp } from '../http/app.ts'
import type { Administrator } from '../modules/prepare.ts'
import type { Logger } from '../records/logger.ts'
import { realSources } from '../sources.ts'
import { Bench, type BenchOptions } from './bench.ts'
import { type Neighbour, Neighbours } from './neighbours.ts'
import type { ClockSetting } from './test-sources.ts'

interface Given {
  readonly config: Config
  readonly key: string
  /** Where it is more than the configuration can say. */
  readonly clock?: ClockSetting | undefined
  readonly log: Logger
  readonly administrator: Administrator
}

const CODE_LENGTH = 16

/** What a server for tests has beside an ordinary one, further portals at its address among it. */
export function benchFor(given: Given): Bench {
  const { config, key } = given
  const clock = given.clock ?? (config.clock === null ? 'real' : ({ mode: 'fixed', at: config.clock } as const))
  const openFresh = (): Promise<RunningPortal> => openPortal({ ...inMemory(given), sources: realSources, work: false })
  const options: BenchOptions = { key, clock, limits: config.limits, seed: config.randomSeed ?? undefined, openFresh }
  return new Bench({ ...options, neighbours: new Neighbours((name) => openNeighbour(name, given, options)) })
}

const inMemory = ({ config, log, administrator }: Given) => ({
  ...config,
  memory: true,
  databaseUrl: null,
  demo: false,
  log,
  administrator,
})

/** A portal in memory that listens nowhere: what comes to its neighbour for it is handed on. */
async function openNeighbour(name: string, given: Given, options: BenchOptions): Promise<Neighbour> {
  const { config, log } = given
  const { seed } = options
  const bench = new Bench({ ...options, ...(seed === undefined ? {} : { seed: `${seed}/${name}` }) })
  const running = await openPortal({ ...inMemory(given), sources: bench.sources, hooks: bench.hooks })
  const app = createApp({ ...running, ...config, log, mcp: undefined, tests: bench })
  const close = async (): Promise<void> => {
    await app.close()
    await bench.close()
    await running.close()
  }
  try {
    bench.attach(running)
    await app.ready()
    const session = running.portal.store.session()
    const code = running.portal.sources.token(CODE_LENGTH)
    await running.credentials.ensureWebhook(session, { userId: 1, scope: '*', title: 'First webhook', code })
    await session.settled()
    await bench.begin()
    return { name, webhook: `1/${code}`, bench, answer: (request, response) => app.routing(request, response), close }
  } catch (cause) {
    await close()
    throw cause
  }
}
