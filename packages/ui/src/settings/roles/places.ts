import type { RecordType } from '../../model/record-types.ts'
import type { Status } from '../../model/statuses.ts'
import { inOrder } from '../stages/stage.ts'
import { type MatrixEntity, type Place, placeOf } from './role.ts'

/** A row of the matrix. */
export interface PlaceRow {
  readonly place: Place
  readonly title: string
  readonly depth: 0 | 1 | 2
  /** What can be opened below it. */
  readonly below: readonly PlaceRow[]
}

const stagesOf = (
  statuses: readonly Status[],
  directory: string | null,
  entity: string,
  category: number | null,
  depth: 1 | 2,
): PlaceRow[] =>
  directory === null
    ? []
    : inOrder(statuses.filter(({ ENTITY_ID }) => ENTITY_ID === directory)).map(({ STATUS_ID, NAME }) => ({
        place: placeOf(entity, category, STATUS_ID),
        title: NAME,
        depth,
        below: [],
      }))

function below(type: RecordType, statuses: readonly Status[]): PlaceRow[] {
  const { name, pipelines, hasCategories } = type
  if (!hasCategories) return stagesOf(statuses, pipelines[0]?.stageDirectory ?? null, name, null, 1)
  return pipelines.map((pipeline) => ({
    place: placeOf(name, pipeline.id),
    title: pipeline.name,
    depth: 1,
    below: stagesOf(statuses, pipeline.stageDirectory, name, pipeline.id, 2),
  }))
}

/** An entity with its pipelines, and those with their stages. */
export const rowOf = ({ name, title, type }: MatrixEntity, statuses: readonly Status[]): PlaceRow => ({
  place: placeOf(name),
  title,
  depth: 0,
  below: type === undefined ? [] : below(type, statuses),
})
