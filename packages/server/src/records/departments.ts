import { sql } from '../store/sql.ts'
import type { Reader } from '../store/store.ts'
import type { Cached, Caches } from './cache.ts'

export interface DepartmentNode {
  readonly id: number
  readonly name: string
  readonly parent: number
}

export type DepartmentTree = ReadonlyMap<number, DepartmentNode>

const trees = new WeakMap<Caches, Cached<DepartmentTree>>()

/** All departments by id (teams, which stand in the same table, are none), kept in memory under `departments`. */
export function departmentsIn(caches: Caches): Cached<DepartmentTree> {
  let cached = trees.get(caches)
  if (cached === undefined) {
    cached = caches.define('departments', async (reader: Reader) => {
      const rows = await reader.find<DepartmentNode>(
        sql`select id, name, parent from department where type is null or type <> 'TEAM' order by id`,
      )
      return new Map(rows.map((row) => [row.id, row]))
    })
    trees.set(caches, cached)
  }
  return cached
}

/** A department and those above it, the nearest first. */
export function withAncestors(tree: DepartmentTree, id: number): number[] {
  const chain: number[] = []
  for (let at = tree.get(id); at !== undefined && !chain.includes(at.id); at = tree.get(at.parent)) chain.push(at.id)
  return chain
}

/** These departments and all below them. */
export function withDescendants(tree: DepartmentTree, ids: Iterable<number>): Set<number> {
  const found = new Set(ids)
  for (const { id } of tree.values()) if (withAncestors(tree, id).some((above) => found.has(above))) found.add(id)
  return found
}
