import { it } from 'vitest'
import { announcements } from '../../support/outbox.ts'
import { testPortal } from '../../support/portal.ts'
const portal = await testPortal({ faulty: true })
const news = announcements(portal)
const call = async (m: string, p: object = {}, as?: string): Promise<any> => {
  try { const { status, body, text } = await portal.call(m, p, as === undefined ? {} : { as }); return status === 200 ? body.result : [status, body.error, body.error_description ?? text] }
  catch (e: any) { return ['500!', String(e.cause?.error?.message ?? JSON.stringify(e.cause)?.slice(0,300))] }
}
const log = (...a: unknown[]) => console.log(a.map((x) => typeof x === 'string' ? x : JSON.stringify(x)).join(' '))
it('probe', async () => {
  const d = await call('crm.deal.add', { fields: {} })
  const e = await call('crm.deal.add', { fields: {} })
  await call('crm.deal.productrows.set', { id: d, rows: [{ PRODUCT_NAME: 'mine', PRICE: 1 }] })
  await call('crm.deal.productrows.set', { id: e, rows: [{ PRODUCT_NAME: 'other', PRICE: 2 }] })
  const names = (r: any) => Array.isArray(r?.productRows ?? r) ? (r.productRows ?? r).map((x: any) => x?.productName ?? x?.PRODUCT_NAME ?? x) : r
  for (const f of [{ logic: 'OR', '=ownerType': 'D', '=ownerId': d }, { '=ownerType': 'D', '=ownerId': d, logic: 'OR', '>price': 0 }, { '=ownerType': 'D', '=ownerId': [d, e] }, { '=ownerType': 'D', '=ownerId': [d], ownerId: e }, { '=ownerType': 'D', '=ownerId': 'x' }, { '=ownerType': 'D', '=ownerId': 1.5 }, { '=ownerType': ['D'], '=ownerId': d }, { '=ownerType': 'd', '=ownerId': d }, { '=ownerType': 'D', '=ownerId': '1e0' }, 'x', []])
    log('list', f, names(await call('crm.item.productrow.list', { filter: f })))
  for (const f of [{ LOGIC: 'OR', OWNER_TYPE: 'D', OWNER_ID: d }, { OWNER_TYPE: 'D', OWNER_ID: [d] }, { OWNER_TYPE: 'D', OWNER_ID: 1.5 }, { OWNER_TYPE: 'D', OWNER_ID: d, 0: { LOGIC: 'OR', 0: { OWNER_ID: e }, 1: {} } }])
    log('legacy list', f, names(await call('crm.productrow.list', { filter: f, select: ['ID', 'PRICE'] })))
  log(await call('crm.productrow.list', { filter: { OWNER_TYPE: 'D', OWNER_ID: d }, select: ['ID', 'PRICE'] }))
  for (const ownerId of ['x', 1.5, -1, 0, null, [], {}, 1e30, '1e30', '9'.repeat(25), true])
    log('add', { ownerId }, await call('crm.item.productrow.add', { fields: { ownerType: 'D', ownerId, productName: 'A' } }))
  for (const ownerType of ['X', 'T', 'Tffff', 'T' + 'f'.repeat(40), [], {}, null, 5, 'C', 'I', 'T82'])
    log('add', { ownerType }, await call('crm.item.productrow.add', { fields: { ownerType, ownerId: d, productName: 'A' } }))
  for (const row of [{ PRICE: 99999999999.9999, QUANTITY: 99999999999 }, { PRICE: 99999999999.9999, QUANTITY: 1 }, { PRICE: 99999999999.9999, TAX_RATE: 1000 }, { PRICE: 99999999999, DISCOUNT_RATE: 99.9999 }, { PRICE: '99999999999999999' }, { PRICE_EXCLUSIVE: 99999999999, TAX_RATE: 99999999999 }, { PRICE: -5 }, { SORT: '9'.repeat(20) }, { PRODUCT_ID: -4 }, { PRODUCT_ID: '9'.repeat(15) }, { PRODUCT_NAME: 'x'.repeat(70000) }, { PRODUCT_NAME: ['a'] }, { MEASURE_CODE: 12345678 }, { TAX_INCLUDED: 'zzz' }, { CUSTOMIZED: 'zz' }, { XML_ID: 'a\u0000b' }, { PRODUCT_NAME: 'a\u0000b' }, { QUANTITY: 0 }, { DISCOUNT_TYPE_ID: 0 }, { DISCOUNT_TYPE_ID: '', DISCOUNT_RATE: '' }, { DISCOUNT_TYPE_ID: 1, DISCOUNT_SUM: 5, PRICE_NETTO: 3 }]) {
    const r = await call('crm.deal.productrows.set', { id: e, rows: [row] })
    const [g] = await call('crm.deal.productrows.get', { id: e })
    const { item } = await call('crm.item.get', { entityTypeId: 2, id: e })
    log('row', JSON.stringify(row).slice(0, 90), r, r === true ? [String(g.PRODUCT_NAME).length, g.PRODUCT_ID, g.PRICE, g.PRICE_EXCLUSIVE, g.PRICE_NETTO, g.PRICE_BRUTTO, g.QUANTITY, g.DISCOUNT_TYPE_ID, g.DISCOUNT_RATE, g.DISCOUNT_SUM, g.TAX_INCLUDED, g.CUSTOMIZED, g.MEASURE_CODE, g.MEASURE_NAME, '=', item.opportunity, item.taxValue] : '')
  }
  // rounding
  const vat = (await call('crm.vat.list')).find((v: any) => Number(v.RATE) === 20)
  const prod = await call('crm.product.add', { fields: { NAME: 'Cheap', PRICE: 10.05, CURRENCY_ID: 'USD', VAT_ID: vat.ID, VAT_INCLUDED: 'Y' } })
  await call('crm.deal.productrows.set', { id: e, rows: [{ PRODUCT_ID: prod }] })
  log('10.05 incl', (await call('crm.deal.productrows.get', { id: e }))[0])
  await call('crm.deal.productrows.set', { id: e, rows: [{ PRODUCT_NAME: 'n', PRICE_NETTO: 100.49, DISCOUNT_RATE: 99 }] })
  const back = await call('crm.deal.productrows.get', { id: e })
  log('netto', back)
  await call('crm.deal.productrows.set', { id: e, rows: back })
  log('same?', JSON.stringify(back) === JSON.stringify(await call('crm.deal.productrows.get', { id: e })))
  // events
  await news()
  await call('crm.deal.update', { id: e, fields: { IS_MANUAL_OPPORTUNITY: 'Y', OPPORTUNITY: 7 } }); log('manual', await news())
  await call('crm.deal.productrows.set', { id: e, rows: back }); log('same rows, manual', await news())
  await call('crm.deal.update', { id: e, fields: { IS_MANUAL_OPPORTUNITY: 'N' } }); await news()
  await call('crm.deal.productrows.set', { id: e, rows: back }); log('same rows, auto', await news())
  await call('crm.deal.productrows.set', { id: e, rows: [{ ...back[0], PRODUCT_NAME: 'renamed' }] }); log('renamed, auto', await news())
  // currency
  log('currencies', (await call('crm.currency.list')).map((c: any) => [c.CURRENCY, c.AMOUNT, c.AMOUNT_CNT, c.BASE]))
  const x = await call('crm.deal.add', { fields: { CURRENCY_ID: 'EUR' } })
  await call('crm.deal.productrows.set', { id: x, rows: [{ PRODUCT_ID: prod }] })
  log('EUR', (await call('crm.deal.productrows.get', { id: x }))[0])
  // update
  const [r] = await call('crm.deal.productrows.get', { id: x })
  for (const fields of [{ bogus: 1 }, { ownerId: d }, { priceNetto: 5 }, { id: 4 }, { discountTypeId: 2 }, {}])
    log('update', fields, await call('crm.item.productrow.update', { id: r.ID, fields }))
  // disabled
  const { type } = await call('crm.type.add', { fields: { title: 'Orders', isLinkWithProductsEnabled: 'Y' } })
  const { item } = await call('crm.item.add', { entityTypeId: type.entityTypeId, fields: { title: 'With' } })
  await call('crm.item.productrow.add', { fields: { ownerType: `T${Number(type.entityTypeId).toString(16)}`, ownerId: item.id, productName: 'A', price: 5 } })
  await call('crm.type.update', { id: type.id, fields: { isLinkWithProductsEnabled: 'N' } })
  log('faults disabled', await portal.faults())
  await call('crm.item.delete', { entityTypeId: type.entityTypeId, id: item.id })
  await call('crm.type.update', { id: type.id, fields: { isLinkWithProductsEnabled: 'Y' } })
  log('faults after', await portal.faults())
  const many = Array.from({ length: 40000 }, (_, i) => ({ PRODUCT_NAME: `p${i}`, PRODUCT_ID: i + 1, PRICE: 1 }))
  const t = Date.now(); log('many', await call('crm.deal.productrows.set', { id: x, rows: many }), Date.now() - t)
  log('none', await call('crm.deal.productrows.set', { id: x, rows: [] }))
  log('del', await call('crm.deal.delete', { id: x }))
  log('q desc', await call('crm.deal.productrows.set', { id: d, rows: [{ PRODUCT_NAME: 'z', PRODUCT_DESCRIPTION: 'hello' }] }), (await call('crm.deal.productrows.get', { id: d }))[0].PRODUCT_DESCRIPTION)
  log('fields', Object.keys(await call('crm.productrow.fields')))
}, 120000)
