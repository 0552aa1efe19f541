import { catalogCrud } from '../../methods/families/catalog-crud.ts'
import { ids } from './numbers.ts'
import { ENUM_EXISTS } from './property-enum.ts'

const denied = (): readonly ['0', string] => ['0', 'Access Denied']

/** Properties and the values of their lists, by their newer names. */
export default [
  ...catalogCrud({
    prefix: 'catalog.productProperty',
    entityTypeId: ids.property,
    one: 'productProperty',
    many: 'productProperties',
    readersOf: ids.product,
    required: ['iblockId', 'name', 'propertyType'],
    demanded: ['iblockId'],
    words: { other: '0', denied, notFound: ['', 'productProperty does not exist.'] },
  }),
  ...catalogCrud({
    prefix: 'catalog.productPropertyEnum',
    entityTypeId: ids.propertyEnum,
    one: 'productPropertyEnum',
    many: 'productPropertyEnums',
    readersOf: ids.product,
    required: ['propertyId', 'value', 'xmlId'],
    words: {
      other: '0',
      denied,
      notFound: ['0', 'productPropertyEnum does not exist.'],
      rules: { [ENUM_EXISTS]: '0' },
    },
  }),
]
