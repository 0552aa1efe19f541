import type { JsonSchema } from '../../schema/kind.ts'
import type { Method, Param } from '../method.ts'

export const scopesOf = ({ scope }: Method): readonly string[] =>
  scope === null ? [] : typeof scope === 'string' ? [scope] : scope

/** `time`, as every answer has it. */
export const timeSchema: JsonSchema = {
  type: 'object',
  properties: {
    start: { type: 'number' },
    finish: { type: 'number' },
    duration: { type: 'number' },
    processing: { type: 'number' },
    date_start: { type: 'string', format: 'date-time' },
    date_finish: { type: 'string', format: 'date-time' },
    operating_reset_at: { type: 'integer' },
    operating: { type: 'number' },
  },
}

const types: Record<Param<unknown>['type'], JsonSchema> = {
  map: { type: 'object' },
  list: { type: 'array', items: {} },
  integer: { type: 'integer' },
  text: { type: 'string' },
  flag: { type: 'boolean' },
  any: {},
}

/** A method's parameters as one JSON Schema; `known` tells more of some of them than they do themselves. */
export function parametersSchema(
  { params }: Method,
  known: (name: string, param: Param<unknown>) => JsonSchema | undefined = () => undefined,
): JsonSchema {
  const named = Object.entries(params)
  const required = named.filter(([, param]) => param.required).map(([name]) => name)
  return {
    type: 'object',
    ...(required.length === 0 ? {} : { required }),
    properties: Object.fromEntries(
      named.map(([name, param]) => [name, param.schema ?? known(name, param) ?? types[param.type]]),
    ),
  }
}
