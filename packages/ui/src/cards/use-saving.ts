import { computed, type ComputedRef, ref, type Ref, shallowRef } from 'vue'
import { saidOf } from '../api/failure.ts'
import { say } from '../i18n/index.ts'
import type { Row } from '../kinds/kind.ts'
import { isPoint } from '../kinds/multifield/points.ts'
import type { Field } from '../model/fields.ts'
import type { RecordType } from '../model/record-types.ts'
import { ConflictError, type Item, saveRecord } from '../records/writes.ts'
import type { Notify } from '../shell/notify.ts'
import type { CardField } from './card-fields.ts'
import { fieldErrors } from './refusals.ts'
import type { Form } from './use-form.ts'

export interface Saving {
  readonly isSaving: Ref<boolean>
  /** What the portal said of the record as a whole. */
  readonly problem: Ref<string | undefined>
  readonly conflict: Ref<ConflictError | undefined>
  /** Fields that a stage needs and the record lacks, while they are asked for. */
  readonly lacking: ComputedRef<readonly CardField[]>
  readonly wantedStage: Ref<string | undefined>
  /** Saves what was typed; false where it could not be. */
  save(): Promise<boolean>
  /** Moves the record to a stage, and saves what was typed with it. */
  move(stageId: string): Promise<boolean>
  /** Goes on after a conflict: one's own values stay in these fields, theirs in the others. */
  settle(mine: readonly string[]): Promise<boolean>
  stopMoving(): void
}

interface Around {
  readonly type: RecordType
  readonly id: number
  readonly form: Form
  readonly item: () => Item | undefined
  readonly fields: () => readonly Field[] | undefined
  readonly cardFields: () => readonly CardField[]
  readonly stageName: (stageId: string) => string
  readonly notify: Notify
}

export function useSaving({ type, id, form, item, fields, cardFields, stageName, notify }: Around): Saving {
  const isSaving = ref(false)
  const problem = ref<string>()
  const conflict = shallowRef<ConflictError>()
  const lackingNames = shallowRef<readonly string[]>([])
  const wantedStage = ref<string>()
  /** The stage that a conflict has kept the record from. */
  let movingTo: string | undefined

  const titles = (names: readonly string[]): string =>
    [...new Set(names.flatMap((name) => cardFields().find(({ field }) => field.name === name)?.title ?? []))].join(', ')

  async function write(stageId?: string): Promise<boolean> {
    if (isSaving.value) return false
    const { values, base } = form.changes()
    const before = item()
    const stage = type.stageField
    const all: Row = stageId === undefined || stage === null ? values : { ...values, [stage]: stageId }
    const seen: Row = stageId === undefined || stage === null ? base : { ...base, [stage]: before?.[stage] }
    if (Object.keys(all).length === 0) {
      closeInputs([])
      return true
    }
    isSaving.value = true
    problem.value = undefined
    movingTo = stageId
    const inputs = [...form.open]
    try {
      const saved = await saveRecord(type, id, all, seen)
      form.forget(Object.keys(values))
      closeInputs(inputs)
      wantedStage.value = undefined
      lackingNames.value = []
      tell(before, saved, Object.keys(all), stageId)
      return true
    } catch (cause) {
      fail(cause, stageId)
      return false
    } finally {
      isSaving.value = false
    }
  }
  function closeInputs(keys: readonly string[]): void {
    for (const key of keys.length === 0 ? [...form.open] : keys) form.open.delete(key)
  }

  function fail(cause: unknown, stageId: string | undefined): void {
    if (cause instanceof ConflictError) {
      conflict.value = cause
      return
    }
    const errors = fieldErrors(cause)
    const names = Object.keys(errors)
    if (names.length > 0 && stageId !== undefined && names.some((name) => !(name in form.changes().values))) {
      // Whoever is asked the first time has not done anything wrong yet.
      form.errors.value = wantedStage.value === stageId ? errors : {}
      wantedStage.value = stageId
      lackingNames.value = [...new Set([...lackingNames.value, ...names])]
      return
    }
    form.errors.value = errors
    const shown = cardFields().filter(({ key, field }) => key in errors || field.name in errors)
    for (const { key } of shown) form.open.add(key)
    const { key, text } = saidOf(cause)
    if (names.length === 0 || shown.length === 0) problem.value = key === undefined ? text : say(key)
    else problem.value = say('cards.lookAt', { fields: shown.map(({ title }) => title).join(', ') })
    if (stageId !== undefined && names.length === 0) notify.failed(cause)
  }

  /** Says what was done, with the way back where there is one. */
  function tell(before: Item | undefined, saved: Item, names: readonly string[], stageId: string | undefined): void {
    const undo = before === undefined ? undefined : undoing(before, saved, names)
    notify.done(stageId === undefined ? say('cards.saved') : say('cards.moved', { stage: stageName(stageId) }), {
      ...(stageId === undefined ? { description: titles(names) } : {}),
      ...(undo === undefined ? {} : { undo }),
    })
  }

  /** The former values, written under the same guard. A file that was replaced is gone: there is no way back to it. */
  function undoing(before: Item, saved: Item, names: readonly string[]): (() => void) | undefined {
    if (names.some((name) => fields()?.find((field) => field.name === name)?.type === 'file')) return undefined
    return () => {
      const values = Object.fromEntries(names.map((name) => [name, former(before[name], saved[name])]))
      const base = Object.fromEntries(names.map((name) => [name, saved[name] ?? null]))
      saveRecord(type, id, values, base).then(
        () => notify.done(say('cards.undone')),
        (cause: unknown) => notify.failed(cause, say('cards.notUndone')),
      )
    }
  }

  return {
    isSaving,
    problem,
    conflict,
    wantedStage,
    lacking: computed(() => lackingFields(cardFields(), lackingNames.value)),
    save: () => write(),
    move: (stageId) => write(stageId),
    async settle(mine) {
      const found = conflict.value
      if (found === undefined) return false
      const names = Object.keys(found.fields)
      const theirs = Object.fromEntries(names.map((name) => [name, found.fields[name]?.theirs ?? null]))
      const stage = type.stageField ?? ''
      form.rebase(
        names.filter((name) => name !== stage),
        theirs,
      )
      form.forget(names.filter((name) => !mine.includes(name)))
      conflict.value = undefined
      // Where the stage was moved by both, theirs stays unless one insists.
      const stageId = movingTo !== undefined && (!names.includes(stage) || mine.includes(stage)) ? movingTo : undefined
      return write(stageId)
    },
    stopMoving() {
      wantedStage.value = undefined
      lackingNames.value = []
      form.errors.value = {}
    },
  }
}

/** Rows that were removed come back as new ones: their numbers are gone. */
function former(before: unknown, now: unknown): unknown {
  if (!Array.isArray(before) || !before.some(isPoint)) return before ?? null
  const left = new Set((Array.isArray(now) ? now : []).filter(isPoint).map(({ id }) => id))
  return before.filter(isPoint).map((point) => {
    if (left.has(point.id)) return point
    const { id: _gone, ...rest } = point
    return rest
  })
}

function lackingFields(all: readonly CardField[], names: readonly string[]): CardField[] {
  return names.flatMap(
    (name) => all.find(({ key, field }) => key === name || (field.name === name && name !== 'fm')) ?? [],
  )
}
