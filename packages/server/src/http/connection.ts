import type { FastifyRequest } from 'fastify'
import type { Visitor } from '../records/audit.ts'
import type { AppOptions } from './app.ts'

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/
const HOST = /^[A-Za-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-fA-F:.]+\](:\d{1,5})?$/

export interface Connection {
  readonly encrypted: boolean
  /** As a proxy has told it, where proxies are trusted. */
  readonly protocol: string
  readonly localAddress: string | undefined
}

/** Plain HTTP stays on this machine: credentials are in its addresses. A call inside the process has no address. */
export function isSecure(
  { allowHttp, trustProxy }: Pick<AppOptions, 'allowHttp' | 'trustProxy'>,
  { encrypted, protocol, localAddress }: Connection,
): boolean {
  if (allowHttp || encrypted) return true
  if (trustProxy && protocol === 'https') return true
  return LOOPBACK.test(localAddress ?? '127.0.0.1')
}

export const connectionOf = ({ socket, protocol }: FastifyRequest): Connection => ({
  encrypted: 'encrypted' in socket,
  protocol,
  localAddress: socket.localAddress,
})

/** Where the visitor finds the portal: as configured, else as the request was addressed. */
export function originOf(
  { publicUrl, tests }: Pick<AppOptions, 'publicUrl' | 'tests'>,
  request: FastifyRequest,
): string {
  if (publicUrl !== null) return publicUrl
  const scheme = 'encrypted' in request.socket || request.protocol === 'https' ? 'https' : 'http'
  const host = request.host
  return `${scheme}://${HOST.test(host) ? host : 'localhost'}${tests?.baseOf(request.raw) ?? ''}`
}

/** @param uri without its query, and without the code of a webhook */
export const visitorAt = (request: FastifyRequest, uri: string): Visitor => ({
  address: request.ip,
  userAgent: request.headers['user-agent'] ?? '',
  uri,
})
