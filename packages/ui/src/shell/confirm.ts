import { shallowRef } from 'vue'

export interface Question {
  readonly title: string
  readonly text?: string
  /** What the button says that does it. */
  readonly action: string
  /** It can't be taken back. */
  readonly danger?: boolean
}

interface Asked extends Question {
  readonly answer: (yes: boolean) => void
}

/** What is being asked: ConfirmDialog.vue shows it. */
export const asked = shallowRef<Asked>()

/** Asks before something that can't be undone; false where the person thinks better of it. */
export const confirm = (question: Question): Promise<boolean> =>
  new Promise((resolve) => {
    asked.value?.answer(false)
    asked.value = {
      ...question,
      answer(yes) {
        asked.value = undefined
        resolve(yes)
      },
    }
  })
