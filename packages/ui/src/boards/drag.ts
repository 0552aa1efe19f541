import { onScopeDispose, shallowReactive } from 'vue'

/** Where cards may be dropped: a stage, or `failure` for the choice among several. */
export type Target = string

export interface Drag {
  /** The cards that are held; none: nothing is being moved. */
  ids: readonly number[]
  /** Over what they are. */
  over: Target | undefined
  by: 'pointer' | 'keys' | undefined
}

interface Options {
  /** The board: its columns scroll it, and what is pressed outside of it is none of ours. */
  readonly root: () => HTMLElement | null
  readonly mayMove: (id: number) => boolean
  /** What goes along with a card: all that are chosen, if it is one of them. */
  readonly along: (id: number) => readonly number[]
  readonly drop: (ids: readonly number[], over: Target, ghost: DOMRect) => void
  readonly cancelled: () => void
}

/** Pixels that a mouse moves, and milliseconds that a finger rests, before a press is more than a press. */
const SLACK = 6
const PRESS = 350
/** Pixels from an edge within which what lies under it scrolls, and pixels it does so in a frame at most. */
const EDGE = 72
const FASTEST = 18
/** Milliseconds for which a finger rests at the edge until the next stage comes, where one fills the screen. */
const STEP = 650

interface Press {
  readonly id: number
  readonly card: HTMLElement
  readonly pointer: number
  readonly isTouch: boolean
  readonly x: number
  readonly y: number
  readonly timer: ReturnType<typeof setTimeout> | undefined
}

/**
 * Moves cards by mouse, finger and pen. Nothing of Vue is asked while something moves, but for the column that it is
 * over: a copy of the card follows the pointer, and only its `transform` changes, once a frame.
 */
export function useDrag({ root, mayMove, along, drop, cancelled }: Options): Drag {
  const drag: Drag = shallowReactive({ ids: [], over: undefined, by: undefined })
  let press: Press | undefined
  let ghost: HTMLElement | undefined
  let at = { x: 0, y: 0 }
  let hold = { x: 0, y: 0 }
  let frame = 0
  let steppedAt = 0

  function down(event: PointerEvent): void {
    if (event.button !== 0 || !event.isPrimary || drag.by !== undefined || event.ctrlKey || event.metaKey) return
    if (!(event.target instanceof Element) || event.target.closest('button, input, textarea, [data-still]')) return
    const card = event.target.closest<HTMLElement>('[data-card]')
    const id = Number(card?.dataset.card ?? 0)
    if (card === null || !root()?.contains(card) || !mayMove(id)) return
    const isTouch = event.pointerType !== 'mouse'
    const timer = isTouch ? setTimeout(() => press && begin(press), PRESS) : undefined
    press = { id, card, pointer: event.pointerId, isTouch, x: event.clientX, y: event.clientY, timer }
    at = { x: event.clientX, y: event.clientY }
  }

  function begin({ id, card, isTouch, x, y }: Press): void {
    const box = card.getBoundingClientRect()
    hold = { x: x - box.left, y: y - box.top }
    ghost = copyOf(card, box, along(id).length)
    document.body.append(ghost)
    document.documentElement.classList.add('board-dragging')
    if (isTouch) navigator.vibrate?.(12)
    Object.assign(drag, { ids: along(id), by: 'pointer', over: undefined })
    frame = requestAnimationFrame(tick)
  }

  function moved(event: PointerEvent): void {
    if (press === undefined || event.pointerId !== press.pointer) return
    at = { x: event.clientX, y: event.clientY }
    if (drag.by === 'pointer') return
    if (Math.hypot(at.x - press.x, at.y - press.y) < SLACK) return
    // A finger that moves before it has rested scrolls.
    if (press.isTouch) release()
    else begin(press)
  }

  function tick(time: number): void {
    const board = root()
    if (ghost === undefined || board === null) return
    ghost.style.transform = `translate3d(${at.x - hold.x}px, ${at.y - hold.y}px, 0) rotate(1.5deg)`
    const under = document.elementFromPoint(at.x, at.y)
    const over = under?.closest<HTMLElement>('[data-drop]')?.dataset.drop
    if (over !== drag.over) drag.over = over
    const list = under?.closest<HTMLElement>('[data-cards]')
    if (list) list.scrollTop += speed(at.y, list.getBoundingClientRect(), 'top', 'bottom')
    scrollBoard(board, time)
    frame = requestAnimationFrame(tick)
  }

  function scrollBoard(board: HTMLElement, time: number): void {
    const box = board.getBoundingClientRect()
    const amount = speed(at.x, box, 'left', 'right')
    if (amount === 0) steppedAt = time
    else if (!press?.isTouch || box.width > 640) board.scrollLeft += amount
    else if (time - steppedAt > STEP) {
      steppedAt = time
      board.scrollBy({ left: Math.sign(amount) * box.width * 0.9, behavior: 'smooth' })
    }
  }

  function up(event: PointerEvent): void {
    if (press === undefined || event.pointerId !== press.pointer) return
    if (drag.by !== 'pointer') return release()
    const { ids, over } = drag
    const box = ghost?.getBoundingClientRect()
    release()
    suppressClick()
    if (over !== undefined && box !== undefined) drop(ids, over, box)
    else cancelled()
  }

  function release(): void {
    clearTimeout(press?.timer)
    cancelAnimationFrame(frame)
    ghost?.remove()
    ghost = undefined
    press = undefined
    document.documentElement.classList.remove('board-dragging')
    if (drag.by === 'pointer') Object.assign(drag, { ids: [], over: undefined, by: undefined })
  }

  function abort(): void {
    const was = drag.by === 'pointer'
    release()
    if (was) cancelled()
  }

  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || drag.by !== 'pointer') return
    event.preventDefault()
    event.stopPropagation()
    abort()
  }
  // A page that scrolls under a held card would take the pointer away.
  const onTouch = (event: TouchEvent): void => {
    if (drag.by === 'pointer' && event.cancelable) event.preventDefault()
  }
  const onMenu = (event: Event): void => {
    if (press?.isTouch) event.preventDefault()
  }
  const onNative = (event: Event): void => {
    if (event.target instanceof Element && event.target.closest('[data-card]')) event.preventDefault()
  }

  const listening = new AbortController()
  const { signal } = listening
  addEventListener('pointerdown', down, { signal })
  addEventListener('pointermove', moved, { signal })
  addEventListener('pointerup', up, { signal })
  addEventListener('pointercancel', abort, { signal })
  addEventListener('blur', abort, { signal })
  addEventListener('keydown', onKey, { signal, capture: true })
  addEventListener('touchmove', onTouch, { signal, passive: false })
  addEventListener('contextmenu', onMenu, { signal })
  addEventListener('dragstart', onNative, { signal })
  onScopeDispose(() => {
    release()
    listening.abort()
  })
  return drag
}

/** How fast something scrolls: the nearer to its edge, the faster. */
function speed(place: number, box: DOMRect, low: 'left' | 'top', high: 'right' | 'bottom'): number {
  const edge = Math.min(EDGE, (box[high] - box[low]) / 5)
  const [before, after] = [place - box[low], box[high] - place]
  if (before < edge) return -Math.min(1, (edge - before) / edge) * FASTEST
  return after < edge ? Math.min(1, (edge - after) / edge) * FASTEST : 0
}

/** What follows the pointer: the card itself, and how many go along with it. */
function copyOf(card: HTMLElement, box: DOMRect, many: number): HTMLElement {
  const copy = card.cloneNode(true) as HTMLElement
  for (const each of [copy, ...copy.querySelectorAll('[id]')]) each.removeAttribute('id')
  delete copy.dataset.card
  copy.removeAttribute('tabindex')
  copy.setAttribute('aria-hidden', 'true')
  copy.classList.add('board-ghost')
  Object.assign(copy.style, { width: `${box.width}px`, height: `${box.height}px` })
  if (many > 1) {
    const badge = document.createElement('span')
    badge.className = 'board-ghost-count'
    badge.textContent = String(many)
    copy.append(badge)
    copy.classList.add('board-ghost-many')
  }
  return copy
}

/** The click that the browser makes of a press and a release is not one. */
function suppressClick(): void {
  const stop = (event: Event): void => {
    event.preventDefault()
    event.stopPropagation()
  }
  addEventListener('click', stop, { capture: true, once: true })
  setTimeout(() => removeEventListener('click', stop, { capture: true }), 0)
}
