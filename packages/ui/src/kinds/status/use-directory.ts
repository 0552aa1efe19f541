import { computed, type ComputedRef } from 'vue'
import type { Field } from '../../model/fields.ts'
import { useRecordTypes } from '../../model/record-types.ts'
import { type Status, useStatuses } from '../../model/statuses.ts'
import type { Row } from '../kind.ts'
import { directoryOf } from './directory.ts'

/** The entries of a field's directory. Of stages without a known pipeline, those of every one. */
export function useFieldDirectory(props: {
  readonly field: Field
  readonly row?: Row | undefined
}): ComputedRef<readonly Status[]> {
  const { data: statuses } = useStatuses()
  const { data: types } = useRecordTypes()
  return computed(() => {
    const directory = directoryOf(props.field, props.row, types.value ?? [])
    return (statuses.value ?? []).filter(({ ENTITY_ID }) => ENTITY_ID === directory)
  })
}
