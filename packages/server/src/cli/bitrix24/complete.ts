import { commonOptions } from './arguments.ts'
import { findFunction, functions } from './functions/index.ts'

/** What the shell offers behind `portico bitrix24`: functions, and then the options of one. */
export function complete(words: readonly string[]): { word: string; about: string }[] {
  const [name, ...line] = words
  if (name === undefined) return functions.map(({ name: word, about }) => ({ word, about }))
  const options = { ...findFunction(name)?.options, ...commonOptions }
  const last = line.at(-1) ?? ''
  const before = Object.entries(options).find(([option]) => last === `--${option}`)?.[1]
  // The shell itself completes the path of a file, which most values may be.
  if (before !== undefined && ('kind' in before || 'placeholder' in before)) return []
  return Object.entries(options).map(([option, { about }]) => ({ word: `--${option}`, about }))
}
