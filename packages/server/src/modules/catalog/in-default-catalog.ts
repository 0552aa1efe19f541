import { type Call, isMap } from '../../methods/method.ts'
import type { Entity } from '../../schema/entity.ts'
import { splitKey } from '../../schema/filter.ts'
import type { Test } from '../../store/entity-test.ts'
import { defaultCatalog } from './catalog.ts'

/**
 * Lists of `crm.*` are of the catalogue that their filter names, or else of the one of products
 * (api-reference/crm/outdated/product-section/crm-product-section-list.md). Whoever asks for certain records gets those,
 * wherever they are.
 */
export const inDefaultCatalog =
  (of: Entity) =>
  async (call: Call, filter: unknown): Promise<Test | undefined> => {
    const names = Object.keys(isMap(filter) ? filter : {}).map((key) => splitKey(key).field.toUpperCase())
    if (names.includes('CATALOG_ID') || names.includes('ID')) return undefined
    return { is: 'compare', field: of.field('iblockId'), op: 'eq', values: [await defaultCatalog(call.session)] }
  }
