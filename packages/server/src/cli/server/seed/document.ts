import { isMap, isScalar, LineCounter, type Node, type Pair, parseDocument, type ParsedNode } from 'yaml'
import { nearest } from '../../../config/nearest.ts'

/** The sections of a seed, in the order in which they are made where nothing refers to anything else. */
export const sections = [
  'departments',
  'users',
  'roles',
  'currencies',
  'types',
  'pipelines',
  'statuses',
  'fields',
  'apps',
  'webhooks',
  'outbound',
  'records',
] as const
export type Section = (typeof sections)[number]

/** Line and column, from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** One thing that a seed wants to be there. */
export interface SeedItem {
  readonly name: string
  readonly section: Section
  /** Of records, what they are: `company`, the name of a type, `crm.requisite`. */
  readonly entity: string
  readonly fields: Readonly<Record<string, unknown>>
  readonly at: Position
}

/** What is wrong with a seed, and where. */
export class SeedError extends Error {
  readonly at: Position | undefined
  constructor(message: string, at?: Position, options?: ErrorOptions) {
    super(message, options)
    this.at = at
  }
}

const NAME = /^[A-Za-z][\w-]*$/
const MAX_DEPTH = 100

/**
 * Reads a seed from YAML, and so from JSON.
 * @throws {SeedError} with the place of what is wrong
 */
export function readSeed(text: string): SeedItem[] {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, maxAliasCount: MAX_DEPTH } as object)
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  const [problem] = document.errors
  if (problem !== undefined) throw new SeedError(problem.message, at(problem.pos[0]))
  if (document.contents === null) return []
  const placeOf = (node: unknown): Position => at((node as Node | null)?.range?.[0] ?? 0)
  const pairs = (node: unknown, what: string): { name: string; value: ParsedNode | null; at: Position }[] => {
    if (isScalar(node) && node.value === null) return []
    if (!isMap(node)) throw new SeedError(`${what} must be a map of names`, placeOf(node))
    return (node.items as Pair<ParsedNode, ParsedNode | null>[]).map(({ key, value }) => ({
      name: String(isScalar(key) ? key.value : key),
      value,
      at: placeOf(key),
    }))
  }
  const found: SeedItem[] = []
  const names = new Set<string>()
  const add = (section: Section, entity: string, node: unknown): void => {
    for (const each of pairs(node, entity || section)) {
      if (!NAME.test(each.name))
        throw new SeedError(`"${each.name}" is no name: letters, digits, - and _ after a letter`, each.at)
      if (names.has(each.name)) throw new SeedError(`there is something else with the name "${each.name}"`, each.at)
      names.add(each.name)
      const fields: unknown = each.value?.toJS(document) ?? {}
      if (typeof fields !== 'object' || fields === null || Array.isArray(fields))
        throw new SeedError(`${each.name} must be a map of its fields`, each.at)
      found.push({ name: each.name, section, entity, fields: fields as SeedItem['fields'], at: each.at })
    }
  }
  for (const { name, value, at: place } of pairs(document.contents, 'a seed')) {
    const section = sections.find((each) => each === name)
    if (section === undefined) throw new SeedError(unknownSection(name), place)
    if (section !== 'records') add(section, '', value)
    else for (const { name: entity, value: records } of pairs(value, 'records')) add('records', entity, records)
  }
  return found
}

function unknownSection(name: string): string {
  const meant = nearest(name, sections)
  return `there is no section "${name}": ${meant === undefined ? `there are ${sections.join(', ')}` : `did you mean ${meant}?`}`
}
