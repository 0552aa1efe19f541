import { allOf } from '../../records/hooks.ts'
import { entityTable } from '../../store/entity-table.ts'
import type { Module } from '../module.ts'
import catalogImageMethods from './catalog-image.ts'
import catalogMoreMethods from './catalog-more.ts'
import catalogPriceMethods from './catalog-price.ts'
import catalogProductMethods from './catalog-product.ts'
import catalogPropertyMethods from './catalog-property.ts'
import catalogPropertyPartMethods from './catalog-property-parts.ts'
import catalogSettingMethods from './catalog-settings.ts'
import catalogMethods, { catalogEntity } from './catalog.ts'
import { catalogChecks } from './checks.ts'
import crmProductMethods from './crm-product.ts'
import crmPropertyMethods from './crm-property.ts'
import measureMethods, { measure, measureHooks } from './measure.ts'
import { prepareCatalog } from './prepare.ts'
import { price, priceHooks } from './price.ts'
import { priceType, priceTypeHooks } from './price-type.ts'
import { priceTypeGroup, priceTypeGroupHooks, priceTypeLang, priceTypeLangHooks } from './price-type-parts.ts'
import { product } from './product.ts'
import { productHooks } from './product-hooks.ts'
import { property, propertyHooks } from './property.ts'
import { propertyEnum, propertyEnumHooks } from './property-enum.ts'
import { propertyFields } from './property-fields.ts'
import { propertyFeature, propertyFeatureHooks, propertySection, propertySectionHooks } from './property-parts.ts'
import { extra, ratio, ratioHooks } from './ratio.ts'
import { roundingRule, roundingRuleHooks } from './rounding-rule.ts'
import sectionMethods, { section, sectionHooks } from './section.ts'
import vatMethods, { vat, vatHooks } from './vat.ts'

/** The product catalogue, by both of its roads: `crm.product.*` and `catalog.*`. */
export const catalog: Module = {
  name: 'catalog',
  entities: [
    product,
    section,
    vat,
    measure,
    catalogEntity,
    property,
    propertyEnum,
    propertyFeature,
    propertySection,
    price,
    priceType,
    priceTypeLang,
    priceTypeGroup,
    roundingRule,
    extra,
    ratio,
  ],
  // Read for the fields of products, so that they must be there before those are known.
  tables: [catalogEntity, property, propertyEnum].map(entityTable),
  extensions: { [product.name]: propertyFields },
  hooks: {
    [product.name]: allOf(productHooks, ratioHooks),
    [section.name]: sectionHooks,
    [vat.name]: vatHooks,
    [measure.name]: measureHooks,
    [property.name]: propertyHooks,
    [propertyEnum.name]: propertyEnumHooks,
    [price.name]: priceHooks,
    [priceType.name]: priceTypeHooks,
    [priceTypeLang.name]: priceTypeLangHooks,
    [priceTypeGroup.name]: priceTypeGroupHooks,
    [roundingRule.name]: roundingRuleHooks,
    [propertyFeature.name]: propertyFeatureHooks,
    [propertySection.name]: propertySectionHooks,
  },
  methods: [
    ...vatMethods,
    ...measureMethods,
    ...catalogMethods,
    ...crmProductMethods,
    ...crmPropertyMethods,
    ...sectionMethods,
    ...catalogSettingMethods,
    ...catalogPropertyMethods,
    ...catalogPriceMethods,
    ...catalogProductMethods,
    ...catalogImageMethods,
    ...catalogPropertyPartMethods,
    ...catalogMoreMethods,
  ],
  checks: catalogChecks,
  prepare: prepareCatalog,
}
