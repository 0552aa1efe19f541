import { useQuery, type UseQueryReturnType } from '@tanstack/vue-query'
import { call } from '../../api/portal.ts'

export interface Scope {
  readonly name: string
  /** Methods of the portal that it opens. */
  readonly methods: number
  /** False: only programs that are written for the cloud ask for it. */
  readonly isKnown: boolean
}

export const useScopes = (): UseQueryReturnType<readonly Scope[], Error> =>
  useQuery({
    queryKey: ['developer', 'scopes'],
    queryFn: async ({ signal }) => (await call<{ scopes: readonly Scope[] }>('portico.scope.list', {}, signal)).scopes,
    staleTime: Infinity,
  })

/** Scopes by what they are about, in the order in which people look for them. */
const groups = {
  crm: ['crm', 'catalog', 'sale', 'salescenter', 'documentgenerator', 'bizproc', 'userfieldconfig'],
  people: [
    'user',
    'user_basic',
    'user_brief',
    'user.userfield',
    'department',
    'humanresources',
    'humanresources.hcmlink',
  ],
  portal: ['placement', 'task', 'disk', 'main'],
} as const
export type GroupId = keyof typeof groups | 'elsewhere'

export function groupsOf(
  scopes: readonly Scope[],
): readonly { readonly id: GroupId; readonly scopes: readonly Scope[] }[] {
  const named = Object.entries(groups).map(([id, names]) => ({
    id: id as GroupId,
    scopes: names.flatMap((name) => scopes.find((each) => each.name === name) ?? []),
  }))
  const told = new Set<string>(Object.values(groups).flat())
  const rest = scopes.filter(({ name }) => !told.has(name))
  return [...named, { id: 'elsewhere' as const, scopes: rest }].filter((group) => group.scopes.length > 0)
}

/** Names of messages know no dots. */
export const scopeKey = (name: string): string => name.replaceAll('.', '_')
