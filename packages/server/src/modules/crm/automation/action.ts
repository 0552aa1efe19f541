import { encodeRow } from '../../../methods/rows.ts'
import type { Map as Settings } from '../../../methods/method.ts'
import type { Context, Portal } from '../../../records/context.ts'
import { Failure } from '../../../records/failure.ts'
import type { JobContext } from '../../../records/jobs.ts'
import type { Entity, Field } from '../../../schema/entity.ts'
import type { EncodeContext } from '../../../schema/kind.ts'
import { itemWire, legacyWire } from '../../../schema/wire.ts'
import type { Stored } from '../../../store/entity-query.ts'
import type { Chain, Within } from './chain.ts'
import { isRecord, type Lookup } from './placeholders.ts'
import type { Rule } from './rule.ts'

/** One rule that is to run on one record, whose conditions are met. */
export interface Step {
  readonly context: JobContext
  readonly chain: Chain
  readonly rule: Rule
  readonly entity: Entity
  /** The record with all its fields. */
  readonly stored: Stored
  readonly lookup: Lookup
}

/** What is left to do once everything outside of the database is done. */
export interface Effect {
  /** Runs in the transaction that ends the step: done exactly once. */
  within?(within: Within): Promise<void>
  /** When the next rule may run, epoch seconds. */
  readonly due?: number
  /** Something else ends this step and goes on with the chain. */
  readonly suspended?: true
  /** A remark for the log. */
  readonly note?: string
}

/** A kind of rule. */
export interface Action {
  /** Refuses settings that could never work; throws a Failure. */
  check(settings: Settings, entity: Entity, context: Context): Promise<void> | void
  /** Throws what goes wrong; what may be better later is tried again. May run more than once, its effect does not. */
  run(step: Step): Promise<Effect> | Effect
}

export const refuse = (text: string): Failure => new Failure({ why: 'rule', text })

/** A field by any of its names. */
export const fieldOf = (entity: Entity, name: string): Field | undefined =>
  entity.byName.get(name) ?? entity.byLegacy.get(name.toUpperCase()) ?? entity.loosely(name)

/** Rules have no caller whose links to files could be shown. */
const encodeContext = ({ zone }: Portal): EncodeContext => ({
  zone,
  fileUrls: () => ({ show: '', download: '', machine: '' }),
})

/** What placeholders mean for a record: its fields by any of their names, and what robots have returned. */
export function lookupOf(portal: Portal, { entity, stored, chain }: Pick<Step, 'entity' | 'stored' | 'chain'>): Lookup {
  const context = encodeContext(portal)
  return (source, name) => {
    if (!isRecord(source)) {
      const values = Object.hasOwn(chain.returned, source) ? chain.returned[source] : undefined
      return values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined
    }
    const field = fieldOf(entity, name)
    if (field === undefined || field.disabled === true) return undefined
    const wire = field.item === false ? legacyWire : itemWire
    const key = wire.key(field)
    return key === undefined ? undefined : (encodeRow(stored, [field], wire, context)[key] ?? null)
  }
}

/** A text among settings; absent is empty. */
export const textOfSetting = (settings: Settings, name: string): string => {
  const value = settings[name]
  if (value === undefined || value === null) return ''
  if (typeof value !== 'string') throw refuse(`The setting ${name} must be a text`)
  return value
}

/** Whole seconds among settings. */
export function secondsOf(settings: Settings, name: string): number | undefined {
  const value = settings[name]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || Math.abs(value) > 10 * 366 * 86_400)
    throw refuse(`The setting ${name} must be whole seconds, ten years at most`)
  return value
}
