import { readFileSync } from 'node:fs'
import https from 'node:https'
import tls from 'node:tls'
import { hashPassword } from '../auth/password.ts'
import { loadConfig } from '../config.ts'
import type { Profile } from '../methods/limits/profiles.ts'
import type { Logger } from '../records/logger.ts'
import { startServer } from '../server.ts'
import { realSources } from '../sources.ts'
import type { Bench } from './bench.ts'
import { NEIGHBOUR_DOMAIN } from './neighbours.ts'
import { type PortalControls, portalControls } from './portal-controls.ts'
import { type ClockSetting } from './test-sources.ts'

export interface StartOptions {
  /** 0, any free one, where nothing is said. */
  readonly port?: number
  /** HTTPS with the local authority beside HTTP, as official SDKs want it; true where nothing is said. */
  readonly https?: boolean
  /** State that the portal begins with: a seed as YAML or JSON text, or as a map (docs/testing.md). */
  readonly seed?: string | object
  /** Records of the documentation's examples. */
  readonly demo?: boolean
  /** Ids and tokens are drawn from it: two runs of the same give the same answers, byte for byte. */
  readonly randomSeed?: string | number
  /** `'real'`, or where it stands, and how it moves. */
  readonly clock?: ClockSetting
  readonly limits?: Profile
  /** Such as `Europe/Berlin`. */
  readonly timezone?: string
  /** Two letters. */
  readonly lang?: string
  /** The code of the first webhook, and whose it is. */
  readonly webhook?: { readonly userId: number; readonly code: string }
  /** A directory that outlives the portal; in memory without it. */
  readonly data?: string
  readonly databaseUrl?: string
  /** What the server would write into its log. */
  readonly log?: Logger
}

/** Where a portal is found, and what opens it. */
export interface PortalPlace extends PortalControls {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  /** `https://127.0.0.1:PORT`; the same as `url` where HTTPS is off. */
  readonly httpsUrl: string
  /** Address of the first webhook, over HTTPS where that is on, with a slash at its end. */
  readonly webhook: string
  readonly webhookHttp: string
  readonly administrator: { readonly id: 1; readonly email: string; readonly password: string }
  /** How others steer it: {@link connectPortal}, or any HTTP client. */
  readonly control: { readonly url: string; readonly key: string }
}

/** A portal beside another one, at the same address: its paths begin with `/p/NAME`, or its host is asked for. */
export interface NeighbourPortal extends PortalPlace {
  readonly name: string
  /** `NAME.portico.localhost`: asked for by this name, its paths are as ever, and its pages work too. */
  readonly host: string
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** A portal that runs in this process. */
export interface TestPortal extends PortalPlace {
  /** Path of the certificate that clients are to trust. */
  readonly caPath: string | undefined
  /** The same as text. */
  readonly ca: string | undefined
  /** Another portal at this address, with a state of its own: for tests that run side by side. */
  another(name: string): Promise<NeighbourPortal>
  /** Lets everything in this process that uses `node:https` trust the portal, as b24jssdk does. */
  trust(): void
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

const EMAIL = 'admin@portico.local'
const CODE_LENGTH = 16
const quiet: Logger = { error: (details, text) => console.error(text, details), warn: () => {}, info: () => {} }

/** Starts a portal of its own for tests: in memory, on free ports, with its control interface. */
export async function startPortal(options: StartOptions = {}): Promise<TestPortal> {
  const { https: secure = true, randomSeed, clock, data, databaseUrl } = options
  const config = loadConfig(
    [
      '--testing',
      `--port=${options.port ?? 0}`,
      `--https-port=${secure ? 0 : 'off'}`,
      ...(data === undefined && databaseUrl === undefined ? ['--memory'] : []),
      ...(data === undefined ? [] : [`--data=${data}`]),
      ...(databaseUrl === undefined ? [] : [`--database-url=${databaseUrl}`]),
      ...(options.demo === true ? ['--demo'] : []),
      ...(options.timezone === undefined ? [] : [`--timezone=${options.timezone}`]),
      ...(options.lang === undefined ? [] : [`--lang=${options.lang}`]),
      ...(options.limits === undefined ? [] : [`--limits=${options.limits}`]),
      ...(randomSeed === undefined ? [] : [`--random-seed=${String(randomSeed)}`]),
      `--admin-email=${EMAIL}`,
    ],
    // What is set for a server of this machine is none of a test's business.
    {},
  )
  const { password, storedPassword } = await administrators()
  const server = await startServer(
    { ...config, startClock: clock },
    { sources: realSources, log: options.log ?? quiet, administrator: { email: EMAIL, storedPassword } },
  )
  const { bench, controlKey, httpUrl, httpsUrl, caPath, credentials, portal } = server
  if (bench === undefined || controlKey === undefined) throw new Error('the portal is none for tests')
  try {
    const session = portal.store.session()
    const { userId, code = portal.sources.token(CODE_LENGTH) } = options.webhook ?? { userId: 1 }
    await credentials.ensureWebhook(session, { userId, scope: '*', title: 'First webhook', code })
    await session.settled()
    if (options.seed !== undefined) await bench.control('seed', { seed: options.seed })
    await bench.begin()
    const ca = caPath === null ? undefined : readFileSync(caPath, 'utf8')
    const administrator = { id: 1, email: EMAIL, password } as const
    const at = (base: string, hook: string, within: Bench): PortalPlace => ({
      ...portalControls((name, given) => within.control(name, given), `${httpUrl}${base}${hook}`),
      url: `${httpUrl}${base}`,
      httpsUrl: `${httpsUrl ?? httpUrl}${base}`,
      webhook: `${httpsUrl ?? httpUrl}${base}${hook}`,
      webhookHttp: `${httpUrl}${base}${hook}`,
      administrator,
      control: { url: `${httpUrl}${base}/_portico`, key: controlKey },
    })
    const another = async (name: string): Promise<NeighbourPortal> => {
      const { neighbours } = bench
      if (neighbours === undefined) throw new Error('this portal has no neighbours')
      const { webhook, bench: own } = await neighbours.add(name)
      const close = (): Promise<void> => neighbours.remove(name)
      const host = `${name}.${NEIGHBOUR_DOMAIN}`
      return { ...at(`/p/${name}`, `/rest/${webhook}/`, own), name, host, close, [Symbol.asyncDispose]: close }
    }
    const close = (): Promise<void> => server.close()
    return {
      ...at('', `/rest/${userId}/${code}/`, bench),
      caPath: caPath ?? undefined,
      ca,
      another,
      trust: () => trust(ca),
      close,
      [Symbol.asyncDispose]: close,
    }
  } catch (cause) {
    await server.close()
    throw cause
  }
}

interface Password {
  readonly password: string
  readonly storedPassword: string
}

let known: Promise<Password> | undefined

/** One for all portals of this process: to derive what is stored of one takes longer than everything else of a start. */
const administrators = (): Promise<Password> => (known ??= newPassword())

async function newPassword(): Promise<Password> {
  const password = realSources.token(CODE_LENGTH)
  return { password, storedPassword: await hashPassword(password) }
}

function trust(ca: string | undefined): void {
  if (ca === undefined) return
  const { options } = https.globalAgent
  // What the process trusts already, it goes on to trust.
  const trusted: readonly unknown[] = [options.ca ?? [...tls.rootCertificates]].flat()
  if (!trusted.includes(ca)) options.ca = [...trusted, ca] as string[]
}
