import { type SeedItem, SeedError } from '../items.ts'
import { crmModes } from '../portal-settings.ts'
import { type Fields, type Kind, type Made, type Workshop } from './kind.ts'

/** By their codes, which are their names in the seed. */
export const currencies: Kind = {
  async add({ call }, fields, { name }) {
    await call('crm.currency.add', { fields: { CURRENCY: name, ...fields } })
    return { id: name, value: name }
  },
  update: async ({ call }, id, fields) => void (await call('crm.currency.update', { id, fields })),
  exists: async ({ ask }, id) => (await ask('crm.currency.get', { id })) !== undefined,
  adopt: async ({ ask }, _fields, { name }) =>
    (await ask('crm.currency.get', { id: name })) === undefined ? undefined : { id: name, value: name },
  remove: async ({ call }, id) => void (await call('crm.currency.delete', { id })),
}

/** Settings of the portal itself, which are always there. */
export const portal: Kind = {
  add: ({ call }, fields, item) => setting(call, fields, item),
  update: ({ call }, _id, fields, item) => setting(call, fields, item),
  exists: () => Promise.resolve(true),
  adopt: (_shop, _fields, { entity }) => Promise.resolve({ id: entity, value: entity }),
}

async function setting(call: Workshop['call'], { value }: Fields, { entity, at }: SeedItem): Promise<Made> {
  if (entity === 'crmMode') {
    const mode = Object.entries(crmModes).find(([name]) => name === value)?.[1]
    if (mode === undefined) throw new SeedError(`crmMode must be ${Object.keys(crmModes).join(' or ')}`, at)
    await call('portico.settings.mode.set', { mode })
  } else if ((await call('crm.currency.base.set', { id: value })) !== true)
    throw new SeedError(`baseCurrency: there is no currency ${JSON.stringify(value)}`, at)
  return { id: entity, value: entity }
}
