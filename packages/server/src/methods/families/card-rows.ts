import { sql } from '../../store/sql.ts'
import type { Reader, Transaction } from '../../store/store.ts'
import type { Table } from '../../store/table.ts'
import type { CardSection } from './card-sections.ts'

/** Which card: of which records, and whose. */
export interface Card {
  readonly entityTypeId: number
  /** The pipeline; of leads, 1 for simple and 2 for repeat ones; 0 where records have but one card. */
  readonly variant: number
  /** 0: everybody's. */
  readonly userId: number
}

/** How people have arranged the cards of records. */
export const cardTable: Table = {
  name: 'crm_card_configuration',
  columns: { entity_type_id: 'integer', variant: 'integer', user_id: 'integer', sections: 'text' },
  key: ['entity_type_id', 'variant', 'user_id'],
}

/** Null where nobody has arranged that card. */
export async function readCard(reader: Reader, card: Card): Promise<readonly CardSection[] | null> {
  const [row] = await reader.find<{ sections: string }>(
    sql`select sections from crm_card_configuration where entity_type_id = ${card.entityTypeId} and variant = ${card.variant} and user_id = ${card.userId}`,
  )
  return row === undefined ? null : (JSON.parse(row.sections) as CardSection[])
}

/** Keeps the pipeline of a card until the transaction ends; false where it has just gone. */
export async function holdPipeline(tx: Transaction, { entityTypeId, variant }: Card): Promise<boolean> {
  const held = await tx.change(
    sql`update crm_category set sort = sort where id = ${variant} and entity_type_id = ${entityTypeId}`,
  )
  // Leads have kinds instead of pipelines, and the general pipeline of deals is no row.
  return held > 0 || variant === 0 || entityTypeId === 1
}

/** In one statement: two who write the same card at once must not meet. */
export async function writeCard(tx: Transaction, card: Card, sections: readonly CardSection[]): Promise<void> {
  await tx.change(
    sql`insert into crm_card_configuration (entity_type_id, variant, user_id, sections) values (${card.entityTypeId}, ${card.variant}, ${card.userId}, ${JSON.stringify(sections)}) on conflict (entity_type_id, variant, user_id) do update set sections = excluded.sections`,
  )
}

export async function removeCard(tx: Transaction, { entityTypeId, variant, userId }: Card): Promise<void> {
  await tx.change(
    sql`delete from crm_card_configuration where entity_type_id = ${entityTypeId} and variant = ${variant} and user_id = ${userId}`,
  )
}

/** Removes everyone's own card: all see the common one. */
export async function removePersonalCards(
  tx: Transaction,
  { entityTypeId, variant }: Pick<Card, 'entityTypeId' | 'variant'>,
): Promise<void> {
  await tx.change(
    sql`delete from crm_card_configuration where entity_type_id = ${entityTypeId} and variant = ${variant} and user_id <> 0`,
  )
}

/** The cards of an entity type that goes, or of one of its pipelines. */
export async function forgetCards(tx: Transaction, entityTypeId: number, variant?: number): Promise<void> {
  const pipeline = variant === undefined ? sql`` : sql` and variant = ${variant}`
  await tx.change(sql`delete from crm_card_configuration where entity_type_id = ${entityTypeId}${pipeline}`)
}
