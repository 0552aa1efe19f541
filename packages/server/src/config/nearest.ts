/**
 * The word that was probably meant: the nearest known one, undefined where nothing resembles it.
 * @param most letters that may differ; without it a third of the word's, so that short words do not become others
 */
export function nearest(word: string, known: Iterable<string>, most?: number): string | undefined {
  const wanted = word.toLowerCase()
  const bound = most ?? Math.max(1, Math.min(3, Math.floor(wanted.length / 3)))
  let best: { word: string; distance: number } | undefined
  for (const each of known) {
    if (Math.abs(each.length - wanted.length) > bound) continue
    const distance = editDistance(wanted, each.toLowerCase())
    if (distance <= bound && (best === undefined || distance < best.distance)) best = { word: each, distance }
  }
  return best?.word
}

/** Levenshtein's: how many letters to add, drop or replace; two neighbours that changed places count once. */
function editDistance(a: string, b: string): number {
  const width = b.length + 1
  let before: number[] = []
  let previous = Array.from({ length: width }, (_, index) => index)
  for (const [row, letter] of [...a].entries()) {
    const current = [row + 1]
    for (const [column, other] of [...b].entries()) {
      const replaced = (previous[column] ?? 0) + (letter === other ? 0 : 1)
      let least = Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1)
      if (row > 0 && column > 0 && letter === b[column - 1] && a[row - 1] === other)
        least = Math.min(least, (before[column - 1] ?? 0) + 1)
      current.push(least)
    }
    before = previous
    previous = current
  }
  return previous[b.length] ?? 0
}
