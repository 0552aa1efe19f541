// oxlint-disable max-lines
// Made by scripts/gen/client.mjs: run `npm run gen` after a change of methods or entities.
import type { Address, BankDetail, Catalog, CatalogItem, Company, Contact, Deal, DealRecurring, Invoice, InvoiceRecurring, Lead, Measure, MeasureItem, MeasureRatioItem, PaySystem, PayerType, PriceExtraItem, PriceTypeGroupItem, PriceTypeItem, PriceTypeLangItem, Product, ProductItem, ProductPriceItem, ProductProperty, ProductPropertyEnumItem, ProductPropertyFeatureItem, ProductPropertyItem, ProductPropertySectionItem, ProductSection, ProductSectionItem, Quote, Requisite, RequisiteLink, RequisitePreset, RoundingRuleItem, Vat, VatItem } from './rows.gen.ts'
import type { FieldDescriptions, Fields, Filter, Flag, Id, Input, ItemRow, None, Order, Select } from './values.ts'

/** Every method that Portico has, with its parameters and its result. */
export interface Methods {
  /** Tells the names of access codes such as `U1` or `DR5`. */
  'access.name': { params: { access: unknown }; result: { [code: string]: { provider?: string; name?: string; provider_id?: string } } }
  /** Tells which application calls: its version, status, scopes and licence. */
  'app.info': { params: { IS_NEED_OAUTH_SECURE_CHECK?: Flag }; result: { ID?: number; CODE?: string; VERSION?: number; STATUS?: string; INSTALLED?: boolean; PAYMENT_EXPIRED?: string; DAYS?: unknown; LANGUAGE_ID?: string; LICENSE?: string; LICENSE_TYPE?: string; LICENSE_FAMILY?: string; [key: string]: unknown } }
  /** Returns one setting of the application, or all of them. */
  'app.option.get': { params: { option?: string | number }; result: Fields | string }
  /** Stores settings of the application, the same for everyone. */
  'app.option.set': { params: { options: Fields }; result: boolean }
  /** Runs up to 50 calls in one request; a call may use the answers of those before it. */
  'batch': { params: { cmd: Fields; halt?: Flag }; result: { result: Fields; result_error: Fields | never[]; result_total: { [command: string]: number } | never[]; result_next: { [command: string]: number } | never[]; result_time: Fields | never[] } }
  /** Tells a waiting workflow or automation rule what an application has worked out. Scope: bizproc. */
  'bizproc.event.send': { params: { event_token: unknown; return_values?: unknown; log_message?: unknown }; result: boolean }
  /** Adds an automation rule of an application. Scope: bizproc. Here in part: Placements are kept and not shown. */
  'bizproc.robot.add': { params: { CODE: string | number; HANDLER: string | number; AUTH_USER_ID?: Id; USE_SUBSCRIPTION?: string | number; NAME: unknown; DESCRIPTION?: unknown; PROPERTIES?: Fields; RETURN_PROPERTIES?: Fields; DOCUMENT_TYPE?: readonly unknown[] | Fields; FILTER?: Fields; USE_PLACEMENT?: string | number; PLACEMENT_HANDLER?: string | number } & Fields; result: boolean }
  /** Deletes an automation rule of an application. Scope: bizproc. */
  'bizproc.robot.delete': { params: { code: unknown }; result: boolean }
  /** Lists all automation rules of an application. Scope: bizproc. */
  'bizproc.robot.list': { params: None; result: string[] }
  /** Changes the given fields of an automation rule of an application. Scope: bizproc. Here in part: Placements are kept and not shown. */
  'bizproc.robot.update': { params: { code: unknown; fields: Fields }; result: boolean }
  /** Returns a product catalog. Scope: catalog. */
  'catalog.catalog.get': { params: { id: Id }; result: { catalog: CatalogItem } }
  /** Describes the fields of a product catalog, with their types. Scope: catalog. */
  'catalog.catalog.getFields': { params: None; result: { catalog: FieldDescriptions } }
  /** Tells whether a product catalog holds variations of products. Scope: catalog. */
  'catalog.catalog.isOffers': { params: { id: Id }; result: boolean }
  /** Lists product catalogs that match a filter, a page at a time. Scope: catalog. */
  'catalog.catalog.list': { params: { select?: Select<CatalogItem>; filter?: Filter<CatalogItem>; order?: Order<CatalogItem>; start?: number }; result: { catalogs: CatalogItem[] } }
  /** Lists the ways of rounding prices. Scope: catalog. */
  'catalog.enum.getRoundTypes': { params: None; result: { enum: { id?: number; name?: string; [key: string]: unknown }[] } }
  /** Lists the types of inventory documents. Scope: catalog. */
  'catalog.enum.getStoreDocumentTypes': { params: None; result: { enum: { id?: string; name?: string; [key: string]: unknown }[] } }
  /** Returns a price markup. Scope: catalog. */
  'catalog.extra.get': { params: { id: Id }; result: { extra: PriceExtraItem } }
  /** Describes the fields of a price markup, with their types. Scope: catalog. */
  'catalog.extra.getFields': { params: None; result: { extra: FieldDescriptions } }
  /** Lists price markups that match a filter, a page at a time. Scope: catalog. */
  'catalog.extra.list': { params: { select?: Select<PriceExtraItem>; filter?: Filter<PriceExtraItem>; order?: Order<PriceExtraItem>; start?: number }; result: { extras: PriceExtraItem[] } }
  /** Adds a unit of measurement. Scope: catalog. */
  'catalog.measure.add': { params: { fields: Input<MeasureItem> }; result: { measure: MeasureItem } }
  /** Deletes a unit of measurement. Scope: catalog. */
  'catalog.measure.delete': { params: { id: Id }; result: boolean }
  /** Returns a unit of measurement. Scope: catalog. */
  'catalog.measure.get': { params: { id: Id }; result: { measure: MeasureItem } }
  /** Describes the fields of a unit of measurement, with their types. Scope: catalog. */
  'catalog.measure.getFields': { params: None; result: { measure: FieldDescriptions } }
  /** Lists units of measurement that match a filter, a page at a time. Scope: catalog. */
  'catalog.measure.list': { params: { select?: Select<MeasureItem>; filter?: Filter<MeasureItem>; order?: Order<MeasureItem>; start?: number }; result: { measures: MeasureItem[] } }
  /** Changes the given fields of a unit of measurement. Scope: catalog. */
  'catalog.measure.update': { params: { id: Id; fields: Input<MeasureItem> }; result: { measure: MeasureItem } }
  /** Adds a price of a product. Scope: catalog. */
  'catalog.price.add': { params: { fields: Input<ProductPriceItem> }; result: { price: ProductPriceItem } }
  /** Deletes a price of a product. Scope: catalog. */
  'catalog.price.delete': { params: { id: Id }; result: boolean }
  /** Returns a price of a product. Scope: catalog. */
  'catalog.price.get': { params: { id: Id }; result: { price: ProductPriceItem } }
  /** Describes the fields of a price of a product, with their types. Scope: catalog. */
  'catalog.price.getFields': { params: None; result: { price: FieldDescriptions } }
  /** Lists prices of products that match a filter, a page at a time. Scope: catalog. */
  'catalog.price.list': { params: { select?: Select<ProductPriceItem>; filter?: Filter<ProductPriceItem>; order?: Order<ProductPriceItem>; start?: number }; result: { prices: ProductPriceItem[] } }
  /** Sets all prices of a product, in place of the present ones. Scope: catalog. */
  'catalog.price.modify': { params: { fields: Fields }; result: { prices: { catalogGroupId?: number; currency?: string; extraId?: unknown; id?: number; price?: number; priceScale?: number; productId?: number; quantityFrom?: unknown; quantityTo?: unknown; timestampX?: string; [key: string]: unknown }[] } }
  /** Changes the given fields of a price of a product. Scope: catalog. */
  'catalog.price.update': { params: { id: Id; fields: Input<ProductPriceItem> }; result: { price: ProductPriceItem } }
  /** Adds a price type. Scope: catalog. */
  'catalog.priceType.add': { params: { fields: Input<PriceTypeItem> }; result: { priceType: PriceTypeItem } }
  /** Deletes a price type. Scope: catalog. */
  'catalog.priceType.delete': { params: { id: Id }; result: boolean }
  /** Returns a price type. Scope: catalog. */
  'catalog.priceType.get': { params: { id: Id }; result: { priceType: PriceTypeItem } }
  /** Describes the fields of a price type, with their types. Scope: catalog. */
  'catalog.priceType.getFields': { params: None; result: { priceType: FieldDescriptions } }
  /** Lists price types that match a filter, a page at a time. Scope: catalog. */
  'catalog.priceType.list': { params: { select?: Select<PriceTypeItem>; filter?: Filter<PriceTypeItem>; order?: Order<PriceTypeItem>; start?: number }; result: { priceTypes: PriceTypeItem[] } }
  /** Changes the given fields of a price type. Scope: catalog. */
  'catalog.priceType.update': { params: { id: Id; fields: Input<PriceTypeItem> }; result: { priceType: PriceTypeItem } }
  /** Adds a right of a user group to a price type. Scope: catalog. Here in part: groups of customers are kept as given: the portal has none, and prices are open to whoever reads products */
  'catalog.priceTypeGroup.add': { params: { fields: Input<PriceTypeGroupItem> }; result: { priceTypeGroup: PriceTypeGroupItem } }
  /** Deletes a right of a user group to a price type. Scope: catalog. */
  'catalog.priceTypeGroup.delete': { params: { id: Id }; result: boolean }
  /** Describes the fields of a right of a user group to a price type, with their types. Scope: catalog. */
  'catalog.priceTypeGroup.getFields': { params: None; result: { priceTypeGroup: FieldDescriptions } }
  /** Lists rights of user groups to price types that match a filter, a page at a time. Scope: catalog. */
  'catalog.priceTypeGroup.list': { params: { select?: Select<PriceTypeGroupItem>; filter?: Filter<PriceTypeGroupItem>; order?: Order<PriceTypeGroupItem>; start?: number }; result: { priceTypeGroups: PriceTypeGroupItem[] } }
  /** Adds a translation of the name of a price type. Scope: catalog. */
  'catalog.priceTypeLang.add': { params: { fields: Input<PriceTypeLangItem> }; result: { priceTypeLang: PriceTypeLangItem } }
  /** Deletes a translation of the name of a price type. Scope: catalog. */
  'catalog.priceTypeLang.delete': { params: { id: Id }; result: boolean }
  /** Returns a translation of the name of a price type. Scope: catalog. */
  'catalog.priceTypeLang.get': { params: { id: Id }; result: { priceTypeLang: PriceTypeLangItem } }
  /** Describes the fields of a translation of the name of a price type, with their types. Scope: catalog. */
  'catalog.priceTypeLang.getFields': { params: None; result: { priceTypeLang: FieldDescriptions } }
  /** Lists the languages that price types can be named in. Scope: catalog. */
  'catalog.priceTypeLang.getLanguages': { params: None; result: { languages: { active?: string; lid?: string; name?: string; [key: string]: unknown }[] } }
  /** Lists translations of the names of price types that match a filter, a page at a time. Scope: catalog. */
  'catalog.priceTypeLang.list': { params: { select?: Select<PriceTypeLangItem>; filter?: Filter<PriceTypeLangItem>; order?: Order<PriceTypeLangItem>; start?: number }; result: { priceTypeLangs: PriceTypeLangItem[] } }
  /** Changes the given fields of a translation of the name of a price type. Scope: catalog. */
  'catalog.priceTypeLang.update': { params: { id: Id; fields: Input<PriceTypeLangItem> }; result: { priceTypeLang: PriceTypeLangItem } }
  /** Adds a product. Scope: catalog. Here in part: of several sections, a product is only in the main one */
  'catalog.product.add': { params: { fields: Input<ProductItem> }; result: { element: ProductItem } }
  /** Deletes a product. Scope: catalog. */
  'catalog.product.delete': { params: { id: Id }; result: boolean }
  /** Returns a product. Scope: catalog. */
  'catalog.product.get': { params: { id: Id }; result: { product: ProductItem } }
  /** Describes the fields of a product in one catalog, the properties among them. Scope: catalog. */
  'catalog.product.getFieldsByFilter': { params: { filter: Fields }; result: { product: { active?: Fields; available?: Fields; bundle?: Fields; canBuyZero?: Fields; code?: Fields; createdBy?: Fields; dateActiveFrom?: Fields; dateActiveTo?: Fields; dateCreate?: Fields; detailPicture?: Fields; detailText?: Fields; detailTextType?: Fields; height?: Fields; iblockId?: Fields; iblockSectionId?: Fields; id?: Fields; length?: Fields; measure?: Fields; modifiedBy?: Fields; name?: Fields; negativeAmountTrace?: Fields; previewPicture?: Fields; previewText?: Fields; previewTextType?: Fields; priceType?: Fields; property258?: Fields; property259?: Fields; purchasingCurrency?: Fields; purchasingPrice?: Fields; quantity?: Fields; quantityReserved?: Fields; quantityTrace?: Fields; sort?: Fields; subscribe?: Fields; timestampX?: Fields; type?: Fields; vatId?: Fields; vatIncluded?: Fields; weight?: Fields; width?: Fields; xmlId?: Fields; [key: string]: unknown } } }
  /** Lists products that match a filter, a page at a time. Scope: catalog. */
  'catalog.product.list': { params: { select?: Select<ProductItem>; filter?: Filter<ProductItem>; order?: Order<ProductItem>; start?: number }; result: { products: ProductItem[] } }
  /** Adds a product variation. Scope: catalog. Here in part: of several sections, a product is only in the main one */
  'catalog.product.offer.add': { params: { fields: Input<ProductItem> }; result: { offer: ProductItem } }
  /** Deletes a product variation. Scope: catalog. */
  'catalog.product.offer.delete': { params: { id: Id }; result: boolean }
  /** Returns a product variation. Scope: catalog. */
  'catalog.product.offer.get': { params: { id: Id }; result: { offer: ProductItem } }
  /** Describes the fields of a product variation in one catalog, the properties among them. Scope: catalog. */
  'catalog.product.offer.getFieldsByFilter': { params: { filter: Fields }; result: { offer: { active?: Fields; available?: Fields; bundle?: Fields; canBuyZero?: Fields; code?: Fields; createdBy?: Fields; dateActiveFrom?: Fields; dateActiveTo?: Fields; dateCreate?: Fields; detailPicture?: Fields; detailText?: Fields; detailTextType?: Fields; height?: Fields; iblockId?: Fields; iblockSectionId?: Fields; id?: Fields; length?: Fields; measure?: Fields; modifiedBy?: Fields; name?: Fields; negativeAmountTrace?: Fields; parentId?: Fields; previewPicture?: Fields; previewText?: Fields; previewTextType?: Fields; priceType?: Fields; property261?: Fields; property262?: Fields; purchasingCurrency?: Fields; purchasingPrice?: Fields; quantity?: Fields; quantityReserved?: Fields; quantityTrace?: Fields; sort?: Fields; subscribe?: Fields; timestampX?: Fields; type?: Fields; vatId?: Fields; vatIncluded?: Fields; weight?: Fields; width?: Fields; xmlId?: Fields; [key: string]: unknown } } }
  /** Lists product variations that match a filter, a page at a time. Scope: catalog. */
  'catalog.product.offer.list': { params: { select?: Select<ProductItem>; filter?: Filter<ProductItem>; order?: Order<ProductItem>; start?: number }; result: { offers: ProductItem[] } }
  /** Changes the given fields of a product variation. Scope: catalog. Here in part: of several sections, a product is only in the main one */
  'catalog.product.offer.update': { params: { id: Id; fields: Input<ProductItem> }; result: { offer: ProductItem } }
  /** Adds a service. Scope: catalog. Here in part: of several sections, a product is only in the main one */
  'catalog.product.service.add': { params: { fields: Input<ProductItem> }; result: { service: ProductItem } }
  /** Deletes a service. Scope: catalog. */
  'catalog.product.service.delete': { params: { id: Id }; result: boolean }
  /** Returns a service. Scope: catalog. */
  'catalog.product.service.get': { params: { id: Id }; result: { service: ProductItem } }
  /** Describes the fields of a service in one catalog, the properties among them. Scope: catalog. */
  'catalog.product.service.getFieldsByFilter': { params: { filter: Fields }; result: { service: { active?: Fields; available?: Fields; bundle?: Fields; code?: Fields; createdBy?: Fields; dateActiveFrom?: Fields; dateActiveTo?: Fields; dateCreate?: Fields; detailPicture?: Fields; detailText?: Fields; detailTextType?: Fields; iblockId?: Fields; iblockSectionId?: Fields; id?: Fields; modifiedBy?: Fields; name?: Fields; previewPicture?: Fields; previewText?: Fields; previewTextType?: Fields; priceType?: Fields; property258?: Fields; property259?: Fields; sort?: Fields; timestampX?: Fields; type?: Fields; vatId?: Fields; vatIncluded?: Fields; xmlId?: Fields; [key: string]: unknown } } }
  /** Lists services that match a filter, a page at a time. Scope: catalog. */
  'catalog.product.service.list': { params: { select?: Select<ProductItem>; filter?: Filter<ProductItem>; order?: Order<ProductItem>; start?: number }; result: { services: ProductItem[] } }
  /** Changes the given fields of a service. Scope: catalog. Here in part: of several sections, a product is only in the main one */
  'catalog.product.service.update': { params: { id: Id; fields: Input<ProductItem> }; result: { service: ProductItem } }
  /** Adds a product with variations. Scope: catalog. Here in part: of several sections, a product is only in the main one */
  'catalog.product.sku.add': { params: { fields: Input<ProductItem> }; result: { sku: ProductItem } }
  /** Deletes a product with variations. Scope: catalog. */
  'catalog.product.sku.delete': { params: { id: Id }; result: boolean }
  /** Returns a product with variations. Scope: catalog. */
  'catalog.product.sku.get': { params: { id: Id }; result: { sku: ProductItem } }
  /** Describes the fields of a product with variations in one catalog, the properties among them. Scope: catalog. */
  'catalog.product.sku.getFieldsByFilter': { params: { filter: Fields }; result: { sku: { active?: Fields; available?: Fields; bundle?: Fields; canBuyZero?: Fields; code?: Fields; createdBy?: Fields; dateActiveFrom?: Fields; dateActiveTo?: Fields; dateCreate?: Fields; detailPicture?: Fields; detailText?: Fields; detailTextType?: Fields; height?: Fields; iblockId?: Fields; iblockSectionId?: Fields; id?: Fields; length?: Fields; measure?: Fields; modifiedBy?: Fields; name?: Fields; previewPicture?: Fields; previewText?: Fields; previewTextType?: Fields; priceType?: Fields; property258?: Fields; property259?: Fields; purchasingCurrency?: Fields; purchasingPrice?: Fields; quantity?: Fields; sort?: Fields; subscribe?: Fields; timestampX?: Fields; type?: Fields; vatId?: Fields; vatIncluded?: Fields; weight?: Fields; width?: Fields; xmlId?: Fields; [key: string]: unknown } } }
  /** Lists products with variations that match a filter, a page at a time. Scope: catalog. */
  'catalog.product.sku.list': { params: { select?: Select<ProductItem>; filter?: Filter<ProductItem>; order?: Order<ProductItem>; start?: number }; result: { units: ProductItem[] } }
  /** Changes the given fields of a product with variations. Scope: catalog. Here in part: of several sections, a product is only in the main one */
  'catalog.product.sku.update': { params: { id: Id; fields: Input<ProductItem> }; result: { sku: ProductItem } }
  /** Changes the given fields of a product. Scope: catalog. Here in part: of several sections, a product is only in the main one */
  'catalog.product.update': { params: { id: Id; fields: Input<ProductItem> }; result: { element: ProductItem } }
  /** Adds a picture of a product. Scope: catalog. */
  'catalog.productImage.add': { params: { fields: Fields; fileContent: Fields }; result: { productImage: { createTime?: string; detailUrl?: string; downloadUrl?: string; id?: number; name?: string; productId?: number; type?: string; [key: string]: unknown } } }
  /** Deletes a picture of a product. Scope: catalog. */
  'catalog.productImage.delete': { params: { productId: Id; id: Id }; result: boolean }
  /** Returns a picture of a product. Scope: catalog. */
  'catalog.productImage.get': { params: { productId: Id; id: Id }; result: { productImage: { createTime?: string; detailUrl?: string; downloadUrl?: string; id?: number; name?: string; productId?: number; type?: string; [key: string]: unknown } } }
  /** Describes the fields of a picture of a product, with their types. Scope: catalog. */
  'catalog.productImage.getFields': { params: None; result: { productImage: { createTime?: { isImmutable?: boolean; isReadOnly?: boolean; isRequired?: boolean; type?: string; [key: string]: unknown }; detailUrl?: { isImmutable?: boolean; isReadOnly?: boolean; isRequired?: boolean; type?: string; [key: string]: unknown }; downloadUrl?: { isImmutable?: boolean; isReadOnly?: boolean; isRequired?: boolean; type?: string; [key: string]: unknown }; id?: { isImmutable?: boolean; isReadOnly?: boolean; isRequired?: boolean; type?: string; [key: string]: unknown }; name?: { isImmutable?: boolean; isReadOnly?: boolean; isRequired?: boolean; type?: string; [key: string]: unknown }; productId?: { isImmutable?: boolean; isReadOnly?: boolean; isRequired?: boolean; type?: string; [key: string]: unknown }; type?: { isImmutable?: boolean; isReadOnly?: boolean; isRequired?: boolean; type?: string; [key: string]: unknown }; [key: string]: unknown } } }
  /** Lists all pictures of a product. Scope: catalog. */
  'catalog.productImage.list': { params: { productId: Id; select?: Select<Fields> }; result: { productImages: { createTime?: string; detailUrl?: string; downloadUrl?: string; id?: number; name?: string; productId?: number; type?: string; [key: string]: unknown }[] } }
  /** Adds a property of products. Scope: catalog. */
  'catalog.productProperty.add': { params: { fields: Input<ProductPropertyItem> }; result: { productProperty: ProductPropertyItem } }
  /** Deletes a property of products. Scope: catalog. */
  'catalog.productProperty.delete': { params: { id: Id }; result: boolean }
  /** Returns a property of products. Scope: catalog. */
  'catalog.productProperty.get': { params: { id: Id }; result: { productProperty: ProductPropertyItem } }
  /** Describes the fields of a property of products, with their types. Scope: catalog. */
  'catalog.productProperty.getFields': { params: None; result: { productProperty: FieldDescriptions } }
  /** Lists properties of products that match a filter, a page at a time. Scope: catalog. */
  'catalog.productProperty.list': { params: { select?: Select<ProductPropertyItem>; filter?: Filter<ProductPropertyItem>; order?: Order<ProductPropertyItem>; start?: number }; result: { productProperties: ProductPropertyItem[] } }
  /** Changes the given fields of a property of products. Scope: catalog. */
  'catalog.productProperty.update': { params: { id: Id; fields: Input<ProductPropertyItem> }; result: { productProperty: ProductPropertyItem } }
  /** Adds a value of a list property of products. Scope: catalog. */
  'catalog.productPropertyEnum.add': { params: { fields: Input<ProductPropertyEnumItem> }; result: { productPropertyEnum: ProductPropertyEnumItem } }
  /** Deletes a value of a list property of products. Scope: catalog. */
  'catalog.productPropertyEnum.delete': { params: { id: Id }; result: boolean }
  /** Returns a value of a list property of products. Scope: catalog. */
  'catalog.productPropertyEnum.get': { params: { id: Id }; result: { productPropertyEnum: ProductPropertyEnumItem } }
  /** Describes the fields of a value of a list property of products, with their types. Scope: catalog. */
  'catalog.productPropertyEnum.getFields': { params: None; result: { productPropertyEnum: FieldDescriptions } }
  /** Lists values of list properties of products that match a filter, a page at a time. Scope: catalog. */
  'catalog.productPropertyEnum.list': { params: { select?: Select<ProductPropertyEnumItem>; filter?: Filter<ProductPropertyEnumItem>; order?: Order<ProductPropertyEnumItem>; start?: number }; result: { productPropertyEnums: ProductPropertyEnumItem[] } }
  /** Changes the given fields of a value of a list property of products. Scope: catalog. */
  'catalog.productPropertyEnum.update': { params: { id: Id; fields: Input<ProductPropertyEnumItem> }; result: { productPropertyEnum: ProductPropertyEnumItem } }
  /** Adds a setting of a product property. Scope: catalog. */
  'catalog.productPropertyFeature.add': { params: { fields: Input<ProductPropertyFeatureItem> }; result: { productPropertyFeature: ProductPropertyFeatureItem } }
  /** Returns a setting of a product property. Scope: catalog. */
  'catalog.productPropertyFeature.get': { params: { id: Id }; result: { productPropertyFeature: ProductPropertyFeatureItem } }
  /** Lists the settings that a product property can have. Scope: catalog. */
  'catalog.productPropertyFeature.getAvailableFeaturesByProperty': { params: { propertyId: Id }; result: { features: { featureId?: string; featureName?: string; moduleId?: string; [key: string]: unknown }[] } }
  /** Describes the fields of a setting of a product property, with their types. Scope: catalog. */
  'catalog.productPropertyFeature.getFields': { params: None; result: { productPropertyFeature: FieldDescriptions } }
  /** Lists settings of product properties that match a filter, a page at a time. Scope: catalog. */
  'catalog.productPropertyFeature.list': { params: { select?: Select<ProductPropertyFeatureItem>; filter?: Filter<ProductPropertyFeatureItem>; order?: Order<ProductPropertyFeatureItem>; start?: number }; result: { productPropertyFeatures: ProductPropertyFeatureItem[] } }
  /** Changes the given fields of a setting of a product property. Scope: catalog. */
  'catalog.productPropertyFeature.update': { params: { id: Id; fields: Input<ProductPropertyFeatureItem> }; result: { productPropertyFeature: ProductPropertyFeatureItem } }
  /** Returns a way in which a product property shows in a section. Scope: catalog. */
  'catalog.productPropertySection.get': { params: { propertyId: Id }; result: { productPropertySection: { displayExpanded?: string; displayType?: string; filterHint?: string; propertyId?: number; smartFilter?: string; [key: string]: unknown } } }
  /** Lists ways in which product properties show in sections that match a filter, a page at a time. Scope: catalog. */
  'catalog.productPropertySection.list': { params: { select?: Select<ProductPropertySectionItem>; filter?: Filter<ProductPropertySectionItem>; order?: Order<ProductPropertySectionItem>; start?: number }; result: { productPropertySections: ProductPropertySectionItem[] } }
  /** Sets the way in which a product property shows in sections. Scope: catalog. */
  'catalog.productPropertySection.set': { params: { propertyId: Id; fields: Fields }; result: { productPropertySection: { displayExpanded?: string; displayType?: string; filterHint?: string; iblockId?: string; propertyId?: string; sectionId?: string; smartFilter?: string; [key: string]: unknown } } }
  /** Returns a sales ratio of a product. Scope: catalog. */
  'catalog.ratio.get': { params: { id: Id }; result: { ratio: MeasureRatioItem } }
  /** Describes the fields of a sales ratio of a product, with their types. Scope: catalog. */
  'catalog.ratio.getFields': { params: None; result: { ratio: FieldDescriptions } }
  /** Lists sales ratios of products that match a filter, a page at a time. Scope: catalog. */
  'catalog.ratio.list': { params: { select?: Select<MeasureRatioItem>; filter?: Filter<MeasureRatioItem>; order?: Order<MeasureRatioItem>; start?: number }; result: { ratios: MeasureRatioItem[] } }
  /** Adds a rounding rule for prices. Scope: catalog. */
  'catalog.roundingRule.add': { params: { fields: Input<RoundingRuleItem> }; result: { roundingRule: RoundingRuleItem } }
  /** Deletes a rounding rule for prices. Scope: catalog. */
  'catalog.roundingRule.delete': { params: { id: Id }; result: boolean }
  /** Returns a rounding rule for prices. Scope: catalog. */
  'catalog.roundingRule.get': { params: { id: Id }; result: { roundingRule: RoundingRuleItem } }
  /** Describes the fields of a rounding rule for prices, with their types. Scope: catalog. */
  'catalog.roundingRule.getFields': { params: None; result: { roundingRule: FieldDescriptions } }
  /** Lists rounding rules for prices that match a filter, a page at a time. Scope: catalog. */
  'catalog.roundingRule.list': { params: { select?: Select<RoundingRuleItem>; filter?: Filter<RoundingRuleItem>; order?: Order<RoundingRuleItem>; start?: number }; result: { roundingRules: RoundingRuleItem[] } }
  /** Changes the given fields of a rounding rule for prices. Scope: catalog. */
  'catalog.roundingRule.update': { params: { id: Id; fields: Input<RoundingRuleItem> }; result: { roundingRule: RoundingRuleItem } }
  /** Adds a section of a product catalog. Scope: catalog. */
  'catalog.section.add': { params: { fields: Input<ProductSectionItem> }; result: { section: ProductSectionItem } }
  /** Deletes a section of a product catalog. Scope: catalog. */
  'catalog.section.delete': { params: { id: Id }; result: boolean }
  /** Returns a section of a product catalog. Scope: catalog. */
  'catalog.section.get': { params: { id: Id }; result: { section: ProductSectionItem } }
  /** Describes the fields of a section of a product catalog, with their types. Scope: catalog. */
  'catalog.section.getFields': { params: None; result: { section: FieldDescriptions } }
  /** Lists sections of a product catalog that match a filter, a page at a time. Scope: catalog. */
  'catalog.section.list': { params: { select?: Select<ProductSectionItem>; filter?: Filter<ProductSectionItem>; order?: Order<ProductSectionItem>; start?: number }; result: { sections: ProductSectionItem[] } }
  /** Changes the given fields of a section of a product catalog. Scope: catalog. */
  'catalog.section.update': { params: { id: Id; fields: Input<ProductSectionItem> }; result: { section: ProductSectionItem } }
  /** Adds a VAT rate. Scope: catalog. */
  'catalog.vat.add': { params: { fields: Input<VatItem> }; result: { vat: VatItem } }
  /** Deletes a VAT rate. Scope: catalog. */
  'catalog.vat.delete': { params: { id: Id }; result: boolean }
  /** Returns a VAT rate. Scope: catalog. */
  'catalog.vat.get': { params: { id: Id }; result: { vat: VatItem } }
  /** Describes the fields of a VAT rate, with their types. Scope: catalog. */
  'catalog.vat.getFields': { params: None; result: { vat: FieldDescriptions } }
  /** Lists VAT rates that match a filter, a page at a time. Scope: catalog. */
  'catalog.vat.list': { params: { select?: Select<VatItem>; filter?: Filter<VatItem>; order?: Order<VatItem>; start?: number }; result: { vats: VatItem[] } }
  /** Changes the given fields of a VAT rate. Scope: catalog. */
  'catalog.vat.update': { params: { id: Id; fields: Input<VatItem> }; result: { vat: VatItem } }
  /** Adds an activity of a CRM record. Scope: crm. */
  'crm.activity.add': { params: { fields: Fields }; result: number }
  /** Adds a badge that activities show on kanban cards. Scope: crm. */
  'crm.activity.badge.add': { params: { code: unknown; title: unknown; value: unknown; type: unknown }; result: { badge: { code?: string; title?: string; value?: string; type?: string; [key: string]: unknown } } }
  /** Deletes a badge that activities show on kanban cards. Scope: crm. */
  'crm.activity.badge.delete': { params: { code: string | number }; result: boolean }
  /** Returns a badge that activities show on kanban cards. Scope: crm. */
  'crm.activity.badge.get': { params: { code: string | number }; result: { badge: { code?: string; title?: string; value?: string; type?: string; [key: string]: unknown } } }
  /** Lists all badges that activities show on kanban cards. Scope: crm. */
  'crm.activity.badge.list': { params: None; result: { badges: { code?: string; title?: string; value?: string; type?: string; [key: string]: unknown }[] } }
  /** Binds an activity to one more CRM record. Scope: crm. */
  'crm.activity.binding.add': { params: { activityId: Id; entityTypeId: Id; entityId: Id }; result: boolean }
  /** Ends the binding of an activity to a CRM record. Scope: crm. */
  'crm.activity.binding.delete': { params: { activityId: Id; entityTypeId: Id; entityId: Id }; result: boolean }
  /** Lists all bindings of an activity to CRM records. Scope: crm. */
  'crm.activity.binding.list': { params: { activityId: Id }; result: { entityTypeId?: number; entityId?: number; [key: string]: unknown }[] }
  /** Moves the binding of an activity from one CRM record to another. Scope: crm. */
  'crm.activity.binding.move': { params: { activityId: Id; sourceEntityTypeId: Id; sourceEntityId: Id; targetEntityTypeId: Id; targetEntityId: Id }; result: boolean }
  /** Returns the transcript of a call. Scope: crm. Here in part: calls are not transcribed here: the answer is that to a call without a transcript */
  'crm.activity.call.getTranscript': { params: { activityId: Id }; result: { transcription?: string; [key: string]: unknown } }
  /** Describes the fields of a phone or e-mail that an activity uses. Scope: crm. */
  'crm.activity.communication.fields': { params: None; result: FieldDescriptions }
  /** Adds an activity that an application lays out. Scope: crm. Here in part: people are reminded while they have a page of the web CRM open, and not otherwise */
  'crm.activity.configurable.add': { params: { ownerTypeId: Id; ownerId: Id; fields: Fields; layout: Fields }; result: { activity: { id?: number; [key: string]: unknown } } }
  /** Returns an activity that an application lays out. Scope: crm. */
  'crm.activity.configurable.get': { params: { id: Id }; result: { activity: { id?: number; ownerTypeId?: number; ownerId?: number; fields?: { typeId?: string; completed?: boolean; deadline?: string; pingOffsets?: unknown[]; isIncomingChannel?: boolean; responsibleId?: number; badgeCode?: unknown; originatorId?: unknown; originId?: unknown; [key: string]: unknown }; layout?: { icon?: { code?: string; [key: string]: unknown }; header?: { title?: string; tags?: Fields; [key: string]: unknown }; body?: { logo?: Fields; blocks?: Fields; [key: string]: unknown }; footer?: { buttons?: Fields; menu?: Fields; [key: string]: unknown }; [key: string]: unknown }; [key: string]: unknown } } }
  /** Changes the given fields of an activity that an application lays out. Scope: crm. Here in part: people are reminded while they have a page of the web CRM open, and not otherwise */
  'crm.activity.configurable.update': { params: { id: Id; fields: Fields; layout: Fields }; result: { activity: { id?: number; [key: string]: unknown } } }
  /** Deletes an activity of a CRM record. Scope: crm. */
  'crm.activity.delete': { params: { id: Id }; result: boolean }
  /** Describes the fields of an activity of a CRM record, with their types. Scope: crm. */
  'crm.activity.fields': { params: None; result: FieldDescriptions }
  /** Returns an activity of a CRM record. Scope: crm. */
  'crm.activity.get': { params: { id: Id }; result: { ID?: string; OWNER_ID?: string; OWNER_TYPE_ID?: string; TYPE_ID?: string; PROVIDER_ID?: string; PROVIDER_TYPE_ID?: string; PROVIDER_GROUP_ID?: unknown; ASSOCIATED_ENTITY_ID?: string; SUBJECT?: string; CREATED?: string; LAST_UPDATED?: string; START_TIME?: string; END_TIME?: string; DEADLINE?: string; COMPLETED?: string; STATUS?: string; RESPONSIBLE_ID?: string; PRIORITY?: string; NOTIFY_TYPE?: string; NOTIFY_VALUE?: string; DESCRIPTION?: unknown; DESCRIPTION_TYPE?: string; DIRECTION?: string; LOCATION?: unknown; SETTINGS?: unknown[]; ORIGINATOR_ID?: unknown; ORIGIN_ID?: unknown; AUTHOR_ID?: string; EDITOR_ID?: string; PROVIDER_PARAMS?: unknown[]; PROVIDER_DATA?: unknown; RESULT_MARK?: string; RESULT_VALUE?: unknown; RESULT_SUM?: unknown; RESULT_CURRENCY_ID?: unknown; RESULT_STATUS?: string; RESULT_STREAM?: string; RESULT_SOURCE_ID?: unknown; AUTOCOMPLETE_RULE?: string; [key: string]: unknown } }
  /** Removes the blocks that the application shows in an activity. Scope: crm. */
  'crm.activity.layout.blocks.delete': { params: { entityTypeId: Id; entityId: Id; activityId: Id }; result: { success?: boolean; [key: string]: unknown } }
  /** Returns the blocks that the application shows in an activity. Scope: crm. */
  'crm.activity.layout.blocks.get': { params: { entityTypeId: Id; entityId: Id; activityId: Id }; result: { layout: { blocks?: { block_1?: { type?: string; properties?: Fields; [key: string]: unknown }; block_2?: { type?: string; properties?: Fields; [key: string]: unknown }; block_3?: { type?: string; properties?: Fields; [key: string]: unknown }; block_4?: { type?: string; properties?: Fields; [key: string]: unknown }; [key: string]: unknown }; [key: string]: unknown } } }
  /** Sets the blocks that the application shows in an activity. Scope: crm. */
  'crm.activity.layout.blocks.set': { params: { entityTypeId: Id; entityId: Id; activityId: Id; layout: Fields }; result: { success?: boolean; [key: string]: unknown } }
  /** Lists activities of CRM records that match a filter, a page at a time. Scope: crm. */
  'crm.activity.list': { params: { select?: Select<Fields>; filter?: Filter<Fields>; order?: Order<Fields>; start?: number }; result: { ID?: string; OWNER_ID?: string; OWNER_TYPE_ID?: string; TYPE_ID?: string; PROVIDER_ID?: string; PROVIDER_TYPE_ID?: string; PROVIDER_GROUP_ID?: unknown; ASSOCIATED_ENTITY_ID?: string; SUBJECT?: string; CREATED?: string; LAST_UPDATED?: string; START_TIME?: string; END_TIME?: string; DEADLINE?: string; COMPLETED?: string; STATUS?: string; RESPONSIBLE_ID?: string; PRIORITY?: string; NOTIFY_TYPE?: string; NOTIFY_VALUE?: string; DESCRIPTION?: unknown; DESCRIPTION_TYPE?: string; DIRECTION?: string; LOCATION?: unknown; SETTINGS?: unknown[]; ORIGINATOR_ID?: unknown; ORIGIN_ID?: unknown; AUTHOR_ID?: string; EDITOR_ID?: string; PROVIDER_PARAMS?: unknown[]; PROVIDER_DATA?: unknown; RESULT_MARK?: string; RESULT_VALUE?: unknown; RESULT_SUM?: unknown; RESULT_CURRENCY_ID?: unknown; RESULT_STATUS?: string; RESULT_STREAM?: string; RESULT_SOURCE_ID?: unknown; AUTOCOMPLETE_RULE?: string; [key: string]: unknown }[] }
  /** Adds a to-do of a CRM record. Scope: crm. Here in part: people are reminded while they have a page of the web CRM open, and not otherwise */
  'crm.activity.todo.add': { params: { ownerTypeId: Id; ownerId: Id; deadline: string | number; title?: string | number; description?: string | number; responsibleId?: Id; parentActivityId?: Id; pingOffsets?: readonly unknown[] | Fields; colorId?: string | number }; result: { id?: number; [key: string]: unknown } }
  /** Changes the given fields of a to-do of a CRM record. Scope: crm. Here in part: people are reminded while they have a page of the web CRM open, and not otherwise */
  'crm.activity.todo.update': { params: { id: Id; ownerTypeId: Id; ownerId: Id; deadline: string | number; title?: string | number; description?: string | number; responsibleId?: Id; parentActivityId?: Id; pingOffsets?: readonly unknown[] | Fields; colorId?: string | number }; result: { id?: number; [key: string]: unknown } }
  /** Gives a to-do another colour. Scope: crm. */
  'crm.activity.todo.updateColor': { params: { colorId: string | number; id: Id; ownerTypeId: Id; ownerId: Id }; result: { id?: number; [key: string]: unknown } }
  /** Moves the deadline of a to-do. Scope: crm. */
  'crm.activity.todo.updateDeadline': { params: { value: string | number; id: Id; ownerTypeId: Id; ownerId: Id }; result: { id?: number; [key: string]: unknown } }
  /** Changes the text of a to-do. Scope: crm. */
  'crm.activity.todo.updateDescription': { params: { value: string | number; id: Id; ownerTypeId: Id; ownerId: Id }; result: { id?: number; [key: string]: unknown } }
  /** Gives a to-do to another person. Scope: crm. */
  'crm.activity.todo.updateResponsibleUser': { params: { responsibleId: Id; id: Id; ownerTypeId: Id; ownerId: Id }; result: { id?: number; [key: string]: unknown } }
  /** Adds an activity type of an application. Scope: crm. */
  'crm.activity.type.add': { params: { fields: Fields }; result: boolean }
  /** Deletes an activity type of an application. Scope: crm. */
  'crm.activity.type.delete': { params: { TYPE_ID: string | number }; result: boolean }
  /** Lists all activity types of an application. Scope: crm. */
  'crm.activity.type.list': { params: None; result: { TYPE_ID?: string; NAME?: string; IS_CONFIGURABLE_TYPE?: string; ICON_ID?: string; [key: string]: unknown }[] }
  /** Changes the given fields of an activity of a CRM record. Scope: crm. */
  'crm.activity.update': { params: { id: Id; fields: Fields }; result: boolean }
  /** Adds an address of a requisite or a lead. Scope: crm. */
  'crm.address.add': { params: { fields: Fields }; result: boolean }
  /** Deletes an address of a requisite or a lead. Scope: crm. */
  'crm.address.delete': { params: { fields: Fields }; result: boolean }
  /** Describes the fields of an address of a requisite or a lead, with their types. Scope: crm. */
  'crm.address.fields': { params: None; result: FieldDescriptions }
  /** Lists addresses of requisites and leads that match a filter, a page at a time. Scope: crm. */
  'crm.address.list': { params: { select?: Select<Address>; filter?: Filter<Address>; order?: Order<Address>; start?: number }; result: Address[] }
  /** Changes the given fields of an address of a requisite or a lead. Scope: crm. */
  'crm.address.update': { params: { fields: Fields }; result: boolean }
  /** Adds a group of smart processes (automated solution). Scope: crm. */
  'crm.automatedsolution.add': { params: { fields: Fields }; result: { automatedSolution: { id?: number; title?: string; typeIds?: number[]; [key: string]: unknown } } }
  /** Deletes a group of smart processes (automated solution). Scope: crm. */
  'crm.automatedsolution.delete': { params: { id: Id }; result: null }
  /** Describes the fields of a group of smart processes (automated solution), with their types. Scope: crm. */
  'crm.automatedsolution.fields': { params: None; result: FieldDescriptions }
  /** Returns a group of smart processes (automated solution). Scope: crm. */
  'crm.automatedsolution.get': { params: { id: Id }; result: { automatedSolution: { id?: number; title?: string; typeIds?: number[]; [key: string]: unknown } } }
  /** Lists groups of smart processes (automated solutions) that match a filter, a page at a time. Scope: crm. */
  'crm.automatedsolution.list': { params: { order?: Order<Fields>; filter?: Filter<Fields>; start?: number }; result: { automatedSolutions: { id?: number; title?: string; typeIds?: number[]; [key: string]: unknown }[] } }
  /** Changes the given fields of a group of smart processes (automated solution). Scope: crm. */
  'crm.automatedsolution.update': { params: { id: Id; fields: Fields }; result: { automatedSolution: { id?: number; title?: string; typeIds?: number[]; [key: string]: unknown } } }
  /** Fires an automation trigger for a CRM record. Scope: crm. */
  'crm.automation.trigger': { params: { target: unknown; code?: unknown }; result: boolean }
  /** Adds an automation trigger of an application. Scope: crm. */
  'crm.automation.trigger.add': { params: { code: unknown; name: unknown }; result: boolean }
  /** Deletes an automation trigger of an application. Scope: crm. */
  'crm.automation.trigger.delete': { params: { code: unknown }; result: boolean }
  /** Fires a trigger of the application for a CRM record. Scope: crm. */
  'crm.automation.trigger.execute': { params: { code: unknown; owner_type_id: unknown; owner_id: unknown }; result: boolean }
  /** Lists all automation triggers of an application. Scope: crm. */
  'crm.automation.trigger.list': { params: None; result: { NAME?: string; CODE?: string; [key: string]: unknown }[] }
  /** Adds a call list. Scope: crm. Here in part: There are no CRM forms here: the number of one is kept and shown, and not looked up */
  'crm.calllist.add': { params: { ENTITY_TYPE: unknown; ENTITIES: readonly unknown[] | Fields; WEBFORM_ID?: unknown }; result: number }
  /** Returns a call list. Scope: crm. */
  'crm.calllist.get': { params: { ID: unknown }; result: { ID?: string; DATE_CREATE?: string; CREATED_BY_ID?: string; WEBFORM_ID?: string; ENTITY_TYPE_ID?: string; ENTITY_TYPE?: string; [key: string]: unknown } }
  /** Lists the clients of a call list with their call statuses. Scope: crm. */
  'crm.calllist.items.get': { params: { LIST_ID: unknown; FILTER?: Fields }; result: { ID?: number; STATUS?: string; ENTITY_TYPE?: number; [key: string]: unknown }[] }
  /** Lists call lists that match a filter. Scope: crm. */
  'crm.calllist.list': { params: { SELECT?: Select<Fields>; FILTER?: Fields; ORDER?: Fields }; result: { ID?: string; CREATED_BY_ID?: string; [key: string]: unknown }[] }
  /** Lists the statuses of calls in call lists. Scope: crm. */
  'crm.calllist.statuslist': { params: None; result: { ID?: number; NAME?: string; SORT?: number; STATUS_ID?: string; [key: string]: unknown }[] }
  /** Changes the given fields of a call list. Scope: crm. Here in part: There are no CRM forms here: the number of one is kept and shown, and not looked up */
  'crm.calllist.update': { params: { LIST_ID: unknown; ENTITY_TYPE: unknown; ENTITIES: readonly unknown[] | Fields; WEBFORM_ID?: unknown }; result: boolean }
  /** Describes the fields of a product catalog of the CRM, with their types. Scope: crm. */
  'crm.catalog.fields': { params: None; result: FieldDescriptions }
  /** Returns a product catalog of the CRM. Scope: crm. */
  'crm.catalog.get': { params: { id: Id }; result: Catalog }
  /** Lists product catalogs of the CRM that match a filter, a page at a time. Scope: crm. */
  'crm.catalog.list': { params: { select?: Select<Catalog>; filter?: Filter<Catalog>; order?: Order<Catalog>; start?: number }; result: Catalog[] }
  /** Adds a pipeline. Scope: crm. */
  'crm.category.add': { params: { entityTypeId: Id; fields: Fields }; result: { category: { id?: number; name?: string; sort?: number; entityTypeId?: number; isDefault?: string; [key: string]: unknown } } }
  /** Deletes a pipeline. Scope: crm. */
  'crm.category.delete': { params: { entityTypeId: Id; id: Id }; result: null }
  /** Describes the fields of a pipeline, with their types. Scope: crm. */
  'crm.category.fields': { params: { entityTypeId: Id }; result: FieldDescriptions }
  /** Returns a pipeline. Scope: crm. */
  'crm.category.get': { params: { entityTypeId: Id; id: Id }; result: { category: { id?: number; name?: string; sort?: number; entityTypeId?: number; isDefault?: string; originId?: unknown; originatorId?: unknown; [key: string]: unknown } } }
  /** Lists all pipelines. Scope: crm. */
  'crm.category.list': { params: { entityTypeId: Id }; result: { categories: { id?: number; name?: string; sort?: number; entityTypeId?: number; isDefault?: string; originId?: unknown; originatorId?: unknown; [key: string]: unknown }[] } }
  /** Changes the given fields of a pipeline. Scope: crm. */
  'crm.category.update': { params: { entityTypeId: Id; id: Id; fields: Fields }; result: { category: { id?: number; name?: string; sort?: number; entityTypeId?: number; isDefault?: string; [key: string]: unknown } } }
  /** Adds a company. Scope: crm. */
  'crm.company.add': { params: { fields: Input<Company>; params?: Fields }; result: number }
  /** Links a contact to a company. Scope: crm. */
  'crm.company.contact.add': { params: { id: unknown; fields: Fields }; result: boolean }
  /** Ends the link of a contact to a company; both records stay. Scope: crm. */
  'crm.company.contact.delete': { params: { id: unknown; fields: Fields }; result: boolean }
  /** Describes the fields of a link of a contact to a company. Scope: crm. */
  'crm.company.contact.fields': { params: None; result: FieldDescriptions }
  /** Ends the links of all contacts to a company; the records stay. Scope: crm. */
  'crm.company.contact.items.delete': { params: { id: unknown }; result: boolean }
  /** Lists the contacts of a company. Scope: crm. */
  'crm.company.contact.items.get': { params: { id: unknown }; result: { CONTACT_ID?: number; SORT?: number; ROLE_ID?: number; IS_PRIMARY?: string; [key: string]: unknown }[] }
  /** Sets all contacts of a company, in place of the present links. Scope: crm. */
  'crm.company.contact.items.set': { params: { id: unknown; items: readonly unknown[] | Fields }; result: boolean }
  /** Deletes a company. Scope: crm. */
  'crm.company.delete': { params: { id: Id }; result: boolean }
  /** Gives everyone the common one as the layout of the card of companies, and ends their own. Scope: crm. */
  'crm.company.details.configuration.forceCommonScopeForAll': { params: { extras?: Fields }; result: boolean }
  /** Returns the layout of the card of companies, as one person or everyone sees it. Scope: crm. */
  'crm.company.details.configuration.get': { params: { scope?: string | number; userId?: Id; extras?: Fields }; result: { name?: string; title?: string; type?: string; elements?: { name?: string; optionFlags?: string; options?: Fields; [key: string]: unknown }[]; [key: string]: unknown }[] }
  /** Puts back the layout of the card of companies to what it was at first. Scope: crm. */
  'crm.company.details.configuration.reset': { params: { scope?: string | number; userId?: Id; extras?: Fields }; result: boolean }
  /** Sets the layout of the card of companies, for one person or for everyone. Scope: crm. */
  'crm.company.details.configuration.set': { params: { scope?: string | number; userId?: Id; extras?: Fields; data: readonly unknown[] | Fields }; result: boolean }
  /** Describes the fields of a company, with their types. Scope: crm. */
  'crm.company.fields': { params: None; result: FieldDescriptions }
  /** Returns a company. Scope: crm. */
  'crm.company.get': { params: { id: Id }; result: Company }
  /** Lists companies that match a filter, a page at a time. Scope: crm. */
  'crm.company.list': { params: { select?: Select<Company>; filter?: Filter<Company>; order?: Order<Company>; start?: number }; result: Company[] }
  /** Changes the given fields of a company. Scope: crm. */
  'crm.company.update': { params: { id: Id; fields: Input<Company>; params?: Fields }; result: boolean }
  /** Adds a user field to companies and returns its id. Scope: crm. */
  'crm.company.userfield.add': { params: { fields: Fields }; result: number }
  /** Deletes a user field of companies with all its values. Scope: crm. */
  'crm.company.userfield.delete': { params: { id: Id }; result: boolean }
  /** Returns a user field of companies, with its options and settings. Scope: crm. */
  'crm.company.userfield.get': { params: { id: Id }; result: { ID?: string; ENTITY_ID?: string; FIELD_NAME?: string; USER_TYPE_ID?: string; XML_ID?: unknown; SORT?: string; MULTIPLE?: string; MANDATORY?: string; SHOW_FILTER?: string; SHOW_IN_LIST?: string; EDIT_IN_LIST?: string; IS_SEARCHABLE?: string; SETTINGS?: Fields; EDIT_FORM_LABEL?: Fields; LIST_COLUMN_LABEL?: Fields; LIST_FILTER_LABEL?: Fields; ERROR_MESSAGE?: Fields; HELP_MESSAGE?: Fields; [key: string]: unknown } }
  /** Lists the user fields of companies that match a filter. Scope: crm. */
  'crm.company.userfield.list': { params: { filter?: Fields; order?: Fields }; result: { ID?: string; ENTITY_ID?: string; FIELD_NAME?: string; USER_TYPE_ID?: string; XML_ID?: unknown; SORT?: string; MULTIPLE?: string; MANDATORY?: string; SHOW_FILTER?: string; SHOW_IN_LIST?: string; EDIT_IN_LIST?: string; IS_SEARCHABLE?: string; SETTINGS?: { ENTITY_TYPE?: string; [key: string]: unknown }; EDIT_FORM_LABEL?: string; LIST_COLUMN_LABEL?: string; LIST_FILTER_LABEL?: string; ERROR_MESSAGE?: string; HELP_MESSAGE?: string; LIST?: { ID?: string; SORT?: string; VALUE?: string; DEF?: string; XML_ID?: string; [key: string]: unknown }[]; [key: string]: unknown }[] }
  /** Changes the given settings of a user field of companies. Scope: crm. */
  'crm.company.userfield.update': { params: { fields: Fields; id: Id }; result: boolean }
  /** Adds a contact. Scope: crm. */
  'crm.contact.add': { params: { fields: Input<Contact>; params?: Fields }; result: number }
  /** Links a company to a contact. Scope: crm. */
  'crm.contact.company.add': { params: { id: unknown; fields: Fields }; result: boolean }
  /** Ends the link of a company to a contact; both records stay. Scope: crm. */
  'crm.contact.company.delete': { params: { id: unknown; fields: Fields }; result: boolean }
  /** Describes the fields of a link of a company to a contact. Scope: crm. */
  'crm.contact.company.fields': { params: None; result: FieldDescriptions }
  /** Ends the links of all companies to a contact; the records stay. Scope: crm. */
  'crm.contact.company.items.delete': { params: { id: unknown }; result: boolean }
  /** Lists the companies of a contact. Scope: crm. */
  'crm.contact.company.items.get': { params: { id: unknown }; result: { COMPANY_ID?: number; SORT?: number; ROLE_ID?: number; IS_PRIMARY?: string; [key: string]: unknown }[] }
  /** Sets all companies of a contact, in place of the present links. Scope: crm. */
  'crm.contact.company.items.set': { params: { id: unknown; items: readonly unknown[] | Fields }; result: boolean }
  /** Deletes a contact. Scope: crm. */
  'crm.contact.delete': { params: { id: Id }; result: boolean }
  /** Gives everyone the common one as the layout of the card of contacts, and ends their own. Scope: crm. */
  'crm.contact.details.configuration.forceCommonScopeForAll': { params: { extras?: Fields }; result: boolean }
  /** Returns the layout of the card of contacts, as one person or everyone sees it. Scope: crm. */
  'crm.contact.details.configuration.get': { params: { scope?: string | number; userId?: Id; extras?: Fields }; result: { name?: string; title?: string; type?: string; elements?: { name?: string; optionFlags?: string; options?: Fields; [key: string]: unknown }[]; [key: string]: unknown }[] }
  /** Puts back the layout of the card of contacts to what it was at first. Scope: crm. */
  'crm.contact.details.configuration.reset': { params: { scope?: string | number; userId?: Id; extras?: Fields }; result: boolean }
  /** Sets the layout of the card of contacts, for one person or for everyone. Scope: crm. */
  'crm.contact.details.configuration.set': { params: { scope?: string | number; userId?: Id; extras?: Fields; data: readonly unknown[] | Fields }; result: boolean }
  /** Describes the fields of a contact, with their types. Scope: crm. */
  'crm.contact.fields': { params: None; result: FieldDescriptions }
  /** Returns a contact. Scope: crm. */
  'crm.contact.get': { params: { id: Id }; result: Contact }
  /** Lists contacts that match a filter, a page at a time. Scope: crm. */
  'crm.contact.list': { params: { select?: Select<Contact>; filter?: Filter<Contact>; order?: Order<Contact>; start?: number }; result: Contact[] }
  /** Changes the given fields of a contact. Scope: crm. */
  'crm.contact.update': { params: { id: Id; fields: Input<Contact>; params?: Fields }; result: boolean }
  /** Adds a user field to contacts and returns its id. Scope: crm. */
  'crm.contact.userfield.add': { params: { fields: Fields }; result: number }
  /** Deletes a user field of contacts with all its values. Scope: crm. */
  'crm.contact.userfield.delete': { params: { id: Id }; result: boolean }
  /** Returns a user field of contacts, with its options and settings. Scope: crm. */
  'crm.contact.userfield.get': { params: { id: Id }; result: { ID?: string; ENTITY_ID?: string; FIELD_NAME?: string; USER_TYPE_ID?: string; XML_ID?: unknown; SORT?: string; MULTIPLE?: string; MANDATORY?: string; SHOW_FILTER?: string; SHOW_IN_LIST?: string; EDIT_IN_LIST?: string; IS_SEARCHABLE?: string; SETTINGS?: Fields; EDIT_FORM_LABEL?: Fields; LIST_COLUMN_LABEL?: Fields; LIST_FILTER_LABEL?: Fields; ERROR_MESSAGE?: Fields; HELP_MESSAGE?: Fields; [key: string]: unknown } }
  /** Lists the user fields of contacts that match a filter. Scope: crm. */
  'crm.contact.userfield.list': { params: { filter?: Fields; order?: Fields }; result: { ID?: string; ENTITY_ID?: string; FIELD_NAME?: string; USER_TYPE_ID?: string; XML_ID?: unknown; SORT?: string; MULTIPLE?: string; MANDATORY?: string; SHOW_FILTER?: string; SHOW_IN_LIST?: string; EDIT_IN_LIST?: string; IS_SEARCHABLE?: string; SETTINGS?: unknown; EDIT_FORM_LABEL?: string; LIST_COLUMN_LABEL?: string; LIST_FILTER_LABEL?: string; ERROR_MESSAGE?: unknown; HELP_MESSAGE?: unknown; [key: string]: unknown }[] }
  /** Changes the given settings of a user field of contacts. Scope: crm. */
  'crm.contact.userfield.update': { params: { fields: Fields; id: Id }; result: boolean }
  /** Adds a currency. Scope: crm. */
  'crm.currency.add': { params: { fields: Fields }; result: string }
  /** Tells the base currency, which amounts are reckoned in. Scope: crm. */
  'crm.currency.base.get': { params: None; result: string }
  /** Makes a currency the base currency. Scope: crm. */
  'crm.currency.base.set': { params: { id?: unknown }; result: boolean }
  /** Deletes a currency. Scope: crm. */
  'crm.currency.delete': { params: { id: unknown }; result: boolean }
  /** Describes the fields of a currency, with their types. Scope: crm. */
  'crm.currency.fields': { params: None; result: FieldDescriptions }
  /** Returns a currency. Scope: crm. */
  'crm.currency.get': { params: { id: unknown }; result: { CURRENCY?: string; AMOUNT_CNT?: string; AMOUNT?: string; SORT?: string; BASE?: string; FULL_NAME?: string; LID?: string; FORMAT_STRING?: string; DEC_POINT?: string; THOUSANDS_SEP?: string; DECIMALS?: string; DATE_UPDATE?: string; LANG?: { en?: { FORMAT_STRING?: string; FULL_NAME?: string; DEC_POINT?: string; THOUSANDS_SEP?: unknown; DECIMALS?: string; THOUSANDS_VARIANT?: string; HIDE_ZERO?: string; [key: string]: unknown }; de?: { FORMAT_STRING?: string; FULL_NAME?: string; DEC_POINT?: string; THOUSANDS_SEP?: string; DECIMALS?: string; THOUSANDS_VARIANT?: string; HIDE_ZERO?: string; [key: string]: unknown }; [key: string]: unknown }; [key: string]: unknown } }
  /** Lists all currencies. Scope: crm. */
  'crm.currency.list': { params: { order?: Fields }; result: { CURRENCY?: string; AMOUNT_CNT?: string; AMOUNT?: string; SORT?: string; BASE?: string; FULL_NAME?: string; LID?: string; FORMAT_STRING?: string; DEC_POINT?: string; THOUSANDS_SEP?: string; DECIMALS?: string; DATE_UPDATE?: string; [key: string]: unknown }[] }
  /** Removes how amounts of a currency are written in the given languages. Scope: crm. */
  'crm.currency.localizations.delete': { params: { id: unknown; lids: readonly unknown[] | Fields }; result: boolean }
  /** Describes the fields of how amounts of a currency are written. Scope: crm. */
  'crm.currency.localizations.fields': { params: None; result: FieldDescriptions }
  /** Returns how amounts of a currency are written, by language. Scope: crm. */
  'crm.currency.localizations.get': { params: { id: unknown }; result: { en?: { FORMAT_STRING?: string; FULL_NAME?: string; DEC_POINT?: string; THOUSANDS_SEP?: unknown; DECIMALS?: string; THOUSANDS_VARIANT?: string; HIDE_ZERO?: string; [key: string]: unknown }; de?: { FORMAT_STRING?: string; FULL_NAME?: string; DEC_POINT?: string; THOUSANDS_SEP?: string; DECIMALS?: string; THOUSANDS_VARIANT?: string; HIDE_ZERO?: string; [key: string]: unknown }; [key: string]: unknown } }
  /** Sets how amounts of a currency are written, by language. Scope: crm. */
  'crm.currency.localizations.set': { params: { id: unknown; localizations: unknown }; result: boolean }
  /** Changes the given fields of a currency. Scope: crm. */
  'crm.currency.update': { params: { id: unknown; fields: Fields }; result: boolean }
  /** Adds a deal. Scope: crm. */
  'crm.deal.add': { params: { fields: Input<Deal>; params?: Fields }; result: number }
  /** Links a contact to a deal. Scope: crm. */
  'crm.deal.contact.add': { params: { id: unknown; fields: Fields }; result: boolean }
  /** Ends the link of a contact to a deal; both records stay. Scope: crm. */
  'crm.deal.contact.delete': { params: { id: unknown; fields: Fields }; result: boolean }
  /** Describes the fields of a link of a contact to a deal. Scope: crm. */
  'crm.deal.contact.fields': { params: None; result: FieldDescriptions }
  /** Ends the links of all contacts to a deal; the records stay. Scope: crm. */
  'crm.deal.contact.items.delete': { params: { id: unknown }; result: boolean }
  /** Lists the contacts of a deal. Scope: crm. */
  'crm.deal.contact.items.get': { params: { id: unknown }; result: { CONTACT_ID?: number; SORT?: number; ROLE_ID?: number; IS_PRIMARY?: string; [key: string]: unknown }[] }
  /** Sets all contacts of a deal, in place of the present links. Scope: crm. */
  'crm.deal.contact.items.set': { params: { id: unknown; items: readonly unknown[] | Fields }; result: boolean }
  /** Deletes a deal. Scope: crm. */
  'crm.deal.delete': { params: { id: Id }; result: boolean }
  /** Gives everyone the common one as the layout of the card of deals, and ends their own. Scope: crm. */
  'crm.deal.details.configuration.forceCommonScopeForAll': { params: { extras?: Fields }; result: boolean }
  /** Returns the layout of the card of deals, as one person or everyone sees it. Scope: crm. */
  'crm.deal.details.configuration.get': { params: { scope?: string | number; userId?: Id; extras?: Fields }; result: { name?: string; title?: string; type?: string; elements?: { name?: string; [key: string]: unknown }[]; [key: string]: unknown }[] }
  /** Puts back the layout of the card of deals to what it was at first. Scope: crm. */
  'crm.deal.details.configuration.reset': { params: { scope?: string | number; userId?: Id; extras?: Fields }; result: boolean }
  /** Sets the layout of the card of deals, for one person or for everyone. Scope: crm. */
  'crm.deal.details.configuration.set': { params: { scope?: string | number; userId?: Id; extras?: Fields; data: readonly unknown[] | Fields }; result: boolean }
  /** Describes the fields of a deal, with their types. Scope: crm. */
  'crm.deal.fields': { params: None; result: FieldDescriptions }
  /** Returns a deal. Scope: crm. */
  'crm.deal.get': { params: { id: Id }; result: Deal }
  /** Lists deals that match a filter, a page at a time. Scope: crm. */
  'crm.deal.list': { params: { select?: Select<Deal>; filter?: Filter<Deal>; order?: Order<Deal>; start?: number }; result: Deal[] }
  /** Lists the product rows of a deal. Scope: crm. */
  'crm.deal.productrows.get': { params: { id: unknown }; result: { ID?: string; OWNER_ID?: string; OWNER_TYPE?: string; PRODUCT_ID?: number; PRODUCT_NAME?: string; ORIGINAL_PRODUCT_NAME?: string; PRODUCT_DESCRIPTION?: string; PRICE?: number; PRICE_EXCLUSIVE?: number; PRICE_NETTO?: number; PRICE_BRUTTO?: number; PRICE_ACCOUNT?: string; QUANTITY?: number; DISCOUNT_TYPE_ID?: number; DISCOUNT_RATE?: number; DISCOUNT_SUM?: number; TAX_RATE?: unknown; TAX_INCLUDED?: string; CUSTOMIZED?: string; MEASURE_CODE?: number; MEASURE_NAME?: string; SORT?: number; XML_ID?: string; TYPE?: number; STORE_ID?: number; RESERVE_ID?: number; DATE_RESERVE_END?: string; RESERVE_QUANTITY?: number; [key: string]: unknown }[] }
  /** Sets all product rows of a deal, in place of the present ones. Scope: crm. */
  'crm.deal.productrows.set': { params: { id: unknown; rows?: readonly unknown[] | Fields }; result: boolean }
  /** Adds a template that makes recurring deals. Scope: crm. */
  'crm.deal.recurring.add': { params: { fields: Fields; params?: Fields }; result: number }
  /** Deletes a template that makes recurring deals. Scope: crm. */
  'crm.deal.recurring.delete': { params: { id: Id }; result: boolean }
  /** Makes a deal of a recurring template now. Scope: crm. */
  'crm.deal.recurring.expose': { params: { id: Id }; result: { DEAL_ID?: number; [key: string]: unknown } }
  /** Describes the fields of a template that makes recurring deals, with their types. Scope: crm. */
  'crm.deal.recurring.fields': { params: None; result: FieldDescriptions }
  /** Returns a template that makes recurring deals. Scope: crm. */
  'crm.deal.recurring.get': { params: { id: Id }; result: DealRecurring }
  /** Lists templates that make recurring deals, by a filter, a page at a time. Scope: crm. */
  'crm.deal.recurring.list': { params: { select?: Select<DealRecurring>; filter?: Filter<DealRecurring>; order?: Order<DealRecurring>; start?: number }; result: DealRecurring[] }
  /** Changes the given fields of a template that makes recurring deals. Scope: crm. */
  'crm.deal.recurring.update': { params: { id: Id; fields: Input<DealRecurring>; params?: Fields }; result: boolean }
  /** Changes the given fields of a deal. Scope: crm. */
  'crm.deal.update': { params: { id: Id; fields: Input<Deal>; params?: Fields }; result: boolean }
  /** Adds a user field to deals and returns its id. Scope: crm. */
  'crm.deal.userfield.add': { params: { fields: Fields }; result: number }
  /** Deletes a user field of deals with all its values. Scope: crm. */
  'crm.deal.userfield.delete': { params: { id: Id }; result: boolean }
  /** Returns a user field of deals, with its options and settings. Scope: crm. */
  'crm.deal.userfield.get': { params: { id: Id }; result: { ID?: string; ENTITY_ID?: string; FIELD_NAME?: string; USER_TYPE_ID?: string; XML_ID?: unknown; SORT?: string; MULTIPLE?: string; MANDATORY?: string; SHOW_FILTER?: string; SHOW_IN_LIST?: string; EDIT_IN_LIST?: string; IS_SEARCHABLE?: string; SETTINGS?: Fields; EDIT_FORM_LABEL?: Fields; LIST_COLUMN_LABEL?: Fields; LIST_FILTER_LABEL?: Fields; ERROR_MESSAGE?: Fields; HELP_MESSAGE?: Fields; [key: string]: unknown } }
  /** Lists the user fields of deals that match a filter. Scope: crm. */
  'crm.deal.userfield.list': { params: { filter?: Fields; order?: Fields }; result: { ID?: string; ENTITY_ID?: string; FIELD_NAME?: string; USER_TYPE_ID?: string; XML_ID?: unknown; SORT?: string; MULTIPLE?: string; MANDATORY?: string; SHOW_FILTER?: string; SHOW_IN_LIST?: string; EDIT_IN_LIST?: string; IS_SEARCHABLE?: string; SETTINGS?: { ENTITY_TYPE?: string; [key: string]: unknown }; EDIT_FORM_LABEL?: string; LIST_COLUMN_LABEL?: string; LIST_FILTER_LABEL?: string; ERROR_MESSAGE?: string; HELP_MESSAGE?: string; LIST?: { ID?: string; SORT?: string; VALUE?: string; DEF?: string; XML_ID?: string; [key: string]: unknown }[]; [key: string]: unknown }[] }
  /** Changes the given settings of a user field of deals. Scope: crm. */
  'crm.deal.userfield.update': { params: { fields: Fields; id: Id }; result: boolean }
  /** Adds a pipeline of deals. Scope: crm. */
  'crm.dealcategory.add': { params: { fields: Fields }; result: unknown }
  /** Returns the settings of the general pipeline of deals. Scope: crm. */
  'crm.dealcategory.default.get': { params: None; result: unknown }
  /** Renames the general pipeline of deals. Scope: crm. */
  'crm.dealcategory.default.set': { params: { name?: string | number }; result: unknown }
  /** Deletes a pipeline of deals. Scope: crm. */
  'crm.dealcategory.delete': { params: { id: Id }; result: unknown }
  /** Describes the fields of a pipeline of deals, with their types. Scope: crm. */
  'crm.dealcategory.fields': { params: None; result: unknown }
  /** Returns a pipeline of deals. Scope: crm. */
  'crm.dealcategory.get': { params: { id: Id }; result: unknown }
  /** Lists pipelines of deals that match a filter, a page at a time. Scope: crm. */
  'crm.dealcategory.list': { params: { select?: Select<Fields>; filter?: Filter<Fields>; order?: Order<Fields>; start?: number }; result: unknown }
  /** Lists the stages of a pipeline of deals. Scope: crm. */
  'crm.dealcategory.stage.list': { params: { id?: Id }; result: unknown }
  /** Tells the directory that keeps the stages of a pipeline of deals. Scope: crm. */
  'crm.dealcategory.status': { params: { id?: Id }; result: unknown }
  /** Changes the given fields of a pipeline of deals. Scope: crm. */
  'crm.dealcategory.update': { params: { id: Id; fields: Fields }; result: unknown }
  /** Adds a generated document. Scope: crm. */
  'crm.documentgenerator.document.add': { params: { templateId: unknown; entityTypeId: unknown; entityId: unknown; values?: Fields; stampsEnabled?: Flag; fields?: Fields }; result: { document: { changeStampsEnabled?: boolean; changeStampsDisabledReason?: string; changeQrCodeEnabled?: boolean; qrCodeEnabled?: boolean; changeQrCodeDisabledReason?: string; products?: { currencyId?: string; totalSum?: string; totalRows?: number; [key: string]: unknown }; downloadUrl?: string; downloadUrlMachine?: string; publicUrl?: unknown; id?: number; title?: string; number?: string; createTime?: string; createdBy?: number; updateTime?: string; updatedBy?: unknown; stampsEnabled?: boolean; isTransformationError?: boolean; values?: { productsTableVariant?: unknown; _creationMethod?: string; stampsEnabled?: boolean; DocumentNumber?: string; [key: string]: unknown }; templateId?: string; pullTag?: string; imageUrl?: string; pdfUrl?: string; emailDiskFile?: number; entityId?: string; entityTypeId?: string; [key: string]: unknown } } }
  /** Deletes a generated document. Scope: crm. */
  'crm.documentgenerator.document.delete': { params: { id: unknown }; result: null }
  /** Opens or closes the public link of a document. Scope: crm. */
  'crm.documentgenerator.document.enablepublicurl': { params: { id: unknown; status?: unknown }; result: { publicUrl?: string; [key: string]: unknown } }
  /** Returns a generated document. Scope: crm. */
  'crm.documentgenerator.document.get': { params: { id: unknown }; result: { document: { changeStampsEnabled?: boolean; changeStampsDisabledReason?: string; changeQrCodeEnabled?: boolean; qrCodeEnabled?: boolean; changeQrCodeDisabledReason?: string; products?: { currencyId?: string; totalSum?: string; totalRows?: number; [key: string]: unknown }; downloadUrl?: string; publicUrl?: unknown; title?: string; number?: string; id?: string; createTime?: string; createdBy?: string; updateTime?: string; updatedBy?: unknown; stampsEnabled?: boolean; isTransformationError?: boolean; values?: { productsTableVariant?: unknown; _creationMethod?: string; stampsEnabled?: boolean; [key: string]: unknown }; templateId?: string; pullTag?: string; imageUrl?: string; pdfUrl?: string; emailDiskFile?: number; entityId?: string; entityTypeId?: string; downloadUrlMachine?: string; imageUrlMachine?: string; pdfUrlMachine?: string; [key: string]: unknown } } }
  /** Describes the values that a document was made of. Scope: crm. */
  'crm.documentgenerator.document.getfields': { params: { id: unknown; values?: Fields }; result: { documentFields: { DocumentNumber?: { title?: string; value?: string; required?: string; group?: string[]; chain?: string; default?: string; [key: string]: unknown }; MyCompanyUfLogo?: { title?: string; value?: unknown; type?: string; group?: string[]; chain?: string; default?: unknown; [key: string]: unknown }; MY_COMPANY?: { title?: string; value?: Fields[]; group?: string[]; [key: string]: unknown }; [key: string]: unknown } } }
  /** Lists generated documents that match a filter, a page at a time. Scope: crm. */
  'crm.documentgenerator.document.list': { params: { select?: Select<Fields>; filter?: Filter<Fields>; order?: Order<Fields>; start?: number }; result: { documents: { id?: string; title?: string; number?: string; templateId?: string; fileId?: string; imageId?: string; pdfId?: string; createTime?: string; updateTime?: string; values?: { _creationMethod?: string; stampsEnabled?: boolean; [key: string]: unknown }; createdBy?: string; updatedBy?: string; downloadUrl?: string; pdfUrl?: string; imageUrl?: string; stampsEnabled?: boolean; entityId?: string; entityTypeId?: string; downloadUrlMachine?: string; pdfUrlMachine?: string; imageUrlMachine?: string; [key: string]: unknown }[] } }
  /** Makes a document anew with other values. Scope: crm. */
  'crm.documentgenerator.document.update': { params: { id: unknown; values?: Fields; stampsEnabled?: unknown }; result: { document: { changeStampsEnabled?: boolean; changeStampsDisabledReason?: string; changeQrCodeEnabled?: boolean; qrCodeEnabled?: boolean; changeQrCodeDisabledReason?: string; products?: { currencyId?: string; totalSum?: string; totalRows?: number; [key: string]: unknown }; downloadUrl?: string; publicUrl?: unknown; title?: string; number?: string; id?: string; createTime?: string; createdBy?: unknown; updateTime?: string; updatedBy?: number; stampsEnabled?: boolean; isTransformationError?: boolean; values?: { productsTableVariant?: unknown; _creationMethod?: string; stampsEnabled?: boolean; DocumentNumber?: string; [key: string]: unknown }; templateId?: string; pullTag?: string; imageUrl?: string; pdfUrl?: string; emailDiskFile?: number; entityId?: string; entityTypeId?: string; downloadUrlMachine?: string; [key: string]: unknown } } }
  /** Stores a ready file as a document of a CRM record. Scope: crm. */
  'crm.documentgenerator.document.upload': { params: { fields: Fields }; result: { document: { changeStampsEnabled?: boolean; changeStampsDisabledReason?: string; changeQrCodeEnabled?: boolean; qrCodeEnabled?: boolean; changeQrCodeDisabledReason?: string; products?: { currencyId?: string; totalSum?: string; totalRows?: number; [key: string]: unknown }; downloadUrl?: string; publicUrl?: unknown; title?: string; number?: string; id?: string; createTime?: string; createdBy?: string; updateTime?: string; updatedBy?: unknown; stampsEnabled?: boolean; isTransformationError?: boolean; values?: { productsTableVariant?: unknown; _creationMethod?: string; [key: string]: unknown }; templateId?: string; pullTag?: string; emailDiskFile?: number; entityId?: string; entityTypeId?: string; downloadUrlMachine?: string; [key: string]: unknown } } }
  /** Adds a numbering scheme of documents. Scope: crm. */
  'crm.documentgenerator.numerator.add': { params: { fields: Fields }; result: { numerator: { name?: string; template?: string; id?: number; code?: unknown; settings?: { Bitrix_Main_Numerator_Generator_SequentNumberGenerator?: { start?: number; step?: number; length?: number; padString?: string; periodicBy?: unknown; timezone?: unknown; isDirectNumeration?: boolean; [key: string]: unknown }; [key: string]: unknown }; [key: string]: unknown } } }
  /** Deletes a numbering scheme of documents. Scope: crm. */
  'crm.documentgenerator.numerator.delete': { params: { id: unknown }; result: null }
  /** Returns a numbering scheme of documents. Scope: crm. */
  'crm.documentgenerator.numerator.get': { params: { id: unknown }; result: { numerator: { id?: string; name?: string; template?: string; code?: unknown; settings?: { Bitrix_Main_Numerator_Generator_SequentNumberGenerator?: { start?: number; step?: number; length?: number; padString?: string; periodicBy?: unknown; timezone?: unknown; isDirectNumeration?: boolean; [key: string]: unknown }; [key: string]: unknown }; [key: string]: unknown } } }
  /** Lists numbering schemes of documents, a page at a time. Scope: crm. */
  'crm.documentgenerator.numerator.list': { params: { start?: number }; result: { numerators: { id?: string; name?: string; template?: string; settings?: { Bitrix_Main_Numerator_Generator_SequentNumberGenerator?: Fields; [key: string]: unknown }; [key: string]: unknown }[] } }
  /** Changes the given fields of a numbering scheme of documents. Scope: crm. */
  'crm.documentgenerator.numerator.update': { params: { id: unknown; fields: Fields }; result: { name?: string; template?: string; id?: string; code?: unknown; settings?: { Bitrix_Main_Numerator_Generator_SequentNumberGenerator?: { start?: number; step?: number; length?: number; padString?: string; periodicBy?: unknown; timezone?: unknown; isDirectNumeration?: boolean; [key: string]: unknown }; [key: string]: unknown }; [key: string]: unknown } }
  /** Adds a document template. Scope: crm. */
  'crm.documentgenerator.template.add': { params: { fields: Fields }; result: { template: { id?: string; name?: string; region?: string; code?: unknown; download?: string; active?: string; moduleId?: string; numeratorId?: string; withStamps?: string; users?: { UA?: string; [key: string]: unknown }; isDeleted?: string; sort?: string; downloadMachine?: string; entityTypeId?: string[]; createTime?: string; updateTime?: string; [key: string]: unknown } } }
  /** Deletes a document template. Scope: crm. */
  'crm.documentgenerator.template.delete': { params: { id: unknown }; result: null }
  /** Returns a document template. Scope: crm. */
  'crm.documentgenerator.template.get': { params: { id: unknown }; result: { template: { id?: string; name?: string; region?: string; code?: unknown; download?: string; downloadMachine?: string; active?: string; moduleId?: string; numeratorId?: string; withStamps?: string; users?: { UA?: string; [key: string]: unknown }; isDeleted?: string; sort?: string; entityTypeId?: string[]; createTime?: string; updateTime?: string; [key: string]: unknown } } }
  /** Describes the values that a document template takes. Scope: crm. */
  'crm.documentgenerator.template.getfields': { params: { id: unknown; entityTypeId: unknown; entityId?: unknown; values?: Fields }; result: { templateFields: { DocumentNumber?: { title?: string; value?: string; required?: string; group?: string[]; chain?: string; default?: string; [key: string]: unknown }; MyCompanyUfLogo?: { title?: string; value?: unknown; type?: string; group?: string[]; chain?: string; default?: unknown; [key: string]: unknown }; MY_COMPANY?: { title?: string; value?: Fields[]; group?: string[]; [key: string]: unknown }; [key: string]: unknown } } }
  /** Lists document templates that match a filter, a page at a time. Scope: crm. */
  'crm.documentgenerator.template.list': { params: { select?: Select<Fields>; filter?: Filter<Fields>; order?: Order<Fields>; start?: number }; result: { templates: Fields } }
  /** Changes the given fields of a document template. Scope: crm. */
  'crm.documentgenerator.template.update': { params: { id: unknown; fields: Fields }; result: { template: { id?: string; name?: string; region?: string; code?: unknown; download?: string; active?: string; moduleId?: string; numeratorId?: string; withStamps?: string; users?: { UA?: string; [key: string]: unknown }; isDeleted?: string; sort?: string; downloadMachine?: string; entityTypeId?: string[]; createTime?: string; updateTime?: string; [key: string]: unknown } } }
  /** Finds leads, contacts and companies with the given phones or e-mail addresses. Scope: crm. */
  'crm.duplicate.findbycomm': { params: { type: unknown; values: unknown; entity_type?: unknown }; result: { LEAD?: number[]; CONTACT?: number[]; COMPANY?: number[] } | never[] }
  /** Lists the fields by which duplicates can be searched beside the usual ones. Scope: crm. Here in part: fields of requisites (RQ.…) are not offered */
  'crm.duplicate.volatileType.fields': { params: { entityTypeId?: Id }; result: { entityTypeId?: number; fieldCode?: string; fieldTitle?: string; [key: string]: unknown }[] }
  /** Lists all further fields by which duplicates are searched. Scope: crm. */
  'crm.duplicate.volatileType.list': { params: None; result: { id?: number; entityTypeId?: number; fieldCode?: string; [key: string]: unknown }[] }
  /** Makes duplicates be searched by one more field. Scope: crm. */
  'crm.duplicate.volatileType.register': { params: { entityTypeId: Id; fieldCode: string | number }; result: { id?: number; [key: string]: unknown } }
  /** Ends the search for duplicates by a further field. Scope: crm. */
  'crm.duplicate.volatileType.unregister': { params: { id: Id }; result: boolean }
  /** Merges records that are the same lead, contact, company or deal into one. Scope: crm. */
  'crm.entity.mergeBatch': { params: { params: Fields }; result: { STATUS?: string; ENTITY_IDS?: number[]; [key: string]: unknown } }
  /** Lists the directions of activities with their ids. Scope: crm. */
  'crm.enum.activitydirection': { params: None; result: { ID?: number; NAME?: string; SYMBOL_CODE?: unknown; SYMBOL_CODE_SHORT?: unknown; [key: string]: unknown }[] }
  /** Lists the units of reminders of activities with their ids. Scope: crm. */
  'crm.enum.activitynotifytype': { params: None; result: { ID?: number; NAME?: string; SYMBOL_CODE?: unknown; SYMBOL_CODE_SHORT?: unknown; [key: string]: unknown }[] }
  /** Lists the priorities of activities with their ids. Scope: crm. */
  'crm.enum.activitypriority': { params: None; result: { ID?: number; NAME?: string; SYMBOL_CODE?: unknown; SYMBOL_CODE_SHORT?: unknown; [key: string]: unknown }[] }
  /** Lists the statuses of activities with their ids. Scope: crm. */
  'crm.enum.activitystatus': { params: None; result: { ID?: number; NAME?: string; SYMBOL_CODE?: unknown; SYMBOL_CODE_SHORT?: unknown; [key: string]: unknown }[] }
  /** Lists the types of activities with their ids. Scope: crm. */
  'crm.enum.activitytype': { params: None; result: { ID?: number; NAME?: string; SYMBOL_CODE?: unknown; SYMBOL_CODE_SHORT?: unknown; [key: string]: unknown }[] }
  /** Lists the types of addresses with their ids. Scope: crm. */
  'crm.enum.addresstype': { params: None; result: { ID?: number; NAME?: string; SYMBOL_CODE?: unknown; SYMBOL_CODE_SHORT?: unknown; [key: string]: unknown }[] }
  /** Lists the formats of texts with their ids. Scope: crm. */
  'crm.enum.contenttype': { params: None; result: { ID?: number; NAME?: string; SYMBOL_CODE?: unknown; SYMBOL_CODE_SHORT?: unknown; [key: string]: unknown }[] }
  /** Describes the fields of an entry of an enumeration. Scope: crm. */
  'crm.enum.fields': { params: None; result: FieldDescriptions }
  /** Lists the types of CRM records that orders can be bound to with their ids. Scope: crm. */
  'crm.enum.getorderownertypes': { params: None; result: { attribute?: string; code?: string; id?: number; name?: string; [key: string]: unknown }[] }
  /** Lists the types of CRM records with their ids. Scope: crm. */
  'crm.enum.ownertype': { params: None; result: { ID?: number; NAME?: string; SYMBOL_CODE?: string; SYMBOL_CODE_SHORT?: string; [key: string]: unknown }[] }
  /** Lists the ways of working of the CRM with their ids. Scope: crm. */
  'crm.enum.settings.mode': { params: None; result: { ID?: number; NAME?: string; SYMBOL_CODE?: unknown; SYMBOL_CODE_SHORT?: unknown; [key: string]: unknown }[] }
  /** Adds an invoice of the old kind. Scope: crm. */
  'crm.invoice.add': { params: { fields: Input<Invoice>; params?: Fields }; result: number }
  /** Deletes an invoice of the old kind. Scope: crm. */
  'crm.invoice.delete': { params: { id: Id }; result: boolean }
  /** Describes the fields of an invoice of the old kind, with their types. Scope: crm. */
  'crm.invoice.fields': { params: None; result: FieldDescriptions }
  /** Returns an invoice of the old kind. Scope: crm. */
  'crm.invoice.get': { params: { id: Id }; result: unknown }
  /** Returns the public link of an old invoice. Scope: crm. */
  'crm.invoice.getexternallink': { params: { id: Id }; result: unknown }
  /** Lists invoices of the old kind that match a filter, a page at a time. Scope: crm. */
  'crm.invoice.list': { params: { select?: Select<Invoice>; filter?: Filter<Invoice>; order?: Order<Invoice>; start?: number }; result: Invoice[] }
  /** Adds a template that makes recurring invoices. Scope: crm. Here in part: SEND_BILL and EMAIL_ID are kept, but no invoice is sent by e-mail */
  'crm.invoice.recurring.add': { params: { fields: Fields; params?: Fields }; result: unknown }
  /** Deletes a template that makes recurring invoices. Scope: crm. */
  'crm.invoice.recurring.delete': { params: { id: Id }; result: boolean }
  /** Makes an invoice of a recurring template now. Scope: crm. Here in part: SEND_BILL and EMAIL_ID are kept, but no invoice is sent by e-mail */
  'crm.invoice.recurring.expose': { params: { id: Id }; result: unknown }
  /** Describes the fields of a template that makes recurring invoices, with their types. Scope: crm. */
  'crm.invoice.recurring.fields': { params: None; result: unknown }
  /** Returns a template that makes recurring invoices. Scope: crm. */
  'crm.invoice.recurring.get': { params: { id: Id }; result: InvoiceRecurring }
  /** Lists templates that make recurring invoices, by a filter, a page at a time. Scope: crm. */
  'crm.invoice.recurring.list': { params: { select?: Select<InvoiceRecurring>; filter?: Filter<InvoiceRecurring>; order?: Order<InvoiceRecurring>; start?: number }; result: InvoiceRecurring[] }
  /** Changes the given fields of a template that makes recurring invoices. Scope: crm. */
  'crm.invoice.recurring.update': { params: { id: Id; fields: Input<InvoiceRecurring>; params?: Fields }; result: boolean }
  /** Adds a status of old invoices. Scope: crm. */
  'crm.invoice.status.add': { params: { fields: Fields }; result: unknown }
  /** Deletes a status of old invoices. Scope: crm. */
  'crm.invoice.status.delete': { params: { id: unknown }; result: unknown }
  /** Describes the fields of a status of old invoices, with their types. Scope: crm. */
  'crm.invoice.status.fields': { params: None; result: unknown }
  /** Returns a status of old invoices. Scope: crm. */
  'crm.invoice.status.get': { params: { id: unknown }; result: unknown }
  /** Lists statuses of old invoices that match a filter. Scope: crm. */
  'crm.invoice.status.list': { params: { order?: Fields; filter?: Fields }; result: unknown }
  /** Changes the given fields of a status of old invoices. Scope: crm. */
  'crm.invoice.status.update': { params: { id: unknown; fields: Fields }; result: unknown }
  /** Changes the given fields of an invoice of the old kind. Scope: crm. */
  'crm.invoice.update': { params: { id: Id; fields: Input<Invoice>; params?: Fields }; result: boolean }
  /** Adds a user field to invoices and returns its id. Scope: crm. */
  'crm.invoice.userfield.add': { params: { fields: Fields }; result: unknown }
  /** Deletes a user field of invoices with all its values. Scope: crm. */
  'crm.invoice.userfield.delete': { params: { id: Id }; result: unknown }
  /** Returns a user field of invoices, with its options and settings. Scope: crm. */
  'crm.invoice.userfield.get': { params: { id: Id }; result: unknown }
  /** Lists the user fields of invoices that match a filter. Scope: crm. */
  'crm.invoice.userfield.list': { params: { filter?: Fields; order?: Fields }; result: unknown }
  /** Changes the given settings of a user field of invoices. Scope: crm. */
  'crm.invoice.userfield.update': { params: { fields: Fields; id: Id }; result: unknown }
  /** Adds a record of any CRM type, named by `entityTypeId`. Scope: crm. */
  'crm.item.add': { params: { entityTypeId: Id; fields: Input<ItemRow>; useOriginalUfNames?: Flag }; result: { item: ItemRow } }
  /** Imports up to 20 records in one call, each as `crm.item.import` would. Scope: crm. */
  'crm.item.batchImport': { params: { entityTypeId: Id; data: readonly unknown[] | Fields; useOriginalUfNames?: Flag }; result: { items: { item?: { id?: number; [key: string]: unknown }; error?: string; error_description?: string; [key: string]: unknown }[] } }
  /** Deletes a record of any CRM type, named by `entityTypeId`. Scope: crm. */
  'crm.item.delete': { params: { entityTypeId: Id; id: Id }; result: never[] }
  /** Returns a delivery of an order. Scope: crm. */
  'crm.item.delivery.get': { params: { id: Id }; result: { id?: number; accountNumber?: string; priceDelivery?: number; currency?: string; deducted?: string; dateDeducted?: unknown; deliveryId?: number; deliveryName?: string; [key: string]: unknown } }
  /** Lists deliveries of an order that match a filter. Scope: crm. */
  'crm.item.delivery.list': { params: { entityId: Id; entityTypeId: Id; filter?: Fields; order?: Fields }; result: { id?: number; accountNumber?: string; deducted?: string; dateDeducted?: unknown; deliveryId?: number; priceDelivery?: number; currency?: string; deliveryName?: string; [key: string]: unknown }[] }
  /** Gives everyone the common one as the layout of the card of records of a CRM type, and ends their own. Scope: crm. */
  'crm.item.details.configuration.forceCommonScopeForAll': { params: { entityTypeId: unknown; extras?: Fields }; result: boolean }
  /** Returns the layout of the card of records of a CRM type, as one person or everyone sees it. Scope: crm. */
  'crm.item.details.configuration.get': { params: { scope?: string | number; userId?: Id; entityTypeId: unknown; extras?: Fields }; result: { name?: string; title?: string; type?: string; elements?: { name?: string; optionFlags?: string; options?: Fields; [key: string]: unknown }[]; [key: string]: unknown }[] }
  /** Puts back the layout of the card of records of a CRM type to what it was at first. Scope: crm. */
  'crm.item.details.configuration.reset': { params: { scope?: string | number; userId?: Id; entityTypeId: unknown; extras?: Fields }; result: boolean }
  /** Sets the layout of the card of records of a CRM type, for one person or for everyone. Scope: crm. */
  'crm.item.details.configuration.set': { params: { scope?: string | number; userId?: Id; entityTypeId: unknown; extras?: Fields; data: readonly unknown[] | Fields }; result: boolean }
  /** Describes the fields of a record of any CRM type, named by `entityTypeId`, with their types. Scope: crm. */
  'crm.item.fields': { params: { entityTypeId: Id; useOriginalUfNames?: Flag }; result: { fields: FieldDescriptions } }
  /** Returns a record of any CRM type, named by `entityTypeId`. Scope: crm. */
  'crm.item.get': { params: { entityTypeId: Id; id: Id; useOriginalUfNames?: Flag }; result: { item: ItemRow } }
  /** Adds a record with its history (authors, dates) and without automation. Scope: crm. */
  'crm.item.import': { params: { entityTypeId: Id; fields: Fields; useOriginalUfNames?: Flag }; result: { item: { id?: number; [key: string]: unknown } } }
  /** Lists records of a CRM type, named by `entityTypeId`, that match a filter, a page at a time. Scope: crm. */
  'crm.item.list': { params: { entityTypeId: Id; select?: Select<ItemRow>; filter?: Filter<ItemRow>; order?: Order<ItemRow>; start?: number; useOriginalUfNames?: Flag }; result: { items: ItemRow[] } }
  /** Adds a payment to a CRM record and returns its id. Scope: crm. */
  'crm.item.payment.add': { params: { entityId: Id; entityTypeId: Id }; result: number }
  /** Deletes a payment of a CRM record. Scope: crm. */
  'crm.item.payment.delete': { params: { id: Id }; result: boolean }
  /** Puts a delivery into a payment. Scope: crm. */
  'crm.item.payment.delivery.add': { params: { paymentId: Id; deliveryId: Id }; result: number }
  /** Takes a delivery out of a payment. Scope: crm. */
  'crm.item.payment.delivery.delete': { params: { id: Id }; result: boolean }
  /** Lists deliveries that a payment pays for, by a filter. Scope: crm. */
  'crm.item.payment.delivery.list': { params: { paymentId: Id; filter: Fields; order?: Fields }; result: { id?: number; paymentId?: number; quantity?: number; deliveryId?: number; [key: string]: unknown }[] }
  /** Lets a payment pay for another delivery in the place of one. Scope: crm. */
  'crm.item.payment.delivery.setDelivery': { params: { id: Id; deliveryId: Id }; result: boolean }
  /** Returns a payment of a CRM record. Scope: crm. */
  'crm.item.payment.get': { params: { id: Id }; result: { id?: number; accountNumber?: string; paid?: string; datePaid?: string; empPaidId?: number; paySystemId?: number; sum?: number; currency?: string; paySystemName?: string; [key: string]: unknown } }
  /** Lists payments of a CRM record that match a filter. Scope: crm. */
  'crm.item.payment.list': { params: { entityId: Id; entityTypeId: Id; filter?: Fields; order?: Fields }; result: { id?: number; accountNumber?: string; paid?: string; datePaid?: string; empPaidId?: number; paySystemId?: number; sum?: number; currency?: string; paySystemName?: string; [key: string]: unknown }[] }
  /** Marks a payment as paid. Scope: crm. */
  'crm.item.payment.pay': { params: { id: Id }; result: boolean }
  /** Puts a product into a payment. Scope: crm. */
  'crm.item.payment.product.add': { params: { paymentId: Id; rowId: Id; quantity: string | number }; result: number }
  /** Takes a product out of a payment. Scope: crm. */
  'crm.item.payment.product.delete': { params: { id: Id }; result: boolean }
  /** Lists products that a payment pays for, by a filter. Scope: crm. */
  'crm.item.payment.product.list': { params: { paymentId: Id; filter: Fields; order?: Fields }; result: { id?: number; paymentId?: number; quantity?: number; rowId?: number; [key: string]: unknown }[] }
  /** Changes the quantity of a product in a payment. Scope: crm. */
  'crm.item.payment.product.setQuantity': { params: { id: Id; quantity: string | number }; result: boolean }
  /** Takes back that a payment is paid. Scope: crm. */
  'crm.item.payment.unpay': { params: { id: Id }; result: boolean }
  /** Changes the given fields of a payment of a CRM record. Scope: crm. */
  'crm.item.payment.update': { params: { id: Id; fields: Fields }; result: boolean }
  /** Adds a product row of a CRM record. Scope: crm. */
  'crm.item.productrow.add': { params: { fields: Fields }; result: { productRow: { id?: number; ownerId?: number; ownerType?: string; productId?: number; price?: number; quantity?: number; discountTypeId?: number; discountRate?: number; taxRate?: number; taxIncluded?: string; measureCode?: number; sort?: number; type?: number; productName?: string; priceAccount?: number; priceExclusive?: number; priceNetto?: number; priceBrutto?: number; discountSum?: number; customized?: string; measureName?: string; xmlId?: unknown; [key: string]: unknown } } }
  /** Deletes a product row of a CRM record. Scope: crm. */
  'crm.item.productrow.delete': { params: { id: Id }; result: null }
  /** Describes the fields of a product row of a CRM record, with their types. Scope: crm. */
  'crm.item.productrow.fields': { params: None; result: FieldDescriptions }
  /** Returns a product row of a CRM record. Scope: crm. */
  'crm.item.productrow.get': { params: { id: Id }; result: { productRow: { id?: number; ownerId?: number; ownerType?: string; productId?: number; productName?: string; price?: number; priceAccount?: number; priceExclusive?: number; priceNetto?: number; priceBrutto?: number; quantity?: number; discountTypeId?: number; discountRate?: number; discountSum?: number; taxRate?: unknown; taxIncluded?: string; customized?: string; measureCode?: number; measureName?: string; sort?: number; xmlId?: string; type?: number; storeId?: number; [key: string]: unknown } } }
  /** Lists product rows of a CRM record that are not paid for yet. Scope: crm. */
  'crm.item.productrow.getAvailableForPayment': { params: { ownerId: Id; ownerType: string | number }; result: { productRows: { id?: number; ownerId?: number; ownerType?: string; productId?: number; productName?: string; price?: number; priceAccount?: number; priceExclusive?: number; priceNetto?: number; priceBrutto?: number; quantity?: number; discountTypeId?: number; discountRate?: number; discountSum?: number; taxRate?: unknown; taxIncluded?: string; customized?: string; measureCode?: number; measureName?: string; sort?: number; xmlId?: string; type?: number; [key: string]: unknown }[] } }
  /** Lists product rows of CRM records that match a filter, a page at a time. Scope: crm. */
  'crm.item.productrow.list': { params: { filter: Filter<Fields>; order?: Order<Fields>; start?: number }; result: { productRows: { id?: number; ownerId?: number; ownerType?: string; productId?: number; productName?: string; price?: number; priceAccount?: number; priceExclusive?: number; priceNetto?: number; priceBrutto?: number; quantity?: number; discountTypeId?: number; discountRate?: number; discountSum?: number; taxRate?: number; taxIncluded?: string; customized?: string; measureCode?: number; measureName?: string; sort?: number; xmlId?: string; type?: number; storeId?: number; [key: string]: unknown }[] } }
  /** Sets all product rows of a CRM record, in place of the present ones. Scope: crm. */
  'crm.item.productrow.set': { params: { ownerId: Id; ownerType: string | number; productRows: Fields }; result: { productRows: { id?: number; ownerId?: number; ownerType?: string; productId?: number; productName?: string; price?: number; priceAccount?: number; priceExclusive?: number; priceNetto?: number; priceBrutto?: number; quantity?: number; discountTypeId?: number; discountRate?: number; discountSum?: number; taxRate?: unknown; taxIncluded?: string; customized?: string; measureCode?: number; measureName?: string; sort?: number; xmlId?: unknown; type?: number; [key: string]: unknown }[] } }
  /** Changes the given fields of a product row of a CRM record. Scope: crm. */
  'crm.item.productrow.update': { params: { id: Id; fields: Fields }; result: { productRow: { id?: number; ownerId?: number; ownerType?: string; productId?: number; productName?: string; price?: number; priceAccount?: number; priceExclusive?: number; priceNetto?: number; priceBrutto?: number; quantity?: number; discountTypeId?: number; discountRate?: number; discountSum?: number; taxRate?: number; taxIncluded?: string; customized?: string; measureCode?: number; measureName?: string; sort?: number; xmlId?: string; type?: number; [key: string]: unknown } } }
  /** Changes the given fields of a record of any CRM type, named by `entityTypeId`. Scope: crm. */
  'crm.item.update': { params: { entityTypeId: Id; id: Id; fields: Input<ItemRow>; useOriginalUfNames?: Flag }; result: { item: ItemRow } }
  /** Adds a lead. Scope: crm. */
  'crm.lead.add': { params: { fields: Input<Lead>; params?: Fields }; result: number }
  /** Links a contact to a lead. Scope: crm. */
  'crm.lead.contact.add': { params: { id: unknown; fields: Fields }; result: boolean }
  /** Ends the link of a contact to a lead; both records stay. Scope: crm. */
  'crm.lead.contact.delete': { params: { id: unknown; fields: Fields }; result: boolean }
  /** Describes the fields of a link of a contact to a lead. Scope: crm. */
  'crm.lead.contact.fields': { params: None; result: FieldDescriptions }
  /** Ends the links of all contacts to a lead; the records stay. Scope: crm. */
  'crm.lead.contact.items.delete': { params: { id: unknown }; result: boolean }
  /** Lists the contacts of a lead. Scope: crm. */
  'crm.lead.contact.items.get': { params: { id: unknown }; result: { CONTACT_ID?: number; SORT?: number; ROLE_ID?: number; IS_PRIMARY?: string; [key: string]: unknown }[] }
  /** Sets all contacts of a lead, in place of the present links. Scope: crm. */
  'crm.lead.contact.items.set': { params: { id: unknown; items: readonly unknown[] | Fields }; result: boolean }
  /** Deletes a lead. Scope: crm. */
  'crm.lead.delete': { params: { id: Id }; result: boolean }
  /** Gives everyone the common one as the layout of the card of leads, and ends their own. Scope: crm. */
  'crm.lead.details.configuration.forceCommonScopeForAll': { params: { extras?: Fields }; result: boolean }
  /** Returns the layout of the card of leads, as one person or everyone sees it. Scope: crm. */
  'crm.lead.details.configuration.get': { params: { scope?: string | number; userId?: Id; extras?: Fields }; result: { name?: string; title?: string; type?: string; elements?: { name?: string; optionFlags?: string; [key: string]: unknown }[]; [key: string]: unknown }[] }
  /** Puts back the layout of the card of leads to what it was at first. Scope: crm. */
  'crm.lead.details.configuration.reset': { params: { scope?: string | number; userId?: Id; extras?: Fields }; result: boolean }
  /** Sets the layout of the card of leads, for one person or for everyone. Scope: crm. */
  'crm.lead.details.configuration.set': { params: { scope?: string | number; userId?: Id; extras?: Fields; data: readonly unknown[] | Fields }; result: boolean }
  /** Describes the fields of a lead, with their types. Scope: crm. */
  'crm.lead.fields': { params: None; result: FieldDescriptions }
  /** Returns a lead. Scope: crm. */
  'crm.lead.get': { params: { id: Id }; result: Lead }
  /** Lists leads that match a filter, a page at a time. Scope: crm. */
  'crm.lead.list': { params: { select?: Select<Lead>; filter?: Filter<Lead>; order?: Order<Lead>; start?: number }; result: Lead[] }
  /** Lists the product rows of a lead. Scope: crm. */
  'crm.lead.productrows.get': { params: { id: unknown }; result: { ID?: string; OWNER_ID?: string; OWNER_TYPE?: string; PRODUCT_ID?: number; PRODUCT_NAME?: string; ORIGINAL_PRODUCT_NAME?: string; PRODUCT_DESCRIPTION?: string; PRICE?: number; PRICE_EXCLUSIVE?: number; PRICE_NETTO?: number; PRICE_BRUTTO?: number; PRICE_ACCOUNT?: string; QUANTITY?: number; DISCOUNT_TYPE_ID?: number; DISCOUNT_RATE?: number; DISCOUNT_SUM?: number; TAX_RATE?: number; TAX_INCLUDED?: string; CUSTOMIZED?: string; MEASURE_CODE?: number; MEASURE_NAME?: string; SORT?: number; XML_ID?: unknown; TYPE?: number; STORE_ID?: unknown; RESERVE_ID?: unknown; DATE_RESERVE_END?: unknown; RESERVE_QUANTITY?: unknown; [key: string]: unknown }[] }
  /** Sets all product rows of a lead, in place of the present ones. Scope: crm. */
  'crm.lead.productrows.set': { params: { id: unknown; rows?: readonly unknown[] | Fields }; result: boolean }
  /** Changes the given fields of a lead. Scope: crm. */
  'crm.lead.update': { params: { id: Id; fields: Input<Lead>; params?: Fields }; result: boolean }
  /** Adds a user field to leads and returns its id. Scope: crm. */
  'crm.lead.userfield.add': { params: { fields: Fields }; result: number }
  /** Deletes a user field of leads with all its values. Scope: crm. */
  'crm.lead.userfield.delete': { params: { id: Id }; result: boolean }
  /** Returns a user field of leads, with its options and settings. Scope: crm. */
  'crm.lead.userfield.get': { params: { id: Id }; result: { ID?: string; ENTITY_ID?: string; FIELD_NAME?: string; USER_TYPE_ID?: string; XML_ID?: unknown; SORT?: string; MULTIPLE?: string; MANDATORY?: string; SHOW_FILTER?: string; SHOW_IN_LIST?: string; EDIT_IN_LIST?: string; IS_SEARCHABLE?: string; SETTINGS?: Fields; EDIT_FORM_LABEL?: Fields; LIST_COLUMN_LABEL?: Fields; LIST_FILTER_LABEL?: Fields; ERROR_MESSAGE?: Fields; HELP_MESSAGE?: Fields; [key: string]: unknown } }
  /** Lists the user fields of leads that match a filter. Scope: crm. */
  'crm.lead.userfield.list': { params: { filter?: Fields; order?: Fields }; result: { ID?: string; ENTITY_ID?: string; FIELD_NAME?: string; USER_TYPE_ID?: string; XML_ID?: unknown; SORT?: string; MULTIPLE?: string; MANDATORY?: string; SHOW_FILTER?: string; SHOW_IN_LIST?: string; EDIT_IN_LIST?: string; IS_SEARCHABLE?: string; SETTINGS?: { ENTITY_TYPE?: string; [key: string]: unknown }; EDIT_FORM_LABEL?: string; LIST_COLUMN_LABEL?: string; LIST_FILTER_LABEL?: string; ERROR_MESSAGE?: string; HELP_MESSAGE?: string; LIST?: { ID?: string; SORT?: string; VALUE?: string; DEF?: string; XML_ID?: string; [key: string]: unknown }[]; [key: string]: unknown }[] }
  /** Changes the given settings of a user field of leads. Scope: crm. */
  'crm.lead.userfield.update': { params: { fields: Fields; id: Id }; result: boolean }
  /** Adds a unit of measurement. Scope: crm. */
  'crm.measure.add': { params: { fields: Input<Measure>; params?: Fields }; result: number }
  /** Deletes a unit of measurement. Scope: crm. */
  'crm.measure.delete': { params: { id: Id }; result: boolean }
  /** Describes the fields of a unit of measurement, with their types. Scope: crm. */
  'crm.measure.fields': { params: None; result: FieldDescriptions }
  /** Returns a unit of measurement. Scope: crm. */
  'crm.measure.get': { params: { id: Id }; result: Measure }
  /** Lists units of measurement that match a filter, a page at a time. Scope: crm. */
  'crm.measure.list': { params: { select?: Select<Measure>; filter?: Filter<Measure>; order?: Order<Measure>; start?: number }; result: Measure[] }
  /** Changes the given fields of a unit of measurement. Scope: crm. */
  'crm.measure.update': { params: { id: Id; fields: Input<Measure>; params?: Fields }; result: boolean }
  /** Describes the fields of a phone, e-mail address, site or messenger. Scope: crm. */
  'crm.multifield.fields': { params: None; result: FieldDescriptions }
  /** Adds a binding of an order to a CRM record. Scope: crm. */
  'crm.orderentity.add': { params: { fields: Fields }; result: { dealOrder: { orderId?: number; ownerId?: number; ownerTypeId?: number; [key: string]: unknown } } }
  /** Ends the bindings of an order to CRM records. Scope: crm. */
  'crm.orderentity.deleteByFilter': { params: { fields: Fields }; result: boolean }
  /** Describes the fields of a binding of an order to a CRM record. Scope: crm. */
  'crm.orderentity.getFields': { params: None; result: { orderEntity: { orderId?: { isImmutable?: boolean; isReadOnly?: boolean; isRequired?: boolean; type?: string; [key: string]: unknown }; ownerId?: { isImmutable?: boolean; isReadOnly?: boolean; isRequired?: boolean; type?: string; [key: string]: unknown }; ownerTypeId?: { isImmutable?: boolean; isReadOnly?: boolean; isRequired?: boolean; type?: string; [key: string]: unknown }; [key: string]: unknown } } }
  /** Lists bindings of orders to CRM records that match a filter, a page at a time. Scope: crm. */
  'crm.orderentity.list': { params: { select?: Select<Fields>; filter?: Filter<Fields>; order?: Order<Fields>; start?: number }; result: { orderEntity: { orderId?: number; ownerId?: number; [key: string]: unknown }[] } }
  /** Describes the fields of a payment system, with their types. Scope: crm. */
  'crm.paysystem.fields': { params: None; result: FieldDescriptions }
  /** Lists payment systems that match a filter, a page at a time. Scope: crm. */
  'crm.paysystem.list': { params: { select?: Select<PaySystem>; filter?: Filter<PaySystem>; order?: Order<PaySystem>; start?: number }; result: PaySystem[] }
  /** Describes the fields of a payer type, with their types. Scope: crm. */
  'crm.persontype.fields': { params: None; result: FieldDescriptions }
  /** Lists payer types that match a filter, a page at a time. Scope: crm. */
  'crm.persontype.list': { params: { select?: Select<PayerType>; filter?: Filter<PayerType>; order?: Order<PayerType>; start?: number }; result: PayerType[] }
  /** Adds a product of the CRM. Scope: crm. */
  'crm.product.add': { params: { fields: Input<Product>; params?: Fields }; result: number }
  /** Deletes a product of the CRM. Scope: crm. */
  'crm.product.delete': { params: { id: Id }; result: boolean }
  /** Describes the fields of a product of the CRM, with their types. Scope: crm. */
  'crm.product.fields': { params: None; result: FieldDescriptions }
  /** Returns a product of the CRM. Scope: crm. */
  'crm.product.get': { params: { id: Id }; result: Product }
  /** Lists products of the CRM that match a filter, a page at a time. Scope: crm. */
  'crm.product.list': { params: { select?: Select<Product>; filter?: Filter<Product>; order?: Order<Product>; start?: number }; result: Product[] }
  /** Adds a property of CRM products. Scope: crm. */
  'crm.product.property.add': { params: { fields: Fields }; result: unknown }
  /** Deletes a property of CRM products. Scope: crm. */
  'crm.product.property.delete': { params: { id: Id }; result: boolean }
  /** Describes the fields of an option of a property of CRM products. Scope: crm. */
  'crm.product.property.enumeration.fields': { params: None; result: unknown }
  /** Describes the fields of a property of CRM products. Scope: crm. */
  'crm.product.property.fields': { params: None; result: unknown }
  /** Returns a property of CRM products. Scope: crm. */
  'crm.product.property.get': { params: { id: Id }; result: ProductProperty }
  /** Lists properties of CRM products that match a filter, a page at a time. Scope: crm. */
  'crm.product.property.list': { params: { select?: Select<ProductProperty>; filter?: Filter<ProductProperty>; order?: Order<ProductProperty>; start?: number }; result: ProductProperty[] }
  /** Describes the fields of the settings of a property of CRM products. Scope: crm. */
  'crm.product.property.settings.fields': { params: { propertyType: string | number; userType?: string | number }; result: unknown }
  /** Lists the types of properties of CRM products. Scope: crm. */
  'crm.product.property.types': { params: None; result: unknown }
  /** Changes the given fields of a property of CRM products. Scope: crm. */
  'crm.product.property.update': { params: { id: Id; fields: Fields }; result: unknown }
  /** Changes the given fields of a product of the CRM. Scope: crm. */
  'crm.product.update': { params: { id: Id; fields: Input<Product>; params?: Fields }; result: boolean }
  /** Describes the fields of a product row, with their types. Scope: crm. */
  'crm.productrow.fields': { params: None; result: unknown }
  /** Lists product rows that match a filter, a page at a time. Scope: crm. */
  'crm.productrow.list': { params: { select?: Select<Fields>; filter?: Filter<Fields>; order?: Order<Fields>; start?: number }; result: unknown }
  /** Adds a section of CRM products. Scope: crm. */
  'crm.productsection.add': { params: { fields: Input<ProductSection>; params?: Fields }; result: number }
  /** Deletes a section of CRM products. Scope: crm. */
  'crm.productsection.delete': { params: { id: Id }; result: boolean }
  /** Describes the fields of a section of CRM products, with their types. Scope: crm. */
  'crm.productsection.fields': { params: None; result: FieldDescriptions }
  /** Returns a section of CRM products. Scope: crm. */
  'crm.productsection.get': { params: { id: Id }; result: ProductSection }
  /** Lists sections of CRM products that match a filter, a page at a time. Scope: crm. */
  'crm.productsection.list': { params: { select?: Select<ProductSection>; filter?: Filter<ProductSection>; order?: Order<ProductSection>; start?: number }; result: ProductSection[] }
  /** Changes the given fields of a section of CRM products. Scope: crm. */
  'crm.productsection.update': { params: { id: Id; fields: Input<ProductSection>; params?: Fields }; result: boolean }
  /** Adds a quote. Scope: crm. */
  'crm.quote.add': { params: { fields: Input<Quote>; params?: Fields }; result: number }
  /** Links a contact to a quote. Scope: crm. */
  'crm.quote.contact.add': { params: { id: unknown; fields: Fields }; result: boolean }
  /** Ends the link of a contact to a quote; both records stay. Scope: crm. */
  'crm.quote.contact.delete': { params: { id: unknown; fields: Fields }; result: boolean }
  /** Describes the fields of a link of a contact to a quote. Scope: crm. */
  'crm.quote.contact.fields': { params: None; result: FieldDescriptions }
  /** Ends the links of all contacts to a quote; the records stay. Scope: crm. */
  'crm.quote.contact.items.delete': { params: { id: unknown }; result: boolean }
  /** Lists the contacts of a quote. Scope: crm. */
  'crm.quote.contact.items.get': { params: { id: unknown }; result: { CONTACT_ID?: number; SORT?: number; ROLE_ID?: number; IS_PRIMARY?: string; [key: string]: unknown }[] }
  /** Sets all contacts of a quote, in place of the present links. Scope: crm. */
  'crm.quote.contact.items.set': { params: { id: unknown; items: readonly unknown[] | Fields }; result: boolean }
  /** Deletes a quote. Scope: crm. */
  'crm.quote.delete': { params: { id: Id }; result: boolean }
  /** Describes the fields of a quote, with their types. Scope: crm. */
  'crm.quote.fields': { params: None; result: FieldDescriptions }
  /** Returns a quote. Scope: crm. */
  'crm.quote.get': { params: { id: Id }; result: Quote }
  /** Lists quotes that match a filter, a page at a time. Scope: crm. */
  'crm.quote.list': { params: { select?: Select<Quote>; filter?: Filter<Quote>; order?: Order<Quote>; start?: number }; result: Quote[] }
  /** Lists the product rows of a quote. Scope: crm. */
  'crm.quote.productrows.get': { params: { id: unknown }; result: { ID?: string; OWNER_ID?: string; OWNER_TYPE?: string; PRODUCT_ID?: number; PRODUCT_NAME?: string; ORIGINAL_PRODUCT_NAME?: string; PRODUCT_DESCRIPTION?: unknown; PRICE?: number; PRICE_EXCLUSIVE?: number; PRICE_NETTO?: number; PRICE_BRUTTO?: number; PRICE_ACCOUNT?: string; QUANTITY?: number; DISCOUNT_TYPE_ID?: number; DISCOUNT_RATE?: number; DISCOUNT_SUM?: number; TAX_RATE?: number; TAX_INCLUDED?: string; CUSTOMIZED?: string; MEASURE_CODE?: number; MEASURE_NAME?: string; SORT?: number; XML_ID?: unknown; TYPE?: number; STORE_ID?: unknown; RESERVE_ID?: unknown; DATE_RESERVE_END?: unknown; RESERVE_QUANTITY?: unknown; [key: string]: unknown }[] }
  /** Sets all product rows of a quote, in place of the present ones. Scope: crm. */
  'crm.quote.productrows.set': { params: { id: unknown; rows?: readonly unknown[] | Fields }; result: boolean }
  /** Changes the given fields of a quote. Scope: crm. */
  'crm.quote.update': { params: { id: Id; fields: Input<Quote>; params?: Fields }; result: boolean }
  /** Adds a user field to quotes and returns its id. Scope: crm. */
  'crm.quote.userfield.add': { params: { fields: Fields }; result: number }
  /** Deletes a user field of quotes with all its values. Scope: crm. */
  'crm.quote.userfield.delete': { params: { id: Id }; result: boolean }
  /** Returns a user field of quotes, with its options and settings. Scope: crm. */
  'crm.quote.userfield.get': { params: { id: Id }; result: { ID?: string; ENTITY_ID?: string; FIELD_NAME?: string; USER_TYPE_ID?: string; XML_ID?: unknown; SORT?: string; MULTIPLE?: string; MANDATORY?: string; SHOW_FILTER?: string; SHOW_IN_LIST?: string; EDIT_IN_LIST?: string; IS_SEARCHABLE?: string; SETTINGS?: Fields; EDIT_FORM_LABEL?: Fields; LIST_COLUMN_LABEL?: Fields; LIST_FILTER_LABEL?: Fields; ERROR_MESSAGE?: Fields; HELP_MESSAGE?: Fields; [key: string]: unknown } }
  /** Lists the user fields of quotes that match a filter. Scope: crm. */
  'crm.quote.userfield.list': { params: { filter?: Fields; order?: Fields }; result: { ID?: string; ENTITY_ID?: string; FIELD_NAME?: string; USER_TYPE_ID?: string; XML_ID?: unknown; SORT?: string; MULTIPLE?: string; MANDATORY?: string; SHOW_FILTER?: string; SHOW_IN_LIST?: string; EDIT_IN_LIST?: string; IS_SEARCHABLE?: string; SETTINGS?: { ENTITY_TYPE?: string; [key: string]: unknown }; EDIT_FORM_LABEL?: string; LIST_COLUMN_LABEL?: string; LIST_FILTER_LABEL?: string; ERROR_MESSAGE?: string; HELP_MESSAGE?: string; LIST?: { ID?: string; SORT?: string; VALUE?: string; DEF?: string; XML_ID?: string; [key: string]: unknown }[]; [key: string]: unknown }[] }
  /** Changes the given settings of a user field of quotes. Scope: crm. */
  'crm.quote.userfield.update': { params: { fields: Fields; id: Id }; result: boolean }
  /** Adds a requisite: the legal details of a company or a contact. Scope: crm. */
  'crm.requisite.add': { params: { fields: Input<Requisite>; params?: Fields }; result: number }
  /** Adds a bank detail of a requisite. Scope: crm. */
  'crm.requisite.bankdetail.add': { params: { fields: Input<BankDetail>; params?: Fields }; result: number }
  /** Deletes a bank detail of a requisite. Scope: crm. */
  'crm.requisite.bankdetail.delete': { params: { id: Id }; result: boolean }
  /** Describes the fields of a bank detail of a requisite, with their types. Scope: crm. */
  'crm.requisite.bankdetail.fields': { params: None; result: FieldDescriptions }
  /** Returns a bank detail of a requisite. Scope: crm. */
  'crm.requisite.bankdetail.get': { params: { id: Id }; result: BankDetail }
  /** Lists bank details of requisites that match a filter, a page at a time. Scope: crm. */
  'crm.requisite.bankdetail.list': { params: { select?: Select<BankDetail>; filter?: Filter<BankDetail>; order?: Order<BankDetail>; start?: number }; result: BankDetail[] }
  /** Changes the given fields of a bank detail of a requisite. Scope: crm. */
  'crm.requisite.bankdetail.update': { params: { id: Id; fields: Input<BankDetail>; params?: Fields }; result: boolean }
  /** Deletes a requisite: the legal details of a company or a contact. Scope: crm. */
  'crm.requisite.delete': { params: { id: Id }; result: boolean }
  /** Describes the fields of a requisite: the legal details of a company or a contact, with their types. Scope: crm. */
  'crm.requisite.fields': { params: None; result: FieldDescriptions }
  /** Returns a requisite: the legal details of a company or a contact. Scope: crm. */
  'crm.requisite.get': { params: { id: Id }; result: Requisite }
  /** Describes the fields of a choice of requisites for a CRM record, with their types. Scope: crm. */
  'crm.requisite.link.fields': { params: None; result: FieldDescriptions }
  /** Returns which requisites a CRM record uses. Scope: crm. */
  'crm.requisite.link.get': { params: { entityTypeId: unknown; entityId: unknown }; result: { ENTITY_TYPE_ID?: number; ENTITY_ID?: number; REQUISITE_ID?: string; BANK_DETAIL_ID?: string; MC_REQUISITE_ID?: string; MC_BANK_DETAIL_ID?: string; [key: string]: unknown } }
  /** Lists choices of requisites for CRM records that match a filter, a page at a time. Scope: crm. */
  'crm.requisite.link.list': { params: { select?: Select<RequisiteLink>; filter?: Filter<RequisiteLink>; order?: Order<RequisiteLink>; start?: number }; result: RequisiteLink[] }
  /** Chooses the requisites that a CRM record uses. Scope: crm. */
  'crm.requisite.link.register': { params: { fields: Fields }; result: boolean }
  /** Ends the choice of requisites of a CRM record. Scope: crm. */
  'crm.requisite.link.unregister': { params: { entityTypeId: unknown; entityId: unknown }; result: boolean }
  /** Lists requisites: the legal details of companies and contacts that match a filter, a page at a time. Scope: crm. */
  'crm.requisite.list': { params: { select?: Select<Requisite>; filter?: Filter<Requisite>; order?: Order<Requisite>; start?: number }; result: Requisite[] }
  /** Adds a requisite template. Scope: crm. */
  'crm.requisite.preset.add': { params: { fields: Input<RequisitePreset>; params?: Fields }; result: number }
  /** Lists the countries that requisite templates can be for. Scope: crm. */
  'crm.requisite.preset.countries': { params: None; result: { ID?: number; CODE?: string; TITLE?: string; [key: string]: unknown }[] }
  /** Deletes a requisite template. Scope: crm. */
  'crm.requisite.preset.delete': { params: { id: Id }; result: boolean }
  /** Adds a field of a requisite template. Scope: crm. */
  'crm.requisite.preset.field.add': { params: { preset: Fields; fields: Fields }; result: number }
  /** Lists the fields that a requisite template can still take. Scope: crm. */
  'crm.requisite.preset.field.availabletoadd': { params: { preset: Fields }; result: string[] }
  /** Deletes a field of a requisite template. Scope: crm. */
  'crm.requisite.preset.field.delete': { params: { id: Id; preset: Fields }; result: boolean }
  /** Describes the fields of a field of a requisite template, with their types. Scope: crm. */
  'crm.requisite.preset.field.fields': { params: None; result: FieldDescriptions }
  /** Returns a field of a requisite template. Scope: crm. */
  'crm.requisite.preset.field.get': { params: { id: Id; preset: Fields }; result: { ID?: number; FIELD_NAME?: string; FIELD_TITLE?: string; IN_SHORT_LIST?: string; SORT?: number; [key: string]: unknown } }
  /** Lists all fields of a requisite template. Scope: crm. */
  'crm.requisite.preset.field.list': { params: { preset: Fields }; result: { ID?: number; FIELD_NAME?: string; FIELD_TITLE?: unknown; IN_SHORT_LIST?: string; SORT?: number; [key: string]: unknown }[] }
  /** Changes the given fields of a field of a requisite template. Scope: crm. */
  'crm.requisite.preset.field.update': { params: { id: Id; preset: Fields; fields: Fields }; result: boolean }
  /** Describes the fields of a requisite template, with their types. Scope: crm. */
  'crm.requisite.preset.fields': { params: None; result: FieldDescriptions }
  /** Returns a requisite template. Scope: crm. */
  'crm.requisite.preset.get': { params: { id: Id }; result: RequisitePreset }
  /** Lists requisite templates that match a filter, a page at a time. Scope: crm. */
  'crm.requisite.preset.list': { params: { select?: Select<RequisitePreset>; filter?: Filter<RequisitePreset>; order?: Order<RequisitePreset>; start?: number }; result: RequisitePreset[] }
  /** Changes the given fields of a requisite template. Scope: crm. */
  'crm.requisite.preset.update': { params: { id: Id; fields: Input<RequisitePreset>; params?: Fields }; result: boolean }
  /** Changes the given fields of a requisite: the legal details of a company or a contact. Scope: crm. */
  'crm.requisite.update': { params: { id: Id; fields: Input<Requisite>; params?: Fields }; result: boolean }
  /** Adds a user field to requisites and returns its id. Scope: crm. */
  'crm.requisite.userfield.add': { params: { fields: Fields }; result: number }
  /** Deletes a user field of requisites with all its values. Scope: crm. */
  'crm.requisite.userfield.delete': { params: { id: Id }; result: boolean }
  /** Returns a user field of requisites, with its options and settings. Scope: crm. */
  'crm.requisite.userfield.get': { params: { id: Id }; result: { ID?: string; ENTITY_ID?: string; FIELD_NAME?: string; USER_TYPE_ID?: string; XML_ID?: unknown; SORT?: string; MULTIPLE?: string; MANDATORY?: string; SHOW_FILTER?: string; SHOW_IN_LIST?: string; EDIT_IN_LIST?: string; IS_SEARCHABLE?: string; SETTINGS?: { SIZE?: number; ROWS?: number; REGEXP?: unknown; MIN_LENGTH?: number; MAX_LENGTH?: number; DEFAULT_VALUE?: unknown; [key: string]: unknown }; EDIT_FORM_LABEL?: { en?: string; de?: string; [key: string]: unknown }; LIST_COLUMN_LABEL?: { en?: string; de?: string; [key: string]: unknown }; LIST_FILTER_LABEL?: { en?: string; de?: string; [key: string]: unknown }; ERROR_MESSAGE?: { en?: string; de?: string; [key: string]: unknown }; HELP_MESSAGE?: { en?: string; de?: string; [key: string]: unknown }; [key: string]: unknown } }
  /** Lists the user fields of requisites that match a filter. Scope: crm. */
  'crm.requisite.userfield.list': { params: { filter?: Fields; order?: Fields }; result: { ID?: string; ENTITY_ID?: string; FIELD_NAME?: string; USER_TYPE_ID?: string; XML_ID?: unknown; SORT?: string; MULTIPLE?: string; MANDATORY?: string; SHOW_FILTER?: string; SHOW_IN_LIST?: string; EDIT_IN_LIST?: string; IS_SEARCHABLE?: string; SETTINGS?: { DEFAULT_VALUE?: number; DISPLAY?: string; LABEL?: unknown[]; LABEL_CHECKBOX?: string; [key: string]: unknown }; EDIT_FORM_LABEL?: string; LIST_COLUMN_LABEL?: string; LIST_FILTER_LABEL?: string; ERROR_MESSAGE?: string; HELP_MESSAGE?: string; [key: string]: unknown }[] }
  /** Changes the given settings of a user field of requisites. Scope: crm. */
  'crm.requisite.userfield.update': { params: { fields: Fields; id: Id }; result: boolean }
  /** Tells whether the CRM works with leads (1) or without (2). Scope: crm. */
  'crm.settings.mode.get': { params: None; result: number }
  /** Lists moves of records between stages that match a filter, a page at a time. Scope: crm. */
  'crm.stagehistory.list': { params: { entityTypeId: Id; select?: Select<Fields>; filter?: Filter<Fields>; order?: Order<Fields>; start?: number }; result: { items: { ID?: number; TYPE_ID?: number; OWNER_ID?: number; CREATED_TIME?: string; CATEGORY_ID?: number; STAGE_SEMANTIC_ID?: string; STAGE_ID?: string; [key: string]: unknown }[] } }
  /** Adds an entry of a CRM directory (stages, sources, types). Scope: crm. */
  'crm.status.add': { params: { fields: Fields }; result: number }
  /** Deletes an entry of a CRM directory (stages, sources, types). Scope: crm. */
  'crm.status.delete': { params: { id: unknown; params?: Fields }; result: boolean }
  /** Lists the entries of one CRM directory, in short. Scope: crm. */
  'crm.status.entity.items': { params: { entityId: unknown }; result: { NAME?: string; SORT?: number; STATUS_ID?: string; [key: string]: unknown }[] }
  /** Lists the CRM directories: stages, sources, types and others. Scope: crm. */
  'crm.status.entity.types': { params: None; result: { ID?: string; NAME?: string; SEMANTIC_INFO?: unknown; ENTITY_TYPE_ID?: number; PREFIX?: string; FIELD_ATTRIBUTE_SCOPE?: string; IS_ENABLED?: boolean; CATEGORY_ID?: unknown; PARENT_ID?: string; CATEGORY_NAME?: string; CATEGORY_SORT?: number; IS_DEFAULT_CATEGORY?: boolean; [key: string]: unknown }[] }
  /** Describes the fields of an entry of a CRM directory (stages, sources, types), with their types. Scope: crm. */
  'crm.status.fields': { params: None; result: FieldDescriptions }
  /** Returns an entry of a CRM directory (stages, sources, types). Scope: crm. */
  'crm.status.get': { params: { id: unknown }; result: { ID?: string; ENTITY_ID?: string; STATUS_ID?: string; NAME?: string; NAME_INIT?: string; SORT?: string; SYSTEM?: string; CATEGORY_ID?: string; COLOR?: string; SEMANTICS?: string; [key: string]: unknown } }
  /** Lists entries of CRM directories (stages, sources, types) that match a filter. Scope: crm. */
  'crm.status.list': { params: { order?: Fields; filter?: Fields }; result: { ID?: string; ENTITY_ID?: string; STATUS_ID?: string; NAME?: string; NAME_INIT?: string; SORT?: string; SYSTEM?: string; CATEGORY_ID?: unknown; COLOR?: string; SEMANTICS?: string; EXTRA?: { SEMANTICS?: string; COLOR?: string; [key: string]: unknown }; [key: string]: unknown }[] }
  /** Changes the given fields of an entry of a CRM directory (stages, sources, types). Scope: crm. */
  'crm.status.update': { params: { id: unknown; fields: Fields }; result: boolean }
  /** Binds a timeline entry to one more CRM record. Scope: crm. */
  'crm.timeline.bindings.bind': { params: { fields: Fields }; result: boolean }
  /** Describes the fields of a binding of a timeline entry to a CRM record, with their types. Scope: crm. */
  'crm.timeline.bindings.fields': { params: None; result: FieldDescriptions }
  /** Lists bindings of a timeline entry to CRM records that match a filter, a page at a time. Scope: crm. */
  'crm.timeline.bindings.list': { params: { filter: Filter<Fields>; order?: Order<Fields>; start?: number }; result: { OWNER_ID?: string; ENTITY_ID?: string; ENTITY_TYPE?: string; [key: string]: unknown }[] }
  /** Ends the binding of a timeline entry to a CRM record. Scope: crm. */
  'crm.timeline.bindings.unbind': { params: { fields: Fields }; result: boolean }
  /** Adds a comment in the timeline of a CRM record. Scope: crm. */
  'crm.timeline.comment.add': { params: { fields: Fields }; result: number }
  /** Deletes a comment in the timeline of a CRM record. Scope: crm. */
  'crm.timeline.comment.delete': { params: { id: Id; ownerTypeId?: Id; ownerId?: Id }; result: null }
  /** Describes the fields of a comment in the timeline of a CRM record, with their types. Scope: crm. */
  'crm.timeline.comment.fields': { params: None; result: FieldDescriptions }
  /** Returns a comment in the timeline of a CRM record. Scope: crm. */
  'crm.timeline.comment.get': { params: { id: Id }; result: { ID?: string; ENTITY_ID?: string; ENTITY_TYPE?: string; CREATED?: string; COMMENT?: string; AUTHOR_ID?: string; FILES?: Fields; [key: string]: unknown } }
  /** Lists comments in the timeline of a CRM record that match a filter, a page at a time. Scope: crm. */
  'crm.timeline.comment.list': { params: { select?: Select<Fields>; filter: Filter<Fields>; order?: Order<Fields>; start?: number }; result: { ID?: string; ENTITY_ID?: string; ENTITY_TYPE?: string; CREATED?: string; COMMENT?: string; AUTHOR_ID?: string; FILES?: Fields; [key: string]: unknown }[] }
  /** Changes the given fields of a comment in the timeline of a CRM record. Scope: crm. */
  'crm.timeline.comment.update': { params: { id: Id; fields: Fields; ownerTypeId?: Id; ownerId?: Id }; result: number }
  /** Adds an icon for timeline entries. Scope: crm. */
  'crm.timeline.icon.add': { params: { code: string | number; fileContent: string | number }; result: { icon: { code?: string; isSystem?: boolean; fileUri?: string; [key: string]: unknown } } }
  /** Deletes an icon for timeline entries. Scope: crm. */
  'crm.timeline.icon.delete': { params: { code: string | number }; result: boolean }
  /** Returns an icon for timeline entries. Scope: crm. */
  'crm.timeline.icon.get': { params: { code: string | number }; result: { icon: { code?: string; isSystem?: boolean; fileUri?: string; [key: string]: unknown } } }
  /** Lists all icons for timeline entries. Scope: crm. */
  'crm.timeline.icon.list': { params: None; result: { icons: { code?: string; isSystem?: boolean; fileUri?: string; [key: string]: unknown }[] } }
  /** Pins a timeline entry to the top of the timeline. Scope: crm. */
  'crm.timeline.item.pin': { params: { id: Id; ownerTypeId: Id; ownerId: Id }; result: null }
  /** Takes a pinned timeline entry back from the top of the timeline. Scope: crm. */
  'crm.timeline.item.unpin': { params: { id: Id; ownerTypeId: Id; ownerId: Id }; result: null }
  /** Removes the blocks that the application shows in a timeline entry. Scope: crm. */
  'crm.timeline.layout.blocks.delete': { params: { entityTypeId: Id; entityId: Id; timelineId: Id }; result: { success?: boolean; [key: string]: unknown } }
  /** Returns the blocks that the application shows in a timeline entry. Scope: crm. */
  'crm.timeline.layout.blocks.get': { params: { entityTypeId: Id; entityId: Id; timelineId: Id }; result: { layout: { blocks?: { block_1?: { type?: string; properties?: Fields; [key: string]: unknown }; block_2?: { type?: string; properties?: Fields; [key: string]: unknown }; block_3?: { type?: string; properties?: Fields; [key: string]: unknown }; block_4?: { type?: string; properties?: Fields; [key: string]: unknown }; [key: string]: unknown }; [key: string]: unknown } } }
  /** Sets the blocks that the application shows in a timeline entry. Scope: crm. */
  'crm.timeline.layout.blocks.set': { params: { entityTypeId: Id; entityId: Id; timelineId: Id; layout: Fields }; result: { success?: boolean; [key: string]: unknown } }
  /** Adds a log entry in the timeline of a CRM record. Scope: crm. */
  'crm.timeline.logmessage.add': { params: { fields: Fields }; result: { logMessage: { id?: number; created?: string; authorId?: number; title?: string; text?: string; iconCode?: string; [key: string]: unknown } } }
  /** Deletes a log entry in the timeline of a CRM record. Scope: crm. */
  'crm.timeline.logmessage.delete': { params: { id: Id }; result: boolean }
  /** Returns a log entry in the timeline of a CRM record. Scope: crm. */
  'crm.timeline.logmessage.get': { params: { id: Id }; result: { logMessage: { id?: number; created?: string; authorId?: number; title?: string; text?: string; iconCode?: string; [key: string]: unknown } } }
  /** Lists log entries in the timeline of a CRM record, a page at a time. Scope: crm. */
  'crm.timeline.logmessage.list': { params: { entityTypeId: Id; entityId: Id; order?: Order<Fields>; start?: number }; result: { id?: number; created?: string; authorId?: number; title?: string; text?: string; iconCode?: string; [key: string]: unknown }[] }
  /** Adds a logo for timeline entries. Scope: crm. */
  'crm.timeline.logo.add': { params: { code: string | number; fileContent: string | number }; result: { logo: { code?: string; isSystem?: boolean; fileUri?: string; [key: string]: unknown } } }
  /** Deletes a logo for timeline entries. Scope: crm. */
  'crm.timeline.logo.delete': { params: { code: string | number }; result: boolean }
  /** Returns a logo for timeline entries. Scope: crm. */
  'crm.timeline.logo.get': { params: { code: string | number }; result: { logo: { code?: string; isSystem?: boolean; fileUri?: string; [key: string]: unknown } } }
  /** Lists all logos for timeline entries. Scope: crm. */
  'crm.timeline.logo.list': { params: None; result: { logos: { code?: string; isSystem?: boolean; fileUri?: string; [key: string]: unknown }[] } }
  /** Deletes a note on a timeline entry. Scope: crm. */
  'crm.timeline.note.delete': { params: { ownerTypeId: Id; ownerId: Id; itemType: Id; itemId: Id }; result: boolean }
  /** Returns the note on a timeline entry. Scope: crm. */
  'crm.timeline.note.get': { params: { ownerTypeId: Id; ownerId: Id; itemType: Id; itemId: Id }; result: { text?: string; createdById?: number; createdTime?: string; updatedById?: number; updatedTime?: string; [key: string]: unknown } }
  /** Writes the note on a timeline entry, in place of the present one. Scope: crm. */
  'crm.timeline.note.save': { params: { ownerTypeId: Id; ownerId: Id; itemType: Id; itemId: Id; text: string | number }; result: boolean }
  /** Writes where a client came from, and returns the id of that trace. Scope: crm. */
  'crm.tracking.trace.add': { params: { TRACE: unknown; ENTITIES?: readonly unknown[] | Fields }; result: number }
  /** Deletes a trace of where a client came from. Scope: crm. */
  'crm.tracking.trace.delete': { params: { id: unknown }; result: null }
  /** Adds a smart process. Scope: crm. */
  'crm.type.add': { params: { fields: Fields }; result: { type: { id?: number; createdBy?: number; entityTypeId?: number; isCategoriesEnabled?: string; isStagesEnabled?: string; isBeginCloseDatesEnabled?: string; isClientEnabled?: string; isUseInUserfieldEnabled?: string; isLinkWithProductsEnabled?: string; isMycompanyEnabled?: string; isDocumentsEnabled?: string; isSourceEnabled?: string; isObserversEnabled?: string; isRecyclebinEnabled?: string; isAutomationEnabled?: string; isBizProcEnabled?: string; isSetOpenPermissions?: string; isPaymentsEnabled?: string; isCountersEnabled?: string; createdTime?: string; updatedTime?: string; updatedBy?: number; title?: string; relations?: { parent?: Fields[]; child?: Fields[]; [key: string]: unknown }; linkedUserFields?: { 'CALENDAR_EVENT|UF_CRM_CAL_EVENT'?: string; 'TASKS_TASK|UF_CRM_TASK'?: string; 'TASKS_TASK_TEMPLATE|UF_CRM_TASK'?: string; [key: string]: unknown }; customSections?: unknown[]; customSectionId?: unknown; [key: string]: unknown } } }
  /** Deletes a smart process. Scope: crm. */
  'crm.type.delete': { params: { id: Id }; result: unknown[] }
  /** Describes the fields of a smart process, with their types. Scope: crm. */
  'crm.type.fields': { params: None; result: FieldDescriptions }
  /** Returns a smart process. Scope: crm. */
  'crm.type.get': { params: { id: Id }; result: { type: { id?: number; title?: string; code?: unknown; createdBy?: number; entityTypeId?: number; customSectionId?: unknown; isCategoriesEnabled?: string; isStagesEnabled?: string; isBeginCloseDatesEnabled?: string; isClientEnabled?: string; isUseInUserfieldEnabled?: string; isLinkWithProductsEnabled?: string; isMycompanyEnabled?: string; isDocumentsEnabled?: string; isSourceEnabled?: string; isObserversEnabled?: string; isRecyclebinEnabled?: string; isAutomationEnabled?: string; isBizProcEnabled?: string; isSetOpenPermissions?: string; isPaymentsEnabled?: string; isCountersEnabled?: string; createdTime?: string; updatedTime?: string; updatedBy?: number; relations?: { parent?: Fields[]; child?: Fields[]; [key: string]: unknown }; linkedUserFields?: { 'CALENDAR_EVENT|UF_CRM_CAL_EVENT'?: string; 'TASKS_TASK|UF_CRM_TASK'?: string; 'TASKS_TASK_TEMPLATE|UF_CRM_TASK'?: string; [key: string]: unknown }; customSections?: unknown[]; [key: string]: unknown } } }
  /** Returns a smart process by its `entityTypeId`. Scope: crm. */
  'crm.type.getByEntityTypeId': { params: { entityTypeId: Id }; result: { type: { id?: number; title?: string; code?: unknown; createdBy?: number; entityTypeId?: number; customSectionId?: unknown; isCategoriesEnabled?: string; isStagesEnabled?: string; isBeginCloseDatesEnabled?: string; isClientEnabled?: string; isUseInUserfieldEnabled?: string; isLinkWithProductsEnabled?: string; isMycompanyEnabled?: string; isDocumentsEnabled?: string; isSourceEnabled?: string; isObserversEnabled?: string; isRecyclebinEnabled?: string; isAutomationEnabled?: string; isBizProcEnabled?: string; isSetOpenPermissions?: string; isPaymentsEnabled?: string; isCountersEnabled?: string; createdTime?: string; updatedTime?: string; updatedBy?: number; relations?: { parent?: Fields[]; child?: Fields[]; [key: string]: unknown }; linkedUserFields?: { 'CALENDAR_EVENT|UF_CRM_CAL_EVENT'?: string; 'TASKS_TASK|UF_CRM_TASK'?: string; 'TASKS_TASK_TEMPLATE|UF_CRM_TASK'?: string; [key: string]: unknown }; customSections?: unknown[]; [key: string]: unknown } } }
  /** Lists smart processes that match a filter, a page at a time. Scope: crm. */
  'crm.type.list': { params: { order?: Order<Fields>; filter?: Filter<Fields>; start?: number }; result: { types: { id?: number; title?: string; code?: unknown; createdBy?: number; entityTypeId?: number; customSectionId?: unknown; isCategoriesEnabled?: string; isStagesEnabled?: string; isBeginCloseDatesEnabled?: string; isClientEnabled?: string; isUseInUserfieldEnabled?: string; isLinkWithProductsEnabled?: string; isMycompanyEnabled?: string; isDocumentsEnabled?: string; isSourceEnabled?: string; isObserversEnabled?: string; isRecyclebinEnabled?: string; isAutomationEnabled?: string; isBizProcEnabled?: string; isSetOpenPermissions?: string; isPaymentsEnabled?: string; isCountersEnabled?: string; createdTime?: string; updatedTime?: string; updatedBy?: number; [key: string]: unknown }[] } }
  /** Changes the given fields of a smart process. Scope: crm. */
  'crm.type.update': { params: { id: Id; fields: Fields }; result: { type: { id?: number; title?: string; code?: unknown; createdBy?: number; entityTypeId?: number; customSectionId?: unknown; isCategoriesEnabled?: string; isStagesEnabled?: string; isBeginCloseDatesEnabled?: string; isClientEnabled?: string; isUseInUserfieldEnabled?: string; isLinkWithProductsEnabled?: string; isMycompanyEnabled?: string; isDocumentsEnabled?: string; isSourceEnabled?: string; isObserversEnabled?: string; isRecyclebinEnabled?: string; isAutomationEnabled?: string; isBizProcEnabled?: string; isSetOpenPermissions?: string; isPaymentsEnabled?: string; isCountersEnabled?: string; createdTime?: string; updatedTime?: string; updatedBy?: number; relations?: { parent?: unknown[]; child?: Fields[]; [key: string]: unknown }; linkedUserFields?: { 'CALENDAR_EVENT|UF_CRM_CAL_EVENT'?: string; 'TASKS_TASK|UF_CRM_TASK'?: string; 'TASKS_TASK_TEMPLATE|UF_CRM_TASK'?: string; [key: string]: unknown }; customSections?: unknown[]; [key: string]: unknown } } }
  /** Describes the fields of an option of a user field. Scope: crm. */
  'crm.userfield.enumeration.fields': { params: None; result: FieldDescriptions }
  /** Describes the fields of a user field. Scope: crm. */
  'crm.userfield.fields': { params: None; result: FieldDescriptions }
  /** Describes the fields of the settings of a user field. Scope: crm. */
  'crm.userfield.settings.fields': { params: { type: unknown }; result: FieldDescriptions }
  /** Lists the types of user fields. Scope: crm. */
  'crm.userfield.types': { params: None; result: { ID?: string; title?: string; [key: string]: unknown }[] }
  /** Adds a VAT rate of the CRM. Scope: crm. */
  'crm.vat.add': { params: { fields: Input<Vat>; params?: Fields }; result: number }
  /** Deletes a VAT rate of the CRM. Scope: crm. */
  'crm.vat.delete': { params: { id: Id }; result: boolean }
  /** Describes the fields of a VAT rate of the CRM, with their types. Scope: crm. */
  'crm.vat.fields': { params: None; result: FieldDescriptions }
  /** Returns a VAT rate of the CRM. Scope: crm. */
  'crm.vat.get': { params: { id: Id }; result: { ID?: string; ACTIVE?: string; NAME?: string; RATE?: string; C_SORT?: string; [key: string]: unknown } }
  /** Lists VAT rates of the CRM that match a filter, a page at a time. Scope: crm. */
  'crm.vat.list': { params: { select?: Select<Vat>; filter?: Filter<Vat>; order?: Order<Vat>; start?: number }; result: Vat[] }
  /** Changes the given fields of a VAT rate of the CRM. Scope: crm. */
  'crm.vat.update': { params: { id: Id; fields: Input<Vat>; params?: Fields }; result: boolean }
  /** Adds a department and returns its id. Scope: department. */
  'department.add': { params: { NAME: string | number; SORT?: Id; PARENT: Id; UF_HEAD?: Id } & Fields; result: number }
  /** Deletes a department. Scope: department. */
  'department.delete': { params: { ID: Id } & Fields; result: boolean }
  /** Describes the fields of a department, with their types. Scope: department. */
  'department.fields': { params: None; result: FieldDescriptions }
  /** Lists departments that match what is given, a page at a time. Scope: department. */
  'department.get': { params: { ID?: Id; NAME?: string | number; SORT?: unknown; order?: 'ASC' | 'DESC'; PARENT?: Id; UF_HEAD?: Id; START?: number } & Fields; result: { ID?: string; NAME?: string; SORT?: number; PARENT?: string; [key: string]: unknown }[] }
  /** Changes the given fields of a department. Scope: department. */
  'department.update': { params: { ID: Id; NAME?: string | number; SORT?: Id; PARENT?: Id; UF_HEAD?: Id } & Fields; result: boolean }
  /** Binds a handler of the caller to an event of the portal. */
  'event.bind': { params: { event: unknown; handler: unknown; auth_type?: unknown; event_type?: unknown; auth_connector?: unknown; options?: Fields }; result: boolean }
  /** Lists the application's event handlers. */
  'event.get': { params: None; result: { event?: string; handler?: string; auth_type?: string; offline?: number; [key: string]: unknown }[] }
  /** Takes events that have been dealt with out of the offline queue. */
  'event.offline.clear': { params: { process_id: unknown; id?: unknown; message_id?: readonly unknown[] | Fields }; result: boolean }
  /** Marks events of the offline queue as failed. */
  'event.offline.error': { params: { process_id: unknown; message_id?: readonly unknown[] | Fields }; result: boolean }
  /** Takes the next events from the offline queue, for the caller alone. */
  'event.offline.get': { params: { filter?: Fields; order?: Fields; auth_connector?: unknown; limit?: unknown; clear?: unknown; process_id?: unknown; error?: unknown }; result: { process_id?: unknown; events?: { ID?: string; TIMESTAMP_X?: string; EVENT_NAME?: string; EVENT_DATA?: boolean; EVENT_ADDITIONAL?: boolean; MESSAGE_ID?: string; [key: string]: unknown }[]; [key: string]: unknown } }
  /** Lists what is in the offline queue, by a filter, a page at a time, and leaves it there. */
  'event.offline.list': { params: { filter?: Filter<Fields>; order?: Order<Fields>; auth_connector?: unknown; start?: number }; result: { ID?: string; TIMESTAMP_X?: string; EVENT_NAME?: string; EVENT_DATA?: boolean; EVENT_ADDITIONAL?: boolean; MESSAGE_ID?: string; PROCESS_ID?: unknown; ERROR?: string; [key: string]: unknown }[] }
  /** Fires the application's test event, ONTESTEVENT. */
  'event.test': { params: None; result: unknown }
  /** Takes the application's handlers of an event away. */
  'event.unbind': { params: { event: unknown; handler: unknown; auth_type?: unknown; event_type?: unknown; auth_connector?: unknown }; result: { count?: number; [key: string]: unknown } }
  /** Lists the events that handlers can be bound to. */
  'events': { params: { scope?: string | number; full?: unknown }; result: string[] }
  /** Tells whether the portal has a feature. */
  'feature.get': { params: { code: string | number }; result: { value?: string; [key: string]: unknown } }
  /** Tells whether a method exists and whether the caller may call it. */
  'method.get': { params: { name?: string | number } & Fields; result: { isExisting?: boolean; isAvailable?: boolean; [key: string]: unknown } }
  /** Lists the names of the methods that the caller may call. */
  'methods': { params: { full?: Flag; scope?: string | number }; result: string[] }
  /** Puts a page of the application into a place of the portal. Scope: placement. */
  'placement.bind': { params: { PLACEMENT: unknown; HANDLER: unknown; LANG_ALL?: unknown; OPTIONS?: Fields; USER_ID?: unknown; TITLE?: unknown; DESCRIPTION?: unknown; GROUP_NAME?: unknown }; result: boolean }
  /** Lists the application's pages in places of the portal. Scope: placement. */
  'placement.get': { params: None; result: { placement?: string; userId?: number; handler?: string; options?: unknown; title?: string; description?: unknown; langAll?: { de?: { TITLE?: string; DESCRIPTION?: unknown; GROUP_NAME?: string; [key: string]: unknown }; [key: string]: unknown }; [key: string]: unknown }[] }
  /** Lists the places of the portal that pages can be put into. Scope: placement. */
  'placement.list': { params: { SCOPE?: string | number; FULL?: Flag }; result: string[] }
  /** Takes the application's page out of a place of the portal. Scope: placement. */
  'placement.unbind': { params: { PLACEMENT: unknown; HANDLER?: unknown; USER_ID?: unknown }; result: { count?: number; [key: string]: unknown } }
  /** Adds an application. */
  'portico.app.add': { params: { fields: Fields }; result: unknown }
  /** Deletes an application. */
  'portico.app.delete': { params: { id: Id; clean?: Flag }; result: unknown }
  /** Finishes the installation of an application. */
  'portico.app.finish': { params: { id: Id }; result: unknown }
  /** Returns an application. */
  'portico.app.get': { params: { id: Id }; result: unknown }
  /** Lists all applications. */
  'portico.app.list': { params: None; result: unknown }
  /** Gives an application a new client_secret and returns it, this once; the old one ends at once. */
  'portico.app.secret': { params: { id: Id }; result: unknown }
  /** Changes the given fields of an application. */
  'portico.app.update': { params: { id: Id; fields: Fields }; result: unknown }
  /** Lists what automation rules can do with records of a type: kinds, robots, triggers. Scope: crm. */
  'portico.automation.action.list': { params: { entityTypeId: Id }; result: unknown }
  /** Deletes an automation rule and what the log has of it. Scope: crm. */
  'portico.automation.rule.delete': { params: { id: Id }; result: unknown }
  /** Lists the automation rules of a type of records in the order in which they run. Scope: crm. */
  'portico.automation.rule.list': { params: { entityTypeId: Id; stageId?: string | number }; result: unknown }
  /** Adds an automation rule, or changes the given fields of one. Scope: crm. */
  'portico.automation.rule.set': { params: { id?: Id; rule: Fields }; result: unknown }
  /** Lists what automation rules have done, the newest first. Scope: crm. */
  'portico.automation.run.list': { params: { entityTypeId?: Id; recordId?: Id; ruleId?: Id; before?: Id; limit?: Id }; result: unknown }
  /** Returns a delivery of an event. */
  'portico.delivery.get': { params: { id: Id }; result: unknown }
  /** Lists deliveries of events that match a filter, a page at a time. */
  'portico.delivery.list': { params: { filter?: Filter<Fields>; order?: Order<Fields>; start?: number }; result: unknown }
  /** Delivers events once more, one by its id or those that match a filter. */
  'portico.delivery.replay': { params: { id?: unknown; filter?: Fields }; result: unknown }
  /** Shows records that are to become one side by side, field by field. Scope: crm. */
  'portico.duplicate.compare': { params: { entityTypeId: Id; ids?: readonly unknown[] | Fields }; result: unknown }
  /** Finds leads, contacts and companies with the given phones, e-mail addresses or names. Scope: crm. */
  'portico.duplicate.find': { params: { phones?: readonly unknown[] | Fields; emails?: readonly unknown[] | Fields; names?: readonly unknown[] | Fields; entityTypeId?: Id; exceptId?: Id }; result: unknown }
  /** Lists groups of records that have a phone, an e-mail address or the name in common. Scope: crm. */
  'portico.duplicate.groups': { params: { entityTypeId: Id; by?: string | number; start?: number }; result: unknown }
  /** Makes one of several records; where they contradict each other, by the values that are chosen. Scope: crm. */
  'portico.duplicate.merge': { params: { entityTypeId: Id; ids?: readonly unknown[] | Fields; choose?: unknown }; result: unknown }
  /** Describes the CRM's types of records: names, pipelines, directories of stages, and what the caller may do. Scope: crm. */
  'portico.entity.list': { params: None; result: unknown }
  /** Asks for the right to export records, and tells the audit log of the export. Scope: crm. */
  'portico.export.begin': { params: { entityTypeId?: Id; entity?: string | number; count?: Id; filter?: Fields }; result: unknown }
  /** Adds a web form. Scope: crm. */
  'portico.form.add': { params: { fields: Fields }; result: unknown }
  /** Deletes a web form. Scope: crm. */
  'portico.form.delete': { params: { id: Id }; result: unknown }
  /** Lists what a web form of a type of records may ask for. Scope: crm. */
  'portico.form.fields': { params: { entityTypeId: Id }; result: unknown }
  /** Returns a web form. Scope: crm. */
  'portico.form.get': { params: { id: Id }; result: unknown }
  /** Lists web forms that match a filter, a page at a time. Scope: crm. */
  'portico.form.list': { params: None; result: unknown }
  /** Changes the given fields of a web form. Scope: crm. */
  'portico.form.update': { params: { id: Id; fields: Fields }; result: unknown }
  /** Lists the changes of a CRM record, a page at a time: who has changed what, from which value to which. Scope: crm. */
  'portico.history.list': { params: { entityTypeId: Id; id: Id; userId?: Id; start?: number }; result: unknown }
  /** Asks for the right to import records, and tells the audit log of the import. Scope: crm. */
  'portico.import.begin': { params: { entityTypeId?: Id; entity?: string | number; count?: Id }; result: unknown }
  /** Changes a record unless somebody else has changed the same fields meanwhile. Scope: crm. */
  'portico.item.save': { params: { entityTypeId: Id; id: Id; fields: Fields; base: Fields }; result: unknown }
  /** Counts records and adds up their numbers, in groups by fields and periods. Scope: crm. */
  'portico.item.totals': { params: { entityTypeId: Id; filter?: Fields; groupBy?: readonly unknown[] | Fields; sum?: readonly unknown[] | Fields }; result: unknown }
  /** Takes the next events of a listener, and waits for them where there are none. */
  'portico.listen.next': { params: { id: Id; done?: unknown; limit?: Id; wait?: Id }; result: unknown }
  /** Starts to keep events for a listener, which asks for them itself. */
  'portico.listen.start': { params: { events?: readonly unknown[] | Fields }; result: unknown }
  /** Ends a listener, with the events that are kept for it. */
  'portico.listen.stop': { params: { id: Id }; result: unknown }
  /** Returns one remembered request: times of its stages, statements, and its exact parameters and answer where these are kept. */
  'portico.log.get': { params: { id: string | number }; result: unknown }
  /** Keeps what exactly is asked and answered, without secrets, for some minutes; 0 ends it. */
  'portico.log.keep': { params: { minutes: Id; forget?: Flag }; result: unknown }
  /** Lists what this server was asked last, how long it took and how many statements, and waits for more where that is wanted. */
  'portico.log.list': { params: { after?: Fields; limit?: Id; method?: string | number; status?: string | number; errors?: Flag; credential?: string | number; text?: string | number; details?: Flag; full?: Flag; wait?: Id }; result: unknown }
  /** Describes a method: what it does, its parameters, an example, the scopes and rights that it needs. */
  'portico.method.get': { params: { name: string | number; version?: Id }; result: unknown }
  /** Lists the methods of the API, and documented ones that are not here; by words, the best first. */
  'portico.method.list': { params: { query?: string | number }; result: unknown }
  /** Adds an outbound webhook. */
  'portico.outbound.add': { params: { url?: unknown; events?: readonly unknown[] | Fields; title?: unknown }; result: unknown }
  /** Deletes an outbound webhook. */
  'portico.outbound.delete': { params: { id: Id }; result: unknown }
  /** Lists the events that outbound webhooks can be told of. */
  'portico.outbound.events': { params: None; result: unknown }
  /** Lists all outbound webhooks. */
  'portico.outbound.list': { params: None; result: unknown }
  /** Sends a test event to the address of an outbound webhook and returns the delivery. */
  'portico.outbound.test': { params: { id: Id }; result: unknown }
  /** Changes the given fields of an outbound webhook. */
  'portico.outbound.update': { params: { id: Id; url?: unknown; events?: readonly unknown[] | Fields; title?: unknown; active?: unknown }; result: unknown }
  /** Lists what applications have put into a place of the portal for the caller. */
  'portico.placement.list': { params: { placement: string | number }; result: unknown }
  /** Returns the caller's preferences in the web CRM, and those that hold for all. */
  'portico.preference.list': { params: None; result: unknown }
  /** Stores one of the caller's preferences in the web CRM, or one for all. */
  'portico.preference.set': { params: { name: string | number; value?: unknown; common?: Flag }; result: unknown }
  /** Lists what the caller is to be reminded of since a moment. Scope: crm. */
  'portico.reminder.list': { params: { since: string | number }; result: unknown }
  /** Returns the caller's own rights to the records of the CRM. Scope: crm. */
  'portico.rights.my': { params: None; result: unknown }
  /** Adds a role. Scope: crm. */
  'portico.role.add': { params: { fields: Fields }; result: unknown }
  /** Gives a role to people, departments and groups, in place of those that have it. Scope: crm. */
  'portico.role.assign': { params: { id: Id; access?: unknown }; result: unknown }
  /** Deletes a role. Scope: crm. */
  'portico.role.delete': { params: { id: Id }; result: unknown }
  /** Returns a role. Scope: crm. */
  'portico.role.get': { params: { id: Id }; result: unknown }
  /** Lists all roles. Scope: crm. */
  'portico.role.list': { params: None; result: unknown }
  /** Changes the given fields of a role. Scope: crm. */
  'portico.role.update': { params: { id: Id; fields: Fields }; result: unknown }
  /** Lists the scopes that a credential can be given, with the number of methods that each opens. */
  'portico.scope.list': { params: None; result: unknown }
  /** Finds records by name, phone, e-mail or id, in everything that the caller may read. Scope: crm. */
  'portico.search': { params: { query: string | number; limit?: Id; entityTypeId?: Id }; result: unknown }
  /** Makes the CRM work with leads (1) or without them (2). Scope: crm. */
  'portico.settings.mode.set': { params: { mode: Id }; result: unknown }
  /** Lists the fields that a record needs before it may be moved to a stage, stage by stage. Scope: crm. */
  'portico.stage.required.list': { params: { entityTypeId: Id }; result: unknown }
  /** Says which fields a record needs before it may be moved to a stage. Scope: crm. */
  'portico.stage.required.set': { params: { entityTypeId: Id; categoryId?: Id; stageId: string | number; fields?: Fields }; result: unknown }
  /** Tells how far records come in the stages of a pipeline, where they are lost, and how long they stay. Scope: crm. */
  'portico.stage.statistics': { params: { entityTypeId: Id; categoryId?: Id; filter?: Fields }; result: unknown }
  /** Returns the timeline of a CRM record: what is planned, what is pinned, and what has been, the latest first. Scope: crm. */
  'portico.timeline.list': { params: { entityTypeId: Id; id: Id; before?: string | number; limit?: Id; only?: readonly unknown[] | Fields }; result: unknown }
  /** Makes a person an administrator of the portal, or takes that back. */
  'portico.user.admin.set': { params: { id: Id; admin?: unknown }; result: unknown }
  /** Makes a new invitation link for somebody who has not come yet and returns it, this once. Scope: user. */
  'portico.user.invite': { params: { id: Id }; result: unknown }
  /** Lists who administrates the portal, who works here, and whose invitation is still open. Scope: user. */
  'portico.user.list': { params: None; result: unknown }
  /** Makes an inbound webhook of the caller and returns its address, this once. */
  'portico.webhook.add': { params: { title?: string | number; scope?: unknown }; result: unknown }
  /** Deletes an inbound webhook. */
  'portico.webhook.delete': { params: { id: Id }; result: unknown }
  /** Lists all inbound webhooks. */
  'portico.webhook.list': { params: None; result: unknown }
  /** Returns who calls: id, name, picture, time zone, and whether an administrator. */
  'profile': { params: None; result: { ID?: string; ADMIN?: boolean; NAME?: string; LAST_NAME?: string; PERSONAL_GENDER?: unknown; TIME_ZONE?: unknown; [key: string]: unknown } }
  /** Lists the scopes of the credential, or all that the portal has. */
  'scope': { params: { full?: Flag }; result: string[] }
  /** Returns the server's time. */
  'server.time': { params: None; result: string }
  /** Tells whether the caller has one of the given access codes. */
  'user.access': { params: { access: unknown }; result: boolean }
  /** Invites a person to the portal and returns the new id. Scope: user. Here in part: There are no workgroups, so that nobody can be invited as a guest (EXTRANET=Y). */
  'user.add': { params: { EMAIL: string | number; NAME?: string | number; LAST_NAME?: string | number; SECOND_NAME?: string | number; PERSONAL_GENDER?: string | number; PERSONAL_PROFESSION?: string | number; PERSONAL_WWW?: string | number; PERSONAL_BIRTHDAY?: string | number; PERSONAL_PHOTO?: readonly unknown[] | Fields; PERSONAL_PHONE?: string | number; PERSONAL_MOBILE?: string | number; PERSONAL_STREET?: string | number; PERSONAL_CITY?: string | number; PERSONAL_STATE?: string | number; PERSONAL_ZIP?: string | number; PERSONAL_COUNTRY?: string | number; PERSONAL_NOTES?: string | number; WORK_PHONE?: string | number; WORK_COMPANY?: string | number; WORK_POSITION?: string | number; WORK_DEPARTMENT?: string | number; WORK_WWW?: string | number; WORK_NOTES?: string | number; UF_DEPARTMENT?: readonly unknown[] | Fields; UF_INTERESTS?: string | number; UF_SKILLS?: string | number; UF_PHONE_INNER?: string | number } & Fields; result: number }
  /** Tells whether the caller is an administrator of the portal. */
  'user.admin': { params: None; result: boolean }
  /** Returns the caller as a user. Scope: user. */
  'user.current': { params: None; result: { ID?: string; ACTIVE?: boolean; NAME?: string; LAST_NAME?: string; EMAIL?: string; LAST_LOGIN?: string; DATE_REGISTER?: string; IS_ONLINE?: string; LAST_ACTIVITY_DATE?: string; PERSONAL_GENDER?: unknown; PERSONAL_BIRTHDAY?: unknown; WORK_POSITION?: unknown; UF_EMPLOYMENT_DATE?: unknown; UF_DEPARTMENT?: number[]; [key: string]: unknown } }
  /** Names the fields of a user. Scope: user. */
  'user.fields': { params: None; result: FieldDescriptions }
  /** Lists users that match a filter, a page at a time. Scope: user. Here in part: IMAGE_RESIZE is taken, but pictures are answered in their original size. */
  'user.get': { params: { filter?: Filter<Fields>; sort?: string | number; order?: 'ASC' | 'DESC'; ADMIN_MODE?: Flag; select?: Select<Fields>; start?: number } & Fields; result: { ID?: string; ACTIVE?: boolean; NAME?: string; LAST_NAME?: string; SECOND_NAME?: unknown; EMAIL?: string; LAST_LOGIN?: string; DATE_REGISTER?: string; TIME_ZONE?: unknown; IS_ONLINE?: string; TIMESTAMP_X?: Fields; LAST_ACTIVITY_DATE?: Fields; PERSONAL_GENDER?: unknown; PERSONAL_WWW?: unknown; PERSONAL_BIRTHDAY?: string; PERSONAL_MOBILE?: unknown; PERSONAL_CITY?: unknown; WORK_PHONE?: unknown; WORK_POSITION?: unknown; UF_EMPLOYMENT_DATE?: unknown; UF_DEPARTMENT?: number[]; USER_TYPE?: string; [key: string]: unknown }[] }
  /** Returns one of the caller's settings in the application, or all of them. */
  'user.option.get': { params: { option?: string | number }; result: Fields | string }
  /** Stores the caller's settings in the application. */
  'user.option.set': { params: { options: Fields }; result: boolean }
  /** Searches users by name, position, department or words of all of these. Scope: user. Here in part: IMAGE_RESIZE is taken, but pictures are answered in their original size. */
  'user.search': { params: { FILTER?: Filter<Fields>; sort?: string | number; order?: 'ASC' | 'DESC'; ADMIN_MODE?: Flag; select?: Select<Fields>; start?: number } & Fields; result: { ID?: string; ACTIVE?: boolean; NAME?: string; LAST_NAME?: string; SECOND_NAME?: unknown; EMAIL?: string; LAST_LOGIN?: string; DATE_REGISTER?: string; TIME_ZONE?: unknown; IS_ONLINE?: string; TIMESTAMP_X?: Fields; LAST_ACTIVITY_DATE?: Fields; PERSONAL_GENDER?: unknown; PERSONAL_WWW?: unknown; PERSONAL_BIRTHDAY?: string; PERSONAL_MOBILE?: unknown; PERSONAL_CITY?: unknown; WORK_PHONE?: unknown; WORK_POSITION?: unknown; UF_EMPLOYMENT_DATE?: unknown; UF_DEPARTMENT?: number[]; USER_TYPE?: string; [key: string]: unknown }[] }
  /** Changes the given fields of a user. Scope: user. */
  'user.update': { params: { ID: Id; EMAIL?: string | number; ACTIVE?: Flag; NAME?: string | number; LAST_NAME?: string | number; SECOND_NAME?: string | number; PERSONAL_GENDER?: string | number; PERSONAL_PROFESSION?: string | number; PERSONAL_WWW?: string | number; PERSONAL_BIRTHDAY?: string | number; PERSONAL_PHOTO?: readonly unknown[] | Fields; PERSONAL_PHONE?: string | number; PERSONAL_MOBILE?: string | number; PERSONAL_STREET?: string | number; PERSONAL_CITY?: string | number; PERSONAL_STATE?: string | number; PERSONAL_ZIP?: string | number; PERSONAL_COUNTRY?: string | number; PERSONAL_NOTES?: string | number; WORK_PHONE?: string | number; WORK_COMPANY?: string | number; WORK_POSITION?: string | number; WORK_DEPARTMENT?: string | number; WORK_WWW?: string | number; WORK_NOTES?: string | number; UF_DEPARTMENT?: readonly unknown[] | Fields; UF_INTERESTS?: string | number; UF_SKILLS?: string | number; UF_PHONE_INNER?: string | number } & Fields; result: boolean }
  /** Adds a user field to users and returns its id. Scope: user.userfield. */
  'user.userfield.add': { params: { fields: Fields }; result: number }
  /** Deletes a user field of users with all its values. Scope: user.userfield. */
  'user.userfield.delete': { params: { id: Id }; result: boolean }
  /** Returns a file of a user field of a user. Scope: user.userfield. */
  'user.userfield.file.get': { params: { id: Id; field: string | number; value: Id }; result: unknown }
  /** Lists the user fields of users that match a filter. Scope: user.userfield. */
  'user.userfield.list': { params: { filter?: Fields; order?: Fields }; result: { ID?: string; ENTITY_ID?: string; FIELD_NAME?: string; USER_TYPE_ID?: string; XML_ID?: unknown; SORT?: string; MULTIPLE?: string; MANDATORY?: string; SHOW_FILTER?: string; SHOW_IN_LIST?: string; EDIT_IN_LIST?: string; IS_SEARCHABLE?: string; SETTINGS?: { DISPLAY?: string; LIST_HEIGHT?: number; CAPTION_NO_VALUE?: unknown; SHOW_NO_VALUE?: string; [key: string]: unknown }; LIST?: { ID?: string; SORT?: string; VALUE?: string; DEF?: string; XML_ID?: string; [key: string]: unknown }[]; [key: string]: unknown }[] }
  /** Changes the given settings of a user field of users. Scope: user.userfield. */
  'user.userfield.update': { params: { fields: Fields; id: Id }; result: boolean }
  /** Adds a user field of any kind of record. Scope: userfieldconfig. */
  'userfieldconfig.add': { params: { moduleId: string | number; field: Fields }; result: { field: { id?: string; entityId?: string; fieldName?: string; userTypeId?: string; xmlId?: unknown; sort?: string; multiple?: string; mandatory?: string; showFilter?: string; showInList?: string; editInList?: string; isSearchable?: string; settings?: { DISPLAY?: string; LIST_HEIGHT?: number; CAPTION_NO_VALUE?: unknown; SHOW_NO_VALUE?: string; [key: string]: unknown }; languageId?: { en?: string; ru?: string; [key: string]: unknown }; editFormLabel?: { en?: string; [key: string]: unknown }; listColumnLabel?: { en?: unknown; ru?: unknown; [key: string]: unknown }; listFilterLabel?: { en?: unknown; ru?: unknown; [key: string]: unknown }; errorMessage?: { en?: unknown; ru?: unknown; [key: string]: unknown }; helpMessage?: { en?: unknown; ru?: unknown; [key: string]: unknown }; enum?: { id?: string; userFieldId?: string; value?: string; def?: string; sort?: string; xmlId?: string; [key: string]: unknown }[]; [key: string]: unknown } } }
  /** Deletes a user field of any kind of record. Scope: userfieldconfig. */
  'userfieldconfig.delete': { params: { moduleId: string | number; id: Id }; result: null }
  /** Returns a user field of any kind of record. Scope: userfieldconfig. */
  'userfieldconfig.get': { params: { moduleId: string | number; id: Id }; result: { field: { id?: string; entityId?: string; fieldName?: string; userTypeId?: string; xmlId?: unknown; sort?: string; multiple?: string; mandatory?: string; showFilter?: string; showInList?: string; editInList?: string; isSearchable?: string; settings?: { DISPLAY?: string; LIST_HEIGHT?: number; CAPTION_NO_VALUE?: unknown; SHOW_NO_VALUE?: string; [key: string]: unknown }; languageId?: { en?: string; de?: string; [key: string]: unknown }; editFormLabel?: { en?: string; de?: string; [key: string]: unknown }; listColumnLabel?: { en?: unknown; de?: unknown; [key: string]: unknown }; listFilterLabel?: { en?: unknown; de?: unknown; [key: string]: unknown }; errorMessage?: { en?: unknown; de?: unknown; [key: string]: unknown }; helpMessage?: { en?: unknown; de?: unknown; [key: string]: unknown }; enum?: { id?: string; userFieldId?: string; value?: string; def?: string; sort?: string; xmlId?: string; [key: string]: unknown }[]; [key: string]: unknown } } }
  /** Lists the types of user fields. Scope: userfieldconfig. */
  'userfieldconfig.getTypes': { params: { moduleId: string | number }; result: { types: { crm?: { userTypeId?: string; description?: string; [key: string]: unknown }; crm_status?: { userTypeId?: string; description?: string; [key: string]: unknown }; money?: { userTypeId?: string; description?: string; [key: string]: unknown }; employee?: { userTypeId?: string; description?: string; [key: string]: unknown }; rest_219_test?: { userTypeId?: string; description?: string; [key: string]: unknown }; string?: { userTypeId?: string; description?: string; [key: string]: unknown }; integer?: { userTypeId?: string; description?: string; [key: string]: unknown }; double?: { userTypeId?: string; description?: string; [key: string]: unknown }; datetime?: { userTypeId?: string; description?: string; [key: string]: unknown }; date?: { userTypeId?: string; description?: string; [key: string]: unknown }; boolean?: { userTypeId?: string; description?: string; [key: string]: unknown }; address?: { userTypeId?: string; description?: string; [key: string]: unknown }; url?: { userTypeId?: string; description?: string; [key: string]: unknown }; file?: { userTypeId?: string; description?: string; [key: string]: unknown }; enumeration?: { userTypeId?: string; description?: string; [key: string]: unknown }; iblock_section?: { userTypeId?: string; description?: string; [key: string]: unknown }; iblock_element?: { userTypeId?: string; description?: string; [key: string]: unknown }; [key: string]: unknown } } }
  /** Lists user fields of any kind of record that match a filter, a page at a time. Scope: userfieldconfig. */
  'userfieldconfig.list': { params: { moduleId: string | number; select?: Select<Fields>; order?: Order<Fields>; filter?: Filter<Fields>; start?: number }; result: { fields: { id?: string; entityId?: string; fieldName?: string; userTypeId?: string; xmlId?: unknown; sort?: string; multiple?: string; mandatory?: string; showFilter?: string; showInList?: string; editInList?: string; isSearchable?: string; settings?: { DISPLAY?: string; LIST_HEIGHT?: number; CAPTION_NO_VALUE?: unknown; SHOW_NO_VALUE?: string; [key: string]: unknown }; languageId?: { de?: string; [key: string]: unknown }; editFormLabel?: { de?: string; [key: string]: unknown }; listColumnLabel?: unknown; listFilterLabel?: unknown; errorMessage?: unknown; helpMessage?: unknown; [key: string]: unknown }[] } }
  /** Changes the given fields of a user field of any kind of record. Scope: userfieldconfig. */
  'userfieldconfig.update': { params: { moduleId: string | number; id: Id; field?: Fields }; result: { field: { id?: string; entityId?: string; fieldName?: string; userTypeId?: string; xmlId?: unknown; sort?: string; multiple?: string; mandatory?: string; showFilter?: string; showInList?: string; editInList?: string; isSearchable?: string; settings?: { DISPLAY?: string; LIST_HEIGHT?: number; CAPTION_NO_VALUE?: unknown; SHOW_NO_VALUE?: string; [key: string]: unknown }; languageId?: { en?: string; [key: string]: unknown }; editFormLabel?: { en?: string; [key: string]: unknown }; listColumnLabel?: { en?: unknown; [key: string]: unknown }; listFilterLabel?: { en?: unknown; [key: string]: unknown }; errorMessage?: { en?: unknown; [key: string]: unknown }; helpMessage?: { en?: unknown; [key: string]: unknown }; enum?: { id?: string; userFieldId?: string; value?: string; def?: string; sort?: string; xmlId?: string; [key: string]: unknown }[]; [key: string]: unknown } } }
  /** Adds a user field type of an application. Scope: placement. */
  'userfieldtype.add': { params: { USER_TYPE_ID: unknown; HANDLER: unknown; TITLE?: unknown; DESCRIPTION?: unknown; OPTIONS?: Fields }; result: boolean }
  /** Deletes a user field type of an application. Scope: placement. */
  'userfieldtype.delete': { params: { USER_TYPE_ID: unknown }; result: boolean }
  /** Lists all user field types of an application. Scope: placement. */
  'userfieldtype.list': { params: None; result: { USER_TYPE_ID?: string; HANDLER?: string; TITLE?: string; DESCRIPTION?: string; [key: string]: unknown }[] }
  /** Changes the given fields of a user field type of an application. Scope: placement. */
  'userfieldtype.update': { params: { USER_TYPE_ID: unknown; HANDLER: unknown; TITLE?: unknown; DESCRIPTION?: unknown; OPTIONS?: Fields }; result: boolean }
}
