import { expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { testPortal } from '../../support/portal.ts'
import { asAdministrator, mustOf, refusalOf } from '../automation/administrator.ts'

const portal = await testPortal()
const must = mustOf(portal)
const refusal = refusalOf(portal)
const { id: clerk, hook: as } = await portal.person()

/** From here on, people who are no administrators see and change what is theirs. */
await asAdministrator(portal, ({ session }) =>
  portal.portal.caches.changing(session, ['roles'], async (tx) => {
    await tx.change(sql`update crm_role_permission set level = 'own'`)
  }),
)
const own = await must('crm.contact.add', { fields: { NAME: 'Own', ASSIGNED_BY_ID: clerk } })
const other = await must('crm.contact.add', { fields: { NAME: 'Other' } })
const traces = async (): Promise<number> => (await portal.census()).crm_trace ?? 0

it('calls only those whom one may read', async () => {
  const params = { ENTITY_TYPE: 'CONTACT', ENTITIES: [own, other] }
  expect(await refusal('crm.calllist.add', params, { as })).toEqual([
    403,
    'ACCESS_ERROR',
    "You don't have access to these entities",
  ])
  const both = await must('crm.calllist.add', params)
  expect(await must('crm.calllist.items.get', { LIST_ID: both }, { as })).toEqual([
    { ID: own, STATUS: 'IN_WORK', ENTITY_TYPE: 3 },
  ])
  const closed = await must('crm.calllist.add', { ENTITY_TYPE: 'CONTACT', ENTITIES: [other] })
  expect(await refusal('crm.calllist.items.get', { LIST_ID: closed }, { as })).toEqual([
    403,
    'ACCESS_ERROR',
    'You do not have access to the participants of this call list',
  ])
  expect(await refusal('crm.calllist.update', { LIST_ID: both, ...params }, { as })).toEqual([
    403,
    'ACCESS_ERROR',
    'Access Denied',
  ])
})

it('gives a trace only to what one may change, and takes it only from there', async () => {
  const TRACE = '{"tags":{"list":{"utm_source":"maps"}}}'
  const to = (...ids: number[]) => ids.map((ID) => ({ TYPE: 'CONTACT', ID }))
  expect(await refusal('crm.tracking.trace.add', { TRACE, ENTITIES: to(own, other) }, { as })).toEqual([
    400,
    'ERROR_CORE',
    `You have no access to entity \`CONTACT\` with ID \`${other}\`.`,
  ])
  const id = await must('crm.tracking.trace.add', { TRACE, ENTITIES: to(own, other) })
  expect(await must('crm.tracking.trace.delete', { id }, { as })).toBeNull()
  expect([await traces(), (await portal.census()).crm_trace_entity]).toEqual([1, 1])
  expect(await must('crm.tracking.trace.delete', { id })).toBeNull()
  expect([await traces(), (await portal.census()).crm_trace_entity]).toEqual([0, 0])
})

it('removes a trace with the last record that has it', async () => {
  const [ann, bob] = [
    await must('crm.contact.add', { fields: { NAME: 'Ann' } }),
    await must('crm.lead.add', { fields: { TITLE: 'Bob' } }),
  ]
  const ENTITIES = [
    { TYPE: 'CONTACT', ID: ann },
    { TYPE: 'LEAD', ID: bob },
  ]
  await must('crm.tracking.trace.add', { TRACE: '{}', ENTITIES })
  await must('crm.contact.delete', { id: ann })
  expect(await traces()).toBe(1)
  await must('crm.lead.delete', { id: bob })
  expect(await traces()).toBe(0)
})

it.each<[object, string]>([
  [{}, 'Parameter `TRACE` required.'],
  [{ TRACE: '{' }, 'Can not parse JSON in parameter `TRACE`.'],
  [
    { TRACE: '{}', ENTITIES: [{ TYPE: 'SONG', ID: 1 }] },
    'Wrong TYPE in parameter `ENTITIES`. Allowed types: COMPANY,CONTACT,DEAL,LEAD,QUOTE',
  ],
  [{ TRACE: '{}', ENTITIES: [{ TYPE: 'LEAD', ID: 'x' }] }, 'Wrong ID in parameter `ENTITIES`.'],
  [{ TRACE: '{}', ENTITIES: [{ TYPE: 'LEAD', ID: 99_999 }] }, 'You have no access to entity `LEAD` with ID `99999`.'],
])('a trace is refused: %j', async (params, text) => {
  expect(await refusal('crm.tracking.trace.add', params)).toEqual([400, 'ERROR_CORE', text])
})

it('knows who pays and how', async () => {
  expect(await must('crm.persontype.list', { filter: { NAME: 'CRM_COMPANY' } }, { as })).toEqual([
    { ID: '2', NAME: 'CRM_COMPANY' },
  ])
  const systems = await must('crm.paysystem.list', { order: { SORT: 'DESC' } }, { as })
  expect(systems.map(({ NAME }: { NAME: string }) => NAME)).toEqual(['Bank transfer', 'Cash'])
  expect(await must('crm.paysystem.list', { filter: { '%NAME': 'Cas' } }, { as })).toHaveLength(1)
  expect(Object.keys(await must('crm.persontype.fields', {}, { as }))).toEqual(['ID', 'NAME'])
  expect(Object.keys(await must('crm.paysystem.fields', {}, { as }))).toContain('SORT')
})
