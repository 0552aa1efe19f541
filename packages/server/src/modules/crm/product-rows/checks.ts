import type { Check } from '../../../records/check.ts'
import { codeOfEntityType } from '../../../schema/entity-types.ts'
import type { Entity } from '../../../schema/entity.ts'
import { type Fragment, sql } from '../../../store/sql.ts'
import { hasRows, mayHaveRows } from './owner.ts'

/**
 * What a row comes to in hundredths, a half away from zero (`sumOf`), in whole numbers of 64 bits: both factors are
 * ten-thousandths and their product has too many digits, so the price is taken apart.
 */
const sum = sql`(case when price < 0 then -1 else 1 end) * ((abs(price) / 10000 * quantity + abs(price) % 10000 * (quantity / 10000) + abs(price) % 10000 * (quantity % 10000) / 10000 + 50) / 100)`

/** Items whose amount follows their rows and yet isn't their sum: `id`, `amount` and `total`. */
export function amountsApart(entity: Entity): Fragment {
  const [amount, manual] = [sql.ref(entity.columnOf('opportunity')), sql.ref(entity.columnOf('isManualOpportunity'))]
  const type = codeOfEntityType(entity.entityTypeId)
  return sql`select o.id as id, o.${amount} as amount, r.total as total from ${sql.table(entity.table)} as o join (select owner_id, sum(${sum}) as total from crm_product_row where owner_type = ${type} group by owner_id) as r on r.owner_id = o.id where coalesce(o.${manual}, 'N') <> 'Y' and coalesce(o.${amount}, 0) <> r.total`
}

export const checks: readonly Check[] = [
  {
    name: 'product rows have their item',
    async faults(portal, reader) {
      const owners = (await portal.entities.all(reader)).filter(mayHaveRows)
      const known = owners.map(
        (entity) =>
          sql`(owner_type = ${codeOfEntityType(entity.entityTypeId)} and exists (select 1 from ${sql.table(entity.table)} as owner where owner.id = owner_id))`,
      )
      return sql`select 'row ' || cast(id as text) || ' of ' || owner_type || cast(owner_id as text) as fault from crm_product_row where not (${sql.join(known, sql` or `)})`
    },
  },
  {
    name: 'an amount is the sum of its rows unless it is manual',
    async faults(portal, reader) {
      const owners = (await portal.entities.all(reader)).filter(hasRows)
      const wrong = owners.map(
        (entity) =>
          sql`select ${codeOfEntityType(entity.entityTypeId)} || cast(id as text) || ' has ' || cast(amount as text) || ' and not ' || cast(total as text) as fault from (${amountsApart(entity)}) as apart`,
      )
      return sql`${sql.join(wrong, sql` union all `)}`
    },
  },
]
