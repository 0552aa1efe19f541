export const actions = ['read', 'add', 'update', 'delete', 'import', 'export', 'configure'] as const
export type Action = (typeof actions)[number]

/**
 * Whose records: nobody's; one's own; those of one's departments; theirs and of the departments below them; all those
 * and whatever is open (`OPENED`: "taken into account for roles with the access level All open",
 * api-reference/crm/main-entities-fields.md); everybody's. Each holds the ones before it.
 */
export const levels = ['none', 'own', 'department', 'departments', 'opened', 'all'] as const
export type Level = (typeof levels)[number]

/** A level that only some records have: those of a pipeline, of a stage of it, or of a stage of records without pipelines. */
export interface Cell {
  readonly category: number | undefined
  /** Undefined: every stage that has no cell of its own. */
  readonly stage: string | undefined
  readonly level: Level
}

/** What somebody may do: a level, and those of the pipelines and stages where it is another. */
export interface Grant {
  readonly base: Level
  readonly cells: readonly Cell[]
}

export const nothing: Grant = { base: 'none', cells: [] }
export const everything: Grant = { base: 'all', cells: [] }

export const best = (a: Level, b: Level): Level => (levels.indexOf(a) < levels.indexOf(b) ? b : a)

/** The level of records in a pipeline and a stage; the closest word counts. */
export function levelAt({ base, cells }: Grant, category: number | undefined, stage: string | undefined): Level {
  const at = (of: string | undefined): Level | undefined =>
    cells.find((cell) => cell.category === category && cell.stage === of)?.level
  return (stage === undefined ? undefined : at(stage)) ?? at(undefined) ?? base
}

/** The best of several grants, everywhere. */
export function together(grants: readonly Grant[]): Grant {
  const [first = nothing, ...others] = grants
  if (others.length === 0) return first
  const bestAt = (category: number | undefined, stage: string | undefined): Level =>
    grants.map((grant) => levelAt(grant, category, stage)).reduce(best, 'none')
  const places = new Map(
    grants.flatMap(({ cells }) => cells).map(({ category, stage }) => [`${category} ${stage}`, { category, stage }]),
  )
  return {
    base: grants.map(({ base }) => base).reduce(best, 'none'),
    cells: [...places.values()].map(({ category, stage }) => ({ category, stage, level: bestAt(category, stage) })),
  }
}
