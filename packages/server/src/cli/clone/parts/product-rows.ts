import { emptyDraft } from '../../../records/change.ts'
import { copyWithin } from '../../../records/records.ts'
import { hasRows, mayHaveRows } from '../../../modules/crm/product-rows/owner.ts'
import { amountsApart } from '../../../modules/crm/product-rows/checks.ts'
import { productRow } from '../../../modules/crm/product-rows/row.ts'
import { codeOfEntityType } from '../../../schema/entity-types.ts'
import type { Entity } from '../../../schema/entity.ts'
import { itemWire } from '../../../schema/wire.ts'
import type { Transaction } from '../../../store/store.ts'
import { itemKind } from '../state.ts'
import type { Clone, Step } from '../step.ts'
import { bring, type Ready, removeGone, withinOf } from './bring.ts'
import { draftsOf, idsOf } from './draft-of.ts'
import { ITEMS, listsOfOwners, type OwnerLists, typesThere } from './owners.ts'

const STEP = 'product-rows'
const PRODUCT = itemKind(-1)

/** Lines of goods of deals, leads, quotes, invoices and smart processes, as they are: nothing is computed anew. */
export const productRows: Step = {
  name: STEP,
  after: [...ITEMS, 'products'],
  // The API has no list of them all.
  count: () => Promise.resolve(undefined),
  async run(clone) {
    const { session, target, state } = clone
    for (const entity of (await target.portal.entities.all(session)).filter(mayHaveRows)) {
      const part = itemKind(entity.entityTypeId)
      if (state.isDone(STEP, part)) continue
      const there = (await typesThere(clone)).get(entity.entityTypeId)
      if (there === undefined) continue
      const ownerType = codeOfEntityType(there)
      const pages = listsOfOwners(clone, entity, state.cursorOf(STEP, part), {
        method: 'crm.item.productrow.list',
        params: (key) => ({ filter: { '=ownerType': ownerType, '=ownerId': Number(key) }, order: { sort: 'ASC' } }),
        path: 'productRows',
      })
      for await (const page of pages) await bringPage(clone, entity, part, page)
      await clone.page({ step: STEP, part, cursor: '', done: true }, async () => {})
    }
    await removeGone(clone, STEP, productRow)
    // When all rows are there, and no others.
    await clone.page({ step: STEP, part: 'amounts', cursor: '', done: true }, async ({ tx }) => {
      for (const entity of (await target.portal.entities.all(tx)).filter(hasRows)) await keepAmounts(clone, tx, entity)
    })
  },
}

async function bringPage(clone: Clone, entity: Entity, part: string, { owners, lists, refused, cursor }: OwnerLists) {
  const here = new Map(owners.map(({ key, id }) => [key, id]))
  const rows = [...lists.values()].flat()
  await bring(clone, {
    at: { step: STEP, part, cursor },
    entity: productRow,
    rows,
    key: (row) => String(row.id),
    async prepare(fresh) {
      const drafts = await draftsOf(clone, productRow, itemWire, fresh)
      const products = await idsOf(
        clone,
        clone.session,
        fresh.map((row) => ({ kind: PRODUCT, key: Number(row.productId ?? 0) })),
      )
      return fresh.map((row, index): Ready => {
        const draft = drafts[index] ?? emptyDraft()
        draft.values.set('ownerType', codeOfEntityType(entity.entityTypeId))
        draft.values.set('ownerId', here.get(String(row.ownerId)) ?? 0)
        draft.values.set('productId', products(PRODUCT, Number(row.productId ?? 0)) ?? 0)
        return { row, draft }
      })
    },
  })
  if (refused.size === 0) return
  await clone.page({ step: STEP, part, cursor }, (page) => {
    for (const [key, { message }] of refused) page.leave(message, `${entity.name} ${key}`)
    return Promise.resolve()
  })
}

/**
 * An amount here follows its rows unless people say that they know it better. Where the source has another amount than
 * its rows come to (it rounds in other places, or somebody has changed it), that amount stays, as one that they know.
 */
async function keepAmounts(clone: Clone, tx: Transaction, entity: Entity): Promise<void> {
  for (const { id } of await tx.find<{ id: number }>(amountsApart(entity))) {
    const draft = emptyDraft()
    draft.values.set('isManualOpportunity', 'Y')
    await copyWithin(withinOf(clone, tx), entity, id, draft)
  }
}
