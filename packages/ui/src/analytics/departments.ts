import { useQuery } from '@tanstack/vue-query'
import { computed, type ComputedRef } from 'vue'
import { portal } from '../api/portal.ts'

export interface Department {
  readonly id: number
  readonly name: string
  readonly parent: number
  /** Those who work in it itself. */
  readonly people: readonly number[]
}

interface Row {
  readonly ID: string
  readonly NAME?: string
  readonly PARENT?: string
  readonly UF_DEPARTMENT?: readonly (number | string)[]
}

/** The departments with those who work there; none for people who may not see them. */
export function useDepartments(): ComputedRef<readonly Department[]> {
  const { data } = useQuery({
    queryKey: ['departments', 'people'],
    queryFn: async ({ signal }) => {
      const people = new Map<number, number[]>()
      for await (const row of portal.list('user.get', {}, { by: 'offset', signal })) {
        const { ID, UF_DEPARTMENT = [] } = row as Row
        for (const id of UF_DEPARTMENT) people.set(Number(id), [...(people.get(Number(id)) ?? []), Number(ID)])
      }
      const found: Department[] = []
      for await (const row of portal.list('department.get', {}, { by: 'offset', signal })) {
        const { ID, NAME = '', PARENT = 0 } = row as Row
        found.push({ id: Number(ID), name: NAME, parent: Number(PARENT), people: people.get(Number(ID)) ?? [] })
      }
      return found
    },
    staleTime: 5 * 60_000,
  })
  return computed(() => data.value ?? [])
}

/** Who works in a department or in one below it. */
export function membersOf(departments: readonly Department[], id: number, seen = new Set<number>()): number[] {
  if (seen.has(id)) return []
  seen.add(id)
  const own = departments.find((each) => each.id === id)?.people ?? []
  const below = departments
    .filter(({ parent }) => parent === id)
    .flatMap((each) => membersOf(departments, each.id, seen))
  return [...new Set([...own, ...below])]
}
