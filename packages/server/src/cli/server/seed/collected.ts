import { nearest } from '../../../config/nearest.ts'
import {
  type Position,
  type Section,
  sections,
  type Seed,
  SeedError,
  type SeedItem,
  type TestingPart,
  testingSections,
} from './items.ts'
import { portalSettings } from './portal-settings.ts'

type Fields = Readonly<Record<string, unknown>>

const NAME = /^[A-Za-z][\w-]*$/
/** Records of one seed that may come of repetition. */
const MOST = 100_000
/** `{n}` in what is repeated. */
const NUMBER = /\{n\}/g

/** A part of a seed by its name, wherever that was written. */
export interface Part<V> {
  readonly name: string
  readonly value: V
  readonly at: Position | undefined
}

/** How the parts of a seed are found, whether it is a text or a value. */
export interface Reading<V> {
  /** @throws {SeedError} where it is no map; `what` is what it should be a map for */
  pairs(value: V, what: string): Part<V>[]
  plain(value: V): unknown
}

/**
 * What a seed says, thing by thing.
 * @throws {SeedError} with the place of what is wrong
 */
export function collected<V>(whole: V, { pairs, plain }: Reading<V>): Seed {
  const items: SeedItem[] = []
  const testing: TestingPart[] = []
  const names = new Set<string>()
  let repetitions = 0
  const push = (item: SeedItem): void => {
    if (names.has(item.name)) throw new SeedError(`there is something else with the name "${item.name}"`, item.at)
    names.add(item.name)
    items.push(item)
  }
  const add = (section: Section, entity: string, given: V): void => {
    for (const { name, value, at } of pairs(given, entity || section)) {
      if (!NAME.test(name)) throw new SeedError(`"${name}" is no name: letters, digits, - and _ after a letter`, at)
      const said = plain(value) ?? {}
      if (!isMap(said)) throw new SeedError(`${name} must be a map of its fields`, at)
      const { later, absent, repeat, ...fields } = said
      if (later !== undefined && !isMap(later)) throw new SeedError(`${name}: later must be a map of fields`, at)
      if (absent !== undefined && typeof absent !== 'boolean')
        throw new SeedError(`${name}: absent must be true or false`, at)
      const item = { name, section, entity, fields, later, at, ...(absent === true ? { absent } : {}) } as const
      if (repeat === undefined) push(item)
      else if (section !== 'records') throw new SeedError(`${name}: only records can be repeated`, at)
      else
        for (const each of repeated(item, repeat)) {
          if (++repetitions > MOST)
            throw new SeedError(`${name}: more than ${MOST} records come of repetition`, item.at)
          push(each)
        }
    }
  }
  for (const { name, value, at } of pairs(whole, 'a seed')) {
    const section = sections.find((each) => each === name)
    const test = testingSections.find((each) => each === name)
    if (test !== undefined) testing.push({ section: test, value: plain(value), at })
    else if (section === undefined) throw new SeedError(unknown('section', name, [...sections, ...testingSections]), at)
    else if (section === 'portal')
      for (const each of pairs(value, name)) {
        if (!portalSettings.includes(each.name))
          throw new SeedError(unknown('setting of the portal', each.name, portalSettings), each.at)
        const fields = { value: plain(each.value) }
        push({ name: `portal.${each.name}`, section, entity: each.name, fields, at: each.at })
      }
    else if (section !== 'records') add(section, '', value)
    else for (const each of pairs(value, name)) add('records', each.name, each.value)
  }
  return { items, testing }
}

const isMap = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** `lead-1` to `lead-500`; `{n}` in texts and keys is the number of each. */
function* repeated(item: SeedItem, count: unknown): Generator<SeedItem> {
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > MOST)
    throw new SeedError(`${item.name}: repeat must be a whole number from 1 to ${MOST}`, item.at)
  for (let n = 1; n <= count; n++)
    yield {
      ...item,
      name: `${item.name}-${n}`,
      fields: numbered(item.fields, n) as Fields,
      later: item.later === undefined ? undefined : (numbered(item.later, n) as Fields),
    }
}

function numbered(value: unknown, n: number): unknown {
  if (typeof value === 'string') return value.replace(NUMBER, String(n))
  if (Array.isArray(value)) return value.map((each) => numbered(each, n))
  if (!isMap(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key.replace(NUMBER, String(n)), numbered(each, n)]),
  )
}

/** What there is not, and what was probably meant. */
function unknown(what: string, name: string, known: readonly string[]): string {
  const meant = nearest(name, known)
  return `there is no ${what} "${name}": ${meant === undefined ? `there are ${known.join(', ')}` : `did you mean ${meant}?`}`
}
