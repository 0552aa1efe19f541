import type { TestPortal } from '../../support/portal.ts'
import type { Parameters } from '../../support/vectors.ts'
import type { Difference } from '../vectors-differences.ts'
import type { Provocation } from '../vectors-refusals.ts'
import { fieldsOf, must, type Target } from '../vectors-targets/making.ts'
import type { VectorArea } from './area.ts'

const I = 'crm.item.productrow'

const add = (portal: TestPortal, entity: string): Promise<number> => must(portal, `crm.${entity}.add`, { fields: {} })
const product = (portal: TestPortal, name: string): Promise<number> =>
  must(portal, 'crm.product.add', {
    fields: { NAME: name, PRICE: 10, CURRENCY_ID: 'USD', DESCRIPTION: 'A description' },
  })

/** With two rows, of which one is from the catalogue and has a discount and a tax. */
async function filled(portal: TestPortal, entity: string): Promise<number> {
  const id = await add(portal, entity)
  const rows = [
    { PRODUCT_ID: await product(portal, 'Product #1'), PRICE: 10, QUANTITY: 1, SORT: 10 },
    { PRODUCT_NAME: 'Another', PRICE: 22175.328, DISCOUNT_TYPE_ID: 2, DISCOUNT_RATE: 40, TAX_RATE: 12, SORT: 30 },
  ]
  await must(portal, `crm.${entity}.productrows.set`, { id, rows })
  return id
}

const get =
  (entity: string): Target =>
  async (portal, params) => ({ ...params, id: await filled(portal, entity) })
const set =
  (entity: string): Target =>
  async (portal, params) => ({ ...params, id: await add(portal, entity) })

async function row(portal: TestPortal): Promise<number> {
  const fields = {
    ownerId: await add(portal, 'deal'),
    ownerType: 'D',
    productId: await product(portal, 'iphone 14'),
    price: 5,
  }
  return (await must<{ productRow: { id: number } }>(portal, `${I}.add`, { fields })).productRow.id
}
const ofRow: Target = async (portal, params) => ({ ...params, id: await row(portal) })

const targets: VectorArea['targets'] = {
  'crm.lead.productrows.get': get('lead'),
  'crm.deal.productrows.get': get('deal'),
  // The one row of the page is from the catalogue, with a tax of 0.
  'crm.quote.productrows.get': async (portal, params) => {
    const id = await add(portal, 'quote')
    const rows = [{ PRODUCT_ID: await product(portal, 'Two-Week Subscription'), PRICE: 3000, TAX_RATE: 0 }]
    await must(portal, 'crm.quote.productrows.set', { id, rows })
    return { ...params, id }
  },
  'crm.lead.productrows.set': set('lead'),
  'crm.deal.productrows.set': set('deal'),
  'crm.quote.productrows.set': set('quote'),
  [`${I}.add`]: async (portal, params) => ({
    fields: { ...fieldsOf(params), ownerId: await add(portal, 'deal'), productId: await product(portal, 'iphone 14') },
  }),
  [`${I}.update`]: async (portal, params) => ({
    id: await row(portal),
    fields: { ...fieldsOf(params), productId: await product(portal, 'iphone 10xs') },
  }),
  [`${I}.get`]: ofRow,
  [`${I}.delete`]: ofRow,
  [`${I}.set`]: async (portal, params) => ({ ...params, ownerId: await add(portal, 'deal') }),
  [`${I}.list`]: async (portal, params) => {
    const ownerId = await filled(portal, 'deal')
    return { ...params, filter: { ...(params.filter as Parameters), '=ownerId': ownerId } }
  },
  [`${I}.getAvailableForPayment`]: async (portal, params) => ({ ...params, ownerId: await filled(portal, 'deal') }),
}

const warehouses: Difference = { at: /\.storeId: missing$/, why: 'there are no warehouses' }
const reserves: Difference = {
  at: /\.(STORE_ID|RESERVE_ID|DATE_RESERVE_END|RESERVE_QUANTITY): null instead of/,
  why: 'there are no warehouses to reserve in',
}

const unknown: Provocation = { change: (params) => ({ ...params, id: 999_999 }) }

export const productRows: VectorArea = {
  targets,
  differences: {
    [`${I}.get`]: [warehouses],
    [`${I}.list`]: [warehouses],
    'crm.deal.productrows.get': [reserves],
  },
  provocations: {
    'crm.lead.productrows.get': { change: (params) => ({ ...params, id: '' }) },
    'crm.deal.productrows.get': { change: (params) => ({ ...params, id: '' }) },
    'crm.quote.productrows.get': { by: 'nobody' },
    'crm.lead.productrows.set': discountless(),
    'crm.deal.productrows.set': discountless(),
    'crm.quote.productrows.set': unknown,
    [`${I}.add`]: { change: (params) => ({ fields: { ...fieldsOf(params), ownerId: 999_999 } }) },
    [`${I}.set`]: { change: (params) => ({ ...params, ownerId: 999_999 }) },
    [`${I}.update`]: unknown,
    [`${I}.get`]: unknown,
    [`${I}.delete`]: unknown,
    [`${I}.list`]: { by: 'nobody' },
    [`${I}.getAvailableForPayment`]: { by: 'nobody' },
  },
  amended: {
    [`${I}.fields`]: { instead: null, why: 'the page stands for errors that nobody can foresee' },
  },
}

function discountless(): Provocation {
  return {
    change: (params) => ({ ...params, rows: [{ PRODUCT_NAME: 'Free', DISCOUNT_TYPE_ID: 2, DISCOUNT_RATE: 100 }] }),
  }
}
