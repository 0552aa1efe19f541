import type { Call } from '../../methods/method.ts'
import { formatDateTime } from '../../schema/time.ts'
import { sql } from '../../store/sql.ts'
import type { Reader } from '../../store/store.ts'
import { DEPARTMENT, TEAM } from '../people/department.ts'
import type { Structure, StructureNode } from '../people/structure.ts'
import { codeOf } from './roles.ts'

/** There is one company, and so one structure. */
const STRUCTURE = 1

interface Profile {
  readonly userId: number
  readonly name: string
  readonly workPosition: string
  readonly avatar: string | null
  readonly url: string
}

/** People as the structure shows them, by id. */
export async function profilesOf(
  call: Call,
  ids: Iterable<number>,
  reader: Reader = call.session,
): Promise<Map<number, Profile>> {
  const wanted = [...new Set(ids)]
  const found = new Map<number, Profile>()
  // Databases take some 32,000 parameters in a statement.
  for (let from = 0; from < wanted.length; from += 10_000) {
    const rows = await reader.find<{
      id: number
      name: string | null
      last_name: string | null
      email: string
      work_position: string | null
      personal_photo: number | null
    }>(
      sql`select id, name, last_name, email, work_position, personal_photo from portal_user where id in (${sql.join(wanted.slice(from, from + 10_000))})`,
    )
    for (const row of rows)
      found.set(row.id, {
        userId: row.id,
        name: [row.name, row.last_name].filter(Boolean).join(' ') || row.email,
        workPosition: row.work_position ?? '',
        avatar: row.personal_photo ? call.encode.fileUrls(Number(row.personal_photo)).machine : null,
        url: `/company/personal/user/${row.id}/`,
      })
  }
  return found
}

/** The people of a node with their roles, its heads first. */
export async function membersShown(
  call: Call,
  structure: Structure,
  node: StructureNode,
  reader: Reader = call.session,
): Promise<object[]> {
  const members = structure.membersOf(node.id)
  const profiles = await profilesOf(call, members.keys(), reader)
  return [...members].flatMap(([id, role]) => {
    const profile = profiles.get(id)
    if (profile === undefined) return []
    const { userId, name, workPosition, avatar, url } = profile
    return [{ userId, name, workPosition, role: codeOf(node, role), avatar, url }]
  })
}

interface Details {
  readonly id: number
  readonly description: string | null
  readonly color_name: string | null
  readonly created_at: number | null
  readonly updated_at: number | null
}

/** Nodes as the wire shows them, without their members. */
export async function nodesShown(
  call: Call,
  structure: Structure,
  nodes: readonly StructureNode[],
  reader: Reader = call.session,
): Promise<Record<string, unknown>[]> {
  if (nodes.length === 0) return []
  const rows = await reader.find<Details>(
    sql`select id, description, color_name, created_at, updated_at from department where id in (${sql.join(nodes.map(({ id }) => id))})`,
  )
  const details = new Map(rows.map((row) => [row.id, row]))
  const time = (at: number | null | undefined): string | null =>
    at === null || at === undefined ? null : formatDateTime(Number(at), call.portal.zone)
  return nodes.map((node) => {
    const own = details.get(node.id)
    return {
      id: node.id,
      name: node.name,
      type: node.isTeam ? TEAM : DEPARTMENT,
      structureId: STRUCTURE,
      parentId: node.parent || null,
      description: own?.description ?? '',
      accessCode: `${node.isTeam ? 'SNTR' : 'DR'}${node.id}`,
      userCount: structure.membersOf(node.id).size,
      colorName: own?.color_name ?? null,
      // Nothing of the API ever gives a node one.
      xmlId: null,
      createdAt: time(own?.created_at),
      updatedAt: time(own?.updated_at),
    }
  })
}
