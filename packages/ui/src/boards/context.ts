import { type ComputedRef, inject, type InjectionKey, type Ref, type ShallowRef } from 'vue'
import type { Field } from '../model/fields.ts'
import type { Person } from '../model/people.ts'
import type { RecordType } from '../model/record-types.ts'
import type { Board } from './board.ts'
import type { Card, Part } from './card.ts'
import type { Companions } from './companions.ts'
import type { Drag } from './drag.ts'
import type { Selection } from './selection.ts'
import type { Stage } from './stages.ts'

/** What columns and cards of a board have in common. */
export interface BoardContext {
  readonly type: ComputedRef<RecordType>
  readonly fields: ComputedRef<ReadonlyMap<string, Field>>
  readonly people: ComputedRef<ReadonlyMap<number, Person>>
  /** Names of sources and types, by field, then by code. */
  readonly badges: ComputedRef<ReadonlyMap<string, ReadonlyMap<string, string>>>
  readonly board: ShallowRef<Board | undefined>
  readonly companions: ComputedRef<Companions | undefined>
  readonly stages: ComputedRef<readonly Stage[]>
  readonly parts: ComputedRef<ReadonlySet<Part>>
  /** Parts that stand as lines with their names. */
  readonly extras: ComputedRef<readonly Field[]>
  readonly drag: Drag
  readonly selection: Selection
  readonly mayAdd: ComputedRef<boolean>
  readonly mayMove: ComputedRef<boolean>
  readonly mayDelete: ComputedRef<boolean>
  /** The card that Tab leads to. */
  readonly focused: Ref<number | undefined>
  readonly hidden: ComputedRef<ReadonlySet<number>>
  /** Renewed every minute: what is due becomes overdue. */
  readonly now: Ref<number>
  readonly isPhone: Ref<boolean>
  move(ids: readonly number[], stageId: string): void
  open(card: Card): void
  remove(ids: readonly number[]): void
  /** Brings a card into sight, by its column. */
  readonly reveal: Map<string, (id: number) => void>
}

export const boardKey: InjectionKey<BoardContext> = Symbol('board')

export function useBoardContext(): BoardContext {
  const context = inject(boardKey)
  if (context === undefined) throw new Error('outside of a board')
  return context
}
