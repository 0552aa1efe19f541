import { useQuery, type UseQueryReturnType } from '@tanstack/vue-query'
import { call } from '../../api/portal.ts'
import type { RecordType } from '../../model/record-types.ts'

export const actions = ['read', 'add', 'update', 'delete', 'import', 'export', 'configure'] as const
export type Action = (typeof actions)[number]
export const levels = ['none', 'own', 'department', 'departments', 'opened', 'all'] as const
export type Level = (typeof levels)[number]

/** What a role says of one action, of an entity, a pipeline or a stage. */
export interface Permission {
  readonly entity: string
  readonly action: Action
  readonly level: Level
  readonly categoryId: number | null
  readonly stageId: string | null
}

export interface Role {
  readonly id: number
  readonly name: string
  /** `U5`, `D3`, `DR3`, `AU` */
  readonly access: readonly string[]
  readonly permissions: readonly Permission[]
}

export const rolesKey = ['roles'] as const

export const useRoles = (): UseQueryReturnType<readonly Role[], Error> =>
  useQuery({
    queryKey: rolesKey,
    queryFn: async ({ signal }) => (await call<{ roles: readonly Role[] }>('portico.role.list', {}, signal)).roles,
  })

/** Where a word of a role holds: everywhere, an entity, a pipeline of it, a stage. */
export interface Place {
  readonly entity: string
  readonly categoryId: number | null
  readonly stageId: string | null
}

export const EVERYTHING: Place = { entity: '*', categoryId: null, stageId: null }
export const placeOf = (entity: string, categoryId: number | null = null, stageId: string | null = null): Place => ({
  entity,
  categoryId,
  stageId,
})

/** What a role says, by place and action. */
export type Words = ReadonlyMap<string, Level>

export const wordKey = ({ entity, categoryId, stageId }: Place, action: Action): string =>
  JSON.stringify([entity, categoryId, stageId, action])

export const wordsOf = (permissions: readonly Permission[]): Words =>
  new Map(permissions.map((each) => [wordKey(each, each.action), each.level]))

export const permissionsOf = (words: Words): Permission[] =>
  [...words].map(([key, level]) => {
    const [entity, categoryId, stageId, action] = JSON.parse(key) as [string, number | null, string | null, Action]
    return { entity, categoryId, stageId, action, level }
  })

/** Whose word counts where a place says nothing itself: the pipeline's, the entity's, that of everything. */
export function above({ entity, categoryId, stageId }: Place): Place | undefined {
  if (stageId !== null) return placeOf(entity, categoryId)
  if (categoryId !== null) return placeOf(entity)
  return entity === '*' ? undefined : EVERYTHING
}

/** The level that holds in a place. */
export function levelIn(words: Words, place: Place | undefined, action: Action): Level {
  for (let at = place; at !== undefined; at = above(at)) {
    const word = words.get(wordKey(at, action))
    if (word !== undefined) return word
  }
  return 'none'
}

/** Whether anything is said of what is below an entity or a pipeline. */
export const hasExceptions = (words: Words, entity: string): boolean =>
  permissionsOf(words).some((each) => each.entity === entity && (each.categoryId !== null || each.stageId !== null))

export const sameWords = (one: Words, other: Words): boolean =>
  one.size === other.size && [...one].every(([key, level]) => other.get(key) === level)

/** Levels that an action can have in a place; settings are all or nothing. */
export const levelsOf = (action: Action): readonly Level[] => (action === 'configure' ? ['none', 'all'] : levels)

/** Actions that can be told apart by the stage: settings are those of whole pipelines. */
export const actionsIn = ({ stageId }: Place): readonly Action[] =>
  stageId === null ? actions : actions.filter((action) => action !== 'configure')

/** What has rights beside the types of records. */
export const otherEntities = ['product', 'invoice'] as const

export interface MatrixEntity {
  readonly name: string
  readonly title: string
  readonly type: RecordType | undefined
}
