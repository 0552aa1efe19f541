import { nextTick, onScopeDispose } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Card } from './card.ts'
import type { BoardContext } from './context.ts'
import { FAILURE } from './failure-target.ts'

interface Options {
  readonly context: BoardContext
  readonly root: () => HTMLElement | null
  /** Stages whose cards are shown, in their order, each with its cards. */
  readonly columns: () => readonly { readonly stageId: string; readonly cards: readonly Card[] }[]
  readonly say: (text: string) => void
  /** Brings a stage into sight. */
  readonly show: (stageId: string) => void
}

export interface BoardKeys {
  onKeydown(event: KeyboardEvent): void
  /** Puts the cursor on a card, wherever it has got to. */
  focus(id: number): Promise<void>
}

/**
 * A board without a mouse: arrows go from card to card; Space lifts a card, arrows carry it from stage to stage, Space
 * puts it down and Escape takes it back. What happens is told aloud.
 */
export function useBoardKeys({ context, root, columns, say, show }: Options): BoardKeys {
  const { t } = useI18n()
  const { drag, stages, selection, focused, board } = context

  const nameOf = (stageId: string | undefined): string => stages.value.find(({ id }) => id === stageId)?.name ?? ''

  async function focus(id: number): Promise<void> {
    const card = board.value?.card(id)
    if (card === undefined) return
    focused.value = id
    context.reveal.get(card.stageId)?.(id)
    await nextTick()
    // A card out of sight is drawn once the list has scrolled to it.
    for (let tries = 0; tries < 12; tries++) {
      const element = root()?.querySelector<HTMLElement>(`[data-card="${id}"]`)
      if (element) {
        element.focus({ preventScroll: true })
        element.scrollIntoView({ block: 'nearest', inline: 'nearest' })
        return
      }
      await new Promise(requestAnimationFrame)
    }
  }

  /** The card beside another: above and below, or at the same height in the next stage that has any. */
  function beside(id: number, key: string): number | undefined {
    const all = columns()
    const column = all.findIndex(({ cards }) => cards.some((card) => card.id === id))
    const cards = all[column]?.cards ?? []
    const row = cards.findIndex((card) => card.id === id)
    switch (key) {
      case 'ArrowDown':
        return cards[row + 1]?.id
      case 'ArrowUp':
        return cards[row - 1]?.id
      case 'Home':
        return cards[0]?.id
      case 'End':
        return cards.at(-1)?.id
      case 'ArrowRight':
      case 'ArrowLeft': {
        const others = key === 'ArrowRight' ? all.slice(column + 1) : all.slice(0, Math.max(0, column)).toReversed()
        return nearest(id, others.find((each) => each.cards.length > 0)?.cards ?? [])
      }
      default:
        return undefined
    }
  }

  /** Of another column, the card that stands at the same height. */
  function nearest(id: number, cards: readonly Card[]): number | undefined {
    const from = root()?.querySelector(`[data-card="${id}"]`)?.getBoundingClientRect()
    const seen = cards.flatMap((card) => {
      const box = root()?.querySelector(`[data-card="${card.id}"]`)?.getBoundingClientRect()
      return box === undefined ? [] : [{ id: card.id, away: Math.abs(box.top - (from?.top ?? 0)) }]
    })
    return seen.sort((one, other) => one.away - other.away)[0]?.id ?? cards[0]?.id
  }

  function lift(id: number): void {
    const card = board.value?.card(id)
    if (card === undefined || !context.mayMove.value || board.value?.pending.has(id)) return
    const ids = selection.has(id) ? [...selection.ids] : [id]
    Object.assign(drag, { ids, by: 'keys', over: card.stageId })
    say(t('boards.lifted', { title: String(card.title), n: ids.length, stage: nameOf(card.stageId) }, ids.length))
    addEventListener('pointerdown', cancel, { once: true })
  }

  function carry(step: 1 | -1): void {
    const order = stages.value.map(({ id }) => id)
    const next = order[order.indexOf(drag.over ?? '') + step]
    if (next === undefined) return
    drag.over = next
    show(next)
    const at = order.indexOf(next) + 1
    say(t('boards.over', { stage: nameOf(next), at, of: order.length }))
  }

  function drop(): void {
    const { ids, over } = drag
    end()
    const [first] = ids
    const from = first === undefined ? undefined : board.value?.card(first)?.stageId
    if (over === undefined || over === from || over === FAILURE) say(t('boards.putBack', { stage: nameOf(from) }))
    else context.move(ids, over)
    if (first !== undefined) void focus(first)
  }

  function cancel(): void {
    if (drag.by !== 'keys') return
    const [first] = drag.ids
    end()
    const from = first === undefined ? undefined : board.value?.card(first)?.stageId
    if (from !== undefined) show(from)
    say(t('boards.putBack', { stage: nameOf(from) }))
  }

  function end(): void {
    removeEventListener('pointerdown', cancel)
    Object.assign(drag, { ids: [], by: undefined, over: undefined })
  }
  onScopeDispose(() => drag.by === 'keys' && end())

  /** Keys while a card is held; true: it was one of ours. */
  function onHeld(event: KeyboardEvent): boolean {
    if (event.key === 'ArrowRight') carry(1)
    else if (event.key === 'ArrowLeft') carry(-1)
    else if (event.key === ' ' || event.key === 'Enter') drop()
    else if (event.key === 'Escape') cancel()
    else return ['ArrowUp', 'ArrowDown', 'Home', 'End', 'Tab'].includes(event.key)
    return true
  }

  function onCard(event: KeyboardEvent, id: number): boolean {
    const card = board.value?.card(id)
    if (card === undefined) return false
    if (event.key === ' ') lift(id)
    else if (event.key === 'Enter') context.open(card)
    else if (event.key === 'x') selection.toggle(id)
    else if (event.key === 'm') root()?.querySelector<HTMLElement>(`[data-card="${id}"] [data-card-menu]`)?.click()
    else if (event.key === 'Delete' && context.mayDelete.value)
      context.remove(selection.has(id) ? [...selection.ids] : [id])
    else {
      const next = beside(id, event.key)
      if (next === undefined) return event.key.startsWith('Arrow')
      if (event.shiftKey && event.key.startsWith('Arrow')) {
        if (!selection.has(id)) selection.toggle(id)
        if (!selection.has(next)) selection.toggle(next)
      }
      void focus(next)
    }
    return true
  }

  /** Ctrl+A on a card: everything of its stage that has been read. */
  function selectsAll(event: KeyboardEvent): boolean {
    const id = Number((event.target as HTMLElement).dataset.card ?? 0)
    if (id === 0 || event.key.toLowerCase() !== 'a' || !(event.ctrlKey || event.metaKey)) return false
    const column = columns().find(({ cards }) => cards.some((card) => card.id === id))
    selection.set((column?.cards ?? []).map((card) => card.id).filter((each) => each > 0))
    event.preventDefault()
    return true
  }

  return {
    focus,
    onKeydown(event) {
      if (selectsAll(event)) return
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
      const target = event.target as HTMLElement
      const id = Number(target.dataset.card ?? 0)
      const isOurs = drag.by === 'keys' ? onHeld(event) : id !== 0 && onCard(event, id)
      if (!isOurs) return
      event.preventDefault()
      event.stopPropagation()
    },
  }
}
