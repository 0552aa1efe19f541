import type { Parameters } from '../../support/vectors.ts'
import { legacyRecord, must } from '../vectors-targets/making.ts'
import type { VectorArea } from './area.ts'

const without =
  (key: string) =>
  (params: Parameters): Parameters =>
    Object.fromEntries(Object.entries(params).filter(([name]) => name !== key))

export const duplicate: VectorArea = {
  targets: {
    'crm.duplicate.findbycomm': async (portal, params) => {
      for (const VALUE of params.values as string[])
        await must(portal, 'crm.contact.add', { fields: { PHONE: [{ VALUE, VALUE_TYPE: 'WORK' }] } })
      return params
    },
    'crm.duplicate.volatileType.list': async (portal, params) => {
      await must(portal, 'crm.duplicate.volatileType.register', { entityTypeId: 1, fieldCode: 'TITLE' })
      return params
    },
    'crm.duplicate.volatileType.unregister': async (portal) => {
      const field = { entityTypeId: 1, fieldCode: 'TITLE' }
      return { id: (await must<{ id: number }>(portal, 'crm.duplicate.volatileType.register', field)).id }
    },
    'crm.entity.mergeBatch': async (portal, params) => {
      const given = params.params as Parameters
      const entityIds: unknown[] = []
      for (const _documented of given.entityIds as number[])
        entityIds.push((await legacyRecord('crm.contact.add', { NAME: 'Klaus' })(portal, {})).id)
      return { params: { ...given, entityIds } }
    },
  },
  provocations: {
    'crm.duplicate.findbycomm': { change: without('type') },
    'crm.duplicate.volatileType.fields': { by: 'nobody' },
    'crm.duplicate.volatileType.list': { by: 'nobody' },
    'crm.duplicate.volatileType.register': { change: (params) => ({ ...params, fieldCode: 'NO_SUCH_FIELD' }) },
    'crm.duplicate.volatileType.unregister': { change: (params) => ({ ...params, id: 999_999 }) },
    'crm.entity.mergeBatch': {
      change: ({ params }) => ({ params: { ...(params as Parameters), entityIds: [100] } }),
    },
  },
}
