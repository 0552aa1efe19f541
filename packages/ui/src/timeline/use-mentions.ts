import { computed, type ComputedRef, ref, type Ref, useId } from 'vue'
import { type Person, usePeople } from '../model/people.ts'
import { type Edit, mentionAt, type Selection } from './bb-edits.ts'

const MOST = 6

export interface Mentions {
  readonly list: ComputedRef<readonly Person[]>
  /** Which of them Enter chooses. */
  readonly at: Ref<number>
  readonly listId: string
  begin(): void
  /** Looks whether a name is being written. */
  look(): void
  close(): void
  choose(person: Person): void
  insert(text: string): void
  /** Whether the key was for the list. */
  onKey(event: KeyboardEvent): boolean
}

/** People by `@`: a list of names while one is written, `[USER=5]Name[/USER]` when one is chosen. */
export function useMentions(selection: () => Selection, apply: (edit: Edit) => void): Mentions {
  const { data: people } = usePeople()
  const word = ref<string>()
  const at = ref(0)
  const list = computed<readonly Person[]>(() => {
    const text = word.value?.toLowerCase()
    if (text === undefined) return []
    return [...(people.value?.values() ?? [])]
      .filter(({ active, name }) => active && ` ${name.toLowerCase()}`.includes(` ${text}`))
      .slice(0, MOST)
  })
  const insert = (text: string): void => {
    const { start, end } = selection()
    apply({ start, end, insert: text, select: [start + text.length, start + text.length] })
  }
  const mentions: Mentions = {
    list,
    at,
    listId: useId(),
    begin() {
      const { text, start } = selection()
      insert(start === 0 || /\s/.test(text[start - 1] ?? '') ? '@' : ' @')
      word.value = ''
      at.value = 0
    },
    look() {
      // The caret stands where it will when the key has been dealt with.
      setTimeout(() => {
        const next = mentionAt(selection())?.word
        if (next !== word.value) at.value = 0
        word.value = next
      })
    },
    close: () => (word.value = undefined),
    choose({ id, name }) {
      const found = mentionAt(selection())
      const { start } = selection()
      const text = `[USER=${id}]${name.replace(/[[\]]/g, '')}[/USER] `
      const from = found?.from ?? start
      apply({ start: from, end: start, insert: text, select: [from + text.length, from + text.length] })
      word.value = undefined
    },
    insert,
    onKey(event) {
      const count = list.value.length
      if (count === 0) return false
      const move: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }
      const step = move[event.key]
      if (step !== undefined) at.value = (at.value + step + count) % count
      else if (event.key === 'Enter' || event.key === 'Tab') {
        const person = list.value[at.value]
        if (person !== undefined) mentions.choose(person)
      } else if (event.key === 'Escape') word.value = undefined
      else return false
      event.preventDefault()
      event.stopPropagation()
      return true
    },
  }
  return mentions
}
