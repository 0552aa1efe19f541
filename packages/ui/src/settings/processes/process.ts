import { useQuery, type UseQueryReturnType } from '@tanstack/vue-query'
import { call, portal } from '../../api/portal.ts'

/** What a smart process can have, in groups; texts are `settings.processes.flag.<name>`. */
export const flagGroups = {
  way: ['isStagesEnabled', 'isCategoriesEnabled', 'isAutomationEnabled'],
  fields: [
    'isClientEnabled',
    'isMycompanyEnabled',
    'isLinkWithProductsEnabled',
    'isBeginCloseDatesEnabled',
    'isSourceEnabled',
    'isObserversEnabled',
  ],
  more: [
    'isUseInUserfieldEnabled',
    'isDocumentsEnabled',
    'isRecyclebinEnabled',
    'isBizProcEnabled',
    'isSetOpenPermissions',
  ],
} as const
export type Flag = (typeof flagGroups)[keyof typeof flagGroups][number]
export const flags: readonly Flag[] = Object.values(flagGroups).flat()
export type Flags = Readonly<Record<Flag, boolean>>

/** A smart process as `crm.type.list` tells it. */
export type Process = Readonly<Record<Flag, 'Y' | 'N'>> & {
  readonly id: number
  readonly entityTypeId: number
  readonly title: string
  readonly code: string
}

interface Related {
  readonly entityTypeId: number
  readonly isChildrenListEnabled: 'Y' | 'N'
  readonly isPredefined: 'Y' | 'N'
}

export type WholeProcess = Process & {
  readonly relations: { readonly parent: readonly Related[]; readonly child: readonly Related[] }
}

export const processesKey = ['processes'] as const

export const useProcesses = (): UseQueryReturnType<readonly Process[], Error> =>
  useQuery({
    queryKey: processesKey,
    queryFn: async ({ signal }) => {
      const all: Process[] = []
      for await (const row of portal.list('crm.type.list' as never, { order: { id: 'ASC' } } as never, {
        by: 'offset',
        signal,
      }))
        all.push(row as unknown as Process)
      return all
    },
  })

export const readProcess = async (id: number): Promise<WholeProcess> =>
  (await call<{ type: WholeProcess }>('crm.type.get', { id })).type

/** What a process of this name starts with: all that makes it work at once. */
export const usualFlags: Flags = {
  isStagesEnabled: true,
  isCategoriesEnabled: false,
  isAutomationEnabled: true,
  isClientEnabled: true,
  isMycompanyEnabled: false,
  isLinkWithProductsEnabled: false,
  isBeginCloseDatesEnabled: false,
  isSourceEnabled: false,
  isObserversEnabled: true,
  isUseInUserfieldEnabled: true,
  isDocumentsEnabled: false,
  isRecyclebinEnabled: false,
  isBizProcEnabled: false,
  isSetOpenPermissions: true,
}

export const flagsOf = (process: Process): Flags =>
  Object.fromEntries(flags.map((flag) => [flag, process[flag] === 'Y'])) as Flags

export const written = (given: Flags): Record<string, 'Y' | 'N'> =>
  Object.fromEntries(flags.map((flag) => [flag, given[flag] ? 'Y' : 'N']))

/** Types that it belongs to, and types that belong to it, as `crm.type.*` takes them. */
export const relationsIn = (parents: readonly number[], children: readonly number[]): object => {
  const list = (ids: readonly number[]): object[] =>
    ids.map((entityTypeId) => ({ entityTypeId, isChildrenListEnabled: 'true' }))
  return { parent: list(parents), child: list(children) }
}
