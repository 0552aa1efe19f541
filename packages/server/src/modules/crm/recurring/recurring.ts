import type { Draft } from '../../../records/change.ts'
import type { Within } from '../../../records/records.ts'
import type { Entity } from '../../../schema/entity.ts'
import type { Recurrence } from '../../../schema/recurrence.ts'
import type { Reader } from '../../../store/store.ts'
import type { Params } from './params.ts'

/** One kind of records that repeat: deals, or invoices of the old kind. */
export interface Recurring {
  /** The settings of templates. */
  readonly setting: Entity
  /** The type of the templates, and of what is made of them. */
  readonly entityTypeId: number
  /** The field of a setting that names its template. */
  readonly template: string
  /** `crm.deal.recurring` */
  readonly prefix: string
  /** `Deal`: as texts name it. */
  readonly word: string
  /** Whether what is no template gets one, its copy; others must be templates already. */
  readonly copies: boolean
  /** Why a setting can't be removed while its template is there; it can if this isn't said. */
  readonly bound?: string
  /** Keys that rows of lists have in lower case as well. */
  readonly lowerToo?: readonly string[]
  /** What of the documentation isn't done. */
  readonly partial?: string
  /** When it repeats; undefined where the parameters say nothing of that. */
  recurrence(params: Params, start: string): Recurrence | undefined
  /** Gives what is made on a day its dates, and its place. */
  settle(draft: Draft, setting: Setting, day: string): void
  /** Fields that what is made doesn't have from its template. */
  readonly leftOut: readonly string[]
  /** Adds what stands in tables of its own, where that is written with the fields. */
  prepare?(reader: Reader, from: number, draft: Draft): Promise<void>
  /** Copies what stands in tables of its own, once the copy is there. */
  follow?(within: Within, from: number, to: number): Promise<void>
}

/** A setting as the calendar reads it. */
export interface Setting {
  readonly categoryId: number | null
  readonly params: Params
}

/** `DEAL_ID`: how events and answers call what is made. */
export const keyOf = ({ setting, template }: Recurring): string => setting.field(template).upper
