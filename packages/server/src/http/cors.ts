import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * Frame applications call from their own origin, without cookies (the credential is in the path or the body), so any
 * origin may; credentials are never allowed.
 */
export function allowOrigins(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('access-control-allow-origin', '*')
  reply.header(
    'access-control-expose-headers',
    'Idempotency-Key, Idempotent-Replayed, Retry-After, Server, X-Request-Id',
  )
  if (request.method !== 'OPTIONS') return
  const asked = request.headers['access-control-request-headers']
  reply.header('access-control-allow-methods', 'GET, POST, OPTIONS')
  reply.header(
    'access-control-allow-headers',
    typeof asked === 'string' && /^[A-Za-z0-9, _-]{1,1000}$/.test(asked)
      ? asked
      : 'Content-Type, Accept, Authorization, X-Requested-With, X-Request-ID, Idempotency-Key',
  )
  reply.header('access-control-max-age', '86400')
}
