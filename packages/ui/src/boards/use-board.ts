import { useQuery } from '@tanstack/vue-query'
import { computed, type ComputedRef, onScopeDispose, type Ref, ref, shallowRef, type ShallowRef, watch } from 'vue'
import { onHappened } from '../api/live.ts'
import { Board, type BoardSpec } from './board.ts'
import type { Part } from './card.ts'
import { Companions } from './companions.ts'

interface Kept {
  readonly board: Board
  readonly companions: Companions
}

/** Boards that were just looked at: who comes back sees them as they were, while they are read anew. */
const kept = new Map<string, Kept>()
const MOST_KEPT = 6
/** Milliseconds that changes are gathered for, and after which a new filter shows skeletons rather than old cards. */
const GATHER = 120
const PATIENCE = 500

/** An activity: cards show the next of them. */
const ACTIVITY = 6

export interface LiveBoard {
  readonly board: ShallowRef<Board | undefined>
  readonly companions: ComputedRef<Companions | undefined>
  /** Other cards are on their way: what is shown is that of the filter before. */
  readonly isStale: Ref<boolean>
}

/**
 * The board that a page shows, kept fresh by what happens elsewhere.
 *
 * @param spec undefined until everything is known that a board is made of
 * @param first the columns to read at once
 */
export function useBoard(
  spec: ComputedRef<BoardSpec | undefined>,
  parts: ComputedRef<readonly Part[]>,
  first: () => readonly string[],
): LiveBoard {
  const shown = shallowRef<Kept>()
  const isStale = ref(false)
  const board = shallowRef<Board>()

  const key = computed(() => (spec.value === undefined ? undefined : JSON.stringify([spec.value, parts.value])))
  let turn = 0
  watch(
    key,
    async (now) => {
      if (now === undefined || spec.value === undefined) return
      const mine = ++turn
      const before = shown.value
      const known = kept.get(now)
      const next = known ?? make(spec.value, parts.value)
      keep(now, next)
      const isSamePlace =
        before !== undefined &&
        before.board.spec.entityTypeId === spec.value.entityTypeId &&
        before.board.spec.categoryId === spec.value.categoryId
      const reading = known === undefined ? open(next, first()) : next.board.refresh()
      if (isSamePlace && known === undefined) {
        isStale.value = true
        await Promise.race([reading, new Promise((resolve) => setTimeout(resolve, PATIENCE))])
        if (mine !== turn) return
        isStale.value = false
      }
      shown.value = next
      board.value = next.board
    },
    { immediate: true },
  )

  follow(board, () => shown.value?.companions)
  return { board, companions: computed(() => shown.value?.companions), isStale }
}

function make(spec: BoardSpec, parts: readonly Part[]): Kept {
  const board = new Board(spec)
  const companions = new Companions(spec.entityTypeId, {
    clients: parts.includes('client') || parts.includes('reach'),
    activities: parts.includes('activity'),
  })
  board.onCards = (cards) => void companions.read(cards).catch(() => undefined)
  return { board, companions }
}

async function open({ board }: Kept, stageIds: readonly string[]): Promise<void> {
  await Promise.all([board.want(stageIds), board.readTotals()])
}

function keep(key: string, entry: Kept): void {
  kept.delete(key)
  kept.set(key, entry)
  for (const old of kept.keys()) {
    if (kept.size <= MOST_KEPT) break
    kept.delete(old)
  }
}

/** Hears of what happens, and has just that read anew. */
function follow(board: ShallowRef<Board | undefined>, companions: () => Companions | undefined): void {
  const touched = new Set<number>()
  const active = new Set<number>()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function read(): Promise<void> {
    timer = undefined
    const [records, owners] = [[...touched], [...active]]
    touched.clear()
    active.clear()
    const now = board.value
    if (now === undefined) return
    // What fails here is seen by the next look: nothing of it was asked for by the person.
    await Promise.all([
      records.includes(0) ? now.refresh() : now.touched(records),
      companions()?.activitiesOf(owners.filter((id) => now.card(id) !== undefined)),
    ]).catch(() => undefined)
  }
  const soon = (): void => {
    timer ??= setTimeout(() => void read(), GATHER)
  }

  onHappened(({ entityTypeId, id, owners = [] }) => {
    const typeId = board.value?.spec.entityTypeId
    if (entityTypeId === typeId) touched.add(id)
    else if (entityTypeId === ACTIVITY)
      for (const owner of owners) if (owner.entityTypeId === typeId) active.add(owner.id)
    if (touched.size + active.size > 0) soon()
  })
  onScopeDispose(() => clearTimeout(timer))

  // Whoever writes in this window says so, whether or not the stream of events is open.
  useQuery({
    queryKey: computed(() => ['totals', board.value?.spec.entityTypeId ?? 0, 'board']),
    enabled: computed(() => board.value !== undefined),
    staleTime: Infinity,
    refetchOnWindowFocus: 'always',
    queryFn: async ({ signal }) => {
      const now = board.value
      if (now?.totals.currencyId === '') return Date.now()
      await new Promise((resolve) => setTimeout(resolve, GATHER * 2))
      if (!signal.aborted) await now?.check()
      return Date.now()
    },
  })
}
