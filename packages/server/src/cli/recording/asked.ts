import { decodeParams } from '../../http/params.ts'
import { readPath } from '../../http/request-path.ts'
import { decodeV3 } from '../../http/rest-v3.ts'
import { ErrorV3 } from '../../methods/v3/errors.ts'
import { parseQuery } from '../../schema/pairs.ts'
import { ParamsError } from '../../schema/params-error.ts'
import { keysInOrder, type Tree } from '../../schema/tree.ts'

/** One call within a batch. */
export interface Command {
  readonly label: string
  readonly method: string
  readonly params: Tree
}

/** What a request asks for, however it was sent. */
export interface Asked {
  readonly method: string
  readonly api: 2 | 3
  /** Whether the answer is wanted as XML. */
  readonly xml: boolean
  /** Decoded, without the credential; null where it was not read. */
  readonly params: Tree | null
  /** Those of a batch (`params.cmd`), in the order in which they are run. */
  readonly commands?: readonly Command[]
  readonly unread?: 'large' | 'malformed'
}

export interface Sent {
  readonly verb: string
  /** With the query. */
  readonly url: string
  readonly contentType: string | undefined
  /** undefined where it was too large to be kept. */
  readonly body: Buffer | undefined
}

const credentials = /^(auth|access_token)$/i

/** What is behind the webhook of a request's path, or undefined where it is none of the API's. */
export async function askedBy({ verb, url, contentType, body }: Sent): Promise<Asked | undefined> {
  const mark = url.indexOf('?')
  const route = readPath(mark < 0 ? url : url.slice(0, mark))
  if (route === undefined) return undefined
  const { method, version: api, format } = route
  const asked = { method, api, xml: format === 'xml' }
  if (body === undefined) return { ...asked, params: null, unread: 'large' }
  const input = { query: mark < 0 ? '' : url.slice(mark + 1), contentType, body }
  try {
    const params = api === 3 ? decodeV3(verb, input) : await decodeParams(input)
    for (const key of Object.keys(params)) if (credentials.test(key)) delete params[key]
    return { ...asked, ...withCommands(method, api, params) }
  } catch (cause) {
    if (cause instanceof ParamsError || cause instanceof ErrorV3) return { ...asked, params: null, unread: 'malformed' }
    throw cause
  }
}

/** The commands of a batch are requests themselves, written as the query of an address. */
function withCommands(method: string, api: 2 | 3, params: Tree): Pick<Asked, 'params' | 'commands'> {
  const key = Object.keys(params).find((each) => each.toLowerCase() === 'cmd')
  const cmd = key === undefined ? undefined : params[key]
  if (api !== 2 || method.toLowerCase() !== 'batch' || key === undefined || typeof cmd !== 'object' || cmd === null)
    return { params }
  const commands: Command[] = []
  for (const label of keysInOrder(cmd)) {
    const command = commandIn(label, (cmd as Tree)[label])
    // What is no command at all is told as it is, with the whole.
    if (command === undefined) return { params }
    commands.push(command)
  }
  const { [key]: _taken, ...rest } = params
  return { params: rest, commands }
}

function commandIn(label: string, text: unknown): Command | undefined {
  if (typeof text !== 'string') return undefined
  const mark = text.indexOf('?')
  const name = (mark < 0 ? text : text.slice(0, mark)).trim().replace(/^\/+|\/+$/g, '')
  try {
    const params = mark < 0 ? {} : parseQuery(text.slice(mark + 1))
    for (const key of Object.keys(params)) if (credentials.test(key)) delete params[key]
    return { label, method: name.replace(/\.(json|xml)$/i, ''), params }
  } catch (cause) {
    if (cause instanceof ParamsError) return undefined
    throw cause
  }
}

/** The pairs of a form that ask for a batch. */
export const commandPairs = (params: Tree, commands: readonly Command[]): string[] => [
  ...pairsOf(params),
  ...commands.map((each) => `cmd${encodeURIComponent(`[${each.label}]`)}=${encodeURIComponent(commandText(each))}`),
]

function commandText({ method, params }: Command): string {
  const pairs = pairsOf(params)
  return pairs.length === 0 ? method : `${method}?${pairs.join('&')}`
}

/** Parameters as PHP's `http_build_query` writes them. */
function pairsOf(params: Tree): string[] {
  const pairs: string[] = []
  const write = (name: string, value: unknown): void => {
    if (typeof value === 'object' && value !== null)
      for (const [key, member] of Object.entries(value)) write(`${name}[${key}]`, member)
    else pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(scalar(value))}`)
  }
  for (const [key, value] of Object.entries(params)) write(key, value)
  return pairs
}

const scalar = (value: unknown): string =>
  value === null || value === undefined || value === false
    ? ''
    : value === true
      ? '1'
      : String(value as string | number)
