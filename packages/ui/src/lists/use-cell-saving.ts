import { reactive, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { saidOf } from '../api/failure.ts'
import { say } from '../i18n/index.ts'
import { kindOf } from '../kinds/index.ts'
import { usePeople } from '../model/people.ts'
import type { RecordType } from '../model/record-types.ts'
import { recordTitle } from '../records/titles.ts'
import { ConflictError, saveRecord } from '../records/writes.ts'
import { confirm } from '../shell/confirm.ts'
import { useNotify } from '../shell/notify.ts'
import type { ListRow, RecordColumn } from './columns.ts'
import type { ListRows } from './use-rows.ts'

/** What somebody has typed and the portal has not taken. */
export interface Refused {
  readonly value: unknown
  readonly text: string
}

export interface CellSaving {
  refusedAt(id: number, column: string): Refused | undefined
  save(row: ListRow, column: RecordColumn, values: Readonly<Record<string, unknown>>): Promise<void>
}

/** Changes of cells: shown at once, taken back where the portal refuses them, and asked about where two have changed the same. */
export function useCellSaving(type: Ref<RecordType | undefined>, rows: ListRows): CellSaving {
  const { t } = useI18n()
  const notify = useNotify()
  const { data: people } = usePeople()
  const refused = reactive(new Map<string, Refused>())
  const keyOf = (id: number, column: string): string => `${id} ${column}`

  async function settle(
    cause: ConflictError,
    row: ListRow,
    column: RecordColumn,
    values: Readonly<Record<string, unknown>>,
  ) {
    const theirs = cause.fields[column.id]?.theirs
    const text = (value: unknown): string => kindOf(column.field).text(value, column.field, row) || t('lists.nothing')
    const isMine = await confirm({
      title: t('lists.conflict.title', { field: column.title }),
      text: t('lists.conflict.text', {
        person: people.value?.get(cause.by ?? 0)?.name ?? t('lists.conflict.somebody'),
        theirs: text(theirs),
        mine: text(values[column.id]),
      }),
      action: t('lists.conflict.mine'),
    })
    if (isMine) await write({ ...row, [column.id]: theirs }, column, values, {})
  }

  async function write(
    row: ListRow,
    column: RecordColumn,
    values: Readonly<Record<string, unknown>>,
    base: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    if (type.value === undefined) return
    const key = keyOf(row.id, column.id)
    refused.delete(key)
    const takeBack = rows.patch(row.id, values)
    try {
      await saveRecord(type.value, row.id, values, base)
    } catch (cause) {
      takeBack()
      if (cause instanceof ConflictError) {
        await settle(cause, row, column, values)
        return
      }
      const { key: message, text = '' } = saidOf(cause)
      refused.set(key, { value: values[column.id], text: message === undefined ? text : say(message) })
      notify.failed(
        cause,
        t('lists.notSaved', { field: column.title, record: recordTitle(type.value.entityTypeId, row) }),
      )
    }
  }

  return {
    refusedAt: (id, column) => refused.get(keyOf(id, column)),
    save: (row, column, values) =>
      write(row, column, values, Object.fromEntries(Object.keys(values).map((name) => [name, row[name]]))),
  }
}
