export interface Piece {
  readonly text: string
  readonly found: boolean
}

/** Letters without their marks, so that `muller` finds `Müller`; as many as there were. */
const plain = (text: string): string =>
  [...text].map((letter) => letter.normalize('NFD').charAt(0).toLowerCase() || letter).join('')

export const wordsIn = (query: string): string[] =>
  plain(query)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)

/** Whether each word begins one of the text's. */
export function answers(text: string, words: readonly string[]): boolean {
  const parts = plain(text).split(/[^\p{L}\p{N}]+/u)
  return words.every((word) => parts.some((part) => part.startsWith(word)))
}

/** A text cut where words of the query are in it. */
export function highlight(text: string, query: string): Piece[] {
  const folded = plain(text)
  const letters = [...text]
  const marks = letters.map(() => false)
  for (const word of wordsIn(query))
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length))
      marks.fill(true, at, at + word.length)
  const pieces: { text: string; found: boolean }[] = []
  letters.forEach((letter, index) => {
    const found = marks[index] === true
    const last = pieces.at(-1)
    if (last?.found === found) last.text += letter
    else pieces.push({ text: letter, found })
  })
  return pieces
}
