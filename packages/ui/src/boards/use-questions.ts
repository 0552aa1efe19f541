import { shallowRef, type ShallowRef } from 'vue'
import type { Demand } from './moves.ts'

type Values = Readonly<Record<string, unknown>>

/** Something that is being asked, and what its answer goes to. */
export interface Asked<About, Answer> {
  readonly about: About
  readonly answer: (given: Answer | undefined) => void
}

/** One question at a time: a new one ends the one before it. */
function asking<About, Answer>(): {
  readonly asked: ShallowRef<Asked<About, Answer> | undefined>
  readonly ask: (about: About) => Promise<Answer | undefined>
} {
  const asked: ShallowRef<Asked<About, Answer> | undefined> = shallowRef()
  return {
    asked,
    ask: (about) =>
      new Promise((resolve) => {
        asked.value?.answer(undefined)
        asked.value = {
          about,
          answer(given) {
            asked.value = undefined
            resolve(given)
          },
        }
      }),
  }
}

/** What a board asks before it can go on: missing fields, and why something came to nothing. */
export const useQuestions = () => ({
  demand: asking<Demand, Values>(),
  failure: asking<number, string>(),
})
