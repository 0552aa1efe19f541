import { nearest } from '../../config/nearest.ts'
import type { MethodDescription } from '../../methods/method-description.ts'
import { isReading } from '../../methods/method-rights.ts'
import { documentedMethods } from '../../modules/documented-methods.ts'
import { type Params, Refusal } from '../backend.ts'
import { bounded } from '../compact.ts'
import { MethodSearch } from '../../methods/method-search.ts'
import {
  answerOf,
  dryRunArgument,
  isSet,
  type JsonObject,
  mapOf,
  numberOf,
  objectOf,
  textOf,
  type Tool,
  type Work,
} from '../tool.ts'

const MOST_FOUND = 50
let index: MethodSearch | undefined

const versionArgument = {
  type: 'integer',
  enum: [2, 3],
  description: 'The version of the REST API; 2 where nothing is said. Names are told with their version where it is 3.',
}

/** What a name means; a method of REST 3.0 is found without its version where there is none of that name in 2. */
function methodNamed(name: string, version: number | undefined): MethodDescription | undefined {
  const key = name.trim().toLowerCase()
  const named = documentedMethods().filter((each) => each.name.toLowerCase() === key)
  return version === undefined ? named[0] : named.find((each) => each.version === version)
}

export const unknownMethod = (name: string): Refusal => {
  const meant = nearest(
    name,
    documentedMethods().map((each) => each.name),
  )
  return new Refusal({
    code: 'ERROR_METHOD_NOT_FOUND',
    text: `There is no method "${name.slice(0, 100)}"`,
    status: 404,
    hint: meant === undefined ? 'search_methods finds methods by what they do.' : `Did you mean ${meant}?`,
  })
}

const searchMethods: Tool = {
  name: 'search_methods',
  title: 'Search methods of the API',
  description:
    'Finds methods of the REST API by what they do ("add a comment to a deal"), by name or by parameter, the best first. Use it before call_method when you do not know the exact name, then describe_method.',
  input: objectOf(
    {
      query: { type: 'string', minLength: 1, maxLength: 300, description: 'Words in English, or a part of a name' },
      limit: {
        type: 'integer',
        minimum: 1,
        maximum: MOST_FOUND,
        description: 'At most so many; 10 where nothing is said',
      },
    },
    ['query'],
  ),
  output: answerOf({ methods: { type: 'array', items: { type: 'object' } }, total: { type: 'integer' } }, [
    'methods',
    'total',
  ]),
  effect: 'read',
  idempotent: true,
  async run(args) {
    index ??= new MethodSearch(documentedMethods())
    const found = index.find(textOf(args, 'query') ?? '')
    return { methods: found.slice(0, numberOf(args, 'limit', 10)).map(inShort), total: found.length }
  },
}

const inShort = ({ name, version, about, reads, params, conformance, deprecated }: MethodDescription): JsonObject => ({
  name,
  ...(version === 3 ? { version } : {}),
  about,
  changes: !reads,
  params: params.map((param) => (param.required ? `${param.name} (required)` : param.name)),
  ...(conformance.status === 'missing' ? { missing: true } : {}),
  ...(deprecated?.replacement === undefined ? {} : { replacement: deprecated.replacement }),
})

const describeMethod: Tool = {
  name: 'describe_method',
  title: 'Describe a method of the API',
  description:
    'Tells of one method of the REST API what it does, its parameters with types, an example with the answer, the scopes and rights that it needs, and how far Portico has it.',
  input: objectOf(
    {
      method: { type: 'string', minLength: 1, maxLength: 200, description: 'Its exact name: crm.deal.list' },
      version: versionArgument,
    },
    ['method'],
  ),
  output: answerOf({ name: { type: 'string' }, about: { type: 'string' }, params: { type: 'array' } }, [
    'name',
    'about',
    'params',
  ]),
  effect: 'read',
  idempotent: true,
  async run(args) {
    const name = textOf(args, 'method') ?? ''
    const version = args.version as number | undefined
    const found = methodNamed(name, version)
    if (found === undefined) throw unknownMethod(name)
    const { reads, page, ...more } = found
    return {
      ...more,
      changes: !reads,
      ...(page === undefined ? {} : { page: `https://apidocs.bitrix24.com/${page.replace(/\.md$/, '.html')}` }),
    }
  },
}

const callMethod: Tool = {
  name: 'call_method',
  title: 'Call a method of the API',
  description:
    'Calls any method of the REST API with the rights of the credential: for everything that the other tools do not do (comments, activities, product rows, pipelines, directories, users…). Lists answer at most 50 rows and tell `next`, the `start` of the next page. Look at describe_method first.',
  input: objectOf(
    {
      method: { type: 'string', minLength: 1, maxLength: 200, description: 'Its exact name: crm.timeline.comment.add' },
      params: { type: 'object', description: 'Its parameters by name' },
      version: versionArgument,
      dryRun: dryRunArgument,
    },
    ['method'],
  ),
  output: answerOf({ result: {}, total: { type: 'integer' }, next: { type: 'integer' } }),
  effect: 'any',
  idempotent: false,
  run: (args, work) => called(args, work),
}

async function called(args: Params, work: Work): Promise<JsonObject> {
  const name = (textOf(args, 'method') ?? '').trim()
  const params = mapOf(args, 'params')
  const found = methodNamed(name, args.version as number | undefined)
  const version = (args.version ?? found?.version ?? 2) as 2 | 3
  const dryRun = isSet(args, 'dryRun')
  const { id } = params
  work.touch({
    method: name.slice(0, 200),
    id: typeof id === 'number' || (typeof id === 'string' && /^\d{1,18}$/.test(id)) ? String(id) : undefined,
    ...(dryRun ? { dryRun: true } : {}),
  })
  const reads = isReadingCall(name, params)
  if (work.readOnly && !reads)
    throw new Refusal({
      code: 'READ_ONLY',
      text: `${name} may change something, and this connection only reads`,
      status: 403,
      hint: 'Methods that only read can be called: search_methods shows them with "changes": false.',
    })
  const options = { version, signal: work.signal }
  try {
    if (dryRun && !reads) {
      const { how, result } = await work.backend.rehearse(name, params, options)
      return {
        dryRun: how,
        ...(result === undefined ? {} : { wouldAnswer: bounded(result).value }),
        method: name,
        params,
      }
    }
    const { result, total } = await work.backend.call(name, params, options)
    const { value, cut } = bounded(result)
    const next = nextOf(result, total, params)
    return {
      result: value ?? null,
      ...(total === undefined ? {} : { total }),
      ...(next === undefined ? {} : { next }),
      ...(cut === undefined ? {} : { cut }),
    }
  } catch (cause) {
    const isUnknown = cause instanceof Refusal && /method_?not_?found/i.test(cause.code)
    throw isUnknown && found === undefined ? unknownMethod(name) : cause
  }
}

/** Where the next page begins; portals leave it out on the last one. */
function nextOf(result: unknown, total: number | undefined, params: Params): number | undefined {
  const start = Number(params.start ?? params.START ?? 0)
  if (total === undefined || !Number.isInteger(start) || start < 0 || total <= start + 50) return undefined
  const rows = Array.isArray(result)
    ? result
    : Object.values((result ?? {}) as object).find((each): each is unknown[] => Array.isArray(each))
  return rows === undefined || rows.length === 0 ? undefined : start + rows.length
}

/** A batch only reads if each of its commands does. */
export function isReadingCall(name: string, params: Params): boolean {
  if (name.trim().toLowerCase() !== 'batch') return isReading(name.trim())
  const commands = Object.entries(params).flatMap(([key, value]) =>
    key.toLowerCase() === 'cmd' ? Object.values((value ?? {}) as object) : [],
  )
  return (
    commands.length > 0 &&
    commands.every((command) => typeof command === 'string' && isReading(command.split('?')[0]?.trim() ?? ''))
  )
}

export const methodTools: readonly Tool[] = [searchMethods, describeMethod, callMethod]
