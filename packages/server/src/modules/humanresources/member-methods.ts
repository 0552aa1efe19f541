import { methodV3, takeV3 } from '../../methods/v3.ts'
import type { Call } from '../../methods/method.ts'
import { errorsV3, ofType } from '../../methods/v3/errors.ts'
import { InvalidValue } from '../../schema/kind.ts'
import type { Role, StructureNode } from '../people/structure.ts'
import { nodeOf, readRoles } from './node-methods.ts'
import { allowedRoles, idsOf, isAnyRole, roleOf } from './roles.ts'
import { fault, given, inWords, requireWriting } from './words.ts'
import { Staffing } from './writing.ts'

const scope = 'humanresources'
const NOT_EMPTY = ' and must be a non-empty array'
const done = { type: 'object', properties: { success: { type: 'boolean' } } } as const

function peopleIn(input: readonly unknown[] | undefined): number[] {
  const list = given('userIds', input, NOT_EMPTY)
  if (list.length === 0) throw fault('userIds', `Parameter "userIds" is required${NOT_EMPTY}.`)
  try {
    return idsOf(list)
  } catch (cause) {
    if (!(cause instanceof InvalidValue)) throw cause
    throw errorsV3.validation([ofType('userIds', cause.reason)])
  }
}

function roleIn(node: StructureNode, code: string): Role {
  const role = roleOf(node, code)
  if (role === undefined) throw fault('role', `Invalid role ${code}. Allowed: ${allowedRoles(node)}.`)
  return role
}

/** Changes who is in a node, one change of the company at a time. */
async function staff<T>(call: Call, nodeId: number, body: (staffing: Staffing, node: StructureNode) => T): Promise<T> {
  await requireWriting(call)
  return inWords('userIds', () =>
    call.portal.caches.changing(call.session, ['departments', 'people'], async (tx) => {
      const staffing = await Staffing.begin({ ...call, tx })
      const value = body(staffing, nodeOf(staffing.structure, nodeId))
      await staffing.save()
      return value
    }),
  )
}

export const memberMethods = [
  methodV3({
    name: 'humanresources.node.member.add',
    scope,
    params: { nodeId: takeV3.integer, userIds: takeV3.list, role: takeV3.text },
    returns: done,
    run: ({ nodeId, userIds, role }, call) =>
      staff(call, given('nodeId', nodeId), (staffing, node) => {
        const users = peopleIn(userIds)
        const code = given('role', role)
        if (!isAnyRole(code)) throw fault('role', `Role ${code} not found.`)
        const becomes = roleIn(node, code)
        staffing.require(users)
        for (const user of users) staffing.put(node, user, becomes)
        return { success: true }
      }),
  }),
  methodV3({
    name: 'humanresources.node.member.set',
    scope,
    params: { nodeId: takeV3.integer, userIds: takeV3.map },
    returns: done,
    run: ({ nodeId, userIds }, call) =>
      staff(call, given('nodeId', nodeId), (staffing, node) => {
        const roles = readRoles(node.isTeam, given('userIds', userIds, NOT_EMPTY))
        if (roles.size === 0) throw fault('userIds', `Parameter "userIds" is required${NOT_EMPTY}.`)
        staffing.require(roles.keys())
        const others = [...staffing.structure.membersOf(node.id).keys()].filter((user) => !roles.has(user))
        const kept = others.filter((user) => !staffing.remove(node, user))
        if (kept.length > 0)
          throw fault('userIds', `Employees who are in no other department cannot be removed: ${kept.join(', ')}.`)
        for (const [user, role] of roles) staffing.put(node, user, role)
        return { success: true }
      }),
  }),
  methodV3({
    name: 'humanresources.node.member.move',
    scope,
    params: { nodeId: takeV3.integer, userIds: takeV3.list, role: takeV3.text },
    returns: done,
    run: ({ nodeId, userIds, role }, call) =>
      staff(call, given('nodeId', nodeId), (staffing, node) => {
        const users = peopleIn(userIds)
        const becomes = role === undefined ? 'EMPLOYEE' : roleIn(node, role)
        staffing.require(users)
        for (const user of users) staffing.move(node, user, becomes)
        return { success: true }
      }),
  }),
  methodV3({
    name: 'humanresources.node.member.remove',
    scope,
    params: { nodeId: takeV3.integer, userIds: takeV3.list },
    returns: {
      type: 'object',
      properties: { removed: { type: 'array', items: { type: 'integer' } }, failed: { type: 'array', items: {} } },
    },
    run: ({ nodeId, userIds }, call) =>
      staff(call, given('nodeId', nodeId), (staffing, node) => {
        const removed: number[] = []
        const failed: { userId: number; reason: string }[] = []
        const members = staffing.structure.membersOf(node.id)
        for (const userId of peopleIn(userIds))
          if (!members.has(userId)) failed.push({ userId, reason: 'Not found in this node' })
          else if (staffing.remove(node, userId)) removed.push(userId)
          else failed.push({ userId, reason: 'In no other department' })
        return { removed, failed }
      }),
  }),
]
