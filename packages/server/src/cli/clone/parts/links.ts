import { sql } from '../../../store/sql.ts'
import type { Transaction } from '../../../store/store.ts'
import type { Row } from '../source.ts'
import { itemKind } from '../state.ts'
import type { Clone, Step } from '../step.ts'
import { flagOf, numberOf } from '../values.ts'
import { idsOf } from './draft-of.ts'
import { ITEMS, listsOfOwners, type OwnerLists } from './owners.ts'

const STEP = 'links'

/** A list of links that has an order of its own, which rows of items don't tell. */
interface Family {
  readonly entityTypeId: number
  readonly method: string
  readonly other: number
  readonly idName: string
  /** Whose links these are: a company's contacts are links of those to it. */
  readonly from: number
  readonly role: string
}

const ofContacts = (entityTypeId: number, name: string): Family => ({
  entityTypeId,
  method: `crm.${name}.contact.items.get`,
  other: 3,
  idName: 'CONTACT_ID',
  from: entityTypeId,
  role: 'contact',
})

const families: readonly Family[] = [
  ofContacts(1, 'lead'),
  ofContacts(2, 'deal'),
  ofContacts(7, 'quote'),
  { ...ofContacts(3, ''), method: 'crm.contact.company.items.get', other: 4, idName: 'COMPANY_ID', role: 'company' },
  { ...ofContacts(4, 'company'), from: 3, role: 'company' },
]

/** In which order contacts and companies stand in each other's lists and in those of items, and which comes first. */
export const links: Step = {
  name: STEP,
  after: ITEMS,
  count: () => Promise.resolve(undefined),
  async run(clone) {
    const { state, session, target } = clone
    for (const family of families) {
      const part = itemKind(family.entityTypeId)
      if (state.isDone(STEP, part)) continue
      const entity = await target.portal.entities.get(session, family.entityTypeId)
      const list = { method: family.method, params: (key: string) => ({ id: Number(key) }), page: Infinity }
      const only = sql`target_id in (select ${sql.ref(ownerColumn(family))} from crm_link where entity_type_id = ${family.from} and role = ${family.role})`
      for await (const page of listsOfOwners(clone, entity, state.cursorOf(STEP, part), list, only))
        await bringPage(clone, family, part, page)
      await clone.page({ step: STEP, part, cursor: '', done: true }, async () => {})
    }
  },
}

const isReverse = ({ entityTypeId, from }: Family): boolean => entityTypeId !== from
const ownerColumn = (family: Family): string => (isReverse(family) ? 'to_id' : 'record_id')

async function bringPage(
  clone: Clone,
  family: Family,
  part: string,
  { owners, lists, refused, cursor }: OwnerLists,
): Promise<void> {
  const kind = itemKind(family.other)
  const idOf = (row: Row): number => numberOf(row[family.idName]) ?? 0
  const ids = await idsOf(
    clone,
    clone.session,
    [...lists.values()].flat().map((row) => ({ kind, key: idOf(row) })),
  )
  let seen = 0
  await clone.page({ step: STEP, part, cursor }, async (page) => {
    for (const [key, { message }] of refused) page.leave(message, `${part} ${key}`)
    for (const { key, id: owner } of owners)
      for (const row of lists.get(key) ?? []) {
        const other = ids(kind, idOf(row))
        const sort = numberOf(row.SORT)
        if (other === undefined || sort === undefined) continue
        const changed = await place(page.tx, family, { owner, other, sort, primary: flagOf(row.IS_PRIMARY) })
        page.count(changed ? 'changed' : 'same')
        seen++
      }
  })
  clone.tick(seen)
}

interface Place {
  readonly owner: number
  readonly other: number
  readonly sort: number
  readonly primary: 'Y' | 'N'
}

async function place(tx: Transaction, family: Family, { owner, other, sort, primary }: Place): Promise<boolean> {
  const reverse = isReverse(family)
  const [record, to] = reverse ? [other, owner] : [owner, other]
  const [position, first] = (reverse ? ['reverse_position', 'reverse_primary'] : ['position', 'is_primary']).map(
    (name) => sql.ref(name),
  )
  const changed = await tx.change(
    sql`update crm_link set ${position} = ${sort}, ${first} = ${primary} where entity_type_id = ${family.from} and record_id = ${record} and role = ${family.role} and to_id = ${to} and (${position} is null or ${position} <> ${sort} or ${first} is null or ${first} <> ${primary})`,
  )
  return changed > 0
}
