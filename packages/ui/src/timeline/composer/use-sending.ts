import { type Ref, ref } from 'vue'
import { saidOf } from '../../api/failure.ts'
import { say } from '../../i18n/index.ts'

export interface Sending {
  readonly isSending: Ref<boolean>
  /** What went wrong, beside what was written. */
  readonly error: Ref<string>
  send(): Promise<void>
}

/** Sends a form once at a time; what was written stays where it is until it has arrived. */
export function useSending(work: () => Promise<void>): Sending {
  const isSending = ref(false)
  const error = ref('')
  return {
    isSending,
    error,
    async send() {
      if (isSending.value) return
      isSending.value = true
      error.value = ''
      try {
        await work()
      } catch (cause) {
        const { key, text = '' } = saidOf(cause)
        error.value = key === undefined ? text : say(key)
      } finally {
        isSending.value = false
      }
    },
  }
}
