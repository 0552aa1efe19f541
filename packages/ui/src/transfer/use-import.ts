import { computed, type Ref, ref, shallowRef, watch } from 'vue'
import type { RecordType } from '../model/record-types.ts'
import { hasPoints, type MatchBy, type Policy } from './duplicates.ts'
import {
  type Cell,
  type Column,
  dateFormat,
  type FieldInfo,
  readRow,
  type Reading,
  type ReadRow,
  unescapeFormula,
} from './engine.ts'
import { useKnown } from './facts.ts'
import { type Choices, FileFault, readTable, type Table } from './read-file.ts'
import { columnOf, suggestAll } from './suggest.ts'

export type DateOrder = 'auto' | 'MM/DD/YYYY' | 'DD/MM/YYYY'

/** The values that rows get where they have none. */
export interface Defaults {
  assignedById: number | undefined
  categoryId: number | undefined
  stageId: string | undefined
}

/** Everything that is chosen before an import begins. */
export function useImport(type: Ref<RecordType | undefined>) {
  const { data: known, error: knownFault } = useKnown(type)
  const table = shallowRef<Table>()
  const file = shallowRef<File>()
  const fault = shallowRef<FileFault>()
  const isReading = ref(false)
  /** The field of each column, by its key; '' leaves it out. */
  const mapping = ref<string[]>([])
  const decimal = ref<'.' | ','>('.')
  const dates = ref<DateOrder>('auto')
  const defaults = ref<Defaults>({ assignedById: undefined, categoryId: undefined, stageId: undefined })
  const policy = ref<Policy>('skip')
  const matchBy = ref<MatchBy>('points')

  async function open(chosen: File, choices: Choices = {}): Promise<void> {
    file.value = chosen
    fault.value = undefined
    isReading.value = true
    try {
      table.value = await readTable(chosen, choices)
    } catch (cause) {
      if (!(cause instanceof FileFault)) throw cause
      fault.value = cause
      table.value = undefined
    } finally {
      isReading.value = false
    }
  }
  /** The same file, read otherwise. */
  const reread = async (choices: Choices): Promise<void> => {
    if (file.value === undefined || table.value === undefined) return
    const { encoding, delimiter, hasHeader } = table.value
    await open(file.value, { encoding, delimiter, hasHeader, ...choices })
  }

  watch([table, known], ([now, facts], [before]) => {
    if (now === undefined || facts === undefined) return
    if (now === before && mapping.value.length === now.header.length) return
    mapping.value = suggestAll(now.header, facts).map((field) => field?.key ?? '')
    decimal.value = guessDecimal(now, mapping.value, facts.facts.fields)
    if (!hasPoints(type.value?.entityTypeId ?? 0)) matchBy.value = 'id'
  })
  const hasId = computed(() => mapping.value.includes('id'))
  const canMatch = computed(
    () =>
      (hasPoints(type.value?.entityTypeId ?? 0) && mapping.value.some((key) => key === 'PHONE' || key === 'EMAIL')) ||
      hasId.value,
  )

  const fieldOf = (key: string): FieldInfo | undefined => known.value?.facts.fields.find((field) => field.key === key)
  const columns = computed<readonly (Column | undefined)[]>(() =>
    mapping.value.map((key, index) => {
      const field = key === '' ? undefined : fieldOf(key)
      return field === undefined ? undefined : columnOf(table.value?.header[index] ?? '', field)
    }),
  )
  const presets = computed(() => ({
    sets: [],
    defaults: Object.entries(defaults.value).flatMap(([key, value]): Cell[] => {
      const field = fieldOf(key)
      return field === undefined || value === undefined ? [] : [{ column: { name: key, field }, value: String(value) }]
    }),
  }))
  const reading = computed<Reading>(() => ({
    separator: ';',
    decimal: decimal.value,
    dates: dates.value === 'auto' ? [] : [dateFormat(dates.value)].filter((format) => format !== undefined),
    files: false,
  }))

  /** A row of the table as it would be stored. */
  function read(index: number): ReadRow {
    const row = table.value?.rows[index] ?? []
    const cells = columns.value.flatMap((column, at): Cell[] => {
      const value = row[at]
      return column === undefined ? [] : [{ column, value: typeof value === 'string' ? unescapeFormula(value) : value }]
    })
    const facts = known.value?.facts
    if (facts === undefined) throw new Error('the fields are not known yet')
    return readRow({ line: index + 1, cells }, { facts, reading: reading.value, presets: presets.value })
  }

  /** Columns that fill one field although it takes one value only. */
  const doubled = computed(
    () =>
      new Set(
        mapping.value.filter(
          (key, index) => key !== '' && fieldOf(key)?.multiple !== true && mapping.value.indexOf(key) !== index,
        ),
      ),
  )

  return {
    known,
    knownFault,
    table,
    file,
    fault,
    isReading,
    mapping,
    decimal,
    dates,
    defaults,
    policy,
    matchBy,
    hasId,
    canMatch,
    columns,
    doubled,
    open,
    reread,
    read,
    fieldOf,
    reset(): void {
      table.value = undefined
      file.value = undefined
      fault.value = undefined
      mapping.value = []
    },
  }
}
export type Import = ReturnType<typeof useImport>

const NUMBERS = new Set(['double', 'float', 'money'])
/** A comma before one or two last digits is what fractions are written with; a file has one way of it. */
function guessDecimal(table: Table, mapping: readonly string[], fields: readonly FieldInfo[]): '.' | ',' {
  const places = mapping.flatMap((key, index) =>
    NUMBERS.has(fields.find((field) => field.key === key)?.type ?? '') ? [index] : [],
  )
  const values = table.rows.slice(0, 200).flatMap((row) => places.map((place) => String(row[place] ?? '')))
  return values.some((value) => /\d,\d{1,2}\D*$/.test(value)) ? ',' : '.'
}
