import type { Fields, Kind, Made } from './kinds.ts'

/** What records are called here, and the number of their type. */
const items: Readonly<Record<string, number>> = { lead: 1, deal: 2, contact: 3, company: 4, quote: 7, invoice: 31 }

/** Records of a type, as `crm.item.*` knows them. */
function itemKind(entityTypeId: number): Kind {
  return {
    async add({ call }, fields) {
      const { item } = (await call('crm.item.add', { entityTypeId, fields })) as { item: { id: number } }
      return { id: item.id, value: item.id }
    },
    update: async ({ call }, id, fields) => void (await call('crm.item.update', { entityTypeId, id, fields })),
    exists: async ({ ask }, id) => (await ask('crm.item.get', { entityTypeId, id })) !== undefined,
  }
}

/** What methods of one prefix make: `crm.requisite.add`, `crm.requisite.update`, `crm.requisite.get`. */
function methodKind(prefix: string): Kind {
  return {
    async add({ call }, fields): Promise<Made> {
      const id = idIn(await call(`${prefix}.add`, { fields }))
      return { id, value: id }
    },
    update: async ({ call }, id, fields) => void (await call(`${prefix}.update`, { id, fields })),
    exists: async ({ ask }, id) => (await ask(`${prefix}.get`, { id })) !== undefined,
  }
}

/** `7`, `{ id: 7 }`, `{ product: { id: 7 } }`. */
function idIn(answer: unknown): number {
  if (typeof answer !== 'object' || answer === null) return Number(answer)
  const { id, ID = id } = answer as Fields
  return ID === undefined ? idIn(Object.values(answer)[0]) : Number(ID)
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
  if (/^[a-z][\w.]*\.[\w.]+$/i.test(entity)) return methodKind(entity)
  const type = await typeNamed(entity)
  return type === undefined ? undefined : itemKind(type)
}
