import type { TestPortal } from '../../support/portal.ts'
import { type Parameters, sendable, vector } from '../../support/vectors.ts'
import { documented, fieldsOf, fresh, must, type Target, withId } from './making.ts'

const userFieldOwners = ['lead', 'deal', 'contact', 'company', 'quote']

/** A field like the documented one, under a name of its own. */
async function userField(portal: TestPortal, owner: string, more: Parameters = {}): Promise<number> {
  const example = fieldsOf(documented(`crm.${owner}.userfield.add`))
  // Optional, so that it stands in the way of no other test.
  return must(portal, `crm.${owner}.userfield.add`, {
    fields: { ...example, MANDATORY: 'N', FIELD_NAME: `TARGET_${fresh()}`, ...more },
  })
}

const ofOwners = userFieldOwners.flatMap((owner): [string, Target][] => [
  [`crm.${owner}.userfield.get`, async (portal, params) => withId(params, await userField(portal, owner))],
  [`crm.${owner}.userfield.delete`, async (portal, params) => withId(params, await userField(portal, owner))],
  [
    `crm.${owner}.userfield.update`,
    async (portal, params) => {
      const list = fieldsOf(params).LIST as Parameters[] | undefined
      if (list === undefined) return withId(params, await userField(portal, owner))
      const options = fieldsOf(sendable(vector(`crm.${owner}.userfield.add`).requests[1] ?? { params: {} }, new Date()))
      const id = await userField(portal, owner, { ...options, FIELD_NAME: `TARGET_${fresh()}` })
      const { LIST } = await must<{ LIST: { ID: string }[] }>(portal, `crm.${owner}.userfield.get`, { id })
      // The documented options 115 to 117 are the first three of that portal's list.
      const mapped = list.map((item) =>
        item.ID === undefined ? item : { ...item, ID: LIST[Number(item.ID) - 115]?.ID },
      )
      // The page forgets the id: "sent as it stands it is refused" (catalogue/vectors).
      return { id, fields: { ...fieldsOf(params), LIST: mapped } }
    },
  ],
  [
    `crm.${owner}.userfield.list`,
    async (portal, params) => {
      // Mandatory, as the filter asks; its default keeps it out of the way of other tests.
      await userField(portal, owner, { MANDATORY: 'Y' })
      return params
    },
  ],
])

/** The documented smart process of these requests has the row id 7, which names its user fields `UF_CRM_7_…`. */
async function configurable(portal: TestPortal): Promise<{ entityId: string; prefix: string }> {
  const { types } = await must<{ types: { id: number; entityTypeId: number }[] }>(portal, 'crm.type.list', {})
  const id = types.find((each) => each.entityTypeId === 1302)?.id ?? 0
  return { entityId: `CRM_${id}`, prefix: `UF_CRM_${id}_` }
}

async function configuredField(portal: TestPortal): Promise<string> {
  const { entityId, prefix } = await configurable(portal)
  const { moduleId, field } = documented('userfieldconfig.add')
  const fieldName = `${prefix}TARGET_${fresh()}`
  const made = await must<{ field: { id: string } }>(portal, 'userfieldconfig.add', {
    moduleId,
    field: {
      ...(field as Parameters),
      entityId,
      fieldName,
      editFormLabel: { en: 'List of characteristics', de: 'Liste der Merkmale' },
    },
  })
  return made.field.id
}

const configured: Target = async (portal, params) => withId(params, await configuredField(portal))

export const userFieldTargets: readonly (readonly [method: string, Target])[] = [
  ...ofOwners,
  [
    'userfieldconfig.add',
    async (portal, params) => {
      const { entityId, prefix } = await configurable(portal)
      return {
        ...params,
        field: { ...(params.field as Parameters), entityId, fieldName: `${prefix}NEW_REST_LIST_2026` },
      }
    },
  ],
  ['userfieldconfig.get', configured],
  ['userfieldconfig.update', configured],
  ['userfieldconfig.delete', configured],
  [
    'userfieldconfig.list',
    async (portal, params) => {
      // The documented page is the first of two.
      for (let count = 0; count < 51; count++) await configuredField(portal)
      return params
    },
  ],
]
