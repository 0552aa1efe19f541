import { get, id, local, map, optional, type PortalFunction, post, standard, truth, word } from '../function.ts'
import { dealFilter, leadFilter } from '../structures/crm.ts'
import { structure } from '../structures/structure.ts'

/** The option of every function that shows a structure without asking a portal. */
export const empty = { empty: standard('false', truth('Leave the descriptions out')) }

/** What may be set and how to page: the same for every list. */
export const listOptions = {
  filter: optional(map('Fields and the values that are looked for')),
  offset: optional(word('How many rows to pass over; a page has 50')),
}
export const listBody = { filter: 'filter', start: 'offset' }

/** Leads and deals are served alike; only the name of the filter's function differs by an s. */
function items(
  one: string,
  name: 'Lead' | 'Deal',
  filterName: string,
  filter: Readonly<Record<string, string>>,
): PortalFunction[] {
  const entity = name.toLowerCase()
  const item = { [entity]: id(`The ${one}’s id`) }
  const fields = { fields: map(`Fields of the ${one}; Get${name}Structure shows them`) }
  const byId = { id: entity }
  return [
    post(`Create${name}`, `crm.${entity}.add`, `Make a ${one}`, fields, { fields: 'fields' }),
    post(
      `Update${name}`,
      `crm.${entity}.update`,
      `Change a ${one}`,
      { ...item, ...fields },
      { fields: 'fields', ...byId },
    ),
    post(`Delete${name}`, `crm.${entity}.delete`, `Delete a ${one}`, item, byId),
    post(`Get${name}`, `crm.${entity}.get`, `Show a ${one}`, item, byId),
    post(`Get${name}sList`, `crm.${entity}.list`, `List ${one}s, 50 at a time`, listOptions, listBody),
    get(`Get${name}Structure`, `crm.${entity}.fields`, `Show the fields of ${one}s`),
    local(filterName, `Show what Get${name}sList can filter by`, empty, structure(filter)),
  ]
}

export const leads = items('lead', 'Lead', 'GetLeadFilterStructure', leadFilter)
export const deals = items('deal', 'Deal', 'GetDealsFilterStructure', dealFilter)
