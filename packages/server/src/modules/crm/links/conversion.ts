import { type Change, type Draft, emptyDraft } from '../../../records/change.ts'
import type { Hooks } from '../../../records/hooks.ts'
import { createWithin, updateWithin } from '../../../records/records.ts'
import type { Entity } from '../../../schema/entity.ts'
import type { Scalar } from '../../../schema/kind.ts'
import { CLASSIC_CRM, SIMPLE_CRM } from '../defaults/enumerations.ts'
import { presetTitle } from '../rules/defaults.ts'

const [DEAL, CONTACT, COMPANY] = [2, 3, 4]

/** What goes to whom under the same name. */
const common = ['assignedById', 'opened', 'sourceId', 'sourceDescription', 'webformId']
const utm = ['utmSource', 'utmMedium', 'utmCampaign', 'utmContent', 'utmTerm']
const personal = ['honorific', 'name', 'secondName', 'lastName', 'birthdate', 'post']
const address = [
  'ADDRESS',
  'ADDRESS_2',
  'ADDRESS_CITY',
  'ADDRESS_POSTAL_CODE',
  'ADDRESS_REGION',
  'ADDRESS_PROVINCE',
  'ADDRESS_COUNTRY',
  'ADDRESS_COUNTRY_CODE',
  'ADDRESS_LOC_ADDR_ID',
]
const business = ['opportunity', 'isManualOpportunity', 'currencyId', 'comments']

/** A draft with what the lead says, for an entity that has fields of those names. */
function draftFrom(lead: Change, entity: Entity, names: readonly string[]): Draft {
  const draft = emptyDraft()
  draft.values.set('leadId', lead.id)
  for (const name of names) {
    const value = lead.value(name)
    if (value !== null && value !== '' && entity.byName.has(name)) draft.values.set(name, value)
  }
  return draft
}

const isSaid = (lead: Change, names: readonly string[]): boolean => names.some((name) => Boolean(lead.value(name)))

/** The lead's own client, else one that is made of what it says; null where it says nothing of one. */
async function companyOf(lead: Change, takesPoints: boolean): Promise<Scalar> {
  const known = lead.value('companyId')
  if (known || !isSaid(lead, ['companyTitle'])) return known
  const entity = await lead.portal.entities.get(lead.tx, COMPANY)
  const draft = draftFrom(lead, entity, [...common, ...utm, ...address])
  draft.values.set('title', lead.value('companyTitle'))
  if (takesPoints) draft.multifields.push(...lead.draft.multifields)
  return createWithin(lead, entity, draft, lead.legacy)
}

async function contactsOf(lead: Change, isPerson: boolean, companyId: Scalar): Promise<readonly number[]> {
  const known = lead.draft.links.get('contactIds') ?? []
  if (known.length > 0 || !isPerson) return known
  const entity = await lead.portal.entities.get(lead.tx, CONTACT)
  const draft = draftFrom(lead, entity, [...common, ...utm, ...personal, ...address])
  draft.multifields.push(...lead.draft.multifields)
  if (companyId) draft.links.set('companyIds', [Number(companyId)])
  return [await createWithin(lead, entity, draft, lead.legacy)]
}

/**
 * Turns a new lead into a deal with its contact and its company: phones and e-mails are the person's, where there is
 * one. Product rows and whatever else belongs to a lead go along by the `converted` hooks of their modules.
 */
async function convert(lead: Change): Promise<void> {
  const { tx, portal, person, now, id } = lead
  const isPerson = isSaid(lead, ['name', 'lastName', 'secondName'])
  const companyId = await companyOf(lead, !isPerson)
  const contactIds = await contactsOf(lead, isPerson, companyId)
  const entity = await portal.entities.get(tx, DEAL)
  const draft = draftFrom(lead, entity, [...common, ...utm, ...business])
  const title = lead.value('title')
  if (title !== presetTitle(lead.entity, id)) draft.values.set('title', title)
  if (companyId) draft.values.set('companyId', companyId)
  draft.links.set('contactIds', contactIds)
  draft.links.set('observers', lead.draft.links.get('observers') ?? [])
  const dealId = await createWithin(lead, entity, draft, lead.legacy)

  const stages = await portal.directories.statuses(tx, 'STATUS')
  const converted = emptyDraft()
  converted.values.set('stageId', stages.find(({ semantics }) => semantics === 'S')?.statusId ?? lead.value('stageId'))
  converted.values.set('companyId', companyId || null)
  converted.links.set('contactIds', contactIds)
  // Who has become a client by this lead was none before it.
  converted.values.set('isReturnCustomer', lead.value('isReturnCustomer'))
  await updateWithin(lead, lead.entity, id, converted)
  await portal.hooks(lead.entity).converted?.({
    tx,
    portal,
    person,
    now,
    leadId: id,
    dealId,
    contactId: contactIds[0] ?? null,
    companyId: Number(companyId) || null,
  })
}

/** Whether the lead says who the client is. */
const hasClient = (lead: Change): boolean =>
  isSaid(lead, ['name', 'companyTitle', 'companyId']) || (lead.draft.links.get('contactIds') ?? []).length > 0

/**
 * "Simple mode operates without leads. The system automatically converts a new lead into a deal, and the lead receives
 * the CONVERTED status"; one that names nobody stays what it is
 * (tutorials/crm/how-to-add-crm-objects/how-to-add-objects-with-crm-mode.md). In classic mode REST converts nothing,
 * whatever stage a lead is moved to (api-reference/crm/leads/index.md).
 */
export const simpleMode: Hooks = {
  async followed(change) {
    if (!change.isNew || change.value('stageSemanticId') !== 'P' || !hasClient(change)) return
    const mode = Number((await change.portal.settings.get(change.tx, 'crm.mode')) ?? CLASSIC_CRM)
    if (mode === SIMPLE_CRM) await convert(change)
  },
}
