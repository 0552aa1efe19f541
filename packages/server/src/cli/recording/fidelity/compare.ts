import { placeholderIn } from '../placeholders.ts'
import type { Ids } from './ids.ts'
import { type IdType, typeOfSpot } from './id-types.ts'
import type { Difference, Incomparable } from './report.ts'
import { formatDifference, isById, isList, isMap, isPortalsOwn, type Tree, typeOf } from './shape.ts'
import { compareUnion } from './compare-union.ts'

export type Found = Pick<Difference, 'path' | 'kind' | 'recorded' | 'own'>
export type Unsure = Pick<Incomparable, 'path' | 'text'>

/** What a comparison knows, and what it finds. */
export interface Comparing {
  readonly ids: Ids
  /** What `id` is in this method's answers. */
  readonly own: IdType
  /** Whether a field of the portal's own was made by the recording, so that it is here, too. */
  readonly isMadeField: (key: string) => boolean
  /** Whether the recorded list began with the first row, and ended with the last one. */
  readonly isWhole: boolean
  readonly differences: Found[]
  readonly unsure: Unsure[]
}

/** Where two values stand. */
interface At {
  readonly path: string
  readonly key: string
  readonly around: string
  readonly beside: (name: string) => unknown
  /** Both are the same record, made by the recording: what is empty in one is empty in the other. */
  readonly isStrict: boolean
}

const nothingBeside = (): undefined => undefined

/** Compares an answer, or a part of one, and learns from it which ids are which. */
export function compareAnswers(
  recorded: unknown,
  own: unknown,
  comparing: Comparing,
  path: string,
  isStrict: boolean,
): void {
  new Comparer(comparing).value(recorded, own, { path, key: '', around: '', beside: nothingBeside, isStrict })
}

class Comparer {
  readonly #with: Comparing

  constructor(comparing: Comparing) {
    this.#with = comparing
  }

  value(recorded: unknown, own: unknown, at: At): void {
    const [there, here] = [typeOf(recorded), typeOf(own)]
    // Of a secret, nothing was recorded.
    if ((there === 'null' && here === 'null') || placeholderIn(recorded)?.kind === 'secret') return
    if (this.#isEmptied(recorded, own)) {
      // PHP answers an empty map as a list; of one by ids nobody can tell which it would have been.
      this.#maybe('type', at, shown(recorded), shown(own))
    } else if (there === 'null' || here === 'null') this.#maybe('type', at, there, here)
    else if (there !== here) this.#differs('type', at, there, here)
    else if (isList(recorded) && isList(own)) this.#lists(recorded, own, at)
    else if (isMap(recorded) && isMap(own)) {
      if (isById(recorded) && isById(own)) this.#lists(Object.values(recorded), Object.values(own), at)
      else this.#maps(recorded, own, at)
    } else if (typeof recorded === 'string' && typeof own === 'string') {
      const found = formatDifference(recorded, own)
      if (found !== undefined) this.#differs('format', at, ...found)
    }
  }

  /** An empty list on one side, and a map by ids on the other. */
  #isEmptied(recorded: unknown, own: unknown): boolean {
    const isEmpty = (value: unknown): boolean => isList(value) && value.length === 0
    return (isEmpty(recorded) && isById(own)) || (isEmpty(own) && isById(recorded))
  }

  #maps(recorded: Tree, own: Tree, { path, key: around, isStrict }: At): void {
    const { ids, isMadeField } = this.#with
    const beside = (name: string): unknown => recorded[name] ?? recorded[camel(name)]
    const strict = this.#isStrict(recorded, { path, key: around, isStrict })
    const rest = new Set(Object.keys(own))
    const unread: string[] = []
    for (const [key, value] of Object.entries(recorded)) {
      const name = ids.code(key)
      const at: At = { path: path === '' ? key : `${path}.${key}`, key, around, beside, isStrict: strict }
      if (Object.hasOwn(own, name)) {
        rest.delete(name)
        this.#learn(value, own[name], at)
        this.value(value, own[name], at)
      } else if (placeholderIn(key) !== undefined) unread.push(key)
      else if (isPortalsOwn(key) && !isMadeField(key)) this.#unsure(at, 'a field that only that portal has')
      else this.#differs('missing', at, typeOf(value), 'nothing')
    }
    for (const name of rest) {
      const at = { path: path === '' ? name : `${path}.${name}` }
      if (unread.length > 0) unread.pop()
      else if (isPortalsOwn(name) && !isMadeField(name)) this.#unsure(at, 'a field that only this portal has')
      else this.#differs('extra', at, 'nothing', typeOf(own[name]))
    }
  }

  /** A record that the recording has made is alike in both; any other one was there before. */
  #isStrict(record: Tree, { path, key, isStrict }: Pick<At, 'path' | 'key' | 'isStrict'>): boolean {
    const type = this.#typeOf({ path: `${path}.id`, key: 'id', around: key, beside: nothingBeside })
    return isStrict || (type !== undefined && this.#with.ids.isMade(type, idOf(record)))
  }

  /** Of lists within a record, the ids are not the record's. */
  #typeOf(at: Pick<At, 'path' | 'key' | 'around' | 'beside'>): IdType | undefined {
    return typeOfSpot(at, at.path.split('.').length <= 3 ? this.#with.own : 'part')
  }

  #lists(recorded: readonly unknown[], own: readonly unknown[], at: At): void {
    const path = `${at.path}[]`
    const inner: At = { ...at, path }
    const left = { there: [...recorded], here: [...own] }
    if (recorded.some(isMap) || own.some(isMap)) {
      for (const [there, here] of this.#pairs(recorded, own, at)) {
        left.there.splice(left.there.indexOf(there), 1)
        left.here.splice(left.here.indexOf(here), 1)
        this.value(there, here, inner)
      }
      this.#missingRows(left, at)
    }
    if (recorded.length === own.length) {
      // What nothing tells apart stands in its order.
      for (const [index, each] of left.there.entries()) {
        this.#learn(each, left.here[index], inner)
        this.value(each, left.here[index], inner)
      }
      return
    }
    if (at.isStrict && (recorded.some(isMap) || own.some(isMap)))
      return this.#differs('rows', at, `${recorded.length} elements`, `${own.length} elements`)
    if (left.there.length === 0) return
    if (own.length === 0) return this.#unsure(at, thereBefore(left.there.length))
    compareUnion(left.there, left.here.length > 0 ? left.here : own, path, this.#with)
    this.#unsure(at, thereBefore(left.there.length))
  }

  /** Rows of one record: by the ids that are known, and by codes that no two rows share. */
  #pairs(recorded: readonly unknown[], own: readonly unknown[], { path, key }: At): [Tree, Tree][] {
    const { ids } = this.#with
    const type = this.#typeOf({ path: `${path}.id`, key: 'id', around: key, beside: nothingBeside })
    const pairs: [Tree, Tree][] = []
    const taken = new Set<unknown>()
    const pair = (there: Tree, here: Tree | undefined): void => {
      if (here === undefined || taken.has(here)) return
      taken.add(here).add(there)
      pairs.push([there, here])
    }
    if (type !== undefined) {
      const byId = new Map(own.filter(isMap).map((each) => [idOf(each), each]))
      for (const each of recorded.filter(isMap)) {
        const id = ids.own(type, idOf(each))
        if (id !== undefined) pair(each, byId.get(id))
      }
    }
    const byCode = unique(
      own.filter(isMap).filter((each) => !taken.has(each)),
      (text) => text,
    )
    const codes = unique(
      recorded.filter(isMap).filter((each) => !taken.has(each)),
      (text) => ids.code(text),
    )
    for (const [code, each] of codes) pair(each, byCode.get(code))
    return pairs
  }

  /** A row that both portals must have, and one of them does not answer. */
  #missingRows(left: { readonly there: unknown[]; readonly here: unknown[] }, at: At): void {
    const { ids, own: type, isWhole } = this.#with
    // The rows that were asked for, and not what is in one of them.
    if (!isWhole || !/^result(\.[A-Za-z]+)?$/.test(at.path) || at.isStrict) return
    const missing = left.there.filter((each) => isMap(each) && ids.isMade(type, idOf(each)))
    const extra = left.here.filter((each) => {
      const there = isMap(each) ? ids.recorded(type, idOf(each)) : undefined
      return there !== undefined && ids.isMade(type, there)
    })
    if (missing.length > 0) this.#differs('rows', at, `${rows(missing.length)} that the recording made`, 'nothing')
    if (extra.length > 0) this.#differs('rows', at, 'nothing', `${rows(extra.length)} that the recording made`)
  }

  #learn(recorded: unknown, own: unknown, at: At): void {
    if (!isScalar(recorded) || !isScalar(own)) return
    const type = this.#typeOf(at)
    // Only what the record itself is called by was made with it; the rest is what it points at.
    if (type !== undefined) this.#with.ids.learn(type, recorded, own, at.isStrict && /^id$/i.test(at.key))
  }

  /** A difference in what is the same record; elsewhere it says nothing. */
  #maybe(kind: Found['kind'], at: At, recorded: string, own: string): void {
    if (at.isStrict) this.#differs(kind, at, recorded, own)
    else this.#unsure(at, `${recorded} there and ${own} here`)
  }

  #differs(kind: Found['kind'], { path }: Pick<At, 'path'>, recorded: string, own: string): void {
    this.#with.differences.push({ kind, path, recorded, own })
  }

  #unsure({ path }: Pick<At, 'path'>, text: string): void {
    this.#with.unsure.push({ path, text })
  }
}

const isScalar = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number'
const idOf = (row: Tree): string => String((row.ID ?? row.id ?? '') as string | number)
const thereBefore = (count: number): string =>
  count === 1 ? '1 row was there before' : `${count} rows were there before`
const rows = (count: number): string => (count === 1 ? '1 row' : `${count} rows`)
const shown = (value: unknown): string => (isList(value) ? 'an empty list' : 'a map by ids')
const camel = (name: string): string =>
  name.toLowerCase().replace(/_([a-z])/g, (_whole, letter: string) => letter.toUpperCase())

const CODES = ['CODE', 'code', 'STATUS_ID', 'statusId', 'ENTITY_ID', 'entityId', 'CURRENCY', 'FIELD_NAME', 'fieldName']

/** Rows by what their codes say together, those that share it left out. */
function unique(list: readonly Tree[], translated: (text: string) => string): Map<string, Tree> {
  const found = new Map<string, Tree | undefined>()
  for (const row of list) {
    const codes = CODES.map((name) => row[name]).map((code) =>
      isScalar(code) && placeholderIn(code) === undefined ? translated(String(code)) : '',
    )
    if (codes.every((code) => code === '')) continue
    const text = codes.join(' ')
    found.set(text, found.has(text) ? undefined : row)
  }
  return new Map([...found].filter((entry): entry is [string, Tree] => entry[1] !== undefined))
}
