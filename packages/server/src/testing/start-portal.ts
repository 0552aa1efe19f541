import { readFileSync } from 'node:fs'
import https from 'node:https'
import tls from 'node:tls'
import { loadConfig } from '../config.ts'
import type { Profile } from '../methods/limits/profiles.ts'
import type { Logger } from '../records/logger.ts'
import { startServer } from '../server.ts'
import { realSources } from '../sources.ts'
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

/** A portal that runs in this process. */
export interface TestPortal extends PortalControls {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  /** `https://127.0.0.1:PORT`; the same as `url` where HTTPS is off. */
  readonly httpsUrl: string
  /** Path of the certificate that clients are to trust. */
  readonly caPath: string | undefined
  /** The same as text. */
  readonly ca: string | undefined
  /** Address of the first webhook, over HTTPS where that is on, with a slash at its end. */
  readonly webhook: string
  readonly webhookHttp: string
  readonly administrator: { readonly id: 1; readonly email: string; readonly password: string }
  /** How others steer it: {@link connectPortal}, or any HTTP client. */
  readonly control: { readonly url: string; readonly key: string }
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
  const password = realSources.token(CODE_LENGTH)
  const server = await startServer(
    { ...config, startClock: clock },
    { sources: realSources, log: options.log ?? quiet, administrator: { email: EMAIL, password } },
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
    const path = `/rest/${userId}/${code}/`
    const close = (): Promise<void> => server.close()
    return {
      ...portalControls((name, given) => bench.control(name, given), `${httpUrl}${path}`),
      url: httpUrl,
      httpsUrl: httpsUrl ?? httpUrl,
      caPath: caPath ?? undefined,
      ca,
      webhook: `${httpsUrl ?? httpUrl}${path}`,
      webhookHttp: `${httpUrl}${path}`,
      administrator: { id: 1, email: EMAIL, password },
      control: { url: `${httpUrl}/_portico`, key: controlKey },
      trust: () => trust(ca),
      close,
      [Symbol.asyncDispose]: close,
    }
  } catch (cause) {
    await server.close()
    throw cause
  }
}

const trusted = new Set<string>()

function trust(ca: string | undefined): void {
  if (ca === undefined || trusted.has(ca)) return
  trusted.add(ca)
  https.globalAgent.options.ca = [...tls.rootCertificates, ...trusted]
}
