import type { Binding } from '../../records/bindings.ts'
import { SORT_STEP } from '../../records/children.ts'
import { InvalidValue, integerOf, yesNo } from '../../schema/kind.ts'
import { legacyError } from '../errors.ts'
import { argument, isMap, listOfInput } from '../method.ts'

/** A link as a request asks for it. */
export interface Wanted {
  readonly id: number
  readonly sort: number | undefined
  readonly primary: boolean
}

/** The whole number that something from the wire is; undefined for anything else. */
export function integerIn(input: unknown): number | undefined {
  try {
    return input === undefined || input === null || input === '' ? undefined : integerOf(input)
  } catch (cause) {
    if (cause instanceof InvalidValue) return undefined
    throw cause
  }
}

/** One link of a request; undefined without the id of a record. */
export function readLink(input: unknown, key: string): Wanted | undefined {
  if (!isMap(input)) return undefined
  const id = integerIn(argument(input, key)) ?? 0
  if (id <= 0) return undefined
  const primary = argument(input, 'IS_PRIMARY')
  return { id, sort: integerIn(argument(input, 'SORT')), primary: yesNo(primary ?? '') === true }
}

/** All links of a request; of those to one record, the first. */
export function readLinks(items: unknown, key: string): Wanted[] {
  if (typeof items !== 'object' || items === null) throw legacyError('The parameter items must be array.')
  const found = new Map<number, Wanted>()
  for (const item of listOfInput(items)) {
    const link = readLink(item, key)
    if (link !== undefined && !found.has(link.id)) found.set(link.id, link)
  }
  return [...found.values()]
}

const highest = (links: readonly { readonly sort?: number | undefined }[]): number =>
  Math.max(0, ...links.map(({ sort }) => sort ?? 0))

/** The list with further links; one is the primary one if it says so or if it is the first. Known ones stay as they are. */
export function withLinks(known: readonly Binding[], added: readonly Wanted[]): Binding[] {
  let list = [...known]
  for (const { id, sort, primary } of added) {
    if (list.some((each) => each.id === id)) continue
    const isPrimary = primary || list.length === 0
    if (isPrimary) list = list.map((each) => ({ ...each, primary: false }))
    list.push({ id, sort: sort ?? highest(list) + SORT_STEP, primary: isPrimary })
  }
  return list
}

/** The list that a request sets in the place of the known one. The first that is named primary is, else the first. */
export function asSet(known: readonly Binding[], wanted: readonly Wanted[], keepsSort: boolean): Binding[] {
  const primary = wanted.find((each) => each.primary) ?? wanted[0]
  const before = new Map(known.map((each) => [each.id, each.sort]))
  let last = keepsSort ? Math.max(highest(known), highest(wanted)) : 0
  return wanted.map(({ id, sort }, index) => {
    let own = sort ?? (keepsSort ? before.get(id) : (index + 1) * SORT_STEP)
    if (own === undefined) own = last += SORT_STEP
    return { id, sort: own, primary: id === primary?.id }
  })
}

/** The list without a record. Where the primary link goes, the first that is left takes its place. */
export function withoutLink(known: readonly Binding[], id: number): Binding[] {
  const rest = known.filter((each) => each.id !== id)
  return rest.some((each) => each.primary) ? rest : rest.map((each, index) => ({ ...each, primary: index === 0 }))
}

/** Whether two lists say the same, whatever the order in which they say it. */
export function isSame(one: readonly Binding[], other: readonly Binding[]): boolean {
  const key = (list: readonly Binding[]): string =>
    list
      .map(({ id, sort, primary }) => `${id} ${sort} ${primary}`)
      .sort()
      .join()
  return key(one) === key(other)
}
