import type { Portal } from '../../../records/context.ts'
import { formatDecimal } from '../../../schema/decimal.ts'
import { scalarOf, select } from '../../../store/entity-query.ts'
import { sql } from '../../../store/sql.ts'
import type { Session } from '../../../store/store.ts'
import { numberText, priceText, rowsOf } from './rows.ts'

const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escape = (text: string): string => text.replace(/[&<>"']/g, (mark) => MARKS[mark] ?? mark)

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#1f2937}
h1{font-size:1.4rem}dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1.5rem}dt{color:#6b7280}dd{margin:0}
table{border-collapse:collapse;width:100%;margin:1.5rem 0}th,td{padding:.4rem .5rem;border-bottom:1px solid #d1d5db;text-align:right}
th:first-child,td:first-child{text-align:left}`

/** `21.09.2026` */
const day = (date: string): string => date.split('-').toReversed().join('.')

const pairs = (entries: readonly (readonly [string, string])[]): string =>
  entries
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `<dt>${name}</dt><dd>${escape(value)}</dd>`)
    .join('')

/**
 * An invoice for whoever was given its address: a page to read and nothing more. It shows what the client may see, so
 * no comments of the manager's. Undefined: nobody has been given such an address.
 */
export async function invoicePage(portal: Portal, session: Session, code: string): Promise<string | undefined> {
  const [found] = await session.find<{ id: number }>(sql`select id from crm_invoice where public_code = ${code}`)
  if (found === undefined) return undefined
  const entity = await portal.entities.get(session, 5)
  const own = entity.field('id')
  const [stored] = await select(session, {
    entity,
    fields: entity.columns,
    test: { is: 'compare', field: own, op: 'eq', values: [found.id] },
  })
  if (stored === undefined) return undefined
  const value = (name: string): string => String(scalarOf(stored, entity.field(name)) ?? '')
  const money = (hundredths: string): string => `${formatDecimal(Number(hundredths), 2)} ${value('currencyId')}`
  const properties = JSON.parse(value('invoiceProperties') || '{}') as Record<string, string>
  const status = await portal.directories.status(session, 'INVOICE_STATUS', value('statusId'))
  const title = escape(`Invoice ${value('accountNumber')}`)
  const rows = (await rowsOf(session, found.id)).map(
    (row) =>
      `<tr><td>${escape(row.productName)}</td><td>${escape(`${numberText(row.quantity)} ${row.measureName}`.trim())}</td><td>${priceText(row.price)}</td></tr>`,
  )
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${title}</title><style>${STYLE}</style></head><body><h1>${title}</h1><p>${escape(value('orderTopic'))}</p><dl>${pairs(
    [
      ['Date', day(value('dateBill'))],
      ['Pay before', day(value('datePayBefore'))],
      ['Status', status?.name ?? ''],
      ['Payer', properties.COMPANY || properties.FIO || ''],
      ['Address', properties.COMPANY_ADR || properties.ADDRESS || ''],
    ],
  )}</dl><table><thead><tr><th>Product</th><th>Quantity</th><th>Price</th></tr></thead><tbody>${rows.join('')}</tbody></table><dl>${pairs(
    [
      ['Tax', money(value('taxValue'))],
      ['Total', money(value('price'))],
    ],
  )}</dl><p>${escape(value('userDescription'))}</p></body></html>`
}
