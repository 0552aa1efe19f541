import { docx } from '../../support/docx.ts'

export const G = 'crm.documentgenerator'
export const entities = { lead: 1, deal: 2, contact: 3, company: 4, quote: 7, invoice: 31, process: 1032 } as const
export type Name = keyof typeof entities
export type Records = Record<Name, number>

/** One of everything that one person has, and what another has to try with. */
export interface Targets {
  readonly hers: Records
  readonly row: number
  readonly todo: number
  readonly comment: number
  readonly log: number
  readonly requisite: number
  readonly account: number
  readonly document: number
  readonly payment: number
  readonly his: Records
  readonly hisThings: Readonly<Record<'comment' | 'requisite' | 'todo' | 'payment', number>>
  /** Who he is. */
  readonly bob: number
}

/** Everything that he tries with what is hers, as [method, parameters]. */
export function attemptsOn(given: Targets): [string, Record<string, unknown>][] {
  const { hers, his, bob, row, todo, comment, log, requisite, account, document, payment, hisThings } = given
  const tries: [string, Record<string, unknown>][] = []
  const owned = { entityTypeId: 2, entityId: hers.deal }
  for (const name of Object.keys(entities) as Name[]) {
    const place = { entityTypeId: entities[name], id: hers[name] }
    tries.push(['crm.item.get', place], ['crm.item.delete', place])
    tries.push(['crm.item.update', { ...place, fields: { title: 'x', name: 'x', assignedById: bob } }])
    tries.push([
      'crm.entity.mergeBatch',
      { params: { entityTypeId: entities[name], entityIds: [his[name], hers[name]] } },
    ])
    tries.push([
      'crm.entity.mergeBatch',
      { params: { entityTypeId: entities[name], entityIds: [hers[name], his[name]] } },
    ])
    if (['process', 'invoice'].includes(name)) continue
    tries.push([`crm.${name}.get`, { id: hers[name] }], [`crm.${name}.delete`, { id: hers[name] }])
    tries.push([`crm.${name}.update`, { id: hers[name], fields: { TITLE: 'x', NAME: 'x', ASSIGNED_BY_ID: bob } }])
  }
  for (const [family, id, target] of [
    ['deal.contact', hers.deal, { CONTACT_ID: his.contact }],
    ['quote.contact', hers.quote, { CONTACT_ID: his.contact }],
    ['lead.contact', hers.lead, { CONTACT_ID: his.contact }],
    ['contact.company', hers.contact, { COMPANY_ID: his.company }],
    ['company.contact', hers.company, { CONTACT_ID: his.contact }],
  ] as const) {
    tries.push([`crm.${family}.items.get`, { id }], [`crm.${family}.items.delete`, { id }])
    tries.push([`crm.${family}.add`, { id, fields: target }], [`crm.${family}.delete`, { id, fields: target }])
    tries.push([`crm.${family}.items.set`, { id, items: [target] }])
  }
  const change = { PRODUCT_NAME: 'x', PRICE: 1 }
  tries.push(
    ['crm.deal.productrows.get', { id: hers.deal }],
    ['crm.deal.productrows.set', { id: hers.deal, rows: [change] }],
    ['crm.quote.productrows.set', { id: hers.quote, rows: [change] }],
    ['crm.productrow.list', { filter: { OWNER_TYPE: 'D', OWNER_ID: hers.deal } }],
    ['crm.item.productrow.get', { id: row }],
    ['crm.item.productrow.list', { filter: { '=ownerType': 'D', '=ownerId': hers.deal } }],
    ['crm.item.productrow.update', { id: row, fields: { price: 1 } }],
    ['crm.item.productrow.delete', { id: row }],
    ['crm.item.productrow.set', { ownerType: 'D', ownerId: hers.deal, productRows: [] }],
    ['crm.item.productrow.add', { fields: { ownerType: 'D', ownerId: hers.deal, productName: 'x', price: 1 } }],
    ['crm.item.productrow.getAvailableForPayment', { ownerType: 'D', ownerId: hers.deal }],
    ['crm.item.payment.get', { id: payment }],
    ['crm.item.payment.list', owned],
    ['crm.item.payment.add', owned],
    ['crm.item.payment.pay', { id: payment }],
    ['crm.item.payment.update', { id: payment, fields: { paid: 'Y' } }],
    ['crm.item.payment.delete', { id: payment }],
    ['crm.item.payment.product.list', { paymentId: payment }],
    ['crm.item.payment.product.add', { paymentId: hisThings.payment, rowId: row, quantity: 1 }],
    ['crm.item.payment.product.add', { paymentId: payment, rowId: row, quantity: 1 }],
  )
  tries.push(
    ['crm.activity.get', { id: todo }],
    ['crm.activity.update', { id: todo, fields: { COMPLETED: 'Y' } }],
    ['crm.activity.delete', { id: todo }],
    ['crm.activity.binding.list', { activityId: todo }],
    ['crm.activity.binding.add', { activityId: hisThings.todo, entityTypeId: 2, entityId: hers.deal }],
    ['crm.activity.binding.add', { activityId: todo, entityTypeId: 2, entityId: his.deal }],
    [
      'crm.activity.todo.updateDeadline',
      { id: todo, ownerTypeId: 2, ownerId: hers.deal, value: '2027-01-01T10:00:00' },
    ],
    ['crm.activity.todo.updateDeadline', { id: todo, ownerTypeId: 2, ownerId: his.deal, value: '2027-01-01T10:00:00' }],
    ['crm.timeline.comment.get', { id: comment }],
    ['crm.timeline.comment.update', { id: comment, fields: { COMMENT: 'x' } }],
    ['crm.timeline.comment.update', { id: comment, ownerTypeId: 2, ownerId: his.deal, fields: { COMMENT: 'x' } }],
    ['crm.timeline.comment.delete', { id: comment }],
    ['crm.timeline.comment.delete', { id: comment, ownerTypeId: 2, ownerId: his.deal }],
    ['crm.timeline.comment.list', { filter: { ENTITY_TYPE: 'deal', ENTITY_ID: hers.deal } }],
    ['crm.timeline.comment.add', { fields: { ENTITY_TYPE: 'deal', ENTITY_ID: hers.deal, COMMENT: 'x' } }],
    ['crm.timeline.bindings.list', { filter: { OWNER_ID: comment } }],
    ['crm.timeline.bindings.bind', { fields: { OWNER_ID: comment, ENTITY_TYPE: 'deal', ENTITY_ID: his.deal } }],
    [
      'crm.timeline.bindings.bind',
      { fields: { OWNER_ID: hisThings.comment, ENTITY_TYPE: 'deal', ENTITY_ID: hers.deal } },
    ],
    ['crm.timeline.logmessage.get', { id: log }],
    ['crm.timeline.logmessage.list', owned],
    ['crm.timeline.logmessage.delete', { id: log }],
    ['crm.timeline.note.save', { ownerTypeId: 2, ownerId: hers.deal, itemType: 1, itemId: comment, text: 'x' }],
    ['crm.timeline.note.save', { ownerTypeId: 2, ownerId: his.deal, itemType: 1, itemId: comment, text: 'x' }],
    ['crm.timeline.item.pin', { id: comment, ownerTypeId: 2, ownerId: hers.deal }],
    ['crm.timeline.item.pin', { id: comment, ownerTypeId: 2, ownerId: his.deal }],
  )
  const link = { ENTITY_TYPE_ID: 2, BANK_DETAIL_ID: 0, MC_REQUISITE_ID: 0, MC_BANK_DETAIL_ID: 0 }
  const place = { TYPE_ID: 1, ENTITY_TYPE_ID: 8, ENTITY_ID: requisite }
  tries.push(
    ['crm.requisite.get', { id: requisite }],
    ['crm.requisite.update', { id: requisite, fields: { NAME: 'x' } }],
    ['crm.requisite.delete', { id: requisite }],
    ['crm.requisite.add', { fields: { ENTITY_TYPE_ID: 4, ENTITY_ID: hers.company, PRESET_ID: 1, NAME: 'x' } }],
    ['crm.requisite.bankdetail.get', { id: account }],
    ['crm.requisite.bankdetail.update', { id: account, fields: { NAME: 'x' } }],
    ['crm.requisite.bankdetail.delete', { id: account }],
    ['crm.requisite.bankdetail.add', { fields: { ENTITY_ID: requisite, NAME: 'x' } }],
    ['crm.address.update', { fields: { ...place, CITY: 'x' } }],
    ['crm.address.delete', { fields: place }],
    ['crm.address.add', { fields: { ...place, TYPE_ID: 6, CITY: 'x' } }],
    ['crm.requisite.link.get', { entityTypeId: 2, entityId: hers.deal }],
    ['crm.requisite.link.register', { fields: { ...link, ENTITY_ID: hers.deal, REQUISITE_ID: hisThings.requisite } }],
    ['crm.requisite.link.register', { fields: { ...link, ENTITY_ID: his.deal, REQUISITE_ID: requisite } }],
    ['crm.requisite.link.unregister', { entityTypeId: 2, entityId: hers.deal }],
    [`${G}.document.get`, { id: document }],
    [`${G}.document.list`, { filter: { entityTypeId: 2, entityId: hers.deal } }],
    [`${G}.document.update`, { id: document, values: { DocumentNumber: 'x' } }],
    [`${G}.document.enablepublicurl`, { id: document }],
    [`${G}.document.getfields`, { id: document }],
    [`${G}.document.delete`, { id: document }],
    [
      `${G}.document.upload`,
      { fields: { ...owned, region: 'de', title: 'x', number: '1', fileContent: docx(['x']).toString('base64') } },
    ],
    ['crm.automation.trigger', { target: `DEAL_${hers.deal}`, code: 'x' }],
  )
  return tries
}
