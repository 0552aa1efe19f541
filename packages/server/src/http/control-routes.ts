import type { FastifyInstance, FastifyReply } from 'fastify'
import type { AppOptions } from './app.ts'
import type { TestServing } from './test-serving.ts'

/** Where tests steer their portal from. */
export const CONTROL_PATH = '/_portico'

/**
 * `POST /_portico/NAME` with a JSON map, `Authorization: Bearer KEY`; answers `{ "result": … }` or `{ "error": "…" }`.
 * In a portal that is not there for tests, these paths do not exist.
 */
export function controlRoutes(app: FastifyInstance, { tests, log }: AppOptions): void {
  if (tests === undefined) return
  const answer = async (reply: FastifyReply, run: () => unknown): Promise<unknown> => {
    reply.header('cache-control', 'no-store')
    try {
      return await reply.send({ result: await run() })
    } catch (cause) {
      const status = statusOf(cause)
      if (status === 500) log.error({ err: cause }, 'a control failed')
      // Whoever has the key runs the portal: they may know why.
      return reply.code(status).send({ error: cause instanceof Error ? cause.message : 'Internal server error' })
    }
  }
  app.get(CONTROL_PATH, (request, reply) =>
    answer(reply, () => {
      requireKey(tests, request.headers.authorization)
      return tests.describe()
    }),
  )
  app.post<{ Params: { name: string } }>(`${CONTROL_PATH}/:name`, (request, reply) =>
    answer(reply, () => {
      requireKey(tests, request.headers.authorization)
      return tests.control(request.params.name, jsonOf(request.body))
    }),
  )
}

class Refused extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

function requireKey(tests: TestServing, authorization = ''): void {
  const [, key = ''] = /^Bearer\s+(\S+)$/i.exec(authorization) ?? []
  if (!tests.isKey(key))
    throw new Refused(401, 'the control interface wants its key: Authorization: Bearer PORTICO_CONTROL_KEY')
}

function jsonOf(body: unknown): unknown {
  if (!Buffer.isBuffer(body) || body.length === 0) return {}
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    throw new Refused(400, 'the body is no JSON')
  }
}

function statusOf(cause: unknown): number {
  const status = cause instanceof Error && 'status' in cause ? Number(cause.status) : 500
  return status >= 400 && status < 500 ? status : 500
}
