import { useToast } from '@bitrix24/b24ui-nuxt/composables'
import { saidOf } from '../api/failure.ts'
import { say } from '../i18n/index.ts'

/** Short words about what was done, at the edge of the window: nothing that must be read to go on. */
export interface Notify {
  done(title: string, more?: { description?: string; undo?: () => void }): void
  /** What went wrong, in the portal's words or in ours. */
  failed(cause: unknown, title?: string): void
}

/** The part of the kit's toasts that is used: its own type is deeper than TypeScript follows. */
interface Toasts {
  add(toast: {
    title: string
    description?: string
    color: 'air-primary-success' | 'air-primary-alert'
    duration: number
    actions?: readonly { label: string; onClick: () => void }[]
  }): void
}

export function useNotify(): Notify {
  const toast = useToast() as unknown as Toasts
  return {
    done(title, { description, undo } = {}) {
      toast.add({
        title,
        ...(description === undefined ? {} : { description }),
        color: 'air-primary-success',
        duration: undo === undefined ? 4_000 : 8_000,
        ...(undo === undefined ? {} : { actions: [{ label: say('shell.undo'), onClick: undo }] }),
      })
    },
    failed(cause, title) {
      const { key, text = '' } = saidOf(cause)
      const words = key === undefined ? text : say(key)
      toast.add({
        title: title ?? words,
        ...(title === undefined ? {} : { description: words }),
        color: 'air-primary-alert',
        duration: 10_000,
      })
    },
  }
}
