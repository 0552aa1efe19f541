/** The numbers of the catalogue's entities: parts of the portal have negative ones. */
export const ids = {
  product: -1,
  section: -2,
  vat: -3,
  measure: -4,
  catalog: -5,
  property: -6,
  propertyEnum: -7,
  price: -8,
  priceType: -9,
  roundingRule: -10,
  ratio: -11,
  extra: -12,
  priceTypeLang: -13,
  priceTypeGroup: -14,
  propertyFeature: -15,
  propertySection: -16,
} as const

/** What a product is (`type` of catalog.product.*). */
export const types = { simple: 1, sku: 3, offer: 4, service: 7 } as const
