import type { Component } from 'vue'
import type { Op } from '../filters/condition.ts'
import { type Asked, wayOf } from '../filters/field-ops.ts'
import type { Field } from '../model/fields.ts'
import type { RecordType } from '../model/record-types.ts'
import DateFilter from './date/Filter.vue'
import DoubleFilter from './double/Filter.vue'
import LinkFilter from './link/Filter.vue'
import StatusFilter from './status/Filter.vue'
import StringFilter from './string/Filter.vue'
import UserFilter from './user/Filter.vue'

/** What every Filter takes; it tells `update:value`. Operators that say everything need none. */
export interface FilterProps {
  readonly field: Field
  readonly type: RecordType
  readonly op: Op
  readonly value: readonly string[]
}

/** Kinds that are asked about in the same way share a Filter: that of the kind which is the model of the others. */
const filters: Readonly<Record<Asked, Component | undefined>> = {
  text: StringFilter,
  number: DoubleFilter,
  date: DateFilter,
  choice: StatusFilter,
  user: UserFilter,
  link: LinkFilter,
  plain: undefined,
}

/** How a field is asked about, and with what. */
export function filterOf(field: Pick<Field, 'name' | 'type' | 'isDynamic'>): {
  /** Undefined where the operators say everything. */
  readonly Filter: Component | undefined
  readonly ops: readonly Op[]
} {
  const { asked, ops } = wayOf(field)
  return { Filter: filters[asked], ops }
}
