import type { Caller } from '../pipeline.ts'
import type { Outcome } from '../methods/method.ts'
import { LimitError } from '../methods/limits/limiter.ts'
import { audit, type Visitor } from '../records/audit.ts'
import type { Portal } from '../records/context.ts'
import type { Logger } from '../records/logger.ts'
import { type Answered, type AuditLine, type Backend, Refusal } from './backend.ts'

/** The portal of this process, for one caller and as long as one request of theirs lasts. */
export function pipelineBackend(given: {
  readonly portal: Portal
  readonly caller: Caller
  /** `https://host` */
  readonly origin: string
  readonly visitor: Visitor
  readonly log: Logger
}): Backend {
  const { portal, caller, origin, visitor, log } = given
  return {
    portal: origin,
    async call(method, params, { version = 2 } = {}) {
      return answered(await caller.call(method, params, { version }))
    },
    async rehearse(method, params, { version = 2 } = {}) {
      const { result } = answered(await caller.rehearse(method, params, { version }))
      return { how: 'undone', result }
    },
    async audit(line) {
      try {
        await write(line)
      } catch (cause) {
        log.error({ err: cause, tool: line.tool }, 'a call of a tool could not be written into the audit log')
      }
    },
  }

  async function write({ tool, milliseconds: _took, ...more }: AuditLine): Promise<void> {
    const session = portal.store.session()
    const who = { person: caller.person, now: portal.sources.now(), visitor }
    const description = { ...more, credential: caller.credential.id }
    await session.transaction((tx) =>
      audit(who, tx, { type: 'MCP_CALL', severity: 'INFO', module: 'mcp', item: tool, description }),
    )
    await session.settled()
  }
}

function answered({ error, result, total, file }: Outcome): Answered {
  if (error !== undefined)
    throw new Refusal({
      code: String(error.code),
      text: error.description,
      status: error.status,
      hint: error instanceof LimitError ? `Wait ${error.retryAfter} s and call again.` : undefined,
    })
  if (file !== undefined)
    throw new Refusal({ code: 'FILE', text: 'The method answers a file, which no tool can show', status: 400 })
  return { result, ...(total === undefined ? {} : { total }) }
}
