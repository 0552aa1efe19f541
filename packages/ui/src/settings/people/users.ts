import { useQuery, type UseQueryReturnType } from '@tanstack/vue-query'
import { call, portal } from '../../api/portal.ts'

/** Somebody with what administrators see of them. */
export interface User {
  readonly id: number
  readonly firstName: string
  readonly lastName: string
  readonly name: string
  readonly email: string
  readonly position: string
  readonly phone: string
  readonly photo: string | undefined
  readonly departments: readonly number[]
  readonly active: boolean
  readonly admin: boolean
  /** When they were invited; null where they have come already. */
  readonly invited: string | null
  readonly lastSeen: string | undefined
}

export interface Users {
  readonly users: readonly User[]
  /** Whether letters leave the portal. */
  readonly mail: boolean
}

interface Row {
  readonly ID: string
  readonly NAME?: string
  readonly LAST_NAME?: string
  readonly EMAIL?: string
  readonly WORK_POSITION?: string
  readonly WORK_PHONE?: string
  readonly PERSONAL_PHOTO?: string
  readonly UF_DEPARTMENT?: readonly (number | string)[]
  readonly LAST_LOGIN?: string
}

interface Standing {
  readonly id: number
  readonly admin: boolean
  readonly active: boolean
  readonly invited: string | null
}

export const usersKey = ['users'] as const

export const useUsers = (): UseQueryReturnType<Users, Error> =>
  useQuery({
    queryKey: usersKey,
    queryFn: async ({ signal }): Promise<Users> => {
      const { users: standings, mail } = await call<{ users: readonly Standing[]; mail: boolean }>(
        'portico.user.list',
        {},
        signal,
      )
      const byId = new Map(standings.map((each) => [each.id, each]))
      const users: User[] = []
      for await (const each of portal.list('user.get', {}, { by: 'offset', signal })) {
        const row = each as unknown as Row
        const standing = byId.get(Number(row.ID))
        users.push({
          id: Number(row.ID),
          firstName: row.NAME ?? '',
          lastName: row.LAST_NAME ?? '',
          name: [row.NAME, row.LAST_NAME].filter(Boolean).join(' ') || row.EMAIL || `#${row.ID}`,
          email: row.EMAIL ?? '',
          position: row.WORK_POSITION ?? '',
          phone: row.WORK_PHONE ?? '',
          photo: row.PERSONAL_PHOTO || undefined,
          departments: (row.UF_DEPARTMENT ?? []).map(Number),
          active: standing?.active ?? true,
          admin: standing?.admin ?? false,
          invited: standing?.invited ?? null,
          lastSeen: row.LAST_LOGIN || undefined,
        })
      }
      return { users: users.sort((a, b) => a.name.localeCompare(b.name)), mail }
    },
  })
