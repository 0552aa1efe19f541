import type { Comparing } from './compare.ts'
import { formatOf, isById, isList, isMap, isPortalsOwn, type Tree, typeOf } from './shape.ts'

/**
 * Compares rows that are not the same ones: a key that every recorded row has and none here, one that all have here and
 * none there, and values of which the types, or the formats, have nothing in common.
 */
export function compareUnion(
  recorded: readonly unknown[],
  own: readonly unknown[],
  path: string,
  comparing: Pick<Comparing, 'ids' | 'isMadeField' | 'differences'>,
): void {
  const [there, here] = [typesOf(recorded), typesOf(own)]
  if (there.size === 0 || here.size === 0) return
  if (![...there].some((type) => here.has(type))) {
    // An empty map is a list to PHP.
    if (isEmptyOrById(recorded) && isEmptyOrById(own)) return
    comparing.differences.push({ kind: 'type', path, recorded: list(there), own: list(here) })
    return
  }
  compareMaps(
    recorded.filter((each): each is Tree => isMap(each) && !isById(each)),
    own.filter((each): each is Tree => isMap(each) && !isById(each)),
    path,
    comparing,
  )
  const elements = (values: readonly unknown[]): unknown[] =>
    values.flatMap((each) => (isList(each) ? each : isMap(each) && isById(each) ? Object.values(each) : []))
  compareUnion(elements(recorded), elements(own), `${path}[]`, comparing)
  const [format, ours] = [formatsOf(recorded), formatsOf(own)]
  if (format !== undefined && ours !== undefined && format !== ours)
    comparing.differences.push({ kind: 'format', path, recorded: format || 'text', own: ours || 'text' })
}

function compareMaps(
  recorded: readonly Tree[],
  own: readonly Tree[],
  path: string,
  comparing: Pick<Comparing, 'ids' | 'isMadeField' | 'differences'>,
): void {
  if (recorded.length === 0 || own.length === 0) return
  const there = membersOf(recorded, (key) => comparing.ids.code(key))
  const here = membersOf(own, (key) => key)
  for (const key of new Set([...there.keys(), ...here.keys()])) {
    const [values, ours] = [there.get(key), here.get(key)]
    const isOwn = isPortalsOwn(key) && !comparing.isMadeField(key)
    if (values !== undefined && ours !== undefined) compareUnion(values, ours, `${path}.${key}`, comparing)
    else if (isOwn) continue
    else if (values?.length === recorded.length)
      comparing.differences.push({
        kind: 'missing',
        path: `${path}.${key}`,
        recorded: list(typesOf(values)),
        own: 'nothing',
      })
    else if (ours?.length === own.length)
      comparing.differences.push({
        kind: 'extra',
        path: `${path}.${key}`,
        recorded: 'nothing',
        own: list(typesOf(ours)),
      })
  }
}

function membersOf(maps: readonly Tree[], name: (key: string) => string): Map<string, unknown[]> {
  const members = new Map<string, unknown[]>()
  for (const map of maps)
    for (const [key, value] of Object.entries(map)) {
      const known = members.get(name(key))
      if (known === undefined) members.set(name(key), [value])
      else known.push(value)
    }
  return members
}

/** Nothing tells nothing. */
const typesOf = (values: readonly unknown[]): Set<string> =>
  new Set(values.map(typeOf).filter((type) => type !== 'null'))

const list = (types: ReadonlySet<string>): string => [...types].toSorted().join(' or ') || 'null'

const isEmptyOrById = (values: readonly unknown[]): boolean =>
  values.every((each) => (isList(each) && each.length === 0) || isById(each) || typeOf(each) === 'null')

/** The one format of all texts that are not empty; undefined where there is none, or more than one. */
function formatsOf(values: readonly unknown[]): string | undefined {
  const formats = new Set(
    values.filter((each): each is string => typeof each === 'string' && each !== '').map((each) => formatOf(each)),
  )
  const [only] = formats
  return formats.size === 1 ? only : undefined
}
