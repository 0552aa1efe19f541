import type { Entity, Field } from '../schema/entity.ts'
import type { Scalar } from '../schema/kind.ts'
import type { MultifieldChange } from '../schema/multifield.ts'
import { listOf, scalarOf, type Stored } from '../store/entity-query.ts'
import type { Transaction } from '../store/store.ts'
import type { Saved } from './files.ts'
import type { Portal } from './context.ts'
import type { Person } from './people.ts'

/** A value that a write gives to a column, or a file whose bytes are saved and wait for their row. */
export type Written = Scalar | Saved

/** How a link stands among the others of its list. */
export interface LinkOrder {
  readonly sort: number
  readonly primary: boolean
}

/** What a request asks to write, decoded: by field name. Absent means unchanged. */
export interface Draft {
  readonly values: Map<string, Written>
  readonly lists: Map<string, readonly Written[]>
  /** Of lists whose rows have ids: the row that each value is for, beside it. A null value for a row removes it. */
  readonly rows: Map<string, readonly (number | undefined)[]>
  readonly links: Map<string, readonly number[]>
  /** Of lists of links whose order is given; that of others follows from their places in the list. */
  readonly orders: Map<string, ReadonlyMap<number, LinkOrder>>
  readonly multifields: MultifieldChange[]
}

export const emptyDraft = (): Draft => ({
  values: new Map(),
  lists: new Map(),
  rows: new Map(),
  links: new Map(),
  orders: new Map(),
  multifields: [],
})
export const isSaved = (value: Written | undefined): value is Saved => typeof value === 'object' && value !== null

/** One record on its way into the store: what it was, what is asked, who asks. Hooks read and complete it. */
export class Change {
  readonly entity: Entity
  readonly id: number
  readonly before: Stored | undefined
  readonly draft: Draft
  readonly portal: Portal
  readonly person: Person
  readonly now: number
  readonly tx: Transaction
  /** Written by an UPPER_CASE method, some of whose defaults differ. */
  readonly legacy: boolean
  /** Brought over from elsewhere: it may have a history of its own, and starts no automation. */
  readonly imported: boolean

  constructor(
    given: Pick<Change, 'entity' | 'id' | 'before' | 'draft' | 'portal' | 'person' | 'now' | 'tx' | 'legacy'> & {
      readonly imported?: boolean
    },
  ) {
    this.entity = given.entity
    this.id = given.id
    this.before = given.before
    this.draft = given.draft
    this.portal = given.portal
    this.person = given.person
    this.now = given.now
    this.tx = given.tx
    this.legacy = given.legacy
    this.imported = given.imported ?? false
  }

  get isNew(): boolean {
    return this.before === undefined
  }

  has(name: string): boolean {
    return this.entity.byName.has(name)
  }

  /** Whether the request gives this field. */
  gives(name: string): boolean {
    return this.draft.values.has(name)
  }

  /** The value before the change. */
  old(name: string): Scalar {
    return this.before === undefined ? null : scalarOf(this.before, this.entity.field(name))
  }

  oldList(name: string): readonly unknown[] {
    return this.before === undefined ? [] : listOf(this.before, this.entity.field(name))
  }

  /** The value after the change; a file that waits for its row counts as present. */
  value(name: string): Scalar {
    const written = this.draft.values.get(name)
    if (isSaved(written)) return written.blob
    return written === undefined ? this.old(name) : written
  }

  set(name: string, value: Scalar): void {
    this.entity.field(name)
    this.draft.values.set(name, value)
  }

  /** Gives a new record a value that the request left out or empty. */
  default(name: string, value: Scalar): void {
    if (!this.isNew || !this.has(name)) return
    const given = this.draft.values.get(name)
    if (given === undefined || given === null || given === '') this.draft.values.set(name, value)
  }

  changes(name: string): boolean {
    return this.draft.values.has(name) && this.value(name) !== this.old(name)
  }

  /** Whether the request asks for anything that isn't so already. */
  differs(): boolean {
    const { values, lists, links, orders, multifields } = this.draft
    const other = (name: string, list: readonly unknown[]): boolean =>
      JSON.stringify(list) !== JSON.stringify(this.oldList(name))
    return (
      multifields.length > 0 ||
      orders.size > 0 ||
      [...values.keys()].some((name) => this.changes(name)) ||
      [...lists, ...links].some(([name, list]) => other(name, list))
    )
  }

  isFilled(field: Field): boolean {
    switch (field.place.in) {
      case 'values':
        return (this.draft.lists.get(field.name) ?? this.oldList(field.name)).length > 0
      case 'links':
        return (this.draft.links.get(field.name) ?? this.oldList(field.name)).length > 0
      case 'multifield': {
        const { type } = field.place
        const removed = new Set(this.draft.multifields.flatMap((each) => (each.do === 'remove' ? [each.id] : [])))
        const kept = (this.oldList(field.name) as [number, string][]).filter(
          ([id, typeId]) => !removed.has(id) && (type === undefined || typeId === type),
        )
        return (
          kept.length > 0 ||
          this.draft.multifields.some((each) => each.do === 'add' && (type === undefined || each.typeId === type))
        )
      }
      case 'column': {
        const value = this.value(field.name)
        return value !== null && value !== '' && !(field.kind.empty === 0 && value === 0)
      }
      default:
        return true
    }
  }
}
