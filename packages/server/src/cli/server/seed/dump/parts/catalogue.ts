import type { Dumping } from '../dumping.ts'
import { textOf } from '../look.ts'
import { listed, nameIn, type Part, told } from './part.ts'

const number = (value: unknown): number => Number(value)

export const vats: Part = {
  name: 'crm.vat',
  when: 'before',
  pages: listed('crm.vat.list'),
  titleOf: (row) => textOf(row.NAME),
  known: ({ fresh }) => fresh.vats,
  tell: (_dumping, row) => told(row, ['NAME', 'RATE', 'C_SORT', 'ACTIVE'], { ACTIVE: 'Y', C_SORT: 100 }),
}

export const measures: Part = {
  name: 'crm.measure',
  when: 'before',
  pages: listed('crm.measure.list'),
  titleOf: (row) => textOf(row.MEASURE_TITLE),
  known: ({ fresh }) => fresh.measures,
  tell: (_dumping, row) =>
    told(row, ['CODE', 'MEASURE_TITLE', 'SYMBOL_RUS', 'SYMBOL_INTL', 'SYMBOL_LETTER_INTL', 'IS_DEFAULT'], {
      IS_DEFAULT: 'N',
    }),
}

export const sections: Part = {
  name: 'crm.productsection',
  when: 'before',
  pages: listed('crm.productsection.list'),
  titleOf: (row) => textOf(row.NAME),
  tell: (dumping, row) => ({
    ...told(row, ['NAME', 'XML_ID']),
    ...reference(dumping, 'crm.productsection', 'SECTION_ID', row.SECTION_ID),
  }),
}

/** The CRM's catalogue has this number in every portal. */
const CATALOG = '1'

const PRESETS = { ACTIVE: 'Y', SORT: 500, DESCRIPTION_TYPE: 'text', VAT_INCLUDED: 'N', MEASURE: 5 }

/** Products of the CRM's catalogue, with the price that the CRM knows. Properties and pictures are left out. */
export const products: Part = {
  name: 'crm.product',
  when: 'before',
  pages: listed('crm.product.list', ['*', 'PROPERTY_*']),
  titleOf: (row) => textOf(row.NAME),
  tell(dumping, row) {
    // Variations are in a catalogue of their own.
    if (textOf(row.CATALOG_ID) !== CATALOG) return undefined
    const rich = ['PREVIEW_PICTURE', 'DETAIL_PICTURE', ...Object.keys(row).filter((key) => key.startsWith('PROPERTY_'))]
    if (rich.some((key) => row[key] !== null && row[key] !== undefined))
      dumping.left.add('pictures and properties of products')
    const isOwnId = textOf(row.XML_ID) === textOf(row.ID)
    return {
      ...told(row, ['NAME', 'CODE', 'DESCRIPTION', 'DESCRIPTION_TYPE', 'ACTIVE', 'SORT', 'VAT_INCLUDED'], PRESETS),
      ...(isOwnId ? {} : told(row, ['XML_ID'])),
      ...(row.PRICE === null ? {} : { PRICE: number(row.PRICE), CURRENCY_ID: row.CURRENCY_ID }),
      ...reference(dumping, 'crm.productsection', 'SECTION_ID', row.SECTION_ID),
      ...reference(dumping, 'crm.vat', 'VAT_ID', row.VAT_ID),
      ...(number(row.MEASURE) === PRESETS.MEASURE ? {} : reference(dumping, 'crm.measure', 'MEASURE', row.MEASURE)),
    }
  },
}

/** By its name, or by the number that it has in every portal. */
function reference(dumping: Dumping, kind: string, key: string, id: unknown): Record<string, unknown> {
  if (textOf(id) === '' || number(id) === 0) return {}
  return { [key]: nameIn(dumping, kind, id) ?? number(id) }
}
