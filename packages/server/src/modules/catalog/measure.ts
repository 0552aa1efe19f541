import { crud } from '../../methods/crud.ts'
import type { Change } from '../../records/change.ts'
import { Failure } from '../../records/failure.ts'
import { allOf, type Hooks } from '../../records/hooks.ts'
import { defineEntity, field } from '../../schema/entity.ts'
import { flag } from '../../schema/kinds/flag.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { string } from '../../schema/kinds/string.ts'
import { sql } from '../../store/sql.ts'
import type { Reader } from '../../store/store.ts'
import { announcing } from './events.ts'
import { ids } from './numbers.ts'

/** Units of measurement. Products name one by its id, product rows by its code (796 is a piece). */
export const measure = defineEntity({
  name: 'measure',
  title: 'Unit of measurement',
  table: 'crm_measure',
  entityTypeId: ids.measure,
  event: 'ONCRMMEASURE',
  part: true,
  rights: 'settings',
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    code: field(integer, 'Code', { required: true, index: true }),
    measureTitle: field(string, 'Name of the measurement unit', { required: true, max: 500 }),
    symbol: field(string, 'Symbol', { upper: 'SYMBOL_RUS' }),
    symbolIntl: field(string, 'International symbol'),
    symbolLetterIntl: field(string, 'International letter code'),
    isDefault: field(flag, 'Default'),
  },
})

export const CODE_TAKEN = 'A measurement unit with this code already exists'
export const DEFAULT_TAKEN = 'There already is a default measurement unit'

async function isTaken(change: Change, column: 'code' | 'is_default', value: string | number): Promise<boolean> {
  const rows = await change.tx.find<{ id: number }>(
    sql`select id from crm_measure where ${sql.ref(column)} = ${value} and id <> ${change.id}`,
  )
  return rows.length > 0
}

export const measureHooks: Hooks = allOf(
  {
    complete(change) {
      change.default('isDefault', 'N')
    },
    async check(change) {
      const code = change.value('code')
      if (change.changes('code') && (await isTaken(change, 'code', Number(code))))
        throw new Failure({ why: 'rule', text: CODE_TAKEN })
      if (
        change.changes('isDefault') &&
        change.value('isDefault') === 'Y' &&
        (await isTaken(change, 'is_default', 'Y'))
      )
        throw new Failure({ why: 'rule', text: DEFAULT_TAKEN })
    },
  },
  announcing('CATALOG.MEASURE.ON'),
)

/** The unit of new products; none if nobody has chosen one. */
export async function defaultMeasure(reader: Reader): Promise<number | null> {
  const [row] = await reader.find<{ id: number }>(sql`select id from crm_measure where is_default = 'Y' order by id`)
  return row?.id ?? null
}

export default crud('crm.measure', ids.measure)
