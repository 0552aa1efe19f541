import { emptyDraft } from '../../../records/change.ts'
import { bankDetail } from '../../../modules/crm/requisite/bank-detail.ts'
import { preset } from '../../../modules/crm/requisite/preset.ts'
import { requisite } from '../../../modules/crm/requisite/requisite.ts'
import { legacyWire } from '../../../schema/wire.ts'
import { itemKind } from '../state.ts'
import type { Step } from '../step.ts'
import { translationOf } from '../translation.ts'
import { numberOf, textOf } from '../values.ts'
import { bring, type Left, type Ready, removeGone } from './bring.ts'
import { draftsOf, idsOf } from './draft-of.ts'
import { refsOf } from './refs.ts'
import { ITEMS } from './owners.ts'

const REQUISITES = 'requisites'
const BANK_DETAILS = 'bank-details'
const PRESET = itemKind(preset.entityTypeId)
const REQUISITE = itemKind(requisite.entityTypeId)

/** The data for documents of contacts and companies. */
export const requisites: Step = {
  name: REQUISITES,
  after: [...ITEMS, 'requisite-presets'],
  count: (source) => source.total('crm.requisite.list', { select: ['ID'] }),
  async run(clone) {
    const step = REQUISITES
    const entity = await clone.target.portal.entities.get(clone.session, requisite.entityTypeId)
    const translation = await translationOf(clone)
    const params = { select: ['*', 'UF_*'] }
    for await (const { rows, cursor } of clone.source.pages('crm.requisite.list', params, {
      after: clone.state.cursorOf(step),
    }))
      await bring(clone, {
        at: { step, cursor },
        entity,
        rows,
        key: (row) => textOf(row.ID),
        async prepare(fresh) {
          const drafts = await draftsOf(clone, entity, legacyWire, fresh, { without: ['id'] })
          const owners = await refsOf(clone, translation, fresh, 'ENTITY_TYPE_ID', 'ENTITY_ID')
          const presets = await idsOf(
            clone,
            clone.session,
            fresh.map((row) => ({ kind: PRESET, key: numberOf(row.PRESET_ID) ?? 0 })),
          )
          return fresh.map((row, index): Ready | Left => {
            const owner = owners[index]
            if (owner === undefined) return { row, why: 'its contact or company has not come' }
            const draft = drafts[index] ?? emptyDraft()
            draft.values.set('entityTypeId', owner.entityTypeId)
            draft.values.set('entityId', owner.id)
            const there = numberOf(row.PRESET_ID) ?? 0
            draft.values.set('presetId', presets(PRESET, there) ?? there)
            return { row, draft, ...madeBy(draft) }
          })
        },
      })
    await removeGone(clone, step, entity)
  },
}

/** Accounts in banks, of requisites. */
export const bankDetails: Step = {
  name: BANK_DETAILS,
  after: [REQUISITES],
  count: (source) => source.total('crm.requisite.bankdetail.list', { select: ['ID'] }),
  async run(clone) {
    const step = BANK_DETAILS
    for await (const { rows, cursor } of clone.source.pages(
      'crm.requisite.bankdetail.list',
      { select: ['*'] },
      { after: clone.state.cursorOf(step) },
    ))
      await bring(clone, {
        at: { step, cursor },
        entity: bankDetail,
        rows,
        key: (row) => textOf(row.ID),
        async prepare(fresh) {
          const drafts = await draftsOf(clone, bankDetail, legacyWire, fresh, { without: ['id'] })
          const owners = await idsOf(
            clone,
            clone.session,
            fresh.map((row) => ({ kind: REQUISITE, key: numberOf(row.ENTITY_ID) ?? 0 })),
          )
          return fresh.map((row, index): Ready | Left => {
            const owner = owners(REQUISITE, numberOf(row.ENTITY_ID) ?? 0)
            if (owner === undefined) return { row, why: 'its requisites have not come' }
            const draft = drafts[index] ?? emptyDraft()
            draft.values.set('entityId', owner)
            return { row, draft, ...madeBy(draft) }
          })
        },
      })
    await removeGone(clone, step, bankDetail)
  },
}

const madeBy = ({ values }: Ready['draft']): Pick<Ready, 'by' | 'at'> => ({
  by: numberOf(values.get('createdById')),
  at: numberOf(values.get('dateCreate')),
})
