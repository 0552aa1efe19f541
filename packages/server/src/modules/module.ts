import type { Method } from '../methods/method.ts'
import type { Check } from '../records/check.ts'
import type { RemovedApplication } from '../records/applications.ts'
import type { Hooks } from '../records/hooks.ts'
import type { JobHandler } from '../records/jobs.ts'
import type { Portal } from '../records/context.ts'
import type { Extension } from '../records/entities.ts'
import type { Entity } from '../schema/entity.ts'
import type { Session, Transaction } from '../store/store.ts'
import type { Table } from '../store/table.ts'

/** A table whose rows say in two columns to which item they belong. */
export interface OwnedRows {
  readonly table: string
  readonly type: string
  readonly record: string
  /** Columns of which an item has no two alike rows: one whose like the other item has stays behind. */
  readonly distinctBy?: readonly string[]
}

/** One part of the portal's content: everything that it adds, so that the table of contents is its only mention. */
export interface Module {
  readonly name: string
  readonly methods: readonly Method[]
  /** Kinds of records that are declared. */
  readonly entities?: readonly Entity[]
  /** Fields that rows of its own add to entities, by the entity's name. */
  readonly extensions?: Readonly<Record<string, Extension>>
  /** Tables of its own, beside those of its entities. */
  readonly tables?: readonly Table[]
  /** What it adds to the life of every CRM item. */
  readonly itemHooks?: Hooks
  /** Rules of one entity alone, by the entity's name. */
  readonly hooks?: Readonly<Record<string, Hooks>>
  /**
   * Rows that belong to an item, by the columns that hold its type and its id: they go over to the other item when two
   * are merged.
   */
  readonly ownedBy?: readonly OwnedRows[]
  /** What is done later or beside the request, by the kind of job. */
  readonly jobs?: Readonly<Record<string, JobHandler>>
  /** What must be true of its stored data (`portico check`). */
  readonly checks?: readonly Check[]
  /**
   * Drops what an application leaves behind that has been removed. Runs in the transaction of its removal: tables of
   * the module name it by its id, or in `application` columns by its key.
   */
  applicationRemoved?(tx: Transaction, application: RemovedApplication, portal: Portal): Promise<void>
  /**
   * What a portal begins with. Runs once per portal, in one transaction; also when an older portal meets the module
   * for the first time.
   */
  prepare?(tx: Transaction, portal: Portal): Promise<void>
  /** Background care, every quarter of a minute, on every server: forgets what has had its time. */
  tend?(portal: Portal, session: Session): Promise<void>
}
