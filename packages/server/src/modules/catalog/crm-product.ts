import { crud } from '../../methods/crud.ts'
import { inDefaultCatalog } from './in-default-catalog.ts'
import { ids } from './numbers.ts'
import { product } from './product.ts'

/** The older road to products (api-reference/crm/outdated/products/index.md). */
export default crud('crm.product', ids.product, { shown: inDefaultCatalog(product) })
