import { itemOf, itemsOf, methodV3, needV3, takeV3 } from '../../methods/v3.ts'
import type { Call } from '../../methods/method.ts'
import { errorsV3, ofType, required } from '../../methods/v3/errors.ts'
import { orderBy } from '../../methods/v3/paging.ts'
import { picked } from '../../methods/v3/select.ts'
import { type Draft, emptyDraft } from '../../records/change.ts'
import { createWithin, updateWithin } from '../../records/records.ts'
import { InvalidValue } from '../../schema/kind.ts'
import { sql } from '../../store/sql.ts'
import type { Transaction } from '../../store/store.ts'
import { department, DEPARTMENT, TEAM } from '../people/department.ts'
import { branchOf, type Role, Structure, type StructureNode } from '../people/structure.ts'
import { listedDto, listedRows, nodeDto } from './dto.ts'
import { allowedRoles, rolesIn } from './roles.ts'
import { membersShown, nodesShown } from './shown.ts'
import { fault, inWords, notFound, requireWriting } from './words.ts'
import { Staffing } from './writing.ts'

const scope = 'humanresources'
/** Fewer than elsewhere (humanresources-node-list.md). */
const MAX_LIMIT = 200
const COLORS = ['blue', 'green', 'cyan', 'orange', 'purple', 'pink']
const AUTHORITIES = ['BUSINESS_PROC_AUTHORITY', 'REPORTS_AUTHORITY']
const AUTHORITY_ROLES = [
  'HEAD',
  'DEPUTY_HEAD',
  'ALL_DEPARTMENT_HEADS',
  'EMPLOYEE',
  'TEAM_HEAD',
  'TEAM_DEPUTY',
  'TEAM_EMPLOYEE',
]
const NO_CHATS =
  'There are no chats, channels and collabs, so that none is created or bound, and nothing yet follows from `settings`.'

const structureOf = (call: Call): Promise<Structure> => Structure.load(call.session, call.portal.people)

export function nodeOf(structure: Structure, id: number): StructureNode {
  const node = structure.nodes.get(id)
  if (node === undefined) throw notFound(id)
  return node
}

function isTeam(type: string, words = 'An invalid value for the structure element type was provided'): boolean {
  if (type !== DEPARTMENT && type !== TEAM) throw fault('type', words)
  return type === TEAM
}

function checkName(name: string | undefined): void {
  if (name?.trim() === '') throw errorsV3.validation([required('name')])
  if (name !== undefined && name.length > 255) throw fault('name', 'The name is longer than 255 characters')
}

function checkColor(color: string | undefined): void {
  if (color !== undefined && !COLORS.includes(color)) throw fault('colorName', 'An invalid color value was provided.')
}

function checkSettings(settings: Readonly<Record<string, unknown>>): void {
  for (const [name, roles] of Object.entries(settings)) {
    if (!AUTHORITIES.includes(name)) throw fault('settings', `Unknown setting \`${name}\``)
    if (!Array.isArray(roles)) throw errorsV3.validation([ofType(name, 'array')])
    const unknown = roles.filter((role) => !AUTHORITY_ROLES.includes(role as string))
    if (unknown.length > 0) throw fault('settings', `Unknown roles in \`${name}\``)
  }
}

/** Refuses a place in the tree where a node can't stand. */
function checkParent(structure: Structure, team: boolean, parentId: number): void {
  const parent = nodeOf(structure, parentId)
  if (parent.isTeam && !team) throw fault('parentId', 'A department cannot be placed under a team')
}

/** One node after a change, as it is in the transaction of that change. */
async function answered(call: Call, tx: Transaction, id: number): Promise<Record<string, unknown>> {
  const structure = await Structure.load(tx, call.portal.people)
  const [shown] = await nodesShown(call, structure, [nodeOf(structure, id)], tx)
  return shown ?? {}
}

/** Changes a node's own fields. */
async function change(call: Call, field: string, id: number, draft: Draft, check: (structure: Structure) => void) {
  await requireWriting(call)
  return inWords(field, () =>
    call.portal.caches.changing(call.session, ['departments'], async (tx) => {
      check(await Structure.load(tx, call.portal.people))
      await updateWithin({ ...call, tx }, department, id, draft)
      return answered(call, tx, id)
    }),
  )
}

const asNode = { $ref: '#/components/schemas/NodeDto' }

export const nodeMethods = [
  methodV3({
    name: 'humanresources.node.add',
    scope,
    partial: NO_CHATS,
    params: {
      type: needV3.text,
      name: needV3.text,
      parentId: needV3.integer,
      description: takeV3.text,
      colorName: takeV3.text,
      userIds: takeV3.map,
      moveUsersToNode: takeV3.flag,
      createChat: takeV3.flag,
      bindingChatIds: takeV3.list,
      createChannel: takeV3.flag,
      bindingChannelIds: takeV3.list,
      createCollab: takeV3.flag,
      bindingCollabIds: takeV3.list,
      settings: takeV3.map,
    },
    returns: asNode,
    dtos: [nodeDto],
    async run({ type, name, parentId, description, colorName, userIds = {}, moveUsersToNode = false, settings }, call) {
      await requireWriting(call)
      const team = isTeam(type)
      checkName(name)
      checkColor(colorName)
      checkSettings(settings ?? {})
      const roles = readRoles(team, userIds)
      const draft = emptyDraft()
      draft.values
        .set('type', team ? TEAM : DEPARTMENT)
        .set('name', name.trim())
        .set('parent', parentId)
      draft.values.set('description', description ?? null).set('colorName', team ? (colorName ?? null) : null)
      return inWords('parentId', () =>
        call.portal.caches.changing(call.session, ['departments', 'people'], async (tx) => {
          const within = { ...call, tx }
          const before = await Staffing.begin(within)
          checkParent(before.structure, team, parentId)
          before.require(roles.keys())
          const id = await createWithin(within, department, draft)
          call.portal.caches.drop('departments')
          const staffing = await Staffing.begin(within)
          const node = nodeOf(staffing.structure, id)
          for (const [user, role] of roles)
            if (moveUsersToNode && !team) staffing.move(node, user, role)
            else staffing.put(node, user, role)
          await staffing.save()
          call.portal.caches.drop('people')
          const structure = await Structure.load(tx, call.portal.people)
          return { ...(await answered(call, tx, id)), members: await membersShown(call, structure, node, tx) }
        }),
      )
    },
  }),
  methodV3({
    name: 'humanresources.node.edit',
    scope,
    params: { id: needV3.integer, name: takeV3.text, description: takeV3.text, colorName: takeV3.text },
    returns: asNode,
    dtos: [nodeDto],
    run({ id, name, description, colorName }, call) {
      const draft = emptyDraft()
      if (name !== undefined) draft.values.set('name', name.trim())
      if (description !== undefined) draft.values.set('description', description)
      return change(call, 'name', id, draft, (structure) => {
        const node = nodeOf(structure, id)
        if (name === undefined && description === undefined && colorName === undefined)
          throw fault('name', 'At least one of the following fields must be provided: name, description, colorName.')
        checkName(name)
        checkColor(colorName)
        // Colours are those of teams.
        if (colorName !== undefined && node.isTeam) draft.values.set('colorName', colorName)
      })
    },
  }),
  methodV3({
    name: 'humanresources.node.move',
    scope,
    params: { id: needV3.integer, parentId: needV3.integer },
    returns: asNode,
    dtos: [nodeDto],
    run({ id, parentId }, call) {
      const draft = emptyDraft()
      draft.values.set('parent', parentId)
      return change(call, 'parentId', id, draft, (structure) =>
        checkParent(structure, nodeOf(structure, id).isTeam, parentId),
      )
    },
  }),
  methodV3({
    name: 'humanresources.node.get',
    scope,
    params: { id: needV3.integer, select: takeV3.select(nodeDto, { strict: true }) },
    returns: itemOf(nodeDto),
    dtos: [nodeDto],
    async run({ id, select }, call) {
      const structure = await structureOf(call)
      const node = nodeOf(structure, id)
      const [shown] = await nodesShown(call, structure, [node])
      const members = select.has('members') ? { members: await membersShown(call, structure, node) } : {}
      return { item: picked({ ...shown, ...members }, select) }
    },
  }),
  methodV3({
    name: 'humanresources.node.list',
    scope,
    params: {
      type: needV3.text,
      select: takeV3.select(listedDto, { strict: true }),
      // Not on the method's page, but the descriptions of the fields tell of both, and SDKs walk lists by them.
      filter: takeV3.filter(listedDto),
      order: takeV3.order(listedDto),
      pagination: takeV3.pagination(MAX_LIMIT),
    },
    returns: itemsOf(nodeDto),
    dtos: [nodeDto],
    async run({ type, select, filter, order, pagination: { limit, offset } }, call) {
      isTeam(type)
      const rows = await call.session.find<{ id: number }>(
        sql`select t.id as id from ${listedRows} as t where t.type = ${type} and ${filter.where(call.portal.zone)} ${orderBy(order)} limit ${limit} offset ${offset}`,
      )
      const structure = await structureOf(call)
      const nodes = rows.flatMap(({ id }) => structure.nodes.get(id) ?? [])
      const shown = await nodesShown(call, structure, nodes)
      return { items: shown.map((each) => picked(each, select)) }
    },
  }),
  methodV3({
    name: 'humanresources.node.search',
    scope,
    params: {
      type: needV3.text,
      name: needV3.text,
      parentId: takeV3.integer,
      pagination: takeV3.pagination(MAX_LIMIT),
    },
    returns: itemsOf(nodeDto),
    dtos: [nodeDto],
    async run({ type, name, parentId, pagination: { limit } }, call) {
      const teams = isTeam(type, 'An invalid department type value was provided')
      checkName(name)
      const structure = await structureOf(call)
      const branch = parentId === undefined ? undefined : branchOf(structure.nodes, nodeOf(structure, parentId).id)
      const part = name.trim().toLowerCase()
      const nodes = [...structure.nodes.values()].filter(
        (node) =>
          node.isTeam === teams &&
          node.id !== parentId &&
          branch?.has(node.id) !== false &&
          node.name.toLowerCase().includes(part),
      )
      return { items: await nodesShown(call, structure, nodes.slice(0, limit)) }
    },
  }),
  methodV3({
    name: 'humanresources.node.children',
    scope,
    params: { id: needV3.integer, select: takeV3.list },
    returns: itemsOf(nodeDto),
    dtos: [nodeDto],
    async run({ id, select: names = [] }, call) {
      // Here an unknown name is a fault of the request (humanresources-node-children.md).
      const select = takeV3.select(listedDto).read(names)
      if (names.some((name) => !listedDto.properties.has(String(name))))
        throw fault('select', 'Unsupported field name provided for selection')
      const structure = await structureOf(call)
      const parent = nodeOf(structure, id)
      const nodes = [...structure.nodes.values()].filter((node) => node.parent === parent.id)
      return { items: (await nodesShown(call, structure, nodes)).map((each) => picked(each, select)) }
    },
  }),
  methodV3({
    name: 'humanresources.node.count',
    scope,
    params: {},
    returns: { type: 'object', properties: { departments: { type: 'integer' }, teams: { type: 'integer' } } },
    async run(_none, call) {
      const nodes = [...(await structureOf(call)).nodes.values()]
      const teams = nodes.filter((node) => node.isTeam).length
      return { departments: nodes.length - teams, teams }
    },
  }),
]

/** `userIds` of a node: lists of people by their roles. */
export function readRoles(team: boolean, userIds: Readonly<Record<string, unknown>>): ReadonlyMap<number, Role> {
  try {
    const { people, unknown } = rolesIn({ isTeam: team }, userIds)
    if (unknown.length > 0)
      throw fault('userIds', `Invalid roles: ${unknown.join(', ')}. Allowed: ${allowedRoles({ isTeam: team })}.`)
    return people
  } catch (cause) {
    if (!(cause instanceof InvalidValue)) throw cause
    throw errorsV3.validation([ofType('userIds', cause.reason)])
  }
}
