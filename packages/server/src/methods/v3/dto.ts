import type { JsonSchema } from '../../schema/kind.ts'
import { typeOf, type TypeV3 } from './types.ts'

export interface Property {
  readonly name: string
  readonly type: TypeV3
  /** Its column in the table that lists are read from; filters and orders need one. */
  readonly column?: string
  readonly filterable: boolean
  readonly sortable: boolean
  readonly editable: boolean
  readonly multiple: boolean
  readonly title: string
  readonly description: string | null
  readonly requiredGroups: readonly string[] | null
  readonly elementType: string | null
  /** The object that it stands for: `select` reaches into that by a dot. */
  readonly related?: Dto
}

/** An object of REST 3.0, as `select`, `filter`, `order` and `*.field.list` know it. */
export interface Dto {
  readonly name: string
  readonly properties: ReadonlyMap<string, Property>
}

/** Declares a property; one that has a column can be filtered and sorted by, unless it is said otherwise. */
export const property =
  (type: TypeV3, options: Partial<Omit<Property, 'name' | 'type'>> = {}): ((name: string) => Property) =>
  (name) => ({
    filterable: options.column !== undefined,
    sortable: options.column !== undefined,
    editable: false,
    multiple: false,
    title: name,
    description: null,
    requiredGroups: null,
    elementType: null,
    ...options,
    name,
    type,
  })

export const defineDto = (name: string, properties: Record<string, (name: string) => Property>): Dto => ({
  name,
  properties: new Map(Object.entries(properties).map(([key, make]) => [key, make(key)])),
})

/** One property as `*.field.list` and `*.field.get` show it. */
export const described = (each: Property): Readonly<Record<string, unknown>> => ({
  name: each.name,
  type: typeOf(each.type).shown,
  title: each.title,
  description: each.description,
  validationRules: [],
  requiredGroups: each.requiredGroups,
  filterable: each.filterable,
  sortable: each.sortable,
  editable: each.editable,
  multiple: each.multiple,
  elementType: each.elementType,
})

/** What describes a property, as an object itself. */
export const fieldDto = defineDto('DtoFieldDto', {
  name: property('string'),
  type: property('string'),
  title: property('string'),
  description: property('string'),
  validationRules: property('array'),
  requiredGroups: property('array'),
  filterable: property('bool'),
  sortable: property('bool'),
  editable: property('bool'),
  multiple: property('bool'),
  elementType: property('string'),
})

/** An object's JSON Schema, for the OpenAPI document. */
export const schemaOf = (dto: Dto): JsonSchema => ({
  type: 'object',
  properties: Object.fromEntries([...dto.properties.values()].map((each) => [each.name, propertySchema(each)])),
})

function propertySchema({ type, multiple, related }: Property): JsonSchema {
  const one = related === undefined ? typeOf(type).schema : { $ref: `#/components/schemas/${related.name}` }
  return multiple ? { type: 'array', items: one } : one
}
