import type { TestPortal } from '../../support/portal.ts'
import type { Parameters } from '../../support/vectors.ts'
import type { Provocation } from '../vectors-refusals.ts'
import { must, type Target } from '../vectors-targets/making.ts'
import type { VectorArea } from './area.ts'

/** What a family links to what. */
interface Family {
  readonly owner: string
  readonly target: 'contact' | 'company'
  readonly key: 'CONTACT_ID' | 'COMPANY_ID'
}

const families: readonly Family[] = [
  { owner: 'lead', target: 'contact', key: 'CONTACT_ID' },
  { owner: 'deal', target: 'contact', key: 'CONTACT_ID' },
  { owner: 'quote', target: 'contact', key: 'CONTACT_ID' },
  { owner: 'contact', target: 'company', key: 'COMPANY_ID' },
  { owner: 'company', target: 'contact', key: 'CONTACT_ID' },
]

const nameOf = ({ owner, target }: Family): string => `crm.${owner}.${target}`
const add = (portal: TestPortal, entity: string): Promise<number> => must(portal, `crm.${entity}.add`, { fields: {} })

/** A record of its own in the place of the documented one. */
const owned =
  (family: Family): Target =>
  async (portal, params) => ({ ...params, id: await add(portal, family.owner) })

/** The record that the request links. */
const linked =
  (family: Family, already: boolean): Target =>
  async (portal, params) => {
    const id = await add(portal, family.owner)
    const fields = { ...(params.fields as Parameters), [family.key]: await add(portal, family.target) }
    if (already) await must(portal, `${nameOf(family)}.add`, { id, fields })
    return { ...params, id, fields }
  }

const listed =
  (family: Family): Target =>
  async (portal, params) => {
    const items: Parameters[] = []
    for (const item of params.items as Parameters[])
      items.push({ ...item, [family.key]: await add(portal, family.target) })
    return { ...params, id: await add(portal, family.owner), items }
  }

/** With as many links as the page shows. */
const filled =
  (family: Family): Target =>
  async (portal, params) => {
    const id = await add(portal, family.owner)
    const items: Parameters[] = []
    for (const SORT of [100, 200, 400]) items.push({ [family.key]: await add(portal, family.target), SORT })
    await must(portal, `${nameOf(family)}.items.set`, { id, items })
    return { ...params, id }
  }

const missing: Provocation = { change: (params) => ({ ...params, id: 999_999 }) }
const noId: Provocation = { change: (params) => ({ ...params, id: 0 }) }
const noItems: Provocation = { change: (params) => ({ ...params, items: 'text' }) }

/** The refusal that each page shows: of a record that isn't there, of no id, or of no list. */
function refusals(family: Family): [method: string, provocation: Provocation][] {
  const name = nameOf(family)
  const isSide = family.owner === 'contact' || family.owner === 'company'
  const one = isSide ? noId : missing
  const all = isSide || family.owner === 'quote' ? noId : missing
  return [
    [`${name}.add`, one],
    [`${name}.delete`, one],
    [`${name}.items.set`, isSide ? noItems : missing],
    [`${name}.items.get`, all],
    [`${name}.items.delete`, all],
  ]
}

export const links: VectorArea = {
  targets: Object.fromEntries(
    families.flatMap((family): [string, Target][] => [
      [`${nameOf(family)}.add`, linked(family, false)],
      [`${nameOf(family)}.delete`, linked(family, true)],
      [`${nameOf(family)}.items.get`, filled(family)],
      [`${nameOf(family)}.items.set`, listed(family)],
      [`${nameOf(family)}.items.delete`, owned(family)],
    ]),
  ),
  provocations: Object.fromEntries(families.flatMap(refusals)),
}
