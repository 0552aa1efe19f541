import { describe, expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { testPortal } from '../../support/portal.ts'
import { everywhere, outcome, rightsIn, traces } from './tools.ts'

const portal = await testPortal()
const { must, department, nobodyMayAnything, role } = rightsIn(portal)
await nobodyMayAnything()

/** May change the settings of the CRM, and sees no records. */
const chief = await portal.person()
await role([`U${chief.id}`], [{ entity: '*', action: 'configure', level: 'all' }], 'CRM administrator')
/** May change those of deals, and see them. */
const dealer = await portal.person()
await role(
  [`U${dealer.id}`],
  [{ entity: 'deal', action: 'configure', level: 'all' }, ...everywhere('deal', 'all', ['read'])],
)
const nobody = await portal.person()

describe('settings of the CRM', () => {
  const entry = { ENTITY_ID: 'SOURCE', STATUS_ID: 'FAIR', NAME: 'Fair' }
  const settings: [string, object][] = [
    ['crm.status.add', { fields: entry }],
    ['crm.currency.base.set', { id: 'EUR' }],
    ['crm.type.list', {}],
    ['crm.type.fields', {}],
    ['crm.automatedsolution.list', {}],
    ['crm.category.add', { entityTypeId: 2, fields: { name: 'Second' } }],
    ['crm.lead.userfield.add', { fields: { FIELD_NAME: 'SHIP', USER_TYPE_ID: 'string' } }],
    ['crm.lead.details.configuration.forceCommonScopeForAll', {}],
    ['crm.duplicate.volatileType.list', {}],
    ['crm.vat.list', {}],
    ['crm.activity.badge.add', { code: 'ok', title: 'Ok', value: 'Fine', type: 'success' }],
  ]

  it.each(settings)('%s is for those who may change them', async (method, params) => {
    const before = await traces(portal)
    if (method !== 'crm.vat.list') {
      expect((await portal.call(method, params, { as: nobody.hook })).status).toBeGreaterThanOrEqual(400)
      expect(await traces(portal)).toEqual(before)
    }
    expect(outcome(await portal.call(method, params, { as: chief.hook }))).toBe('200')
  })

  it('give their administrators no records, and no power over people and roles', async () => {
    await must('crm.lead.add', { fields: { TITLE: 'Lead' } })
    const before = await traces(portal)
    for (const [method, params] of [
      ['crm.lead.list', {}],
      ['crm.lead.get', { id: 1 }],
      ['crm.lead.delete', { id: 1 }],
      ['department.add', { NAME: 'x', PARENT: 1 }],
      ['user.add', { EMAIL: 'x@example.com', UF_DEPARTMENT: [1] }],
      ['portico.role.list', {}],
      ['portico.role.add', { fields: { name: 'x' } }],
    ] as const)
      expect([method, (await portal.call(method, params, { as: chief.hook })).status]).not.toEqual([method, 200])
    expect(await traces(portal)).toEqual(before)
  })

  it('of one entity are for those who may change these alone', async () => {
    const allowed: [string, object][] = [
      ['crm.category.add', { entityTypeId: 2, fields: { name: 'Third' } }],
      ['crm.dealcategory.add', { fields: { NAME: 'Fourth' } }],
      ['crm.deal.userfield.add', { fields: { FIELD_NAME: 'PORT', USER_TYPE_ID: 'string' } }],
      ['crm.status.add', { fields: { ENTITY_ID: 'DEAL_STAGE', STATUS_ID: 'WAIT', NAME: 'Wait', SORT: 25 } }],
      ['crm.deal.details.configuration.forceCommonScopeForAll', {}],
    ]
    for (const [method, params] of allowed)
      expect([method, outcome(await portal.call(method, params, { as: dealer.hook }))]).toEqual([method, '200'])
    const before = await traces(portal)
    const refused: [string, object][] = [
      ['crm.category.add', { entityTypeId: 31, fields: { name: 'Third' } }],
      ['crm.lead.userfield.add', { fields: { FIELD_NAME: 'PORT', USER_TYPE_ID: 'string' } }],
      ['crm.status.add', { fields: { ENTITY_ID: 'STATUS', STATUS_ID: 'WAIT', NAME: 'Wait', SORT: 25 } }],
      ['crm.status.add', { fields: { ENTITY_ID: 'SOURCE', STATUS_ID: 'PORT', NAME: 'Port' } }],
      ['crm.currency.base.set', { id: 'USD' }],
      ['crm.type.add', { fields: { title: 'x' } }],
    ]
    for (const [method, params] of refused)
      expect([method, (await portal.call(method, params, { as: dealer.hook })).status]).not.toEqual([method, 200])
    expect(await traces(portal)).toEqual(before)
  })

  it('of one pipeline can be given alone', async () => {
    const add = async (name: string): Promise<number> =>
      (await must('crm.category.add', { entityTypeId: 2, fields: { name } })).result.category.id
    const [own, other] = [await add('Own'), await add('Other')]
    const person = await portal.person()
    await role([`U${person.id}`], [{ entity: 'deal', action: 'configure', level: 'all', categoryId: own }])
    const rename = (id: number) =>
      portal.call('crm.category.update', { entityTypeId: 2, id, fields: { name: 'Renamed' } }, { as: person.hook })
    expect(outcome(await rename(own))).toBe('200')
    expect(outcome(await rename(other))).toBe('400 ACCESS_DENIED Access denied')
    expect(outcome(await rename(0))).toBe('400 ACCESS_DENIED Access denied')
    const stage = (ENTITY_ID: string) =>
      portal.call(
        'crm.status.add',
        { fields: { ENTITY_ID, STATUS_ID: 'PAUSE', NAME: 'Pause', SORT: 15 } },
        { as: person.hook },
      )
    expect(outcome(await stage(`DEAL_STAGE_${own}`))).toBe('200')
    expect(outcome(await stage(`DEAL_STAGE_${other}`))).toBe('400  Access denied.')
  })
})

describe('portico.role.*', () => {
  it('adds, shows, changes and deletes roles, and the audit log tells', async () => {
    const fields = {
      name: 'Sellers',
      access: ['au', `U${nobody.id}`, `DR${await department('Sales')}`],
      permissions: [
        { entityTypeId: 2, action: 'read', level: 'departments' },
        { entity: 'deal', action: 'update', level: 'own', categoryId: 0, stageId: 'NEW' },
        { entity: 'lead', action: 'read', level: 'all', stageId: 'NEW' },
      ],
    }
    const { role: made } = (await must('portico.role.add', { fields })).result
    expect(made).toMatchObject({ name: 'Sellers', access: ['AU', expect.stringMatching(/^DR/), `U${nobody.id}`] })
    expect(made.permissions).toEqual([
      { entity: 'deal', entityTypeId: 2, action: 'read', level: 'departments', categoryId: null, stageId: null },
      { entity: 'deal', entityTypeId: 2, action: 'update', level: 'own', categoryId: 0, stageId: 'NEW' },
      { entity: 'lead', entityTypeId: 1, action: 'read', level: 'all', categoryId: null, stageId: 'NEW' },
    ])
    await must('portico.role.update', { id: made.id, fields: { name: 'Vendors' } })
    const listed = await must('portico.role.list', {})
    expect(listed.result.roles).toContainEqual({ ...made, name: 'Vendors' })
    expect(listed.total).toBe(listed.result.roles.length)
    await must('portico.role.assign', { id: made.id, access: [] })
    expect((await must('portico.role.get', { id: made.id })).result.role.access).toEqual([])
    await must('portico.role.delete', { id: made.id })
    expect(outcome(await portal.call('portico.role.get', { id: made.id }))).toBe('400 NOT_FOUND Role not found')
    const log = await portal.portal.store
      .session()
      .find<{ audit_type: string; user_id: number; description: string }>(
        sql`select audit_type, user_id, description from audit_log where item = ${`role ${made.id}`} order by id`,
      )
    expect(log.map((row) => row.audit_type)).toEqual(['ROLE_ADD', 'ROLE_UPDATE', 'ROLE_ASSIGN', 'ROLE_DELETE'])
    expect(new Set(log.map((row) => row.user_id))).toEqual(new Set([1]))
    expect(JSON.parse(log[0]?.description ?? '')).toMatchObject({
      name: 'Sellers',
      permissions: expect.arrayContaining(['deal read departments']),
    })
  })

  it.each([
    [{}],
    [{ name: '' }],
    [{ name: 'x'.repeat(256) }],
    [{ name: 'x', access: ['U99999'] }],
    [{ name: 'x', access: ['D99999'] }],
    [{ name: 'x', access: ['everybody'] }],
    [{ name: 'x', access: [{}] }],
    [{ name: 'x', permissions: ['deal'] }],
    [{ name: 'x', permissions: [{ entity: 'ship', action: 'read', level: 'all' }] }],
    [{ name: 'x', permissions: [{ action: 'read', level: 'all' }] }],
    [{ name: 'x', permissions: [{ entity: 'deal', action: 'fly', level: 'all' }] }],
    [{ name: 'x', permissions: [{ entity: 'deal', action: 'read', level: 'some' }] }],
    [{ name: 'x', permissions: [{ entity: 'deal', action: 'configure', level: 'own' }] }],
    [{ name: 'x', permissions: [{ entity: 'contact', action: 'read', level: 'all', categoryId: 0 }] }],
    [{ name: 'x', permissions: [{ entity: 'deal', action: 'read', level: 'all', categoryId: 99 }] }],
    [{ name: 'x', permissions: [{ entity: 'deal', action: 'read', level: 'all', stageId: 'NEW' }] }],
    [{ name: 'x', permissions: [{ entity: 'deal', action: 'read', level: 'all', categoryId: 0, stageId: 'NONE' }] }],
    [{ name: 'x', permissions: [{ entity: '*', action: 'read', level: 'all', categoryId: 0 }] }],
    [{ name: 'x', permissions: [...everywhere('deal', 'all', ['read']), ...everywhere('deal', 'own', ['read'])] }],
  ])('refuses %j and changes nothing', async (fields) => {
    const before = await traces(portal)
    expect((await portal.call('portico.role.add', { fields })).status).toBe(400)
    expect(await traces(portal)).toEqual(before)
  })

  it('is for administrators', async () => {
    const before = await traces(portal)
    for (const verb of ['list', 'get', 'add', 'update', 'assign', 'delete'])
      expect(
        outcome(await portal.call(`portico.role.${verb}`, { id: 1, fields: { name: 'x' } }, { as: dealer.hook })),
      ).toMatch(/^400 ACCESS_DENIED/)
    expect(await traces(portal)).toEqual(before)
  })

  it('locks no administrator out, whatever roles there are', async () => {
    const fresh = await testPortal()
    for (const { id } of (await fresh.call('portico.role.list')).body.result.roles)
      expect((await fresh.call('portico.role.delete', { id })).status).toBe(200)
    expect((await fresh.call('crm.lead.add', { fields: { TITLE: 'x' } })).status).toBe(200)
    expect((await fresh.call('portico.role.add', { fields: { name: 'Again', access: ['AU'] } })).status).toBe(200)
  })
})

describe('portico.rights.my', () => {
  it('tells what one may do, by pipeline and stage', async () => {
    const person = await portal.person()
    await role(
      [`U${person.id}`],
      [
        ...everywhere('deal', 'own', ['read']),
        { entity: 'deal', action: 'read', level: 'all', categoryId: 0, stageId: 'NEW' },
        { entity: 'lead', action: 'configure', level: 'all' },
      ],
    )
    const { result } = (await portal.call('portico.rights.my', {}, { as: person.hook })).body
    expect(result).toMatchObject({ administrator: false, crmAdministrator: false })
    const at = (entityTypeId: number, categoryId: number | null) =>
      result.places.find(
        (place: { entityTypeId: number; categoryId: number | null }) =>
          place.entityTypeId === entityTypeId && place.categoryId === categoryId,
      )
    const none = { add: 'none', update: 'none', delete: 'none', import: 'none', export: 'none', configure: 'none' }
    expect(at(2, 0)).toMatchObject({ rights: { ...none, read: 'own' }, stages: { NEW: { ...none, read: 'all' } } })
    expect(at(1, null)).toMatchObject({ rights: { ...none, read: 'none', configure: 'all' }, stages: {} })
    const all = (await must('portico.rights.my', {})).result
    expect(all).toMatchObject({ administrator: true, crmAdministrator: true })
    expect(all.places[0].rights).toMatchObject({ read: 'all', configure: 'all' })
  })
})

describe('a portal from before access codes', () => {
  it('keeps the roles of its people', async () => {
    const old = await testPortal()
    const session = old.portal.store.session()
    const person = await old.person()
    await session.transaction(async (tx) => {
      await tx.define(['create table crm_role_user (role_id bigint, user_id bigint)'])
      await tx.change(sql`insert into crm_role_user (role_id, user_id) values (1, ${person.id}), (1, 0)`)
      await tx.change(sql`delete from crm_role_access`)
      await tx.change(sql`delete from setting where name = 'prepared.rights'`)
    })
    await session.settled()
    const again = await testPortal({ beside: old })
    expect((await again.call('portico.role.get', { id: 1 })).body.result.role.access).toEqual(['AU', `U${person.id}`])
    expect((await again.call('crm.lead.list', {}, { as: person.hook })).status).toBe(200)
  })
})
