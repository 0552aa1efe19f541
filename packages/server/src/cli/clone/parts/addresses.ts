import { emptyDraft } from '../../../records/change.ts'
import type { Within } from '../../../records/records.ts'
import { address } from '../../../modules/crm/requisite/address.ts'
import { fieldsOf, locationField, mirrors } from '../../../modules/crm/requisite/address-mirror.ts'
import { findLocation, removeAddress, shownAddress } from '../../../modules/crm/requisite/address-rows.ts'
import { mirrorsApart } from '../../../modules/crm/requisite/checks.ts'
import { requisite } from '../../../modules/crm/requisite/requisite.ts'
import { type Anchor, clientOf, findRequisite } from '../../../modules/crm/requisite/rights.ts'
import { legacyWire } from '../../../schema/wire.ts'
import { sql } from '../../../store/sql.ts'
import type { Reader } from '../../../store/store.ts'
import type { Step } from '../step.ts'
import { translationOf } from '../translation.ts'
import { numberOf, textOf } from '../values.ts'
import { bring, type Left, type Ready, removeGone, withinOf } from './bring.ts'
import { pagesByOffset } from './by-offset.ts'
import { draftsOf } from './draft-of.ts'
import { type Ref, refsOf } from './refs.ts'

const ADDRESSES = 'addresses'

/** Addresses of requisites and leads, which leads, contacts and companies show as their own. */
export const addresses: Step = {
  name: ADDRESSES,
  after: ['requisites'],
  count: (source) => source.total('crm.address.list'),
  async run(clone) {
    const step = ADDRESSES
    const translation = await translationOf(clone)
    const order = { TYPE_ID: 'ASC', ENTITY_TYPE_ID: 'ASC', ENTITY_ID: 'ASC' }
    for await (const { rows, cursor } of pagesByOffset(
      clone,
      'crm.address.list',
      { order },
      { after: clone.state.cursorOf(step) },
    ))
      await bring(clone, {
        at: { step, cursor },
        entity: address,
        rows,
        key: (row) => [row.TYPE_ID, row.ENTITY_TYPE_ID, row.ENTITY_ID].map(textOf).join(':'),
        wanted: (row) => numberOf(row.LOC_ADDR_ID) ?? 0,
        async prepare(fresh) {
          const drafts = await draftsOf(clone, address, legacyWire, fresh, { without: ['id'] })
          const owners = await refsOf(clone, translation, fresh, 'ENTITY_TYPE_ID', 'ENTITY_ID')
          const ready: (Ready | Left)[] = []
          for (const [index, row] of fresh.entries()) {
            const owner = owners[index]
            const anchor = owner === undefined ? undefined : await anchorOf(clone.session, owner)
            if (owner === undefined || anchor === undefined) {
              ready.push({ row, why: 'whose it is has not come' })
              continue
            }
            const draft = drafts[index] ?? emptyDraft()
            draft.values.set('entityTypeId', owner.entityTypeId)
            draft.values.set('entityId', owner.id)
            draft.values.set('anchorTypeId', anchor.typeId)
            draft.values.set('anchorId', anchor.id)
            const typeId = numberOf(row.TYPE_ID) ?? 0
            ready.push({ row, draft, beside: (within) => show(within, anchor, typeId) })
          }
          return ready
        },
      })
    // What items have brought along of addresses may be of another time.
    await clone.page({ step, part: 'mirrors', cursor: '', done: true }, async ({ tx }) => {
      for (const mirror of mirrors) {
        const entity = await clone.target.portal.entities.get(tx, mirror.anchorTypeId)
        for (const { id } of await tx.find<{ id: number }>(mirrorsApart(entity, mirror)))
          await show(withinOf(clone, tx), { typeId: mirror.anchorTypeId, id }, mirror.typeId)
      }
    })
    await removeGone(clone, step, address, async (within, id) => {
      const row = await findLocation(within.tx, id)
      if (row === undefined) return
      await removeAddress(within, row)
      await show(within, { typeId: row.anchor_type_id, id: row.anchor_id }, row.type_id)
    })
  },
}

/** The lead, contact or company that an address is of in the end. */
async function anchorOf(reader: Reader, { entityTypeId, id }: Ref): Promise<Anchor | undefined> {
  if (entityTypeId !== requisite.entityTypeId) return { typeId: entityTypeId, id }
  const row = await findRequisite(reader, id)
  return row === undefined ? undefined : clientOf(row)
}

/** Lets a record show its address, which is no change of the record itself. */
async function show({ tx, portal }: Within, anchor: Anchor, typeId: number): Promise<void> {
  const mirror = mirrors.find((each) => each.anchorTypeId === anchor.typeId && each.typeId === typeId)
  if (mirror === undefined) return
  const entity = await portal.entities.get(tx, anchor.typeId)
  const row = await shownAddress(tx, anchor, typeId)
  const sets = fieldsOf(mirror).map(
    ([column, name]) => sql`${sql.ref(entity.columnOf(name))} = ${row?.[column] ?? null}`,
  )
  const location = sql`${sql.ref(entity.columnOf(locationField(mirror)))} = ${row?.id ?? null}`
  await tx.change(sql`update ${sql.table(entity.table)} set ${sql.join([...sets, location])} where id = ${anchor.id}`)
}
