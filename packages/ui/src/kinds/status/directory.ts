import { queries } from '../../api/queries.ts'
import { type RecordType, typesQuery } from '../../model/record-types.ts'
import { type Status, statusesQuery } from '../../model/statuses.ts'
import type { Field } from '../../model/fields.ts'
import { type Row, settingsOf } from '../kind.ts'

/** The directory that a field's codes are of: `SOURCE`; stages have one in each pipeline. */
export function directoryOf(field: Field, row?: Row, types = knownTypes()): string | undefined {
  const type = types.find(({ entityTypeId }) => entityTypeId === Number(row?.entityTypeId))
  if (type !== undefined && isStage(type, field.name)) {
    const pipeline = type.pipelines.find(({ id }) => id === Number(row?.categoryId ?? 0)) ?? type.pipelines[0]
    return pipeline?.stageDirectory ?? undefined
  }
  const { ENTITY_TYPE } = settingsOf(field)
  return field.statusType ?? (typeof ENTITY_TYPE === 'string' && ENTITY_TYPE !== '' ? ENTITY_TYPE : undefined)
}

const isStage = (type: RecordType, name: string): boolean =>
  type.stageField !== null && (name === type.stageField || name === 'previousStageId')

const knownTypes = (): readonly RecordType[] => queries.getQueryData(typesQuery.queryKey) ?? []
const knownStatuses = (): readonly Status[] => queries.getQueryData(statusesQuery.queryKey) ?? []

/** The names of a directory's codes, as far as they have been read. */
export const directoryNames = (directory: string | undefined): ReadonlyMap<string, string> =>
  new Map(
    knownStatuses()
      .filter(({ ENTITY_ID }) => ENTITY_ID === directory)
      .map(({ STATUS_ID, NAME }) => [STATUS_ID, NAME]),
  )
