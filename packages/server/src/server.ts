import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Config } from './config.ts'
import { openPortal, type RunningPortal } from './compose.ts'
import { createApp } from './http/app.ts'
import { ensureCertificates } from './http/tls.ts'
import type { Administrator } from './modules/prepare.ts'
import type { Sources } from './records/context.ts'
import type { Logger } from './records/logger.ts'

export interface RunningServer extends RunningPortal {
  readonly app: ReturnType<typeof createApp>
  readonly httpUrl: string
  readonly httpsUrl: string | null
  readonly caPath: string | null
}

/** Opens the portal and serves it over HTTP and, unless switched off, HTTPS with the local CA. */
export async function startServer(
  config: Config,
  given: { sources: Sources; log: Logger; administrator: Administrator },
): Promise<RunningServer> {
  const running = await openPortal({ ...config, ...given })
  const { maxBodyBytes, publicUrl, trustProxy, allowHttp } = config
  const app = createApp({ ...running, log: given.log, maxBodyBytes, publicUrl, trustProxy, allowHttp })
  let secure: Server | undefined
  let caPath: string | null = null
  try {
    await app.listen({ host: config.host, port: config.port })
    if (config.httpsPort !== null) {
      const own = publicUrl === null ? [] : [new URL(publicUrl).hostname]
      const names = [config.host, ...own, ...config.tlsNames].filter((name) => name !== '0.0.0.0' && name !== '::')
      const certificates = await ensureCertificates(
        join(running.dataDirectory, 'tls'),
        names,
        new Date(given.sources.now() * 1000),
      )
      caPath = certificates.caPath
      secure = createServer(
        { key: certificates.key, cert: certificates.cert, maxHeaderSize: 131_072 },
        (request, response) => app.routing(request, response),
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
  return {
    ...running,
    app,
    httpUrl,
    httpsUrl,
    caPath,
    async close() {
      await app.close()
      if (secure !== undefined) {
        secure.closeAllConnections()
        await new Promise((resolve) => secure.close(resolve))
      }
      await running.close()
    },
  }
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
}
