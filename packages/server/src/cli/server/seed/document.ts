import { isMap, isScalar, LineCounter, type Node, type Pair, parseDocument, type ParsedNode } from 'yaml'
import { collected, type Part, type Reading } from './collected.ts'
import { type Position, type Seed, SeedError } from './items.ts'

export {
  type Position,
  type Section,
  sections,
  type Seed,
  SeedError,
  type SeedItem,
  type TestingPart,
} from './items.ts'

const MAX_DEPTH = 100

/**
 * Reads a seed from YAML, and so from JSON.
 * @throws {SeedError} with the place of what is wrong
 */
export function readSeed(text: string): Seed {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, maxAliasCount: MAX_DEPTH } as object)
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  const [problem] = document.errors
  if (problem !== undefined) throw new SeedError(problem.message, at(problem.pos[0]))
  if (document.contents === null) return { items: [], testing: [] }
  const placeOf = (node: unknown): Position => at((node as Node | null)?.range?.[0] ?? 0)
  const reading: Reading<ParsedNode | null> = {
    pairs(node, what) {
      if (node === null || (isScalar(node) && node.value === null)) return []
      if (!isMap(node)) throw new SeedError(`${what} must be a map of names`, placeOf(node))
      return (node.items as Pair<ParsedNode, ParsedNode | null>[]).map(({ key, value }): Part<ParsedNode | null> => ({
        name: String(isScalar(key) ? key.value : key),
        value,
        at: placeOf(key),
      }))
    },
    plain: (node) => node?.toJS(document) as unknown,
  }
  return collected(document.contents as ParsedNode, reading)
}

/**
 * A seed that a program holds as a value, of what JSON knows; what is wrong with it is told without a place.
 * @throws {SeedError}
 */
export function seedFrom(value: unknown): Seed {
  const plain = JSON.parse(JSON.stringify(value ?? {})) as unknown
  return collected(plain, {
    pairs(each, what) {
      if (each === null) return []
      if (typeof each !== 'object' || Array.isArray(each)) throw new SeedError(`${what} must be a map of names`)
      return Object.entries(each).map(([name, given]) => ({ name, value: given as unknown, at: undefined }))
    },
    plain: (each) => each,
  })
}
