import { onScopeDispose, shallowReactive } from 'vue'
import { paletteOpen, typedAhead } from './frame.ts'
import { useDepth } from './scope.ts'
import { depthOnTop } from './sliders.ts'

export interface Shortcut {
  /** `c`, `?`, `mod+k` (Ctrl, or Cmd on a Mac), `shift+arrowdown`, `g l` (one after the other). */
  readonly keys: string
  readonly run: (event: KeyboardEvent) => void
  /** What it does, for the list under `?`; an empty one keeps it out of there. */
  readonly label: () => string
  readonly when: () => boolean
  /** The layer that it belongs to; undefined: everywhere. */
  readonly depth: number | undefined
}

export interface ShortcutOptions {
  readonly label?: () => string
  /** Only then; where it is false, the key is as if nobody had asked for it. */
  readonly when?: () => boolean
}

/** Every shortcut of what is shown now, the newest last. */
export const shortcuts = shallowReactive(new Set<Shortcut>())

/**
 * A key for as long as the component lives. Letters rest while somebody types, while a menu or a dialog is open, and
 * below an open slider; `mod+…` works wherever the cursor is. Of several for one key, the one that came last runs.
 */
export function useShortcut(
  keys: string,
  run: (event: KeyboardEvent) => void,
  { label = () => '', when = () => true }: ShortcutOptions = {},
): void {
  const shortcut: Shortcut = { keys: keys.toLowerCase(), run, label, when, depth: useDepth() }
  shortcuts.add(shortcut)
  onScopeDispose(() => shortcuts.delete(shortcut))
}

/** Whether somebody types there. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true
  return target instanceof HTMLInputElement
    ? !['checkbox', 'radio', 'button', 'submit', 'reset', 'file', 'color', 'range'].includes(target.type)
    : target.getAttribute('role') === 'textbox' || target.closest('[role="combobox"], [role="searchbox"]') !== null
}

/** A menu, a list of choices or a dialog takes the keys for itself. Sliders are pages: they do not. */
const isOverlaid = (): boolean =>
  document.querySelector(
    ':is([role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"])[data-state="open"]:not([data-slider], [data-layer="below"])',
  ) !== null

/** `mod+shift+k`, as shortcuts are written. */
export function keysOf(event: KeyboardEvent): string {
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase()
  // Shift has already made `?` of the key; with names of keys and with others held it counts.
  const isShift = event.shiftKey && (key.length > 1 || event.ctrlKey || event.metaKey || event.altKey)
  return [event.ctrlKey || event.metaKey ? 'mod' : '', event.altKey ? 'alt' : '', isShift ? 'shift' : '', key]
    .filter(Boolean)
    .join('+')
}

/** How long the second key of two may take, in milliseconds. */
const PATIENCE = 1_200
let before: { readonly keys: string; readonly at: number } | undefined

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || ['Shift', 'Control', 'Meta', 'Alt'].includes(event.key)) return
  if (paletteOpen.value && !isTyping(event.target) && event.key.length === 1 && !event.ctrlKey && !event.metaKey) {
    typedAhead.value += event.key
    event.preventDefault()
    return
  }
  const keys = keysOf(event)
  const isCommand = keys.startsWith('mod+')
  if (!isCommand && (isTyping(event.target) || isOverlaid())) {
    before = undefined
    return
  }
  const sequence = before !== undefined && event.timeStamp - before.at < PATIENCE ? `${before.keys} ${keys}` : undefined
  before = undefined
  const found = find(sequence) ?? find(keys)
  if (found !== undefined) {
    event.preventDefault()
    found.run(event)
  } else if ([...shortcuts].some((each) => each.keys.startsWith(`${keys} `) && isActive(each)))
    before = { keys, at: event.timeStamp }
}

const isActive = ({ depth, when }: Shortcut): boolean => (depth === undefined || depth === depthOnTop()) && when()

const find = (keys: string | undefined): Shortcut | undefined =>
  keys === undefined ? undefined : [...shortcuts].findLast((each) => each.keys === keys && isActive(each))

export function startShortcuts(): void {
  window.addEventListener('keydown', onKey)
}

const isMac = /Mac|iPhone|iPad/.test(navigator.platform)
const SIGNS: Readonly<Record<string, string>> = {
  mod: isMac ? '⌘' : 'Ctrl',
  shift: '⇧',
  alt: isMac ? '⌥' : 'Alt',
  enter: '↵',
  escape: 'Esc',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
}

/** What stands on the keys, step by step: `[['Ctrl', 'K']]`, `[['G'], ['L']]`. */
export const signsOf = (keys: string): string[][] =>
  keys
    .split(' ')
    .map((step) => step.split(/\+(?=.)/).map((key) => SIGNS[key] ?? (key.length === 1 ? key.toUpperCase() : key)))
