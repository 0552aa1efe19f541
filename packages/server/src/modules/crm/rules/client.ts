import type { Change } from '../../../records/change.ts'
import type { Hooks } from '../../../records/hooks.ts'

/** Keeps a primary link (`contactId`) and the list that it heads (`contactIds`) in step, whichever was written. */
function align(change: Change, one: string, many: string): void {
  if (!change.has(one) || !change.has(many)) return
  const list = change.draft.links.get(many)
  const single = change.gives(one) ? Number(change.value(one) ?? 0) : undefined
  if (list !== undefined) {
    // The list replaces the set. The first is primary, unless the request names another of the list.
    const primary = single !== undefined && single > 0 && list.includes(single) ? single : (list[0] ?? 0)
    change.draft.links.set(many, list)
    change.set(one, primary || null)
    return
  }
  if (single === undefined) return
  const known = change.oldList(many).map(Number)
  const before = Number(change.old(one) ?? 0)
  const rest = known.filter((id) => id !== single && id !== before)
  change.draft.links.set(
    many,
    single > 0 ? [single, ...(known.includes(single) ? known.filter((id) => id !== single) : rest)] : rest,
  )
  if (single <= 0) change.set(one, rest[0] ?? null)
}

const clients = ['companyId', 'contactId']

export const clientHooks: Hooks = {
  complete(change) {
    align(change, 'contactId', 'contactIds')
    align(change, 'companyId', 'companyIds')
    // "Automatically takes the value Y if you specify COMPANY_ID or CONTACT_ID" (crm-lead-add.md); leads only.
    if (change.entity.name !== 'lead') return
    // No request may give it; the server itself does where it must stay as it is (methods/families/links.ts).
    if (!change.isNew && change.gives('isReturnCustomer')) return
    if (change.isNew) change.set('isReturnCustomer', 'N')
    // "The system recalculates the value from the CONTACT_ID and COMPANY_ID fields" (leads/management-communication/index.md).
    if (clients.some((name) => change.gives(name)))
      change.set('isReturnCustomer', clients.some((name) => change.value(name)) ? 'Y' : 'N')
  },
}
