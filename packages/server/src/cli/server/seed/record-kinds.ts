import { codeOfEntityType } from '../../../schema/entity-types.ts'
import type { Kind, Workshop } from './kinds/kind.ts'
import { methodKind, specialKinds } from './record-parts.ts'

/** What records are called here, and the number of their type. */
export const items: Readonly<Record<string, number>> = {
  lead: 1,
  deal: 2,
  contact: 3,
  company: 4,
  quote: 7,
  invoice: 31,
}

/** Records of a type, as `crm.item.*` knows them; `productRows` are those of crm.item.productrow.set. */
function itemKind(entityTypeId: number): Kind {
  return {
    async add(shop, { productRows, ...fields }) {
      const { item } = (await shop.call('crm.item.add', { entityTypeId, fields })) as { item: { id: number } }
      await setRows(shop, entityTypeId, item.id, productRows)
      return { id: item.id, value: item.id }
    },
    async update(shop, id, { productRows, ...fields }) {
      await shop.call('crm.item.update', { entityTypeId, id, fields })
      await setRows(shop, entityTypeId, Number(id), productRows)
      return undefined
    },
    exists: async ({ ask }, id) => (await ask('crm.item.get', { entityTypeId, id })) !== undefined,
  }
}

async function setRows({ call }: Workshop, entityTypeId: number, ownerId: number, productRows: unknown): Promise<void> {
  if (productRows === undefined) return
  await call('crm.item.productrow.set', { ownerType: codeOfEntityType(entityTypeId), ownerId, productRows })
}

/**
 * How records of an entity are made; undefined where there is no such entity.
 * @param typeNamed the number of the smart process that has this name in a seed
 */
export async function recordKind(
  entity: string,
  typeNamed: (name: string) => Promise<number | undefined>,
): Promise<Kind | undefined> {
  const known = items[entity]
  if (known !== undefined) return itemKind(known)
  if (/^[a-z][\w.]*\.[\w.]+$/i.test(entity)) return specialKinds[entity] ?? methodKind(entity)
  const type = await typeNamed(entity)
  return type === undefined ? undefined : itemKind(type)
}
