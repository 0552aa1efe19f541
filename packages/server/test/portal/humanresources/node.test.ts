import { describe, expect, it } from 'vitest'
import { callV3, v3Code } from '../../support/rest-v3.ts'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal({ at: Date.UTC(2026, 5, 2, 9, 15, 20) / 1000, timezone: 'Europe/Berlin' })
const colleague = await portal.person({ department: [1] })
const call = (method: string, body: unknown = {}, as?: string) =>
  callV3(portal, `humanresources.node.${method}`, body, as === undefined ? {} : { as })
const must = async (method: string, body: unknown) => {
  const answer = await call(method, body)
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  return answer.body.result
}
const add = (name: string, parentId = 1, more: object = {}) =>
  must('add', { type: 'DEPARTMENT', name, parentId, ...more })
const team = (name: string, parentId = 1, more: object = {}) => must('add', { type: 'TEAM', name, parentId, ...more })
const idsOf = (result: { items: { id: number }[] }): number[] => result.items.map(({ id }) => id)
const refused = (field: string, message: string) => ({
  status: 400,
  body: {
    error: { code: v3Code('VALIDATION_REQUESTVALIDATIONEXCEPTION'), validation: [{ field, message }] },
  },
})
const notFound = (id: number) => ({
  status: 400,
  body: { error: { code: v3Code('ENTITYNOTFOUNDEXCEPTION'), message: `Record with ID = \`${id}\` not found` } },
})

describe('one structure behind both versions of the API', () => {
  it('shows what department.add has made', async () => {
    const { result: id } = (await portal.call('department.add', { NAME: 'Sales', PARENT: 1, UF_HEAD: colleague.id }))
      .body
    expect((await must('get', { id })).item).toEqual({
      id,
      name: 'Sales',
      type: 'DEPARTMENT',
      structureId: 1,
      parentId: 1,
      description: '',
      accessCode: `DR${id}`,
      userCount: 1,
      colorName: null,
      xmlId: null,
      createdAt: '2026-06-02T11:15:20+02:00',
      updatedAt: '2026-06-02T11:15:20+02:00',
      members: [
        {
          userId: colleague.id,
          name: `Person ${colleague.id}`,
          workPosition: '',
          role: 'MEMBER_HEAD',
          avatar: null,
          url: `/company/personal/user/${colleague.id}/`,
        },
      ],
    })
    await portal.call('department.update', { ID: id, NAME: 'Sales worldwide' })
    expect((await must('get', { id, select: ['name'] })).item).toEqual({ name: 'Sales worldwide' })
  })

  it('shows department.get what humanresources.node.add has made, but no teams', async () => {
    const { id } = await add('Marketing', 1, { userIds: { MEMBER_HEAD: [colleague.id] } })
    const { id: teamId } = await team('Launch', id)
    const get = async (parameters: object) => (await portal.call('department.get', parameters)).body
    expect((await get({ ID: id })).result).toEqual([
      { ID: String(id), NAME: 'Marketing', SORT: 500, PARENT: '1', UF_HEAD: String(colleague.id) },
    ])
    expect((await get({ ID: teamId })).total).toBe(0)
    expect((await get({ NAME: 'Launch' })).total).toBe(0)
    for (const method of ['department.update', 'department.delete'])
      expect(await portal.call(method, { ID: teamId, NAME: 'X' })).toMatchObject({
        body: { error: 'ERROR_CORE', error_description: 'Department not found' },
      })
    expect((await portal.call('department.add', { NAME: 'Under a team', PARENT: teamId })).status).toBe(400)
    expect((await portal.call('user.update', { ID: colleague.id, UF_DEPARTMENT: [teamId] })).status).toBe(400)
    // What stands in a department that goes moves up, teams too.
    await portal.call('department.delete', { ID: id })
    expect((await must('get', { id: teamId })).item).toMatchObject({ type: 'TEAM', parentId: 1 })
  })

  it('counts departments and teams', async () => {
    const before = await must('count', {})
    await add('Counted')
    await team('Counted too')
    expect(await must('count', {})).toEqual({ departments: before.departments + 1, teams: before.teams + 1 })
    expect((await portal.call('department.get', {})).body.total).toBe(before.departments + 1)
  })
})

describe('humanresources.node.add', () => {
  it('makes a department with its people, who also stay where they were', async () => {
    const [head, deputy, worker] = [
      await portal.person({ department: [1] }),
      await portal.person({ department: [1] }),
      colleague,
    ]
    const node = await add('Logistics', 1, {
      description: 'Brings and fetches',
      userIds: { MEMBER_HEAD: [head.id], MEMBER_DEPUTY_HEAD: [deputy.id], MEMBER_EMPLOYEE: [worker.id, head.id] },
    })
    expect(node).toMatchObject({ description: 'Brings and fetches', parentId: 1, userCount: 3, colorName: null })
    expect(node.members.map(({ userId, role }: { userId: number; role: string }) => [userId, role])).toEqual([
      [head.id, 'MEMBER_HEAD'],
      [deputy.id, 'MEMBER_DEPUTY_HEAD'],
      [worker.id, 'MEMBER_EMPLOYEE'],
    ])
    const departments = async (id: number) => (await portal.call('user.get', { ID: id })).body.result[0].UF_DEPARTMENT
    expect(await departments(head.id)).toEqual([1, node.id])
    const moved = await add('Depot', 1, { userIds: { MEMBER_EMPLOYEE: [worker.id] }, moveUsersToNode: true })
    expect(await departments(worker.id)).toEqual([moved.id])
    await portal.call('user.update', { ID: worker.id, UF_DEPARTMENT: [1] })
  })

  it('makes a team, whose people stay in their departments', async () => {
    const node = await team('Tender', 1, {
      colorName: 'green',
      userIds: { MEMBER_TEAM_HEAD: [1] },
      moveUsersToNode: true,
    })
    expect(node).toMatchObject({ type: 'TEAM', colorName: 'green', accessCode: `SNTR${node.id}`, userCount: 1 })
    expect(node.members[0]).toMatchObject({ userId: 1, role: 'MEMBER_TEAM_HEAD' })
    expect((await portal.call('user.get', { ID: 1 })).body.result[0].UF_DEPARTMENT).toEqual([1])
    expect((await team('Within', node.id)).parentId).toBe(node.id)
  })

  const given = { type: 'DEPARTMENT', name: 'New', parentId: 1 }
  const cases: [string, object, object][] = [
    ['no type', { ...given, type: undefined }, refused('type', 'Required field `type` is not specified')],
    ['no name', { ...given, name: undefined }, refused('name', 'Required field `name` is not specified')],
    ['an empty name', { ...given, name: ' ' }, refused('name', 'Required field `name` is not specified')],
    ['no parent', { ...given, parentId: undefined }, refused('parentId', 'Required field `parentId` is not specified')],
    [
      'a number as text',
      { ...given, parentId: '1' },
      refused('parentId', 'Field `parentId` requires data type `int` for this request'),
    ],
    [
      'another type',
      { ...given, type: 'GUILD' },
      refused('type', 'An invalid value for the structure element type was provided'),
    ],
    ['a parent that is not there', { ...given, parentId: 999 }, notFound(999)],
    ['another colour', { ...given, colorName: 'red' }, refused('colorName', 'An invalid color value was provided.')],
    [
      'roles of teams',
      { ...given, userIds: { MEMBER_TEAM_HEAD: [1] } },
      refused('userIds', 'Invalid roles: MEMBER_TEAM_HEAD. Allowed: MEMBER_HEAD, MEMBER_DEPUTY_HEAD, MEMBER_EMPLOYEE.'),
    ],
    [
      'people who are not there',
      { ...given, userIds: { MEMBER_HEAD: [4711] } },
      refused('userIds', 'User with ID = `4711` not found'),
    ],
    [
      'what are no people',
      { ...given, userIds: { MEMBER_HEAD: ['Ann'] } },
      refused('userIds', 'Field `userIds` requires data type `int` for this request'),
    ],
    [
      'settings that are not there',
      { ...given, settings: { COFFEE: [] } },
      refused('settings', 'Unknown setting `COFFEE`'),
    ],
  ]
  it.each(cases)('refuses %s and changes nothing', async (_what, body, answer) => {
    const before = await portal.census()
    expect(await call('add', body)).toMatchObject(answer)
    expect(await portal.census()).toEqual(before)
  })

  it('puts no department under a team', async () => {
    const { id } = await team('Above')
    expect(await call('add', { type: 'DEPARTMENT', name: 'Below', parentId: id })).toMatchObject(
      refused('parentId', 'A department cannot be placed under a team'),
    )
  })
})

describe('humanresources.node.edit and move', () => {
  it('change what is given and answer the whole node', async () => {
    const { id, createdAt } = await add('Before', 1, { description: 'old' })
    portal.clock.at = (portal.clock.at ?? 0) + 3600
    expect(await must('edit', { id, name: 'After' })).toMatchObject({
      id,
      name: 'After',
      description: 'old',
      createdAt,
    })
    expect((await must('edit', { id, description: '' })).description).toBe('')
    expect((await must('edit', { id, colorName: 'pink' })).colorName).toBeNull()
    const { id: teamId } = await team('Colourful')
    const edited = await must('edit', { id: teamId, colorName: 'pink' })
    expect(edited).toMatchObject({ colorName: 'pink', updatedAt: '2026-06-02T12:15:20+02:00' })
    expect(await call('edit', { id })).toMatchObject(
      refused('name', 'At least one of the following fields must be provided: name, description, colorName.'),
    )
    expect(await call('edit', { id: 999, name: 'X' })).toMatchObject(notFound(999))
    expect(await call('edit', { id, name: '' })).toMatchObject(
      refused('name', 'Required field `name` is not specified'),
    )
  })

  it('move nodes, but never into themselves', async () => {
    const { id: upper } = await add('Upper')
    const { id: lower } = await add('Lower', upper)
    const { id: moved } = await add('Moved')
    expect(await must('move', { id: moved, parentId: lower })).toMatchObject({ id: moved, parentId: lower })
    expect((await portal.call('department.get', { ID: moved })).body.result[0].PARENT).toBe(String(lower))
    for (const parentId of [upper, lower, moved])
      expect(await call('move', { id: upper, parentId })).toMatchObject(
        refused('parentId', 'A department cannot be moved into itself'),
      )
    expect((await call('move', { id: 1, parentId: upper })).status).toBe(400)
    expect(await call('move', { id: upper, parentId: 999 })).toMatchObject(notFound(999))
    expect(await call('move', { id: 999, parentId: 1 })).toMatchObject(notFound(999))
    expect(await call('move', { id: upper })).toMatchObject(
      refused('parentId', 'Required field `parentId` is not specified'),
    )
    const { id: teamId } = await team('A team')
    expect((await must('move', { id: teamId, parentId: lower })).parentId).toBe(lower)
    expect(await call('move', { id: upper, parentId: teamId })).toMatchObject(
      refused('parentId', 'A department cannot be placed under a team'),
    )
  })

  it('never make a ring when two moves cross', async () => {
    const [{ id: left }, { id: right }] = [await add('Left'), await add('Right')]
    const answers = await Promise.all([
      call('move', { id: left, parentId: right }),
      call('move', { id: right, parentId: left }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400])
  })
})

describe('lists of nodes', () => {
  it('have pages, by type, without members', async () => {
    const { id } = await add('Plant')
    const { id: first } = await add('Hall A', id)
    const { id: second } = await team('Hall team', id)
    const departments = idsOf(await must('list', { type: 'DEPARTMENT', select: ['id'], pagination: { limit: 200 } }))
    expect(departments).toContain(first)
    expect(departments).not.toContain(second)
    expect(departments).toEqual(departments.toSorted((a, b) => a - b))
    const page = await must('list', { type: 'DEPARTMENT', pagination: { page: 2, limit: 2 } })
    expect(idsOf(page)).toEqual(departments.slice(2, 4))
    expect(page.items[0]).not.toHaveProperty('members')
    expect(idsOf(await must('list', { type: 'TEAM', select: ['id', 'name'] }))).toContain(second)
    expect(await must('children', { id, select: ['id', 'type'] })).toEqual({
      items: [
        { id: first, type: 'DEPARTMENT' },
        { id: second, type: 'TEAM' },
      ],
    })
  })

  it('can be filtered and sorted by what the fields tell, so that SDKs walk them by id', async () => {
    const { id } = await add('Walked')
    const ids: number[] = []
    for (const name of ['c', 'a', 'b']) ids.push((await add(name, id)).id)
    const list = async (body: object) => idsOf(await must('list', { type: 'DEPARTMENT', select: ['id'], ...body }))
    const inside = ['parentId', '=', id]
    expect(await list({ filter: [inside], order: { name: 'ASC' } })).toEqual([ids[1], ids[2], ids[0]])
    expect(await list({ filter: [inside], order: { id: 'DESC' } })).toEqual(ids.toReversed())
    const walked: number[] = []
    for (let page = [0]; page.length > 0; walked.push(...page))
      page = await list({
        filter: [inside, ['id', '>', walked.at(-1) ?? 0]],
        order: { id: 'ASC' },
        pagination: { limit: 2 },
      })
    expect(walked).toEqual(ids)
    expect(await list({ filter: [['parentId', '=', null]] })).toEqual([1])
    expect((await call('list', { type: 'DEPARTMENT', filter: [['name', '=', 'a']] })).status).toBe(400)
  })

  it('find nodes by a part of the name, in one branch where it is named', async () => {
    const { id } = await add('Northern sales')
    const { id: inner } = await add('Sales of the north-east', id)
    await team('Sales team', id)
    const search = async (body: object) => idsOf(await must('search', { type: 'DEPARTMENT', ...body }))
    expect(await search({ name: 'NORTH' })).toEqual([id, inner])
    expect(await search({ name: 'north', parentId: id })).toEqual([inner])
    expect(await search({ name: 'north', pagination: { limit: 1 } })).toEqual([id])
    expect(await search({ name: 'nowhere' })).toEqual([])
    expect(await call('search', { type: 'DEPARTMENT' })).toMatchObject(
      refused('name', 'Required field `name` is not specified'),
    )
    expect(await call('search', { type: 'X', name: 'a' })).toMatchObject(
      refused('type', 'An invalid department type value was provided'),
    )
  })

  it('refuse what they do not know', async () => {
    const code = async (method: string, body: object) => (await call(method, body)).body.error?.code
    const unknown = { type: 'DEPARTMENT', id: 1, select: ['secret'] }
    expect(await code('list', unknown)).toBe(v3Code('UNKNOWNDTOPROPERTYEXCEPTION'))
    expect(await code('list', { type: 'DEPARTMENT', select: ['members'] })).toBe(v3Code('UNKNOWNDTOPROPERTYEXCEPTION'))
    expect(await code('get', unknown)).toBe(v3Code('UNKNOWNDTOPROPERTYEXCEPTION'))
    expect(await code('children', unknown)).toBe(v3Code('VALIDATION_REQUESTVALIDATIONEXCEPTION'))
    expect(await code('get', { id: 1, select: 'id' })).toBe(v3Code('INVALIDSELECTEXCEPTION'))
    expect(await code('list', { type: 'TEAM', pagination: { limit: 'abc' } })).toBe(
      v3Code('INVALIDPAGINATIONEXCEPTION'),
    )
    expect(await call('get', { id: 999 })).toMatchObject(notFound(999))
    expect(await call('children', { id: 999 })).toMatchObject(notFound(999))
    expect((await call('list', {})).body.error?.validation?.[0]?.field).toBe('type')
  })
})

describe('humanresources.node.field.*', () => {
  it('describe the fields in their documented order', async () => {
    const { items } = await must('field.list', { select: ['name', 'type'] })
    expect(items.map(({ name }: { name: string }) => name).join(' ')).toBe(
      'id name type structureId parentId description accessCode userCount colorName xmlId createdAt updatedAt members',
    )
    expect(await must('field.get', { name: 'name', select: ['name', 'type', 'title'] })).toEqual({
      item: { name: 'name', type: 'string', title: 'name' },
    })
    expect((await call('field.get', { name: 'nothing' })).body.error?.code).toBe(
      'BITRIX_REST_V3_REALISATION_EXCEPTION_FIELDNOTFOUNDEXCEPTION',
    )
  })
})

describe('communications', () => {
  it('are none, and nothing pretends to change them', async () => {
    expect(await must('communication.list', { id: 1 })).toEqual({
      channels: [],
      channelsNoAccess: 0,
      chats: [],
      chatsNoAccess: 0,
      collabs: [],
      collabsNoAccess: 0,
    })
    const edit = { nodeId: 1, communicationType: 'CHAT', ids: [21] }
    expect(await must('communication.edit', edit)).toEqual({ success: false })
    expect(await call('communication.list', { id: 999 })).toMatchObject(notFound(999))
    expect(await call('communication.edit', { ...edit, nodeId: 999 })).toMatchObject(notFound(999))
    expect(await call('communication.edit', { ...edit, nodeId: undefined })).toMatchObject(
      refused('nodeId', 'Parameter "nodeId" is required.'),
    )
    expect(await call('communication.edit', { nodeId: 1 })).toMatchObject(
      refused('communicationType', 'Parameter "communicationType" is required.'),
    )
    expect(await call('communication.edit', { ...edit, communicationType: 'MAIL' })).toMatchObject(
      refused('communicationType', 'Invalid "communicationType" value. Allowed: CHAT, CHANNEL, COLLAB.'),
    )
  })
})

describe('who may what', () => {
  it('lets everyone read and only administrators write', async () => {
    for (const [method, body] of [
      ['get', { id: 1 }],
      ['list', { type: 'DEPARTMENT' }],
      ['children', { id: 1 }],
      ['count', {}],
      ['communication.list', { id: 1 }],
    ] as const)
      expect((await call(method, body, colleague.hook)).status).toBe(200)
    const before = await portal.census()
    for (const [method, body] of [
      ['add', { type: 'DEPARTMENT', name: 'Mine', parentId: 1 }],
      ['edit', { id: 1, name: 'Mine' }],
      ['move', { id: 2, parentId: 1 }],
      ['member.add', { nodeId: 1, userIds: [colleague.id], role: 'MEMBER_HEAD' }],
      ['member.set', { nodeId: 1, userIds: { MEMBER_HEAD: [colleague.id] } }],
      ['member.move', { nodeId: 1, userIds: [colleague.id] }],
      ['member.remove', { nodeId: 1, userIds: [colleague.id] }],
      ['communication.edit', { nodeId: 1, communicationType: 'CHAT' }],
    ] as const)
      expect(await call(method, body, colleague.hook)).toMatchObject({
        status: 403,
        body: { error: { code: v3Code('ACCESSDENIEDEXCEPTION'), message: 'Access denied' } },
      })
    expect(await portal.census()).toEqual(before)
  })

  it('needs the scope humanresources, and REST 3.0', async () => {
    const { hook } = await portal.person({ admin: true, scope: 'department' })
    expect((await call('list', { type: 'DEPARTMENT' }, hook)).status).toBe(403)
    expect((await portal.call('humanresources.node.list', { type: 'DEPARTMENT' })).body.error).toBe(
      'ERROR_METHOD_NOT_FOUND',
    )
  })
})
