import { expect } from 'vitest'
import { sql } from '../../src/store/sql.ts'
import { category, rolePermission, type, userFieldOption } from '../../src/store/tables.ts'
import type { Table } from '../../src/store/table.ts'
import { entityTable } from '../../src/store/entity-table.ts'
import { smartProcessFields } from '../portal/seeds/smart-process-fields.ts'
import { testPortal, type TestPortal } from './portal.ts'

export interface DocumentedPortal extends TestPortal {
  /** Takes every right from everyone but administrators. */
  withoutRights(): Promise<void>
}

/**
 * A portal that holds what the documentation's requests refer to: pipeline 9 with its stages, people, companies,
 * contacts, lead 102, quote 7, user fields and smart processes. Its clock stands at `at` if given.
 *
 * The documentation's own portal answered in +02:00 all year round.
 */
export async function documentedPortal(options: { at?: string } = {}): Promise<DocumentedPortal> {
  const at = options.at === undefined ? undefined : Date.parse(options.at) / 1000
  const portal = await testPortal({ timezone: 'Europe/Kaliningrad', ...(at === undefined ? {} : { at }) })
  await fill(portal)
  return {
    ...portal,
    async withoutRights() {
      const session = portal.portal.store.session()
      await portal.portal.caches.changing(session, ['roles'], (tx) =>
        tx.change(sql`delete from ${sql.table(rolePermission.name)}`),
      )
      await session.settled()
    },
  }
}

/**
 * Makes everything by API calls. A record that the documentation names by its id gets that id: the numbers before it
 * are drawn and left unused.
 */
async function fill(portal: TestPortal): Promise<void> {
  const session = portal.portal.store.session()
  const drawn = new Map<string, number>()
  const call = async (method: string, params: unknown): Promise<unknown> => {
    const { status, body } = await portal.call(method, params)
    if (status !== 200) throw new Error(`${method} was refused: ${body.error} ${body.error_description}`)
    return body.result
  }
  /** The next row of the table gets this id. */
  const next = async (table: Table, id: number): Promise<void> => {
    if ((drawn.get(table.name) ?? 0) < id - 1)
      await session.transaction(async (tx) => {
        while ((await tx.nextId(table)) < id - 1);
      })
    drawn.set(table.name, id)
  }
  const record = async (entityTypeId: number, id: number, fields: object): Promise<void> => {
    await next(entityTable(await portal.portal.entities.get(session, entityTypeId)), id)
    const made = await call('crm.item.add', { entityTypeId, fields })
    expect(made).toMatchObject({ item: { id } })
  }
  const smartProcess = (title: string, entityTypeId: number, child: number[]): Promise<unknown> =>
    call('crm.type.add', {
      fields: {
        title,
        entityTypeId,
        relations: { child: child.map((each) => ({ entityTypeId: each, isChildrenListEnabled: 'true' })) },
      },
    })

  for (let id = 2; id <= 6; id++) await portal.person({ department: [1] })
  await next(category, 9)
  await call('crm.category.add', { entityTypeId: 2, fields: { name: 'Services' } })
  for (const STATUS_ID of ['UC_KN8KFI', 'UC_NYL06U'])
    await call('crm.status.add', { fields: { ENTITY_ID: 'DEAL_STAGE_9', STATUS_ID, NAME: 'Agreed', SORT: 15 } })
  for (const id of [5, 12, 13, 15]) await record(4, id, { title: `Company ${id}` })
  for (const id of [4, 5]) await record(3, id, { name: `Contact ${id}` })
  await record(1, 102, {})
  await record(7, 7, {})
  // Company 5 has asked before, which makes the documented deal a repeated approach.
  await record(2, 1, { companyId: 5 })
  await smartProcess('Contracts', 1220, [2])
  await smartProcess('Memberships', 1224, [3])
  // Its row id is in the names of its user fields: `UF_CRM_44_…`.
  await next(type, 44)
  await smartProcess('Inspections', 1302, [])
  await record(1220, 2, {})
  for (const id of [12, 14]) await record(1224, id, {})
  await call('crm.deal.userfield.add', {
    fields: { FIELD_NAME: 'UF_CRM_1721244707107', USER_TYPE_ID: 'double', LABEL: 'A number' },
  })
  await call('crm.contact.userfield.add', {
    fields: { FIELD_NAME: 'UF_CRM_1720697698689', USER_TYPE_ID: 'string', LABEL: 'A text' },
  })
  await next(userFieldOption, 79)
  for (const field of Object.values(smartProcessFields))
    await call('userfieldconfig.add', {
      moduleId: 'crm',
      field: {
        entityId: 'CRM_44',
        fieldName: field.upperName,
        userTypeId: field.type,
        multiple: field.isMultiple ? 'Y' : 'N',
        editFormLabel: field.title,
        settings: field.settings,
        ...('items' in field ? { enum: field.items.map(({ VALUE }) => ({ value: VALUE })) } : {}),
      },
    })
  await session.settled()
}
