import { defineEntity, field } from '../../../schema/entity.ts'
import { integer } from '../../../schema/kinds/integer.ts'
import { string } from '../../../schema/kinds/string.ts'
import { entityTable } from '../../../store/entity-table.ts'
import type { Transaction } from '../../../store/store.ts'

/** Who pays, a company or a person: `PERSON_TYPE_ID` of quotes and invoices (crm-person-type-list.md). */
export const payerType = defineEntity({
  name: 'payerType',
  title: 'Payer type',
  table: 'crm_payer_type',
  entityTypeId: -69,
  part: true,
  rights: 'settings',
  fields: {
    id: field(integer, 'ID', { readOnly: true }),
    name: field(string, 'Name', { required: true }),
  },
})

/** Programs look for them by these names. People are the first and companies the second (crm-invoice-add.md). */
const names = ['CRM_CONTACT', 'CRM_COMPANY']

export async function preparePayerTypes(tx: Transaction): Promise<void> {
  const table = entityTable(payerType)
  for (const name of names) {
    tx.insert(table, { id: await tx.nextId(table), name })
    tx.count(table.name, 1)
  }
}
