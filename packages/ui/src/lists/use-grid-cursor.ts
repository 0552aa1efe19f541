import { nextTick, ref, type Ref } from 'vue'
import type { Ended, GridColumn, Place } from './grid.ts'

export interface GridCursor {
  readonly place: Ref<Place>
  /** Whether the keyboard is in the grid. */
  readonly isInside: Ref<boolean>
  readonly editing: Ref<Place | undefined>
  /** Goes to a cell and brings it into sight. */
  go(place: Place, options?: { focus?: boolean }): Promise<void>
  /** After an edit: to the cell where one goes on. */
  end(ended: Ended): Promise<void>
  onKey(event: KeyboardEvent): void
}

export interface CursorOptions {
  readonly columns: () => readonly GridColumn[]
  readonly count: () => number
  /** Rows of a screen. */
  readonly page: () => number
  readonly show: (row: number) => void
  readonly focus: (place: Place) => void
  readonly isEditable: (place: Place) => boolean
  readonly select: (row: number, how: 'toggle' | 'extend') => void
  readonly selectAll: () => void
  readonly clear: () => boolean
  readonly open: (row: number) => void
  readonly sort: (column: number, isBeside: boolean) => void
  readonly resize: (column: number, by: number) => void
}

const STEP = 16

/** Arrows, Home, End, Page keys, Space, Enter and F2: the grid as ARIA describes one. */
export function useGridCursor(options: CursorOptions): GridCursor {
  const { columns, count, page, show, focus, isEditable } = options
  const place = ref<Place>({ row: 0, column: 0 })
  const isInside = ref(false)
  const editing = ref<Place>()

  const within = ({ row, column }: Place): Place => ({
    row: Math.max(-1, Math.min(row, count() - 1)),
    column: Math.max(0, Math.min(column, columns().length - 1)),
  })

  async function go(to: Place, { focus: takes = true } = {}): Promise<void> {
    place.value = within(to)
    if (place.value.row >= 0) show(place.value.row)
    await nextTick()
    if (takes) focus(place.value)
  }

  /** The next cell that can be edited, in this row or another one. */
  function following({ row, column }: Place, by: 1 | -1): Place | undefined {
    const width = columns().length
    for (let step = 1; step <= width * 2; step++) {
      const at = row * width + column + by * step
      const next = { row: Math.floor(at / width), column: ((at % width) + width) % width }
      if (next.row < 0 || next.row >= count()) return undefined
      if (isEditable(next)) return next
    }
    return undefined
  }

  async function end(ended: Ended): Promise<void> {
    const from = editing.value
    editing.value = undefined
    if (from === undefined) return
    const next =
      ended === 'next'
        ? following(from, 1)
        : ended === 'previous'
          ? following(from, -1)
          : ended === 'below'
            ? { row: from.row + 1, column: from.column }
            : from
    await go(next ?? from)
    if ((ended === 'next' || ended === 'previous') && next !== undefined) editing.value = place.value
  }

  const isRightToLeft = (): boolean => document.dir === 'rtl'

  function moved(event: KeyboardEvent): Place | undefined {
    const { row, column } = place.value
    const isFar = event.ctrlKey || event.metaKey
    switch (event.key) {
      case 'ArrowDown':
        return { row: isFar ? count() - 1 : row + 1, column }
      case 'ArrowUp':
        return { row: isFar ? 0 : row - 1, column }
      case 'ArrowRight':
      case 'ArrowLeft':
        return { row, column: column + ((event.key === 'ArrowRight') === isRightToLeft() ? -1 : 1) }
      case 'Home':
        return isFar ? { row: 0, column: 0 } : { row, column: 0 }
      case 'End':
        return isFar ? { row: count() - 1, column } : { row, column: columns().length - 1 }
      case 'PageDown':
        return { row: Math.max(0, row) + page(), column }
      case 'PageUp':
        return { row: Math.max(0, row - page()), column }
    }
    return undefined
  }

  /** Whether the key was for the grid. */
  function handle(event: KeyboardEvent): boolean {
    const { row, column } = place.value
    const isHeader = row < 0
    if (isHeader && event.altKey && /^Arrow(Left|Right)$/.test(event.key)) {
      options.resize(column, event.key === 'ArrowRight' ? STEP : -STEP)
      return true
    }
    if (event.altKey) return false
    const to = moved(event)
    if (to !== undefined) {
      if (event.shiftKey && !isHeader && /^Arrow(Up|Down)$/.test(event.key) && to.row >= 0 && to.row < count())
        options.select(to.row, 'extend')
      void go(to)
      return true
    }
    if (event.key === 'Escape') return options.clear()
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') {
      options.selectAll()
      return true
    }
    if (isHeader) {
      if (event.key !== 'Enter' && event.key !== ' ') return false
      options.sort(column, event.shiftKey)
      return true
    }
    if (event.key === ' ') {
      options.select(row, event.shiftKey ? 'extend' : 'toggle')
      return true
    }
    if (event.key === 'F2' || event.key === 'Enter') {
      const isTitle = event.key === 'Enter' && (column === 0 || event.ctrlKey || event.metaKey)
      if (!isTitle && isEditable(place.value)) editing.value = place.value
      else if (event.key === 'Enter') options.open(row)
      return true
    }
    return false
  }

  return {
    place,
    isInside,
    editing,
    go,
    end,
    onKey(event) {
      if (event.defaultPrevented || editing.value !== undefined || event.isComposing) return
      // Links and boxes within a cell have keys of their own.
      const target = event.target as HTMLElement
      const isCell = target.matches('[role="gridcell"], [role="columnheader"]')
      if (!isCell && (event.key === 'Enter' || event.key === ' ')) return
      if (handle(event)) {
        event.preventDefault()
        event.stopPropagation()
      }
    },
  }
}
