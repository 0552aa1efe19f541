import { timeSchema } from './parts.ts'
import type { Entity, Field } from '../../schema/entity.ts'
import type { JsonSchema } from '../../schema/kind.ts'
import { holdsOn, type Wire } from '../../schema/wire.ts'

/** An entity's name in the document: UPPER_CASE rows and camelCase rows have one each. */
export const nameOf = ({ name }: Entity, wire: Wire): string => (wire.name === 'legacy' ? name : `${name}.${wire.name}`)

export function entitySchema(entity: Entity, wire: Wire): JsonSchema {
  const properties: Record<string, JsonSchema> = {}
  for (const field of wire.fields(entity)) {
    const key = wire.key(field)
    if (key !== undefined && field.undescribed !== true) properties[key] = fieldSchema(field, wire)
  }
  return { type: 'object', title: entity.title, properties }
}

function fieldSchema(field: Field, wire: Wire): JsonSchema {
  const one = valueSchema(field, wire)
  const isMultifield = field.place.in === 'multifield'
  const value = isMultifield
    ? { type: 'array', items: { $ref: '#/components/schemas/Multifield' } }
    : field.multiple === true
      ? { type: 'array', items: one }
      : one
  return {
    ...(field.title === '' ? {} : { title: field.title }),
    ...value,
    ...(holdsOn(wire, field.readOnly) ? { readOnly: true } : {}),
    ...(field.deprecated === true || field.disabled === true ? { deprecated: true } : {}),
  }
}

/** UPPER_CASE rows answer numbers as texts, and take both. */
function valueSchema({ kind }: Field, wire: Wire): JsonSchema {
  if (kind.holdsFile === true) return { allOf: [{ $ref: '#/components/schemas/File' }] }
  const { type } = kind.json
  if (typeof type !== 'string') return kind.json
  return wire.name === 'legacy' && (type === 'integer' || type === 'number')
    ? { ...kind.json, type: [type, 'string', 'null'] }
    : Array.isArray(kind.json.enum)
      ? { ...kind.json, type: [type, 'null'], enum: [...(kind.json.enum as unknown[]), null] }
      : { ...kind.json, type: [type, 'null'] }
}

/** What many methods share. */
export const shared: Record<string, JsonSchema> = {
  Envelope: {
    type: 'object',
    required: ['result', 'time'],
    properties: { result: {}, time: { $ref: '#/components/schemas/Time' } },
  },
  Page: {
    allOf: [{ $ref: '#/components/schemas/Envelope' }],
    properties: {
      total: { type: 'integer' },
      next: { type: 'integer', description: 'The next `start`; left out on the last page' },
    },
  },
  Time: timeSchema,
  Error: {
    type: 'object',
    required: ['error', 'error_description'],
    properties: { error: { type: ['string', 'integer'] }, error_description: { type: 'string' } },
  },
  Filter: { type: ['object', 'array'], description: 'Operators stand before the names of fields: `{">ID": 5}`' },
  Order: { type: ['object', 'array'], description: '`{"ID": "DESC"}`' },
  Select: { type: ['array', 'string', 'object', 'null'], items: { type: 'string' } },
  FieldDescription: { type: 'object', properties: { type: { type: 'string' }, title: { type: 'string' } } },
  File: {
    description: 'Sent as a name and the base64 of the bytes; answered as an object or an id',
    anyOf: [
      { type: 'array', items: { type: 'string' }, minItems: 2, maxItems: 2 },
      { type: ['object', 'string', 'integer', 'null'] },
    ],
  },
  Multifield: {
    type: 'object',
    description: 'A phone, an e-mail address, a site; names in camelCase where those of the other fields are',
    properties: {
      ID: { type: ['string', 'integer'] },
      VALUE: { type: 'string' },
      VALUE_TYPE: { type: 'string' },
      TYPE_ID: { type: 'string' },
    },
  },
}
