import type { AuditLine, Backend, Params } from './backend.ts'
import type { Fields } from './fields.ts'

export type JsonObject = { readonly [key: string]: unknown }

/** What one call of a tool works with. */
export interface Work {
  readonly backend: Backend
  readonly fields: Fields
  readonly readOnly: boolean
  readonly signal: AbortSignal
  /** What the audit log shall say of the call, as soon as it is known. */
  touch(what: Pick<AuditLine, 'method' | 'entityTypeId' | 'id' | 'dryRun'>): void
}

export interface Tool {
  readonly name: string
  readonly title: string
  /** What it does and when to use it, for the model that chooses. */
  readonly description: string
  readonly input: JsonObject
  readonly output: JsonObject
  /** `read` changes nothing; `write` adds or changes; `destroy` may lose data; `any` is as its arguments are. */
  readonly effect: 'read' | 'write' | 'destroy' | 'any'
  /** Whether doing it again with the same arguments changes nothing more. */
  readonly idempotent: boolean
  /** Arguments have been checked against `input`. Throws Refusal. */
  run(args: Params, work: Work): Promise<JsonObject>
}

/** Arguments, read as the types that the schema of the tool has made sure of. */
export const textOf = (args: Params, name: string): string | undefined => {
  const value = args[name]
  return value === undefined ? undefined : String(value)
}
export const numberOf = (args: Params, name: string, preset: number): number => {
  const value = args[name]
  return typeof value === 'number' ? value : preset
}
export const mapOf = (args: Params, name: string): Params => (args[name] ?? {}) as Params
export const listOf = (args: Params, name: string): readonly string[] | undefined =>
  args[name] === undefined ? undefined : (args[name] as readonly string[])
export const isSet = (args: Params, name: string): boolean => args[name] === true

/** A JSON Schema of an object with these properties, and no others. */
export const objectOf = (properties: JsonObject, required: readonly string[] = []): JsonObject => ({
  type: 'object',
  properties,
  ...(required.length === 0 ? {} : { required }),
  additionalProperties: false,
})

/** What a tool answers: these properties and perhaps others. */
export const answerOf = (properties: JsonObject, required: readonly string[] = []): JsonObject => ({
  type: 'object',
  properties,
  ...(required.length === 0 ? {} : { required }),
})

export const typeArgument = {
  type: ['string', 'integer'],
  description:
    'The type of record: lead, deal, contact, company, quote, invoice, or the title or entityTypeId of a smart process (list_types tells them)',
}
export const idArgument = { type: 'integer', minimum: 1, description: 'The id of the record' }
export const dryRunArgument = {
  type: 'boolean',
  description: 'Change nothing; only tell what would happen',
}
