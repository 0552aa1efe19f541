// packages/client/src/*.gen.ts: the types of every method of REST 2 and of the rows that they read and write, and the few
// facts that the client needs at run time, all from the registry, the entities and the documented examples.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { looksReading } from '../../packages/client/src/verbs.ts'
import { aboutOf } from '../../packages/server/src/methods/about.ts'
import { parametersOf } from '../../packages/server/src/methods/method-parameters.ts'
import { isReading } from '../../packages/server/src/methods/method-rights.ts'
import { entitySchema } from '../../packages/server/src/methods/open-api/entity-schemas.ts'
import { scopesOf } from '../../packages/server/src/methods/open-api/parts.ts'
import { Registry } from '../../packages/server/src/methods/registry.ts'
import { methods, modules } from '../../packages/server/src/modules/index.ts'
import { itemWire } from '../../packages/server/src/schema/wire.ts'
import { root } from '../lib/root.mjs'
import { docText, exampleText, keyText, schemaText } from '../lib/type-text.mjs'

const HEADER =
  '// oxlint-disable max-lines\n// Made by scripts/gen/client.mjs: run `npm run gen` after a change of methods or entities.\n'

export async function outputs() {
  const all = new Registry(methods).all.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const entities = modules.flatMap((module) => module.entities ?? [])
  const rows = new Rows(entities)
  const entries = all.map((each) => entryOf(each, rows))
  return new Map([
    ['packages/client/src/methods.gen.ts', methodsText(entries, rows)],
    ['packages/client/src/rows.gen.ts', rows.text()],
    ['packages/client/src/facts.gen.ts', factsText(all, rows)],
    ['packages/client/src/version.ts', `${HEADER}export const version = '${version()}'\n`],
  ])
}

const version = () => JSON.parse(readFileSync(join(root, 'packages/client/package.json'), 'utf8')).version

/** The interfaces of rows that methods speak of, one for each entity and dialect. */
class Rows {
  constructor(entities) {
    this.entities = entities
    this.known = new Map(entities.map((each) => [each.entityTypeId, each]))
    this.used = new Map()
  }

  /** @returns {string} the interface's name; `Fields` where the rows have no declaration */
  nameOf(entityTypeId, wire) {
    const entity = this.known.get(entityTypeId)
    if (entity === undefined) return 'Fields'
    const name = rowName(entity.name, wire)
    this.used.set(name, { entity, wire })
    return name
  }

  /** The rows of `crm.item` are any of these. */
  items() {
    return this.entities
      .filter(({ part }) => !part)
      .map(({ entityTypeId }) => [entityTypeId, this.nameOf(entityTypeId, itemWire)])
  }

  text() {
    const items = this.items()
    const interfaces = [...this.used].sort(([a], [b]) => (a < b ? -1 : 1)).map((each) => rowText(...each))
    const byType = items.map(([id, name]) => `  ${id}: ${name}\n`).join('')
    return `${HEADER}import type { Fields, FileValue, Multifield, MultifieldItem, MultipleValue } from './values.ts'

${interfaces.join('\n')}
/** Rows of \`crm.item\` by the numbers of their types; smart processes have whatever they were given. */
export interface ItemsByType {
${byType}}
`
  }
}

function rowName(name, wire) {
  const words = name.split(/[^A-Za-z0-9]+/).map((word) => word[0].toUpperCase() + word.slice(1))
  return `${words.join('')}${wire.name === 'legacy' ? '' : 'Item'}`
}

function rowText(name, { entity, wire }) {
  const isLegacy = wire.name === 'legacy'
  const idKey = wire.key(entity.field('id') ?? { legacy: null, item: false })
  const { properties } = entitySchema(entity, wire)
  const lines = Object.entries(properties).map(([key, { title = '', readOnly, ...schema }]) => {
    const about = [title, ...(readOnly ? ['read-only'] : []), ...(schema.deprecated ? ['deprecated'] : [])]
    const type =
      key === idKey ? (isLegacy ? 'string' : 'number') : schemaText(schema, isLegacy ? 'Multifield' : 'MultifieldItem')
    return `${docText(about.filter((text) => text !== '').join('; '))}  ${keyText(key)}${key === idKey ? '' : '?'}: ${type}\n`
  })
  const more = isLegacy
    ? [
        '[userField: `UF_${string}`]: unknown',
        '[parent: `PARENT_ID_${number}`]: string | number | null',
        '[property: `PROPERTY_${number}`]: unknown',
      ]
    : [
        '[userField: `uf${string}`]: unknown',
        '[parent: `parentId${number}`]: number | null',
        '[property: `property${number}`]: MultipleValue',
      ]
  return `${docText(`${entity.title}${isLegacy ? '' : ', in camelCase'}.`, '')}export interface ${name} {\n${lines.join('')}${more.map((line) => `  ${line}\n`).join('')}}\n`
}

function entryOf(method, rows) {
  const { name, partial } = method
  const vector = examples().get(name.toLowerCase())
  const about = [
    aboutOf(name),
    ...(scopesOf(method).length === 0 ? [] : [`Scope: ${scopesOf(method).join(', ')}.`]),
    ...(partial === undefined ? [] : [`Here in part: ${partial}`]),
  ]
  const result = recordsResult(method, rows) ?? resultsByHand[name] ?? exampleResult(name, vector)
  return { name, about: about.join(' '), params: paramsText(method, rows, vector), result }
}

/** Maps whose keys are the portal's data: those of the documented example are nobody else's. */
const resultsByHand = {
  'access.name': '{ [code: string]: { provider?: string; name?: string; provider_id?: string } }',
  'app.option.get': 'Fields | string',
  'user.option.get': 'Fields | string',
  batch:
    '{ result: Fields; result_error: Fields | never[]; result_total: { [command: string]: number } | never[]; result_next: { [command: string]: number } | never[]; result_time: Fields | never[] }',
  'crm.duplicate.findbycomm': '{ LEAD?: number[]; CONTACT?: number[]; COMPANY?: number[] } | never[]',
}

function exampleResult(name, vector) {
  if (vector === undefined) return 'unknown'
  const { result } = vector.response
  return /\.fields$/i.test(name) && !Array.isArray(result) ? 'FieldDescriptions' : resultText(result)
}

/** A long type tells less than a short one. */
function resultText(result) {
  const texts = [4, 2, 1].map((depth) => exampleText(result, depth))
  return texts.find((text) => text.length < 1600) ?? texts.at(-1)
}

/** What a method of a family of records answers; undefined for others. */
function recordsResult({ records }, rows) {
  if (records === undefined) return undefined
  const { verb, one, many, wire, entityTypeId } = records
  const row = entityTypeId === undefined ? 'ItemRow' : rows.nameOf(entityTypeId, wire)
  const under = (key, text) => (key === undefined ? text : `{ ${key}: ${text} }`)
  switch (verb) {
    case 'list':
      return under(many, `${row}[]`)
    case 'get':
      return under(one, row)
    case 'add':
      return one === undefined ? 'number' : under(one, row)
    case 'update':
      return one === undefined ? 'boolean' : under(one, row)
    case 'delete':
      return wire.name === 'item' && many === 'items' ? 'never[]' : 'boolean'
    case 'fields':
    case 'getFields':
      return under(one, 'FieldDescriptions')
    default:
      return undefined
  }
}

const types = {
  integer: 'Id',
  string: 'string | number',
  boolean: 'Flag',
  object: 'Fields',
  array: 'readonly unknown[] | Fields',
  any: 'unknown',
}

function paramsText(method, rows, vector) {
  const { records } = method
  const row =
    records === undefined
      ? undefined
      : records.entityTypeId === undefined
        ? 'ItemRow'
        : rows.nameOf(records.entityTypeId, records.wire)
  const sent = vector?.requests[0]?.params ?? {}
  const named = parametersOf(method, sent)
  // Methods that read their parameters one by one take what is documented, and who knows what else.
  const known = new Set(Object.keys(method.params).map((name) => name.toLowerCase()))
  const isOpen = known.size === 0 || named.some(({ name }) => !known.has(name.toLowerCase()))
  const isList = named.some(({ name }) => name.toLowerCase() === 'start') || records?.verb === 'list'
  const isSorted = named.some(({ name }) => name.toLowerCase() === 'sort')
  const lines = named.map(({ name, type, required }) => {
    const text = special(name, type, row, { isList, isSorted }) ?? types[type] ?? 'unknown'
    return `${keyText(name)}${required ? '' : '?'}: ${text}`
  })
  if (lines.length === 0) return 'None'
  return `{ ${lines.join('; ')} }${isOpen ? ' & Fields' : ''}`
}

/** What the names say: a filter is a filter wherever it stands. */
function special(name, type, row, { isList, isSorted }) {
  const of = row ?? 'Fields'
  switch (name.toLowerCase()) {
    case 'filter':
      return isList ? `Filter<${of}>` : undefined
    case 'order':
      return isSorted ? `'ASC' | 'DESC'` : isList ? `Order<${of}>` : undefined
    case 'select':
      return `Select<${of}>`
    case 'fields':
      return type === 'object' && row !== undefined ? `Input<${row}>` : undefined
    case 'start':
      return 'number'
    default:
      return undefined
  }
}

function methodsText(entries, rows) {
  const lines = entries.map(
    ({ name, about, params, result }) => `${docText(about)}  '${name}': { params: ${params}; result: ${result} }\n`,
  )
  const text = lines.join('')
  const names = [...rows.used.keys()]
    .sort()
    .filter((name) => new RegExp(`\\b${name}\\b`).test(text.replaceAll(/'[^']*'|\/\*\*.*\*\//g, '')))
  return `${HEADER}import type { ${names.join(', ')} } from './rows.gen.ts'
import type { FieldDescriptions, Fields, Filter, Flag, Id, Input, ItemRow, None, Order, Select } from './values.ts'

/** Every method that Portico has, with its parameters and its result. */
export interface Methods {
${text}}
`
}

/** What the client cannot tell by a method's name. */
function factsText(all, rows) {
  const odd = (wanted) =>
    all
      .map(({ name }) => name.toLowerCase())
      .filter((name) => isReading(name) === wanted && looksReading(name) !== wanted)
      .sort()
  const set = (name, about, values) =>
    `${docText(about, '')}export const ${name}: ReadonlySet<string> = new Set(\n  \`${wrapped(values)}\`.split(/\\s+/),\n)\n`
  const cursors = all.flatMap((method) => {
    const key = cursorOf(method, rows)
    return key === undefined ? [] : [[method.name.toLowerCase(), key]]
  })
  const grouped = (key) => cursors.filter(([, each]) => each === key).map(([name]) => name)
  return `${HEADER}
${set('reads', 'Methods that change nothing, though their last word does not say so.', odd(true))}
${set('writes', 'Methods that change something, though their last word says nothing of it.', odd(false))}
${set('listsByUpperId', 'Lists that can be filtered and sorted by ID.', grouped('ID'))}
${set('listsByLowerId', 'Lists that can be filtered and sorted by id.', grouped('id'))}`
}

function wrapped(words) {
  const lines = ['']
  for (const word of words) {
    if (lines.at(-1).length + word.length > 110) lines.push('')
    lines[lines.length - 1] += lines.at(-1) === '' ? word : ` ${word}`
  }
  return lines.join('\n    ')
}

/** The id that a list can go on after: of families of records, where their rows have one, and of those named here. */
function cursorOf({ name, params, records }, { known }) {
  if (records?.verb === 'list' && params.start !== undefined) {
    const entity = records.entityTypeId === undefined ? known.get(1) : known.get(records.entityTypeId)
    const id = entity?.fields.find((field) => field.name === 'id')
    return id === undefined ? undefined : records.wire.key(id)
  }
  return byHand[name.toLowerCase()]
}

/** Methods with lists of their own that take \`{ ">ID": … }\`; a test calls each of them so. */
const byHand = {
  'crm.activity.list': 'ID',
  'crm.dealcategory.list': 'ID',
  'crm.productrow.list': 'ID',
  'crm.timeline.comment.list': 'ID',
  'crm.stagehistory.list': 'ID',
  'crm.automatedsolution.list': 'id',
  'crm.type.list': 'id',
  'crm.item.productrow.list': 'id',
  'crm.documentgenerator.document.list': 'id',
  'crm.documentgenerator.template.list': 'id',
  'userfieldconfig.list': 'id',
}

let vectors
/** The documented request and answer of each method of REST 2. */
function examples() {
  if (vectors !== undefined) return vectors
  const directory = join(root, 'catalogue/vectors')
  const files = readdirSync(directory).filter((name) => name.endsWith('.json'))
  vectors = new Map()
  for (const file of files.sort())
    for (const each of JSON.parse(readFileSync(join(directory, file), 'utf8'))) {
      const key = each.method.toLowerCase()
      if ((each.api ?? 2) === 2 && each.response?.result !== undefined && !vectors.has(key)) vectors.set(key, each)
    }
  return vectors
}
