import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Config } from './config.ts'
import type { Bench } from './testing/bench.ts'
import type { ClockSetting } from './testing/test-sources.ts'
import { openPortal, type RunningPortal } from './compose.ts'
import { createApp, MOST_HEADER_BYTES } from './http/app.ts'
import type { McpAnswering, McpServing } from './http/mcp-route.ts'
import { ensureCertificates } from './http/tls.ts'
import { version } from './cli/version.ts'
import type { Administrator } from './modules/prepare.ts'
import type { Sources } from './records/context.ts'
import type { Logger } from './records/logger.ts'
import { announceServer } from './records/running-servers.ts'

export interface RunningServer extends RunningPortal {
  readonly app: ReturnType<typeof createApp>
  readonly httpUrl: string
  readonly httpsUrl: string | null
  readonly caPath: string | null
  /** Of a portal for tests. */
  readonly bench: Bench | undefined
  /** What opens its control interface. */
  readonly controlKey: string | undefined
  /** What was made for the start is there: of a portal for tests, this is the beginning. */
  begin(): Promise<void>
}

const CONTROL_KEY = 32

/** Opens the portal and serves it over HTTP and, unless switched off, HTTPS with the local CA. */
export async function startServer(
  config: Config & { readonly startClock?: ClockSetting | undefined },
  given: { sources: Sources; log: Logger; administrator: Administrator },
): Promise<RunningServer> {
  const controlKey = config.testing ? (config.controlKey ?? given.sources.token(CONTROL_KEY)) : undefined
  const bench = controlKey === undefined ? undefined : await benchOf(controlKey, config, given)
  const sources = bench?.sources ?? given.sources
  const running = await openPortal({ ...config, ...given, sources, hooks: bench?.hooks })
  bench?.attach(running)
  const { maxBodyBytes, publicUrl, trustProxy, allowHttp } = config
  const mcp = mcpServing(running, config, given.log)
  const { log } = given
  const neighbours = bench?.neighbours
  const front = neighbours && neighbours.take.bind(neighbours)
  const app = createApp({
    ...running,
    log,
    maxBodyBytes,
    publicUrl,
    trustProxy,
    allowHttp,
    mcp,
    tests: bench,
    ...(front === undefined ? {} : { front }),
  })
  let secure: Server | undefined
  let caPath: string | null = null
  try {
    await app.listen({ host: config.host, port: config.port })
    if (config.httpsPort !== null) {
      const own = publicUrl === null ? [] : [new URL(publicUrl).hostname]
      const names = [config.host, ...own, ...config.tlsNames].filter((name) => name !== '0.0.0.0' && name !== '::')
      if (neighbours !== undefined) names.push(`*.${(await import('./testing/neighbours.ts')).NEIGHBOUR_DOMAIN}`)
      const certificates = await ensureCertificates(
        config.memory && bench !== undefined ? await sharedAuthority(names) : join(running.dataDirectory, 'tls'),
        names,
        new Date(given.sources.now() * 1000),
      )
      caPath = certificates.caPath
      secure = createServer(
        {
          key: certificates.key,
          cert: certificates.cert,
          maxHeaderSize: MOST_HEADER_BYTES,
          // Node closes an idle connection after five seconds: just when a client sends its next request on it.
          keepAliveTimeout: app.server.keepAliveTimeout,
        },
        (request, response) => {
          if (front?.(request, response) !== true) app.routing(request, response)
        },
      )
      await listen(secure, config.host, config.httpsPort)
    }
  } catch (cause) {
    await app.close()
    await running.close()
    throw cause
  }
  const shown =
    config.host === '0.0.0.0' || config.host === '::'
      ? 'localhost'
      : config.host.includes(':')
        ? `[${config.host}]`
        : config.host
  const portOf = (server: { address(): AddressInfo | string | null }): number => (server.address() as AddressInfo).port
  const httpUrl = `http://${shown}:${portOf(app.server)}`
  const httpsUrl = secure === undefined ? null : `https://${shown}:${portOf(secure)}`
  running.portal.listening.origin = httpsUrl ?? httpUrl
  // In memory, nobody else could do anything with it.
  const conceal = config.memory
    ? undefined
    : announceServer(running.dataDirectory, {
        server: running.portal.requests.server,
        http: httpUrl,
        https: httpsUrl,
        publicUrl: config.publicUrl,
        ca: caPath,
        started: given.sources.now(),
        version,
      })
  return {
    ...running,
    app,
    httpUrl,
    httpsUrl,
    caPath,
    bench,
    controlKey,
    begin: async () => bench?.begin(),
    async close() {
      conceal?.()
      // Those who wait for something to happen have their answer now.
      running.portal.heard.close()
      running.portal.live.close()
      running.portal.requests.bell.close()
      await app.close()
      if (secure !== undefined) {
        secure.closeAllConnections()
        await new Promise((resolve) => secure.close(resolve))
      }
      await bench?.close()
      await running.close()
    },
  }
}

/** Loaded where they are wanted only: a portal at work has no part of them. */
async function benchOf(
  key: string,
  config: Config & { readonly startClock?: ClockSetting | undefined },
  { log, administrator }: { log: Logger; administrator: Administrator },
): Promise<Bench> {
  const { benchFor } = await import('./testing/bench-for.ts')
  return benchFor({ config, key, clock: config.startClock, log, administrator })
}

/** Portals that live for a test have one authority. */
const sharedAuthority = async (names: string[]): Promise<string> =>
  (await import('./testing/shared-authority.ts')).sharedAuthority(names)

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
}

/** What answers at `/mcp`, loaded with the first request to it. */
export function mcpServing(
  { portal }: Pick<RunningPortal, 'portal'>,
  { mcp }: Pick<Config, 'mcp'>,
  log: Logger,
): McpServing | undefined {
  if (mcp === 'off') return undefined
  let loaded: Promise<McpAnswering> | undefined
  const load = async (): Promise<McpAnswering> => {
    const { httpServer } = await import('./mcp/http.ts')
    return httpServer({ portal, log, version })
  }
  return { readOnly: mcp === 'read-only', load: () => (loaded ??= load()) }
}
