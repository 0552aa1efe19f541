import type { JsonSchema } from '../../schema/kind.ts'
import type { Method } from '../method.ts'
import { type Dto, schemaOf } from '../v3/dto.ts'
import { parametersSchema, scopesOf, timeSchema } from './parts.ts'

/**
 * An OpenAPI 3.0 document of methods of REST 3.0, in the documented form: an entry in `paths` for each, by its name
 * (api-reference/rest-v3.md, "OpenAPI documentation").
 */
export function openApiV3(methods: readonly Method[], origin: string): Record<string, unknown> {
  const dtos = new Map<string, Dto>()
  for (const each of methods) for (const dto of each.dtos ?? []) dtos.set(dto.name, dto)
  return {
    openapi: '3.0.0',
    info: { title: 'Portico REST V3 API', version: '1.0.0' },
    servers: [{ url: `${origin}/rest/api` }],
    tags: [...new Set(methods.map(moduleOf))].sort().map((name) => ({ name, description: `${name} module methods` })),
    security: [{ token: [] }],
    paths: Object.fromEntries(methods.map((each) => [`/${each.name}`, pathOf(each)])),
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'Or `auth` in the body, or a webhook in the path' },
      },
      schemas: {
        ...Object.fromEntries([...dtos.values()].map((dto) => [dto.name, schemaOf(dto)])),
        ...common,
      },
    },
  }
}

const moduleOf = ({ name }: Method): string => name.split('.')[0] ?? ''

function pathOf(method: Method): Record<string, unknown> {
  const operation = {
    tags: [moduleOf(method)],
    ...(scopesOf(method).length === 0 ? {} : { description: `Scope: ${scopesOf(method).join(', ')}` }),
    responses: {
      '200': {
        description: 'Success',
        content: {
          'application/json': {
            schema: {
              type: 'object',
              required: ['result', 'time'],
              properties: { result: method.returns ?? {}, time: { $ref: '#/components/schemas/Time' } },
            },
          },
        },
      },
      default: {
        description: 'An error',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  }
  const schema = method.body ?? parametersSchema(method)
  const isAsked = method.body !== undefined || Object.keys(method.params).length > 0
  return {
    ...(isAsked ? {} : { get: { ...operation, operationId: `get.${method.name}` } }),
    post: {
      ...operation,
      operationId: method.name,
      ...(isAsked ? { requestBody: { content: { 'application/json': { schema } } } } : {}),
    },
  }
}

const common: Record<string, JsonSchema> = {
  Filter: {
    type: 'array',
    description: 'Conditions `[field, operator, value]` or `[field, value]`, and groups; all must hold',
    items: {
      oneOf: [
        { type: 'array', items: {}, minItems: 2, maxItems: 3, example: ['id', '>', 1] },
        {
          type: 'object',
          required: ['conditions'],
          properties: {
            logic: { type: 'string', enum: ['and', 'or'] },
            negative: { type: 'boolean' },
            conditions: { $ref: '#/components/schemas/Filter' },
          },
        },
      ],
    },
  },
  Pagination: {
    type: 'object',
    properties: {
      page: { type: 'integer' },
      limit: { type: 'integer', minimum: 1, default: 50 },
      offset: { type: 'integer', minimum: 0 },
    },
  },
  Cursor: {
    type: 'object',
    properties: {
      field: { type: 'string', default: 'id' },
      value: { description: 'Where the list goes on; 0 is its beginning' },
      order: { type: 'string', enum: ['ASC', 'DESC'], default: 'ASC' },
      limit: { type: 'integer', minimum: 1, maximum: 1000, default: 50 },
    },
  },
  Time: timeSchema,
  Error: {
    type: 'object',
    properties: {
      error: {
        type: 'object',
        required: ['code', 'message'],
        properties: {
          code: { type: 'string' },
          message: { type: 'string' },
          validation: {
            type: 'array',
            items: {
              type: 'object',
              properties: { field: { type: 'string' }, message: { type: 'string' } },
            },
          },
        },
      },
    },
  },
}
