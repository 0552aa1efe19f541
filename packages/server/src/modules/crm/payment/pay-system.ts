import { defineEntity, field } from '../../../schema/entity.ts'
import { flag } from '../../../schema/kinds/flag.ts'
import { integer } from '../../../schema/kinds/integer.ts'
import { string } from '../../../schema/kinds/string.ts'
import { text } from '../../../schema/kinds/text.ts'
import { entityTable } from '../../../store/entity-table.ts'
import { sql } from '../../../store/sql.ts'
import type { Reader, Transaction } from '../../../store/store.ts'

/**
 * A way to pay, with the fields of sale_paysystem that mean something without a provider (sale/data-types.md): nothing
 * is collected online.
 */
export const paySystem = defineEntity({
  name: 'paySystem',
  title: 'Payment system',
  table: 'crm_pay_system',
  entityTypeId: -94,
  part: true,
  rights: 'settings',
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    name: field(string, 'Name', { required: true }),
    description: field(text, 'Description'),
    active: field(flag, 'Active'),
    sort: field(integer, 'Sorting'),
    isCash: field(flag, 'Cash'),
  },
})

export interface PaySystem {
  readonly id: number
  readonly name: string
}

const table = sql.table(paySystem.table)

export async function findPaySystem(reader: Reader, id: number): Promise<PaySystem | undefined> {
  const [found] = await reader.find<PaySystem>(sql`select id, name from ${table} where id = ${id}`)
  return found
}

/** By which a client pays who says nothing else. */
export async function firstPaySystem(reader: Reader): Promise<PaySystem | undefined> {
  const [found] = await reader.find<PaySystem>(
    sql`select id, name from ${table} where active = 'Y' order by sort, id limit 1`,
  )
  return found
}

/** A portal begins with the two ways that need nobody else. */
export async function preparePaySystems(tx: Transaction): Promise<void> {
  const own = entityTable(paySystem)
  for (const [index, name] of ['Cash', 'Bank transfer'].entries()) {
    const values = { name, active: 'Y', sort: (index + 1) * 100, is_cash: index === 0 ? 'Y' : 'N' }
    tx.insert(own, { id: await tx.nextId(own), ...values })
    tx.count(own.name, 1)
  }
}
