import { crud } from '../../../methods/crud.ts'
import { inStyle, legacyStyle } from '../../../methods/errors.ts'
import { method, need } from '../../../methods/method.ts'
import { encodeRow, legacyRecord } from '../../../methods/rows.ts'
import * as records from '../../../records/records.ts'
import { legacyWire } from '../../../schema/wire.ts'
import { showResponsible } from './responsible.ts'
import { givenRows, shownRows } from './rows.ts'

const INVOICE = 5

/** api-reference/crm/outdated/invoice/index.md */
export default [
  ...crud('crm.invoice', INVOICE, {
    verbs: ['add', 'list', 'update', 'delete', 'fields'],
    read(fields) {
      const rows = givenRows(fields)
      return new Map(rows === undefined ? [] : [['productRows', rows]])
    },
    async complete(rows, call) {
      // "The method does not return properties and line items of the invoice" (crm-invoice-list.md).
      for (const row of rows) {
        delete row.INVOICE_PROPERTIES
        delete row.PRODUCT_ROWS
      }
      await showResponsible(rows, call)
    },
  }),
  method({
    name: 'crm.invoice.get',
    scope: 'crm',
    style: 'legacy',
    params: { id: need.id },
    run: ({ id }, call) =>
      inStyle(legacyStyle, 'read', async () => {
        const entity = await call.portal.entities.get(call.session, INVOICE)
        const fields = legacyRecord(entity)
        const row = encodeRow(await records.get(call, entity, id, fields), fields, legacyWire, call.encode)
        await showResponsible([row], call)
        return { ...row, PRODUCT_ROWS: await shownRows(call.session, id) }
      }),
  }),
]
