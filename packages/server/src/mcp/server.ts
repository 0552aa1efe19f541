import {
  type CallToolResult,
  fromJsonSchema,
  type JsonSchemaType,
  McpServer,
  type StandardSchemaWithJSON,
} from '@modelcontextprotocol/server'
import { type AuditLine, type Backend, Refusal } from './backend.ts'
import { Fields } from './fields.ts'
import type { JsonObject, Tool } from './tool.ts'
import { tools } from './tools/index.ts'

export interface ServerOptions {
  readonly version: string
  /** Tools that write are not there, and `call_method` calls only what reads. */
  readonly readOnly: boolean
  /** Told of what nobody has foreseen; the model is only told that it happened. */
  onError(cause: unknown, tool: string): void
}

/** Nobody means so many values; each is checked before a tool sees any. */
const MOST_ELEMENTS = 10_000

const instructions = `These tools work on the records of one CRM portal, with the rights of one person.
Begin with current_user where it matters who you are. Names of fields differ from portal to portal: describe_fields tells them, also what stages and choices are called. find_items finds people and companies by name, phone or e-mail; list_items filters and pages. For everything else there are some 650 methods of the REST API: search_methods finds one, describe_method tells its parameters, call_method calls it.
Writing tools take dryRun: true to try a change without making it.`

/** An MCP server over a portal: for one connection, or in HTTP for one request. */
export function mcpServer(backend: Backend, { version, readOnly, onError }: ServerOptions): McpServer {
  const server = new McpServer(
    { name: 'portico', title: 'Portico CRM', version },
    { capabilities: { tools: { listChanged: false } }, instructions, maxToolInputElements: MOST_ELEMENTS },
  )
  const fields = new Fields(backend)
  for (const tool of tools) {
    const reads = tool.effect === 'read' || (tool.effect === 'any' && readOnly)
    if (readOnly && !reads) continue
    const { input, output } = schemasOf(tool)
    server.registerTool(
      tool.name,
      {
        title: tool.title,
        description:
          readOnly && tool.effect === 'any' ? `${tool.description} Here only methods that read.` : tool.description,
        inputSchema: input,
        outputSchema: output,
        annotations: {
          title: tool.title,
          readOnlyHint: reads,
          destructiveHint: !reads && tool.effect !== 'write',
          idempotentHint: tool.idempotent || reads,
          openWorldHint: false,
        },
      },
      (args, context) => run(tool, args, context.mcpReq.signal),
    )
  }
  return server

  async function run(tool: Tool, args: unknown, signal: AbortSignal): Promise<CallToolResult> {
    const begun = performance.now()
    let touched: Partial<AuditLine> = {}
    let refused: string | undefined
    try {
      const touch = (what: Partial<AuditLine>): void => void (touched = { ...touched, ...what })
      return answer(await tool.run((args ?? {}) as JsonObject, { backend, fields, readOnly, signal, touch }))
    } catch (cause) {
      if (!(cause instanceof Refusal)) onError(cause, tool.name)
      const refusal = cause instanceof Refusal ? cause : unexpected
      refused = refusal.code === '' ? 'ERROR' : refusal.code.slice(0, 100)
      return failure(refusal)
    } finally {
      const milliseconds = Math.round(performance.now() - begun)
      await backend.audit({ tool: tool.name, ...touched, ...(refused === undefined ? {} : { refused }), milliseconds })
    }
  }
}

const unexpected = new Refusal({
  code: 'UNEXPECTED',
  text: 'Something went wrong; the log of the server tells more',
  status: 500,
})

const answer = (value: JsonObject): CallToolResult => ({
  content: [{ type: 'text', text: JSON.stringify(value) }],
  structuredContent: { ...value },
})

/** Errors are answers too: the model reads them and tries something else. */
function failure({ code, text, status, hint }: Refusal): CallToolResult {
  const said = [code, text].filter((part) => part !== '').join(': ') || 'The portal refused'
  const lines = [status === 0 ? said : `${said} (HTTP ${status})`, ...(hint === undefined ? [] : [`Hint: ${hint}`])]
  return { isError: true, content: [{ type: 'text', text: lines.join('\n') }] }
}

interface Schemas {
  readonly input: StandardSchemaWithJSON
  readonly output: StandardSchemaWithJSON
}
const known = new WeakMap<Tool, Schemas>()

/** Compiled once per process, whatever number of servers there are. */
function schemasOf(tool: Tool): Schemas {
  let schemas = known.get(tool)
  if (schemas === undefined) {
    const compiled = (schema: JsonObject): StandardSchemaWithJSON => fromJsonSchema(schema as JsonSchemaType)
    schemas = { input: compiled(tool.input), output: compiled(tool.output) }
    known.set(tool, schemas)
  }
  return schemas
}
