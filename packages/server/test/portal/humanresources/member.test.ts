import { describe, expect, it } from 'vitest'
import { callV3, v3Code } from '../../support/rest-v3.ts'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()
const call = (method: string, body: unknown = {}) => callV3(portal, `humanresources.node.${method}`, body)
const must = async (method: string, body: unknown) => {
  const answer = await call(method, body)
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  return answer.body.result
}
const node = async (type: 'DEPARTMENT' | 'TEAM', name: string): Promise<number> =>
  (await must('add', { type, name, parentId: 1 })).id
const person = async (department = [1]): Promise<number> => (await portal.person({ department })).id
const departmentsOf = async (ID: number): Promise<number[]> =>
  (await portal.call('user.get', { ID })).body.result[0].UF_DEPARTMENT
const headOf = async (ID: number): Promise<string | undefined> =>
  (await portal.call('department.get', { ID })).body.result[0].UF_HEAD
async function rolesIn(id: number): Promise<Record<string, string[]>> {
  const { members } = (await must('get', { id, select: ['members'] })).item
  const roles: Record<string, string[]> = {}
  for (const { userId, role } of members) (roles[role] ??= []).push(userId)
  return roles
}
const refused = (field: string, message: string) => ({
  status: 400,
  body: { error: { code: v3Code('VALIDATION_REQUESTVALIDATIONEXCEPTION'), validation: [{ field, message }] } },
})
const notEmpty = refused('userIds', 'Parameter "userIds" is required and must be a non-empty array.')

describe('humanresources.node.member.add', () => {
  it('puts people into a department, whose profiles and head both versions show', async () => {
    const id = await node('DEPARTMENT', 'Sales')
    const [ann, bob, eve] = [await person(), await person(), await person()]
    expect(await must('member.add', { nodeId: id, userIds: [ann, bob], role: 'MEMBER_EMPLOYEE' })).toEqual({
      success: true,
    })
    expect(await departmentsOf(ann)).toEqual([1, id])
    await must('member.add', { nodeId: id, userIds: [bob, eve], role: 'MEMBER_HEAD' })
    await must('member.add', { nodeId: id, userIds: [ann], role: 'MEMBER_DEPUTY_HEAD' })
    expect(await rolesIn(id)).toEqual({ MEMBER_HEAD: [bob, eve], MEMBER_DEPUTY_HEAD: [ann] })
    expect(await headOf(id)).toBe(String(bob))
    // The next head follows the first, who works on as an employee.
    await must('member.add', { nodeId: id, userIds: [bob], role: 'MEMBER_EMPLOYEE' })
    expect(await rolesIn(id)).toEqual({ MEMBER_HEAD: [eve], MEMBER_DEPUTY_HEAD: [ann], MEMBER_EMPLOYEE: [bob] })
    expect(await headOf(id)).toBe(String(eve))
  })

  it('puts people into a team and leaves them in their departments', async () => {
    const id = await node('TEAM', 'Launch')
    const [ann, bob] = [await person(), await person()]
    await must('member.add', { nodeId: id, userIds: [ann, bob], role: 'MEMBER_TEAM_EMPLOYEE' })
    await must('member.add', { nodeId: id, userIds: [bob], role: 'MEMBER_TEAM_DEPUTY_HEAD' })
    expect(await rolesIn(id)).toEqual({ MEMBER_TEAM_DEPUTY_HEAD: [bob], MEMBER_TEAM_EMPLOYEE: [ann] })
    expect(await departmentsOf(ann)).toEqual([1])
  })

  it('refuses what is missing or wrong and changes nothing', async () => {
    const id = await node('DEPARTMENT', 'Strict')
    const given = { nodeId: id, userIds: [await person()], role: 'MEMBER_EMPLOYEE' }
    const gone = (await portal.person({ active: false })).id
    const before = await portal.census()
    const add = (change: object) => call('member.add', { ...given, ...change })
    expect(await add({ nodeId: undefined })).toMatchObject(refused('nodeId', 'Parameter "nodeId" is required.'))
    expect(await add({ userIds: undefined })).toMatchObject(notEmpty)
    expect(await add({ userIds: [] })).toMatchObject(notEmpty)
    expect(await add({ role: undefined })).toMatchObject(refused('role', 'Parameter "role" is required.'))
    expect(await add({ role: 'MEMBER_OWNER' })).toMatchObject(refused('role', 'Role MEMBER_OWNER not found.'))
    expect(await add({ role: 'MEMBER_TEAM_HEAD' })).toMatchObject(
      refused('role', 'Invalid role MEMBER_TEAM_HEAD. Allowed: MEMBER_HEAD, MEMBER_DEPUTY_HEAD, MEMBER_EMPLOYEE.'),
    )
    expect(await add({ userIds: [gone] })).toMatchObject(refused('userIds', `User with ID = \`${gone}\` not found`))
    expect((await add({ nodeId: 999 })).body.error?.code).toBe(v3Code('ENTITYNOTFOUNDEXCEPTION'))
    expect(await portal.census()).toEqual(before)
    expect(await rolesIn(id)).toEqual({})
  })
})

describe('humanresources.node.member.set', () => {
  it('leaves exactly those who are named, with their roles; the others go to the top department', async () => {
    const id = await node('DEPARTMENT', 'Exact')
    const [ann, bob, eve] = [await person([id]), await person([1, id]), await person()]
    await must('member.set', { nodeId: id, userIds: { MEMBER_HEAD: [eve], MEMBER_EMPLOYEE: [] } })
    expect(await rolesIn(id)).toEqual({ MEMBER_HEAD: [eve] })
    expect(await departmentsOf(ann)).toEqual([1])
    expect(await departmentsOf(bob)).toEqual([1])
    expect(await headOf(id)).toBe(String(eve))
  })

  it('refuses other roles, nobody at all, and to leave people without a department', async () => {
    const id = await node('DEPARTMENT', 'Strict set')
    const set = (userIds: unknown, nodeId = id) => call('member.set', { nodeId, userIds })
    expect(await set({ MEMBER_OWNER: [1] })).toMatchObject(
      refused('userIds', 'Invalid roles: MEMBER_OWNER. Allowed: MEMBER_HEAD, MEMBER_DEPUTY_HEAD, MEMBER_EMPLOYEE.'),
    )
    expect(await set({})).toMatchObject(notEmpty)
    expect(await set({ MEMBER_HEAD: [] })).toMatchObject(notEmpty)
    expect(await set(undefined)).toMatchObject(notEmpty)
    const lonely = await person()
    const { body } = await set({ MEMBER_HEAD: [1] }, 1)
    expect(body.error?.validation?.[0]?.message).toContain(String(lonely))
    expect(await departmentsOf(lonely)).toEqual([1])
  })
})

describe('humanresources.node.member.move', () => {
  it('takes people out of all other departments, with the roles they had there', async () => {
    const [from, to] = [await node('DEPARTMENT', 'From'), await node('DEPARTMENT', 'To')]
    const [ann, bob] = [await person(), await person()]
    await must('member.add', { nodeId: from, userIds: [ann, bob], role: 'MEMBER_HEAD' })
    expect(await must('member.move', { nodeId: to, userIds: [ann] })).toEqual({ success: true })
    expect(await departmentsOf(ann)).toEqual([to])
    expect(await rolesIn(to)).toEqual({ MEMBER_EMPLOYEE: [ann] })
    expect(await rolesIn(from)).toEqual({ MEMBER_HEAD: [bob] })
    expect(await headOf(from)).toBe(String(bob))
    await must('member.move', { nodeId: from, userIds: [ann], role: 'MEMBER_DEPUTY_HEAD' })
    expect(await rolesIn(from)).toEqual({ MEMBER_HEAD: [bob], MEMBER_DEPUTY_HEAD: [ann] })
  })

  it('moves people from team to team, not out of their departments', async () => {
    const [from, to] = [await node('TEAM', 'Old'), await node('TEAM', 'New')]
    const ann = await person()
    await must('member.add', { nodeId: from, userIds: [ann], role: 'MEMBER_TEAM_HEAD' })
    await must('member.move', { nodeId: to, userIds: [ann] })
    expect(await rolesIn(from)).toEqual({})
    expect(await rolesIn(to)).toEqual({ MEMBER_TEAM_EMPLOYEE: [ann] })
    expect(await departmentsOf(ann)).toEqual([1])
    expect(await call('member.move', { nodeId: to, userIds: [ann], role: 'MEMBER_HEAD' })).toMatchObject(
      refused(
        'role',
        'Invalid role MEMBER_HEAD. Allowed: MEMBER_TEAM_HEAD, MEMBER_TEAM_DEPUTY_HEAD, MEMBER_TEAM_EMPLOYEE.',
      ),
    )
  })
})

describe('humanresources.node.member.remove', () => {
  it('tells who was removed and who could not be', async () => {
    const id = await node('DEPARTMENT', 'Shrinking')
    const [ann, bob, eve] = [await person([id]), await person([1, id]), await person()]
    await must('member.add', { nodeId: id, userIds: [bob], role: 'MEMBER_HEAD' })
    expect(await must('member.remove', { nodeId: id, userIds: [ann, bob, eve] })).toEqual({
      removed: [ann, bob],
      failed: [{ userId: eve, reason: 'Not found in this node' }],
    })
    expect(await rolesIn(id)).toEqual({})
    expect(await headOf(id)).toBeUndefined()
    expect(await departmentsOf(ann)).toEqual([1])
    expect(await must('member.remove', { nodeId: 1, userIds: [ann] })).toEqual({
      removed: [],
      failed: [{ userId: ann, reason: 'In no other department' }],
    })
    expect(await call('member.remove', { nodeId: id, userIds: [] })).toMatchObject(notEmpty)
  })
})

describe('roles and the older methods', () => {
  it('lets department.update name the one head, and user.update end a role', async () => {
    const id = await node('DEPARTMENT', 'Both')
    const [ann, bob, eve] = [await person(), await person(), await person()]
    await must('member.add', { nodeId: id, userIds: [ann, bob], role: 'MEMBER_HEAD' })
    await must('member.add', { nodeId: id, userIds: [eve], role: 'MEMBER_DEPUTY_HEAD' })
    await portal.call('department.update', { ID: id, UF_HEAD: eve })
    expect(await rolesIn(id)).toEqual({ MEMBER_HEAD: [eve], MEMBER_EMPLOYEE: [ann, bob] })
    await must('member.add', { nodeId: id, userIds: [bob], role: 'MEMBER_DEPUTY_HEAD' })
    await portal.call('user.update', { ID: bob, UF_DEPARTMENT: [1] })
    await portal.call('user.update', { ID: bob, UF_DEPARTMENT: [1, id] })
    expect((await rolesIn(id)).MEMBER_DEPUTY_HEAD).toBeUndefined()
    const team = await node('TEAM', 'Stays')
    await must('member.add', { nodeId: team, userIds: [bob], role: 'MEMBER_TEAM_HEAD' })
    await portal.call('user.update', { ID: bob, UF_DEPARTMENT: [1] })
    expect(await rolesIn(team)).toEqual({ MEMBER_TEAM_HEAD: [bob] })
  })

  it('hides those who have left, and shows them again when they come back', async () => {
    const id = await node('DEPARTMENT', 'Season')
    const ann = await person()
    await must('member.add', { nodeId: id, userIds: [ann], role: 'MEMBER_DEPUTY_HEAD' })
    await portal.call('user.update', { ID: ann, ACTIVE: 'N' })
    expect((await must('get', { id })).item).toMatchObject({ userCount: 0, members: [] })
    await portal.call('user.update', { ID: ann, ACTIVE: 'Y' })
    expect(await rolesIn(id)).toEqual({ MEMBER_DEPUTY_HEAD: [ann] })
  })

  it('forgets roles with the department', async () => {
    const id = await node('DEPARTMENT', 'Closing')
    const ann = await person()
    await must('member.add', { nodeId: id, userIds: [ann], role: 'MEMBER_DEPUTY_HEAD' })
    await portal.call('department.delete', { ID: id })
    expect((await rolesIn(1)).MEMBER_DEPUTY_HEAD).toBeUndefined()
    expect(await departmentsOf(ann)).toEqual([1])
  })
})
