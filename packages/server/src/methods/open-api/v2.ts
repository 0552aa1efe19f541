import type { Entity } from '../../schema/entity.ts'
import type { JsonSchema } from '../../schema/kind.ts'
import type { Method, Param, RecordMethod } from '../method.ts'
import { entitySchema, nameOf, shared } from './entity-schemas.ts'
import { parametersSchema, scopesOf } from './parts.ts'

/**
 * An OpenAPI 3.1 document of the methods of REST 2, made of what the registry knows of them: parameters, scopes, and
 * the fields of the entities that they read and write. User fields and smart processes differ from portal to portal and
 * are not in it.
 */
export function openApiV2(methods: readonly Method[], entities: readonly Entity[]): OpenApiDocument {
  const known = new Map(entities.map((each) => [each.entityTypeId, each]))
  const items = entities.filter(({ part }) => !part)
  const schemas = new Map<string, JsonSchema>(Object.entries(shared))
  const entityOf = (entity: Entity, { wire }: RecordMethod): JsonSchema => {
    const name = nameOf(entity, wire)
    if (!schemas.has(name)) schemas.set(name, entitySchema(entity, wire))
    return ref(name)
  }
  const row = (of: RecordMethod): JsonSchema => {
    if (of.entityTypeId === undefined) {
      for (const entity of items) entityOf(entity, of)
      schemas.set('Item', { anyOf: [...items.map((entity) => entityOf(entity, of)), { type: 'object' }] })
      return ref('Item')
    }
    const entity = known.get(of.entityTypeId)
    return entity === undefined ? { type: 'object' } : entityOf(entity, of)
  }
  const needed = ({ entityTypeId, wire, verb }: RecordMethod): readonly string[] =>
    verb !== 'add' || entityTypeId === undefined
      ? []
      : (known.get(entityTypeId)?.fields ?? []).flatMap((field) => {
          const key = field.required === true ? wire.key(field) : undefined
          return key === undefined ? [] : [key]
        })
  const paths = Object.fromEntries(methods.map((each) => [`/${each.name}`, { post: operation(each, { row, needed }) }]))
  return {
    openapi: '3.1.0',
    info: {
      title: 'Portico REST',
      version: '2',
      description:
        'Every method takes POST with JSON, a form or multipart, and GET with a query. Names of methods and of parameters count in any case.',
    },
    servers: [
      { url: '/rest', description: 'With an access token' },
      {
        url: '/rest/{userId}/{code}',
        description: 'With a webhook',
        variables: { userId: { default: '1' }, code: { default: 'code' } },
      },
    ],
    security: [{ bearer: [] }, { auth: [] }, {}],
    tags: [...new Set(methods.map(tagOf))].sort().map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        auth: { type: 'apiKey', in: 'query', name: 'auth', description: 'Or in the body' },
      },
      parameters: {
        IdempotencyKey: {
          name: 'Idempotency-Key',
          in: 'header',
          description: 'What the call writes is written once, however often it is sent within a day',
          schema: { type: 'string', minLength: 1, maxLength: 255 },
        },
      },
      requestBodies: {
        Any: {
          description: 'Nothing, or values beside each other that only the documentation names',
          content: { 'application/json': { schema: { type: 'object' } } },
        },
      },
      responses,
      schemas: Object.fromEntries(schemas),
    },
  }
}

export interface OpenApiDocument {
  readonly openapi: string
  readonly paths: Readonly<Record<string, unknown>>
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly [key: string]: unknown
}

/** The document as text: an entry a line, so that changes of it can be read. */
export function openApiText(document: OpenApiDocument): string {
  const lines = (entries: Readonly<Record<string, unknown>>): string =>
    `{\n${Object.entries(entries)
      .map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`)
      .join(',\n')}\n}`
  const parts = Object.entries(document).map(([name, value]) => {
    const text =
      name === 'paths'
        ? lines(document.paths)
        : name === 'components'
          ? `{\n${Object.entries(document.components)
              .map(([part, entries]) => `${JSON.stringify(part)}: ${lines(entries)}`)
              .join(',\n')}\n}`
          : JSON.stringify(value)
    return `${JSON.stringify(name)}: ${text}`
  })
  return `{\n${parts.join(',\n')}\n}\n`
}

const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` })
/** What stands before the last word: the object that a method is about. */
const tagOf = ({ name }: Method): string => (name.includes('.') ? name.slice(0, name.lastIndexOf('.')) : 'system')

interface Rows {
  readonly row: (of: RecordMethod) => JsonSchema
  readonly needed: (of: RecordMethod) => readonly string[]
}

function operation(method: Method, rows: Rows): object {
  const { name, records, partial, params } = method
  const scopes = scopesOf(method)
  const notes = [
    ...(scopes.length === 0 ? [] : [`Scope: ${scopes.join(', ')}`]),
    ...(partial === undefined ? [] : [`In part: ${partial}`]),
  ]
  const schema = parametersSchema(method, (named, param) => parameter(named, param, records, rows))
  const isLegacy = records?.wire.name === 'legacy'
  return {
    operationId: name,
    tags: [tagOf(method)],
    ...(notes.length === 0 ? {} : { description: notes.join('\n\n') }),
    parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
    requestBody:
      Object.keys(params).length === 0
        ? { $ref: '#/components/requestBodies/Any' }
        : { content: { 'application/json': { schema } } },
    responses: {
      '200': answer(method.returns ?? (records === undefined ? undefined : result(records, rows)), isList(records)),
      '400': { $ref: `#/components/responses/${isLegacy ? 'LegacyError' : 'Error'}` },
      default: { $ref: '#/components/responses/SystemError' },
    },
  }
}

/** Parameters that mean the same everywhere, unless they are plain values. */
const common: Readonly<Record<string, JsonSchema>> = {
  filter: ref('Filter'),
  order: ref('Order'),
  select: ref('Select'),
}

function parameter(
  name: string,
  { type }: Param<unknown>,
  records: RecordMethod | undefined,
  { row, needed }: Rows,
): JsonSchema | undefined {
  if (type === 'integer') return { type: ['integer', 'string'] }
  if (type === 'text' || type === 'flag') return undefined
  if (name !== 'fields' || records === undefined) return common[name]
  const required = needed(records)
  return required.length === 0 ? row(records) : { allOf: [row(records)], required }
}

const isList = (records: RecordMethod | undefined): boolean => records?.verb === 'list'

/** What a method of a family of records answers. */
function result(records: RecordMethod, { row }: Rows): JsonSchema | undefined {
  const { verb, one, many, wire } = records
  const under = (key: string | undefined, schema: JsonSchema): JsonSchema =>
    key === undefined ? schema : { type: 'object', properties: { [key]: schema } }
  switch (verb) {
    case 'list':
      return under(many, { type: 'array', items: row(records) })
    case 'get':
      return under(one, row(records))
    case 'add':
      return one === undefined ? { type: 'integer', description: 'The id of the new record' } : under(one, row(records))
    case 'update':
      return one === undefined ? { type: 'boolean' } : under(one, row(records))
    case 'delete':
      // The empty list is the documented success of crm.item.delete.
      return wire.name === 'item' && many === 'items' ? { type: 'array', maxItems: 0 } : { type: 'boolean' }
    case 'fields':
    case 'getFields':
      return under(one, { type: 'object', additionalProperties: ref('FieldDescription') })
    default:
      return undefined
  }
}

function answer(schema: JsonSchema | undefined, paged: boolean): object {
  if (schema === undefined) return { $ref: '#/components/responses/Success' }
  const around = ref(paged ? 'Page' : 'Envelope')
  return {
    description: 'Success',
    content: { 'application/json': { schema: { allOf: [around, { properties: { result: schema } }] } } },
  }
}

const error = (description: string, name: string): object => ({
  description,
  content: { 'application/json': { schema: ref(name) } },
})
const responses = {
  Success: { description: 'Success', content: { 'application/json': { schema: ref('Envelope') } } },
  LegacyError: error('A refusal: the code is mostly empty, and the text tells', 'Error'),
  Error: error('A refusal', 'Error'),
  SystemError: error(
    'No or wrong credentials (401), missing scopes (403), an unknown method (404), limits (429, 503)',
    'Error',
  ),
}
