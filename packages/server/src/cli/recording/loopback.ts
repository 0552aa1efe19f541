import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { ensureCertificates } from '../../http/tls.ts'
import { CommandError, exit } from '../terminal.ts'

/** Others on this network have no business here. */
const HOST = '127.0.0.1'

export interface Ports {
  /** 0 = any free one, which is also what is taken without it. */
  readonly port?: number | undefined
  /** null = no HTTPS. */
  readonly httpsPort?: number | null | undefined
  /** Where the local authority and its certificate are kept; no HTTPS without it. */
  readonly certificates?: string | undefined
}

export interface Loopback {
  /** `http://127.0.0.1:1234` */
  readonly httpUrl: string
  readonly httpsUrl: string | null
  /** The certificate that clients of the HTTPS address are to trust. */
  readonly caPath: string | null
  /** Lets what is under way end, for so many milliseconds. */
  close(patience?: number): Promise<void>
}

/** Serves on this machine alone, over HTTP and, as SDKs ask for it, over HTTPS with the local authority. */
export async function serveLoopback(
  handler: RequestListener,
  { port = 0, httpsPort = 0, certificates }: Ports,
): Promise<Loopback> {
  const options = { maxHeaderSize: 131_072, keepAliveTimeout: 72_000 }
  const plain = createServer(options, handler)
  const servers: Server[] = [plain]
  try {
    await listen(plain, port)
    let secure: Server | undefined
    let caPath: string | null = null
    if (httpsPort !== null && certificates !== undefined) {
      const made = await ensureCertificates(certificates, [], new Date())
      caPath = made.caPath
      secure = createSecureServer({ ...options, key: made.key, cert: made.cert }, handler)
      servers.push(secure)
      await listen(secure, httpsPort)
    }
    return {
      httpUrl: `http://${HOST}:${portOf(plain)}`,
      httpsUrl: secure === undefined ? null : `https://${HOST}:${portOf(secure)}`,
      caPath,
      close: async (patience = 3_000) => void (await Promise.all(servers.map((each) => closed(each, patience)))),
    }
  } catch (cause) {
    await Promise.all(servers.map((each) => closed(each, 0)))
    throw cause
  }
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        cause.code === 'EADDRINUSE' || cause.code === 'EACCES'
          ? new CommandError(cause.code === 'EACCES' ? `port ${port} is not allowed here` : `port ${port} is in use`, {
              exitCode: exit.usage,
              hint: '--port 0 takes any free one.',
              cause,
            })
          : cause,
      ),
    )
    server.listen(port, HOST, resolve)
  })
}

function closed(server: Server, patience: number): Promise<void> {
  return new Promise((resolve) => {
    if (!server.listening) return resolve()
    const timer = setTimeout(() => server.closeAllConnections(), patience)
    server.close(() => {
      clearTimeout(timer)
      resolve()
    })
    server.closeIdleConnections()
  })
}
