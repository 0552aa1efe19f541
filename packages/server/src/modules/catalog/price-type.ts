import { Failure } from '../../records/failure.ts'
import { allOf, type Hooks } from '../../records/hooks.ts'
import { removeWithin } from '../../records/records.ts'
import { defineEntity, field } from '../../schema/entity.ts'
import { datetime } from '../../schema/kinds/datetime.ts'
import { flag } from '../../schema/kinds/flag.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { string } from '../../schema/kinds/string.ts'
import { sql } from '../../store/sql.ts'
import type { Reader, Transaction } from '../../store/store.ts'
import { announcing } from './events.ts'
import { person, typed } from './kinds.ts'
import { ids } from './numbers.ts'
import { mirrorBasePrices } from './base-price.ts'

/** Types of prices; those of the base type are what CRM calls a product's price. */
export const priceType = defineEntity({
  name: 'priceType',
  title: 'Price type',
  table: 'crm_price_type',
  entityTypeId: ids.priceType,
  part: true,
  rights: 'settings',
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    name: field(string, 'Name', { required: true }),
    base: field(typed(flag, 'string'), 'Base'),
    sort: field(integer, 'Sorting'),
    xmlId: field(string, 'External code'),
    createdBy: field(person, 'Created by', { readOnly: true }),
    dateCreate: field(datetime, 'Created on', { readOnly: true }),
    modifiedBy: field(person, 'Modified by', { readOnly: true }),
    timestampX: field(datetime, 'Modified on', { readOnly: true }),
  },
})

export const BASE_STAYS = 'The base price type cannot be deleted'

/** The base type; none in a portal whose types are all gone. */
export async function baseType(reader: Reader): Promise<number | null> {
  const [row] = await reader.find<{ id: number }>(sql`select id from crm_price_type where base = 'Y' order by id`)
  return row?.id ?? null
}

/** There is exactly one base type: another becomes it by being made so. */
async function hasOtherBase(tx: Transaction, id: number): Promise<boolean> {
  const rows = await tx.find<{ id: number }>(sql`select id from crm_price_type where base = 'Y' and id <> ${id}`)
  return rows.length > 0
}

export const priceTypeHooks: Hooks = allOf(
  {
    async complete(change) {
      const now = Math.floor(change.now)
      change.default('base', 'N')
      change.default('sort', 100)
      change.default('createdBy', change.person.id)
      change.default('dateCreate', now)
      change.set('modifiedBy', change.person.id)
      change.set('timestampX', now)
      if (change.value('base') !== 'Y' && !(await hasOtherBase(change.tx, change.id))) change.set('base', 'Y')
    },
    async saved(change) {
      if (!change.changes('base') || change.value('base') !== 'Y') return
      await change.tx.change(sql`update crm_price_type set base = 'N' where base = 'Y' and id <> ${change.id}`)
      await mirrorBasePrices(change.tx)
    },
    async removed(change) {
      if (change.old('base') === 'Y') throw new Failure({ why: 'rule', text: BASE_STAYS })
      for (const number of [ids.price, ids.roundingRule, ids.priceTypeLang, ids.priceTypeGroup]) {
        const part = await change.portal.entities.get(change.tx, number)
        const rows = await change.tx.find<{ id: number }>(
          sql`select id from ${sql.table(part.table)} where catalog_group_id = ${change.id} order by id`,
        )
        for (const { id } of rows) await removeWithin(change, part, id)
      }
    },
  },
  announcing('CATALOG.PRICE.TYPE.ON'),
)
