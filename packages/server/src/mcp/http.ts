import { createMcpHandler } from '@modelcontextprotocol/server'
import type { Caller } from '../pipeline.ts'
import type { Visitor } from '../records/audit.ts'
import type { Portal } from '../records/context.ts'
import type { Logger } from '../records/logger.ts'
import { pipelineBackend } from './pipeline-backend.ts'
import { mcpServer } from './server.ts'

/** Whose request it is, and what it may do. */
export interface Asking {
  readonly caller: Caller
  readonly visitor: Visitor
  /** `https://host` */
  readonly origin: string
  readonly readOnly: boolean
}

/** Streams that wait for changes of the list of tools, which never changes. */
const MOST_SUBSCRIPTIONS = 32

/**
 * The MCP server of a portal over Streamable HTTP. It keeps nothing between requests, so that any of several servers
 * may answer any of them: each request gets a server of its own, in the name of its own credential.
 */
export function httpServer(given: { portal: Portal; log: Logger; version: string }) {
  const { portal, log, version } = given
  const onError = (cause: unknown, tool: string): void => log.error({ err: cause, tool }, 'unexpected error in a tool')
  const handler = createMcpHandler(
    ({ authInfo }) => {
      const asking = authInfo?.extra?.asking
      if (asking === undefined) throw new Error('a request without a caller')
      const { caller, visitor, origin, readOnly } = asking as Asking
      return mcpServer(pipelineBackend({ portal, caller, origin, visitor, log }), { version, readOnly, onError })
    },
    {
      maxSubscriptions: MOST_SUBSCRIPTIONS,
      onerror: (cause) => log.warn({ err: cause }, 'a request to /mcp was refused'),
    },
  )
  return {
    /** @param body what has been read of the request, parsed */
    answer(request: Request, body: unknown, asking: Asking): Promise<Response> {
      const { id, scopes } = asking.caller.credential
      // The token itself is of no use to anybody behind this door.
      const authInfo = { token: '', clientId: id, scopes: [...(scopes ?? [])], extra: { asking } }
      return handler.fetch(request, { authInfo, ...(body === undefined ? {} : { parsedBody: body }) })
    },
  }
}
