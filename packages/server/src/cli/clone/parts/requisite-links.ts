import { emptyDraft } from '../../../records/change.ts'
import { bankDetail } from '../../../modules/crm/requisite/bank-detail.ts'
import { requisiteLink } from '../../../modules/crm/requisite/link.ts'
import { requisite } from '../../../modules/crm/requisite/requisite.ts'
import { itemKind } from '../state.ts'
import type { Step } from '../step.ts'
import { translationOf } from '../translation.ts'
import { numberOf, textOf } from '../values.ts'
import { bring, type Left, type Ready, removeGone } from './bring.ts'
import { pagesByOffset } from './by-offset.ts'
import { idsOf } from './draft-of.ts'
import { refsOf } from './refs.ts'

const LINKS = 'requisite-links'
const CHOICES = [
  ['requisiteId', 'REQUISITE_ID', itemKind(requisite.entityTypeId)],
  ['bankDetailId', 'BANK_DETAIL_ID', itemKind(bankDetail.entityTypeId)],
  ['mcRequisiteId', 'MC_REQUISITE_ID', itemKind(requisite.entityTypeId)],
  ['mcBankDetailId', 'MC_BANK_DETAIL_ID', itemKind(bankDetail.entityTypeId)],
] as const

/** Which requisites and accounts the documents of an item show. */
export const requisiteLinks: Step = {
  name: LINKS,
  after: ['bank-details'],
  count: (source) => source.total('crm.requisite.link.list'),
  async run(clone) {
    const step = LINKS
    const translation = await translationOf(clone)
    const order = { ENTITY_TYPE_ID: 'ASC', ENTITY_ID: 'ASC' }
    for await (const { rows, cursor } of pagesByOffset(
      clone,
      'crm.requisite.link.list',
      { order },
      { after: clone.state.cursorOf(step) },
    ))
      await bring(clone, {
        at: { step, cursor },
        entity: requisiteLink,
        rows,
        key: (row) => [row.ENTITY_TYPE_ID, row.ENTITY_ID].map(textOf).join(':'),
        wanted: () => 0,
        async prepare(fresh) {
          const owners = await refsOf(clone, translation, fresh, 'ENTITY_TYPE_ID', 'ENTITY_ID')
          const ids = await idsOf(
            clone,
            clone.session,
            fresh.flatMap((row) => CHOICES.map(([, key, kind]) => ({ kind, key: numberOf(row[key]) ?? 0 }))),
          )
          return fresh.map((row, index): Ready | Left => {
            const owner = owners[index]
            if (owner === undefined) return { row, why: 'its item has not come' }
            const draft = emptyDraft()
            draft.values.set('entityTypeId', owner.entityTypeId)
            draft.values.set('entityId', owner.id)
            for (const [name, key, kind] of CHOICES) draft.values.set(name, ids(kind, numberOf(row[key]) ?? 0) ?? 0)
            return { row, draft }
          })
        },
      })
    await removeGone(clone, step, requisiteLink)
  },
}
