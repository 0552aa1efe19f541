import { useQuery, type UseQueryReturnType } from '@tanstack/vue-query'
import { portal } from '../api/portal.ts'

/** A person of the portal, as `user.get` tells it. */
export interface Person {
  readonly id: number
  readonly name: string
  readonly photo: string | undefined
  readonly position: string
  readonly email: string
  readonly active: boolean
}

interface UserRow {
  readonly ID: string
  readonly NAME?: string
  readonly LAST_NAME?: string
  readonly EMAIL?: string
  readonly PERSONAL_PHOTO?: string
  readonly WORK_POSITION?: string
  readonly ACTIVE?: boolean
}

const personOf = (row: UserRow): Person => ({
  id: Number(row.ID),
  name: [row.NAME, row.LAST_NAME].filter(Boolean).join(' ') || row.EMAIL || `#${row.ID}`,
  photo: row.PERSONAL_PHOTO || undefined,
  position: row.WORK_POSITION ?? '',
  email: row.EMAIL ?? '',
  active: row.ACTIVE !== false,
})

/** Everybody, by id: also who has left, as their names still stand in records. */
export const usePeople = (): UseQueryReturnType<ReadonlyMap<number, Person>, Error> =>
  useQuery({
    queryKey: ['people'],
    queryFn: async ({ signal }) => {
      const people = new Map<number, Person>()
      for await (const row of portal.list('user.get', {}, { by: 'offset', signal }))
        people.set(Number((row as UserRow).ID), personOf(row as UserRow))
      return people
    },
    staleTime: 5 * 60_000,
  })
