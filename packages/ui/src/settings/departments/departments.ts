import { useQuery, type UseQueryReturnType } from '@tanstack/vue-query'
import { portal } from '../../api/portal.ts'

export interface Department {
  readonly id: number
  readonly name: string
  /** 0 for the top one. */
  readonly parent: number
  readonly sort: number
  /** 0 where it has none. */
  readonly head: number
}

/** A department where it stands in the structure. */
export interface DepartmentNode extends Department {
  readonly depth: number
  readonly children: readonly DepartmentNode[]
}

export const departmentsKey = ['departments'] as const

interface Row {
  readonly ID: string
  readonly NAME: string
  readonly PARENT?: string
  readonly SORT: string | number
  readonly UF_HEAD?: string
}

export const useDepartments = (): UseQueryReturnType<readonly Department[], Error> =>
  useQuery({
    queryKey: departmentsKey,
    queryFn: async ({ signal }) => {
      const all: Department[] = []
      for await (const each of portal.list('department.get' as never, { sort: 'SORT', order: 'ASC' } as never, {
        by: 'offset',
        signal,
      })) {
        const row = each as unknown as Row
        all.push({
          id: Number(row.ID),
          name: row.NAME,
          parent: Number(row.PARENT ?? 0),
          sort: Number(row.SORT),
          head: Number(row.UF_HEAD ?? 0),
        })
      }
      return all
    },
  })

/** The departments as a tree, each level in its order. */
export function treeOf(all: readonly Department[], parent = 0, depth = 0): readonly DepartmentNode[] {
  const known = new Set(all.map(({ id }) => id))
  return all
    .filter((each) => (parent === 0 ? !known.has(each.parent) : each.parent === parent))
    .sort((a, b) => a.sort - b.sort || a.name.localeCompare(b.name))
    .map((each) => ({ ...each, depth, children: treeOf(all, each.id, depth + 1) }))
}

/** The same one below another, as a list shows it. */
export const flat = (nodes: readonly DepartmentNode[]): readonly DepartmentNode[] =>
  nodes.flatMap((node) => [node, ...flat(node.children)])
