import { InvalidValue, type JsonSchema } from '../schema/kind.ts'
import { type Call, isMap, type Map, type Method, type Param, type Params, type ParamValues } from './method.ts'
import { type Dto, described, fieldDto } from './v3/dto.ts'
import { errorsV3, type Fault, ofType, required, styleV3, typeNames } from './v3/errors.ts'
import { type FilterV3, readFilter } from './v3/filter.ts'
import { type Cursor, type OrderV3, type Pagination, readCursor, readOrder, readPagination } from './v3/paging.ts'
import { picked, readSelect, type Select } from './v3/select.ts'

interface DefinitionV3<P extends Params> {
  readonly name: string
  readonly scope: Method['scope']
  readonly params: P
  /** Why the method does less than its documentation. */
  readonly partial?: string
  readonly batch?: boolean
  /** What `result` is, as a JSON Schema, for the OpenAPI document. */
  readonly returns?: JsonSchema
  /** What is sent, where it is no map of `params`. */
  readonly body?: JsonSchema
  /** Objects that `returns` refers to. */
  readonly dtos?: readonly Dto[]
  run(params: ParamValues<P>, call: Call): Promise<unknown> | unknown
}

/**
 * Declares a method of REST 3.0: it lives at `/rest/api/` only. Names of parameters count to the letter, values must
 * have the documented types, and all that is wrong with a request is told at once.
 */
export function methodV3<P extends Params>(definition: DefinitionV3<P>): Method {
  const { name, scope, params, partial, batch = true, returns, body, dtos } = definition
  return {
    name,
    scope,
    params,
    version: 3,
    style: styleV3,
    batch,
    ...(partial === undefined ? {} : { partial }),
    ...(returns === undefined ? {} : { returns }),
    ...(body === undefined ? {} : { body }),
    ...(dtos === undefined ? {} : { dtos }),
    async run(call) {
      const values: Record<string, unknown> = {}
      const faults: Fault[] = []
      for (const [key, param] of Object.entries(params)) {
        const input = Object.hasOwn(call.raw, key) ? call.raw[key] : undefined
        if (param.required && (input === undefined || input === null)) {
          faults.push(required(key))
          continue
        }
        try {
          values[key] = param.read(input)
        } catch (cause) {
          if (!(cause instanceof InvalidValue)) throw cause
          faults.push(ofType(key, typeNames[param.type]))
        }
      }
      if (faults.length > 0) throw errorsV3.validation(faults)
      return definition.run(values as ParamValues<P>, call)
    },
  }
}

/** The two methods that describe an object: `<prefix>.field.list` and `<prefix>.field.get`. */
export function fieldMethods(
  prefix: string,
  scope: Method['scope'],
  dto: Dto,
  allowed: (call: Call) => void | Promise<void> = () => {},
): Method[] {
  return [
    methodV3({
      name: `${prefix}.field.list`,
      scope,
      params: { select: takeV3.select(fieldDto) },
      returns: itemsOf(fieldDto),
      dtos: [fieldDto],
      async run({ select }, call) {
        await allowed(call)
        return { items: [...dto.properties.values()].map((each) => picked(described(each), select)) }
      },
    }),
    methodV3({
      name: `${prefix}.field.get`,
      scope,
      params: { name: needV3.text, select: takeV3.select(fieldDto) },
      returns: itemOf(fieldDto),
      dtos: [fieldDto],
      async run({ name, select }, call) {
        await allowed(call)
        const found = dto.properties.get(name)
        if (found === undefined) throw errorsV3.unknownField(name)
        return { item: picked(described(found), select) }
      },
    }),
  ]
}

const reference = ({ name }: Dto): JsonSchema => ({ $ref: `#/components/schemas/${name}` })
/** `{item: {…}}` */
export const itemOf = (dto: Dto): JsonSchema => ({ type: 'object', properties: { item: reference(dto) } })
/** `{items: [{…}]}` */
export const itemsOf = (dto: Dto): JsonSchema => ({
  type: 'object',
  properties: { items: { type: 'array', items: reference(dto) } },
})

const param = <T>(
  type: Param<T>['type'],
  isRequired: boolean,
  schema: JsonSchema,
  read: (input: unknown) => T,
): Param<T> => ({ type, required: isRequired, schema, read })

function integer(input: unknown): number {
  if (!Number.isSafeInteger(input)) throw new InvalidValue('int')
  return input as number
}
function text(input: unknown): string {
  if (typeof input !== 'string') throw new InvalidValue('string')
  return input
}
function list(input: unknown): readonly unknown[] {
  if (!Array.isArray(input)) throw new InvalidValue('array')
  return input
}
function map(input: unknown): Map {
  // An empty map comes from PHP as an empty list.
  if (Array.isArray(input) && input.length === 0) return {}
  if (!isMap(input)) throw new InvalidValue('array')
  return input
}
function flag(input: unknown): boolean {
  if (typeof input !== 'boolean') throw new InvalidValue('bool')
  return input
}
const optional =
  <T>(read: (input: unknown) => T) =>
  (input: unknown): T | undefined =>
    input === undefined || input === null ? undefined : read(input)

const schemas = {
  integer: { type: 'integer' },
  text: { type: 'string' },
  list: { type: 'array', items: {} },
  map: { type: 'object' },
  flag: { type: 'boolean' },
} as const

/** Readers of what must be sent. */
export const needV3 = {
  integer: param('integer', true, schemas.integer, integer),
  text: param('text', true, schemas.text, text),
  list: param('list', true, schemas.list, list),
  map: param('map', true, schemas.map, map),
  flag: param('flag', true, schemas.flag, flag),
}

/** Readers of what may be left out; `select`, `filter`, `order`, `pagination` and `cursor` are the same for all. */
export const takeV3 = {
  integer: param('integer', false, schemas.integer, optional(integer)),
  text: param('text', false, schemas.text, optional(text)),
  list: param('list', false, schemas.list, optional(list)),
  map: param('map', false, schemas.map, optional(map)),
  flag: param('flag', false, schemas.flag, optional(flag)),
  select: (dto: Dto, options?: { strict: boolean }): Param<Select> =>
    param('list', false, { type: 'array', items: { type: 'string' }, example: [...dto.properties.keys()] }, (input) =>
      readSelect(input, dto, options),
    ),
  filter: (dto: Dto): Param<FilterV3> =>
    param('list', false, { $ref: '#/components/schemas/Filter' }, (input) => readFilter(input, dto)),
  order: (dto: Dto): Param<OrderV3> =>
    param(
      'map',
      false,
      {
        type: 'object',
        properties: Object.fromEntries(
          [...dto.properties.values()]
            .filter(({ sortable }) => sortable)
            .map(({ name }) => [name, { type: 'string', enum: ['ASC', 'DESC'] }]),
        ),
      },
      (input) => readOrder(input, dto),
    ),
  pagination: (max?: number): Param<Pagination> =>
    param('map', false, { $ref: '#/components/schemas/Pagination' }, (input) => readPagination(input, max)),
  cursor: (dto: Dto): Param<Cursor> =>
    param('map', false, { $ref: '#/components/schemas/Cursor' }, (input) => readCursor(input, dto)),
}
