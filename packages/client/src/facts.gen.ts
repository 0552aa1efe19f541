// oxlint-disable max-lines
// Made by scripts/gen/client.mjs: run `npm run gen` after a change of methods or entities.

/** Methods that change nothing, though their last word does not say so. */
export const reads: ReadonlySet<string> = new Set(
  `catalog.catalog.isoffers crm.enum.activitydirection crm.enum.activitynotifytype crm.enum.activitypriority
    crm.enum.activitystatus crm.enum.activitytype crm.enum.addresstype crm.enum.contenttype crm.enum.ownertype
    crm.enum.settings.mode crm.requisite.preset.field.availabletoadd portico.outbound.events`.split(/\s+/),
)

/** Methods that change something, though their last word says nothing of it. */
export const writes: ReadonlySet<string> = new Set(
  `event.offline.get portico.duplicate.find`.split(/\s+/),
)

/** Lists that can be filtered and sorted by ID. */
export const listsByUpperId: ReadonlySet<string> = new Set(
  `crm.activity.list crm.catalog.list crm.company.list crm.contact.list crm.deal.list crm.deal.recurring.list
    crm.dealcategory.list crm.invoice.list crm.invoice.recurring.list crm.lead.list crm.measure.list
    crm.paysystem.list crm.persontype.list crm.product.list crm.product.property.list crm.productrow.list
    crm.productsection.list crm.quote.list crm.requisite.bankdetail.list crm.requisite.list
    crm.requisite.preset.list crm.stagehistory.list crm.timeline.comment.list crm.vat.list`.split(/\s+/),
)

/** Lists that can be filtered and sorted by id. */
export const listsByLowerId: ReadonlySet<string> = new Set(
  `catalog.catalog.list catalog.extra.list catalog.measure.list catalog.price.list catalog.pricetype.list
    catalog.pricetypegroup.list catalog.pricetypelang.list catalog.product.list catalog.product.offer.list
    catalog.product.service.list catalog.product.sku.list catalog.productproperty.list
    catalog.productpropertyenum.list catalog.productpropertyfeature.list catalog.productpropertysection.list
    catalog.ratio.list catalog.roundingrule.list catalog.section.list catalog.vat.list crm.automatedsolution.list
    crm.documentgenerator.document.list crm.documentgenerator.template.list crm.item.list crm.item.productrow.list
    crm.type.list userfieldconfig.list`.split(/\s+/),
)
