import { ConfigError } from '../../config/options.ts'

/** `filter[>OPPORTUNITY]` → `filter`, `>OPPORTUNITY`; an empty step is the next place of a list. */
export type Path = readonly string[]

export interface Assignment {
  readonly path: Path
  readonly value: unknown
}

/**
 * Reads `filter[>=OPPORTUNITY]=100`: an equals sign inside of brackets belongs to the name.
 * @throws {ConfigError} where there is none behind them, or a bracket is not closed
 */
export function splitAssignment(option: string, text: string): { readonly path: Path; readonly text: string } {
  const [, head, steps, value] = /^([^[\]=]+)((?:\[[^[\]]*\])*)=([\s\S]*)$/.exec(text) ?? []
  if (head === undefined || steps === undefined || value === undefined)
    throw new ConfigError(option, text, `${option} "${text}" is refused: expected name=value or name[key]=value`)
  return { path: [head, ...[...steps.matchAll(/\[([^[\]]*)\]/g)].map(([, step = '']) => step)], text: value }
}

type Tree = Map<string, unknown>

/** Puts assignments upon parameters that are there already, as PHP nests brackets; `a[0]` and `a[]` make lists. */
export function assign(
  base: Readonly<Record<string, unknown>>,
  assignments: readonly Assignment[],
): Record<string, unknown> {
  const root = treeOf(base)
  for (const { path, value } of assignments) {
    let place = root
    for (const step of path.slice(0, -1)) {
      const key = keyFor(place, step)
      const next = place.get(key)
      const below = next instanceof Map ? (next as Tree) : treeOf(next)
      place.set(key, below)
      place = below
    }
    place.set(keyFor(place, path.at(-1) ?? ''), value)
  }
  return plainOf(root) as Record<string, unknown>
}

/** The key that a step names: `[]` is the next place, which one that the portal numbers would have, too. */
function keyFor(place: Tree, step: string): string {
  if (step !== '') return step
  const taken = [...place.keys()].filter((key) => /^\d+$/.test(key)).map(Number)
  return String(taken.length === 0 ? 0 : Math.max(...taken) + 1)
}

function treeOf(value: unknown): Tree {
  if (typeof value !== 'object' || value === null) return new Map()
  return new Map(
    Object.entries(value).map(([key, each]) => [key, typeof each === 'object' && each !== null ? treeOf(each) : each]),
  )
}

/** Maps as JSON has them: places 0, 1, 2 … are a list. An empty map stays one. */
function plainOf(value: unknown): unknown {
  if (!(value instanceof Map)) return value
  const entries = [...(value as Tree)].map(([key, each]) => [key, plainOf(each)] as const)
  if (entries.length > 0 && entries.every(([key], index) => key === String(index)))
    return entries.map(([, each]) => each)
  return Object.fromEntries(entries)
}
