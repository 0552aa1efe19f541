import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'
import { everywhere, outcome, rightsIn } from './tools.ts'

const portal = await testPortal()
const other = await testPortal({ beside: portal })
const { must, department, nobodyMayAnything, role, says } = rightsIn(portal)
await nobodyMayAnything()

const north = await department('North')
const harbour = await department('Harbour', north)
const south = await department('South')
const clerk = await portal.person({ department: [north] })
const worker = await portal.person({ department: [south] })
const clerks = await role([`U${clerk.id}`], [])
const lead = Number((await must('crm.lead.add', { fields: { TITLE: 'Ship', ASSIGNED_BY_ID: worker.id } })).result)

const sees = async (server = portal): Promise<boolean> => {
  const { body } = await server.call('crm.lead.list', { select: ['ID'] }, { as: clerk.hook })
  const one = await server.call('crm.lead.get', { id: lead }, { as: clerk.hook })
  expect(one.status === 200).toBe(body.total === 1)
  return body.total === 1
}
/** Other servers notice within a quarter of a second. */
const elsewhere = async (seen: boolean): Promise<void> => {
  await expect.poll(() => sees(other), { timeout: 10_000, interval: 50 }).toBe(seen)
}

const moves = (id: number, departments: number[]) => must('user.update', { ID: id, UF_DEPARTMENT: departments })

describe('who works where', () => {
  it('counts at once when somebody moves, on other servers too', async () => {
    await says(clerks, everywhere('lead', 'department', ['read']))
    expect(await sees()).toBe(false)
    await elsewhere(false)
    await moves(worker.id, [south, north])
    expect(await sees()).toBe(true)
    await elsewhere(true)
    await moves(worker.id, [south])
    expect(await sees()).toBe(false)
    await elsewhere(false)
  })

  it('reaches down to the departments below, where the level says so', async () => {
    await moves(worker.id, [harbour])
    expect(await sees()).toBe(false)
    await says(clerks, everywhere('lead', 'departments', ['read']))
    expect(await sees()).toBe(true)
    await elsewhere(true)
  })

  it('counts at once when a department moves, on other servers too', async () => {
    await must('department.update', { ID: harbour, PARENT: south })
    expect(await sees()).toBe(false)
    await elsewhere(false)
    await must('department.update', { ID: harbour, PARENT: north })
    expect(await sees()).toBe(true)
    await elsewhere(true)
  })

  it('never reaches up', async () => {
    await must('crm.lead.update', { id: lead, fields: { ASSIGNED_BY_ID: clerk.id } })
    const down = await role([`U${worker.id}`], everywhere('lead', 'departments', ['read']))
    expect(outcome(await portal.call('crm.lead.get', { id: lead }, { as: worker.hook }))).toBe('400  Not found')
    await must('portico.role.delete', { id: down })
    await must('crm.lead.update', { id: lead, fields: { ASSIGNED_BY_ID: worker.id } })
  })

  it('keeps the records of those who have left where they were', async () => {
    await says(clerks, everywhere('lead', 'departments', ['read']))
    await must('user.update', { ID: worker.id, ACTIVE: 'N' })
    expect(await sees()).toBe(true)
    await must('user.update', { ID: worker.id, ACTIVE: 'Y' })
  })
})

describe('a role', () => {
  const reads = async (as: string): Promise<boolean> =>
    (await portal.call('crm.lead.list', { select: ['ID'] }, { as })).status === 200

  it('is given by access codes, and taken away with them at once', async () => {
    await says(clerks, [])
    const member = await portal.person({ department: [harbour] })
    const id = await role([], everywhere('lead', 'all', ['read']))
    const given: [readonly string[], boolean][] = [
      [[], false],
      [[`U${member.id}`], true],
      [[`U${clerk.id}`], false],
      [[`D${harbour}`], true],
      [[`D${north}`], false],
      [[`DR${north}`], true],
      [['DR1'], true],
      [[`DR${south}`], false],
      [['AU'], true],
      [['G1'], false],
    ]
    for (const [access, may] of given) {
      await must('portico.role.assign', { id, access })
      expect([access, await reads(member.hook)]).toEqual([access, may])
    }
    await must('portico.role.assign', { id, access: [`D${harbour}`] })
    await moves(member.id, [south])
    expect(await reads(member.hook)).toBe(false)
  })

  it('adds to the others that somebody has: the best of them counts', async () => {
    const person = await portal.person({ department: [north] })
    const ids = [
      await role([`U${person.id}`], everywhere('lead', 'own', ['read'])),
      await role([`D${north}`], everywhere('lead', 'all', ['read'])),
      await role(['AU'], everywhere('lead', 'none', ['read'])),
    ]
    const total = async (): Promise<number> =>
      (await portal.call('crm.lead.list', {}, { as: person.hook })).body.total ?? 0
    expect(await total()).toBe(1)
    await must('portico.role.assign', { id: ids[1], access: [] })
    expect(await total()).toBe(0)
    for (const id of ids) await must('portico.role.delete', { id })
  })

  it('says of one entity what it doesn’t say of everything', async () => {
    const person = await portal.person()
    const id = await role(
      [`U${person.id}`],
      [...everywhere('*', 'all', ['read']), ...everywhere('lead', 'none', ['read'])],
    )
    expect(await reads(person.hook)).toBe(false)
    expect((await portal.call('crm.deal.list', {}, { as: person.hook })).status).toBe(200)
    await must('portico.role.delete', { id })
  })
})
