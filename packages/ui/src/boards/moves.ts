import { PortalError } from 'portico-client'
import { ref, type Ref } from 'vue'
import { saidOf } from '../api/failure.ts'
import type { Field } from '../model/fields.ts'
import type { RecordType } from '../model/record-types.ts'
import type { Notify } from '../shell/notify.ts'
import type { Board } from './board.ts'
import type { Card } from './card.ts'
import { fieldsIn, missingIn } from './required.ts'
import { giveBack, shift, type Values, write, type Worth } from './stage-writes.ts'
import { isClosing, type Stage } from './stages.ts'

/** What a stage needs and some cards do not have. */
export interface Demand {
  readonly stage: Stage
  readonly cards: readonly Card[]
  readonly fields: readonly string[]
  /** What the portal said of what was filled in before. */
  readonly problem?: string | undefined
}

interface Around {
  readonly board: () => Board | undefined
  readonly type: () => RecordType | undefined
  readonly fields: () => readonly Field[]
  readonly required: () => ReadonlyMap<string, readonly string[]>
  readonly stage: (id: string) => Stage | undefined
  readonly worth: () => Worth
  readonly notify: Notify
  readonly say: (text: string) => void
  readonly t: (key: string, named?: Record<string, unknown>, plural?: number) => string
  /** Fills in what is needed; undefined where the person thinks better of it. */
  readonly fillIn: (demand: Demand) => Promise<Values | undefined>
}

/** A move that was made: the cards as they stood before, and where they are now. */
interface Done {
  readonly cards: readonly Card[]
  readonly to: string
}

export interface Moves {
  /** Moves cards to a stage: they stand there at once, and go back where the portal refuses. */
  move(ids: readonly number[], stageId: string): Promise<void>
  /** Takes the last move back. */
  undo(): Promise<void>
  readonly canUndo: Ref<boolean>
}

/** Text and cause are shown for the first that failed; the others have most likely failed alike. */
export function useMoves(around: Around): Moves {
  const { notify, say, t, worth } = around
  let last: Done | undefined
  const canUndo = ref(false)
  const remember = (done: Done | undefined): void => {
    last = done
    canUndo.value = done !== undefined
  }

  const move = (ids: readonly number[], to: string): Promise<void> =>
    moveCards(
      ids.flatMap((id) => around.board()?.card(id) ?? []),
      to,
    )

  async function moveCards(given: readonly Card[], to: string): Promise<void> {
    const [board, type, stage] = [around.board(), around.type(), around.stage(to)]
    if (board === undefined || type === undefined || stage === undefined) return
    const cards = given.filter((card) => card.stageId !== to && card.id > 0 && !board.pending.has(card.id))
    if (cards.length === 0) return
    shift(board, cards, to, worth())
    const staying = new Set<Card>()
    const values = new Map<number, Values>()
    const failed = new Map<number, Error>()
    let waiting: readonly Card[] = cards
    let lacking = await known(type, cards, to)
    let problem: string | undefined
    while (waiting.length > 0) {
      const lacks = waiting.filter(({ id }) => lacking.has(id))
      if (lacks.length > 0 && !(await ask(stage, lacks, lacking, values, problem))) {
        giveBack(board, lacks, to, worth())
        say(t('boards.stays', { n: lacks.length }, lacks.length))
        for (const card of lacks) staying.add(card)
        waiting = waiting.filter((card) => !staying.has(card))
      }
      const refused = await write(board, type, waiting, to, values)
      const again = new Map<number, readonly string[]>()
      problem = undefined
      for (const [id, cause] of refused) {
        const named = fieldsIn(cause)
        const asked = lacking.get(id) ?? []
        // What was filled in and is no good is asked for once more, with the portal's words.
        if (named.length > 0) again.set(id, named)
        else if (asked.length > 0 && isAboutField(cause)) again.set(id, asked)
        else failed.set(id, cause)
        if (asked.length > 0 && again.has(id)) problem ??= saidOf(cause).text
      }
      lacking = again
      waiting = waiting.filter(({ id }) => again.has(id))
    }
    const tried = cards.filter((card) => !staying.has(card))
    if (tried.length > 0) finish(board, tried, to, failed)
  }

  /** Has the missing fields filled in; false where the person thinks better of it. */
  async function ask(
    stage: Stage,
    cards: readonly Card[],
    lacking: ReadonlyMap<number, readonly string[]>,
    values: Map<number, Values>,
    problem: string | undefined,
  ): Promise<boolean> {
    const fields = [...new Set(cards.flatMap(({ id }) => lacking.get(id) ?? []))]
    const given = await around.fillIn({ stage, cards, fields, problem })
    if (given === undefined) return false
    for (const { id } of cards) values.set(id, { ...values.get(id), ...onlyOf(given, lacking.get(id) ?? []) })
    return true
  }

  /** What the stage is known to need; where it can't be asked, the portal will say it. */
  async function known(
    { entityTypeId }: RecordType,
    cards: readonly Card[],
    to: string,
  ): Promise<ReadonlyMap<number, readonly string[]>> {
    const names = around.required().get(to) ?? []
    if (names.length === 0) return new Map()
    return missingIn(entityTypeId, cards, names, around.fields()).catch(() => new Map())
  }

  function finish(board: Board, cards: readonly Card[], to: string, failed: ReadonlyMap<number, Error>): void {
    const refused = cards.filter(({ id }) => failed.has(id))
    const [first] = refused
    if (first !== undefined) {
      giveBack(board, refused, to, worth())
      const title = t('boards.notMoved', { title: titleOf(first), n: refused.length }, refused.length)
      notify.failed(failed.get(first.id), title)
      say(`${title} ${saidOf(failed.get(first.id)).text ?? ''}`)
    }
    const moved = cards.filter((card) => !failed.has(card.id))
    void board.readTotals([...new Set([to, ...cards.map(({ stageId }) => stageId)])])
    if (moved.length === 0) return
    const done: Done = { cards: moved, to }
    remember(done)
    const stage = around.stage(to)
    const text = t(
      'boards.moved',
      { title: titleOf(moved[0]), n: moved.length, stage: stage?.name ?? to },
      moved.length,
    )
    say(text)
    if (moved.length > 1 || (stage !== undefined && isClosing(stage)))
      notify.done(text, { undo: () => void takeBack(done) })
  }

  async function takeBack({ cards, to }: Done): Promise<void> {
    for (const stageId of new Set(cards.map((card) => card.stageId)))
      await moveCards(
        cards.filter((card) => card.stageId === stageId).map((card) => ({ ...card, stageId: to })),
        stageId,
      )
    remember(undefined)
  }

  async function undo(): Promise<void> {
    if (last !== undefined) await takeBack(last)
  }

  return { move, undo, canUndo }
}

const titleOf = (card: Card | undefined): string => String(card?.title ?? '') || `#${card?.id ?? ''}`

const isAboutField = (cause: Error): boolean => cause instanceof PortalError && cause.code.startsWith('CRM_FIELD_ERROR')

/** Of what was filled in, what this card lacks: the others keep what they have. */
function onlyOf(given: Values, names: readonly string[]): Values {
  const points = Array.isArray(given.fm) ? (given.fm as { typeId?: string }[]) : []
  const own = Object.fromEntries(Object.entries(given).filter(([name]) => names.includes(name)))
  const fm = points.filter(({ typeId = '' }) => names.includes(typeId))
  return fm.length > 0 ? { ...own, fm } : own
}
