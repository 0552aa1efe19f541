import type { Fields, Kind, Made, Workshop } from './kinds/kind.ts'

/** `7`, `{ id: 7 }`, `{ product: { id: 7 } }`. */
function idIn(answer: unknown): number {
  if (typeof answer !== 'object' || answer === null) return Number(answer)
  const { id, ID = id } = answer as Fields
  return ID === undefined ? idIn(Object.values(answer)[0]) : Number(ID)
}

/** What methods of one prefix make: `crm.requisite.add`, `crm.requisite.update`, `crm.requisite.get`. */
export function methodKind(prefix: string): Kind {
  return {
    async add({ call }, fields): Promise<Made> {
      const id = idIn(await call(`${prefix}.add`, { fields }))
      return { id, value: id }
    },
    update: async ({ call }, id, fields) => void (await call(`${prefix}.update`, { id, fields })),
    exists: async ({ ask }, id) => (await ask(`${prefix}.get`, { id })) !== undefined,
  }
}

/** The same with a list of parts that other methods add, under a name of its own; a seed takes none of them away. */
function withParts(
  prefix: string,
  name: string,
  addMissing: (shop: Workshop, id: Made['id'], parts: readonly Fields[]) => Promise<void>,
): Kind {
  const plain = methodKind(prefix)
  const partsOf = (fields: Fields): readonly Fields[] => (fields[name] as readonly Fields[] | undefined) ?? []
  const rest = (fields: Fields): Fields => Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name))
  return {
    ...plain,
    async add(shop, fields, item) {
      const made = await plain.add(shop, rest(fields), item)
      await addMissing(shop, made.id, partsOf(fields))
      return made
    },
    async update(shop, id, fields, item) {
      await plain.update(shop, id, rest(fields), item)
      await addMissing(shop, id, partsOf(fields))
      return undefined
    },
  }
}

const listIn = (answer: unknown): Fields[] => (Array.isArray(answer) ? (answer as Fields[]) : [])

/** Activities, and the further records at which they stand: `BINDINGS`, as rows of crm.activity.list have them. */
const activities = withParts('crm.activity', 'BINDINGS', async ({ call, ask }, activityId, bindings) => {
  if (bindings.length === 0) return
  const known = listIn(await ask('crm.activity.binding.list', { activityId }))
  for (const { OWNER_TYPE_ID: entityTypeId, OWNER_ID: entityId } of bindings) {
    const isThere = known.some(
      (each) => String(each.entityTypeId) === String(entityTypeId) && String(each.entityId) === String(entityId),
    )
    if (!isThere) await call('crm.activity.binding.add', { activityId, entityTypeId, entityId })
  }
})

/** Templates of requisites, and the fields that they show: `FIELDS`, as crm.requisite.preset.field.add takes them. */
const presets = withParts('crm.requisite.preset', 'FIELDS', async ({ call, ask }, id, wanted) => {
  const preset = { ID: id }
  const known = listIn(await ask('crm.requisite.preset.field.list', { preset })).map((each) => each.FIELD_NAME)
  for (const fields of wanted)
    if (!known.includes(fields.FIELD_NAME)) await call('crm.requisite.preset.field.add', { preset, fields })
})

/** Addresses have no number: they are known by whose they are, and which of theirs. */
const ADDRESS_KEY = ['TYPE_ID', 'ENTITY_TYPE_ID', 'ENTITY_ID'] as const
const addressFilter = (key: Made['id']): Fields =>
  Object.fromEntries(
    String(key)
      .split(':')
      .map((part, index) => [ADDRESS_KEY[index] ?? '', Number(part)]),
  )

const addresses: Kind = {
  async add({ call }, fields) {
    await call('crm.address.add', { fields })
    const id = ADDRESS_KEY.map((name) => String(fields[name])).join(':')
    return { id, value: id }
  },
  update: async ({ call }, id, fields) =>
    void (await call('crm.address.update', { fields: { ...fields, ...addressFilter(id) } })),
  exists: async ({ ask }, id) => listIn(await ask('crm.address.list', { filter: addressFilter(id) })).length > 0,
}

/** Which requisites an item is written with: one choice for each item. */
const requisiteLinks: Kind = {
  async add({ call }, fields) {
    await call('crm.requisite.link.register', { fields })
    const id = `${String(fields.ENTITY_TYPE_ID)}:${String(fields.ENTITY_ID)}`
    return { id, value: id }
  },
  update: async ({ call }, _id, fields) => void (await call('crm.requisite.link.register', { fields })),
  async exists({ ask }, id) {
    const [entityTypeId, entityId] = String(id).split(':').map(Number)
    return (await ask('crm.requisite.link.get', { entityTypeId, entityId })) !== undefined
  },
}

/** Those whose methods are not like the others. */
export const specialKinds: Readonly<Record<string, Kind>> = {
  'crm.activity': activities,
  'crm.requisite.preset': presets,
  'crm.address': addresses,
  'crm.requisite.link': requisiteLinks,
}
