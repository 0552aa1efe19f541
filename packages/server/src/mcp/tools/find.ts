import type { Params } from '../backend.ts'
import { Refusal } from '../backend.ts'
import { builtIn, type RecordType, typeNamed } from '../record-types.ts'
import {
  answerOf,
  type JsonObject,
  listOf,
  numberOf,
  objectOf,
  textOf,
  type Tool,
  typeArgument,
  type Work,
} from '../tool.ts'
import { rows } from './items.ts'

/** Where names are looked for; smart processes and invoices have a title alone. */
const named: Readonly<Record<number, readonly string[]>> = {
  1: ['title', 'name', 'lastName', 'companyTitle'],
  3: ['name', 'lastName'],
}
/** Types that have phones and e-mail addresses, by what `crm.duplicate.findbycomm` calls them. */
const withPhones: Readonly<Record<string, number>> = { LEAD: 1, CONTACT: 3, COMPANY: 4 }
const MOST_WORDS = 6

const findItems: Tool = {
  name: 'find_items',
  title: 'Find records by name, phone or e-mail',
  description:
    'Finds records by what people call them: a name or a part of it in leads, deals, contacts and companies; a phone (with its country code, spaces and dashes do not matter) or an e-mail address in leads, contacts and companies. Use it to look for duplicates before you add somebody.',
  input: objectOf(
    {
      query: { type: 'string', minLength: 2, maxLength: 200, description: 'A name, a phone or an e-mail address' },
      types: {
        type: 'array',
        items: typeArgument,
        minItems: 1,
        maxItems: 10,
        description: 'Only these types; leads, deals, contacts and companies where nothing is said',
      },
      limit: {
        type: 'integer',
        minimum: 1,
        maximum: 20,
        description: 'At most so many of each type; 5 where nothing is said',
      },
    },
    ['query'],
  ),
  output: answerOf(
    { by: { type: 'string', enum: ['name', 'phone', 'email'] }, found: { type: 'array', items: { type: 'object' } } },
    ['by', 'found'],
  ),
  effect: 'read',
  idempotent: true,
  async run(args, work) {
    const query = (textOf(args, 'query') ?? '').trim()
    const limit = numberOf(args, 'limit', 5)
    const types: RecordType[] = []
    for (const type of listOf(args, 'types') ?? ['lead', 'deal', 'contact', 'company'])
      types.push(await typeNamed(work.backend, type, work.signal))
    const by = query.includes('@') ? 'email' : /^\+?[\d\s().\-/]{5,}$/.test(query) ? 'phone' : 'name'
    work.touch({ method: by === 'name' ? 'crm.item.list' : 'crm.duplicate.findbycomm' })
    const found: JsonObject[] = []
    let refused: Refusal | undefined
    for (const [type, filter] of by === 'name' ? byName(query, types) : await byContact(query, by, types, work)) {
      try {
        const { items, total } = await rows(work, type, { filter, limit, offset: 0 })
        found.push(...items.map((item) => ({ type: type.name, ...item })))
        if (total > items.length) found.push({ type: type.name, more: total - items.length })
      } catch (cause) {
        // Types that the caller may not read are none where something could be found.
        if (!(cause instanceof Refusal) || cause.status === 401) throw cause
        refused = cause
      }
    }
    if (found.length === 0 && refused !== undefined && types.length === 1) throw refused
    return { by, found }
  },
}

type Looked = readonly (readonly [RecordType, Params])[]

/** Every word must be in one of the names. */
function byName(query: string, types: readonly RecordType[]): Looked {
  const words = query.split(/\s+/).slice(0, MOST_WORDS)
  return types.map((type) => {
    const fields = named[type.entityTypeId] ?? ['title']
    const groups = words.map((word) => {
      const either = fields.map((field) => ({ [`%${field}`]: word }))
      return { logic: 'OR', ...either }
    })
    return [type, { ...groups }] as const
  })
}

async function byContact(
  query: string,
  by: 'phone' | 'email',
  types: readonly RecordType[],
  work: Work,
): Promise<Looked> {
  const params = { type: by === 'phone' ? 'PHONE' : 'EMAIL', values: [query] }
  const { result } = await work.backend.call('crm.duplicate.findbycomm', params, { signal: work.signal })
  return Object.entries((result ?? {}) as Record<string, unknown>).flatMap(([name, ids]) => {
    const type = builtIn.find(({ entityTypeId }) => entityTypeId === withPhones[name])
    const wanted = type !== undefined && types.some(({ entityTypeId }) => entityTypeId === type.entityTypeId)
    return wanted && Array.isArray(ids) && ids.length > 0 ? [[type, { '@id': ids }] as const] : []
  })
}

export const findTools: readonly Tool[] = [findItems]
