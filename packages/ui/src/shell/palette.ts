import type { IconComponent } from '@bitrix24/b24ui-nuxt'
import { getCurrentScope, onScopeDispose, shallowReactive } from 'vue'

/** Something that can be done, for the command palette (Ctrl-K). */
export interface PaletteAction {
  /** `lead.create`: of two with one id the later counts. */
  readonly id: string
  readonly label: string | (() => string)
  readonly icon?: IconComponent
  readonly run: () => void
  /** Other words that it is found by. */
  readonly keywords?: string | (() => string)
  /** A shortcut that does the same, as `useShortcut` takes it. */
  readonly keys?: string
}

export const actions = shallowReactive(new Map<string, PaletteAction>())

/** Offers an action for as long as the component lives, or for good where it is asked for outside of one. */
export function registerAction(action: PaletteAction): () => void {
  actions.set(action.id, action)
  const remove = (): void => {
    if (actions.get(action.id) === action) actions.delete(action.id)
  }
  if (getCurrentScope() !== undefined) onScopeDispose(remove)
  return remove
}

/** A text that may be asked for anew, as when the language changes. */
export const wordsOf = (text: string | (() => string) | undefined): string =>
  typeof text === 'function' ? text() : (text ?? '')
