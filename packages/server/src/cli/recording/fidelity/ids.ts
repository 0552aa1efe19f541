import { type IdType, isBuiltIn, type Spot, typeOfEntity, typeOfSpot } from './id-types.ts'
import { upperOf } from '../field-classes.ts'

/** An id of the recording of which nobody knows what it is here. */
export interface Unknown {
  readonly type: IdType
  readonly id: string
}

/** Ids that are not here are moved to where none is. */
const NOWHERE = 1_000_000_000

type Tree = Readonly<Record<string, unknown>>

/** Which ids of the recorded portal are which of the one under test. */
export class Ids {
  readonly #own = new Map<IdType, Map<string, string>>()
  readonly #recorded = new Map<IdType, Map<string, string>>()
  readonly #made = new Set<string>()
  /** What requests have made there, and the same request has not made here: the number of that request. */
  readonly #failed = new Map<string, number>()
  /** What user fields hold ids of, by their names without case and `_`. */
  readonly #fields = new Map<string, IdType>()
  readonly #user: string

  /** @param user whose webhook it is here, and there */
  constructor(user: { readonly own: number; readonly recorded: number }) {
    this.#user = String(user.own)
    this.learn('user', user.recorded, user.own, false)
  }

  /** @param made whether the recording itself has made it, so that it must be alike in both */
  learn(type: IdType, recorded: string | number, own: string | number, made: boolean): void {
    const [there, here] = [String(recorded), String(own)]
    if (!isId(there) || !isId(here)) return
    // Types that every portal has are called alike in all of them.
    if (type === 'entitytype' && (isBuiltIn(type, there) || isBuiltIn(type, here))) return
    const known = this.#own.get(type)?.get(there)
    const other = this.#recorded.get(type)?.get(here)
    if (made && known === here) this.#made.add(`${type} ${there}`)
    // What stands at the same place is a guess; what was made is not.
    if (known !== undefined || (other !== undefined && !made)) return
    table(this.#own, type).set(there, here)
    table(this.#recorded, type).set(here, there)
    if (made) this.#made.add(`${type} ${there}`)
  }

  /** A user field of the recording holds ids of people, or of something else. */
  field(name: string, type: IdType): void {
    this.#fields.set(name, type)
  }

  forget(type: IdType, recorded: string | number, seq: number): void {
    this.#failed.set(`${type} ${recorded}`, seq)
  }

  own(type: IdType, recorded: string): string | undefined {
    return this.#own.get(type)?.get(recorded)
  }

  recorded(type: IdType, own: string): string | undefined {
    return this.#recorded.get(type)?.get(own)
  }

  /** Whether the recording has made it, and so has this run. */
  isMade(type: IdType, recorded: string): boolean {
    return this.#made.has(`${type} ${recorded}`)
  }

  /** The request here that did not make it. */
  failedAt({ type, id }: Unknown): number | undefined {
    return this.#failed.get(`${type} ${id}`)
  }

  /** Parameters with the ids of this portal. @returns what is not known, and whether anything of the recording is in it */
  translated(
    params: Tree,
    type: IdType,
  ): { readonly params: Tree; readonly unknown: readonly Unknown[]; readonly isOfMade: boolean } {
    const found: Found = { unknown: [], isOfMade: false }
    const copy = this.#map(params, '', type, found) as Tree
    return { params: copy, ...found }
  }

  /** The codes and names that hold an id: `C3:NEW`, `DEAL_STAGE_3`, `ufCrm5Field`, `T40c_7`. */
  code(text: string): string {
    if (!/\d/.test(text)) return text
    for (const [pattern, put] of CODES) {
      const found = pattern.exec(text)
      if (found === null) continue
      const made = put(found.slice(1), (type, id) => this.#own.get(type)?.get(id) ?? id)
      return made + text.slice(found[0].length)
    }
    return text
  }

  #map(map: Tree, around: string, own: IdType, found: Found): unknown {
    const beside = (name: string): unknown => Object.entries(map).find(([key]) => upperOf(key) === name)?.[1]
    return Object.fromEntries(
      Object.entries(map).map(([key, value]) => {
        // A list that came as a map of numbers.
        const isNumber = /^\d+$/.test(key)
        const spot: Spot = { key: isNumber ? around : key, around: isNumber ? '' : around, beside }
        return [isNumber ? key : this.code(key), this.#value(value, spot, own, found)]
      }),
    )
  }

  #value(value: unknown, spot: Spot, own: IdType, found: Found): unknown {
    if (Array.isArray(value)) {
      const [field, operator, operand] = value as unknown[]
      // REST 3.0: `['id', '=', 5]`
      if (/^filter$/i.test(spot.around || spot.key) && typeof field === 'string' && value.length === 3)
        return [field, operator, this.#value(operand, { ...spot, key: field, around: 'filter' }, own, found)]
      return value.map((each) => this.#value(each, spot, own, found))
    }
    if (typeof value === 'object' && value !== null) return this.#map(value as Tree, spot.key, own, found)
    if (typeof value !== 'string' && typeof value !== 'number') return value
    const type = this.#fields.get(fieldName(spot.key)) ?? typeOfSpot(spot, own)
    if (type !== undefined && isId(String(value))) {
      const id = this.#id(type, String(value), own, found)
      return typeof value === 'number' ? Number(id) : id
    }
    if (typeof value !== 'string') return value
    const code = this.code(value)
    if (code !== value) found.isOfMade = true
    return code
  }

  #id(type: IdType, id: string, own: IdType, found: Found): string {
    const known = this.#own.get(type)?.get(id)
    if (known !== undefined) {
      if (this.isMade(type, id)) found.isOfMade = true
      return known
    }
    // Somebody has to stand in for colleagues who are not here.
    if (type === 'user' && own !== 'user') return this.#user
    if (type === 'entitytype' && isBuiltIn(type, id)) return id
    found.unknown.push({ type, id })
    if (isBuiltIn(type, id)) return id
    return Number(id) < NOWHERE ? String(NOWHERE + Number(id)) : id
  }
}

interface Found {
  unknown: Unknown[]
  isOfMade: boolean
}

/** `UF_CRM_X`, `ufCrmX`, `=ufCrmX`: one field. */
export const fieldName = (key: string): string => upperOf(key).replaceAll('_', '')

const isId = (text: string): boolean => /^[1-9]\d{0,14}$/.test(text)

function table(of: Map<IdType, Map<string, string>>, type: IdType): Map<string, string> {
  let found = of.get(type)
  if (found === undefined) of.set(type, (found = new Map()))
  return found
}

type Look = (type: IdType, id: string) => string
const hex = (entityTypeId: string): string => Number(entityTypeId).toString(16)
const LETTERS: Readonly<Record<string, number>> = { L: 1, D: 2, C: 3, CO: 4, Q: 7, SI: 31 }

/** Each with how it is put together again. The first that fits counts. */
const CODES: readonly (readonly [RegExp, (parts: readonly string[], look: Look) => string])[] = [
  [/^C(\d+)(?=:)/, ([id = ''], look) => `C${look('category', id)}`],
  [/^DT(\d+)_(\d+)(?=:)/, ([type = '', id = ''], look) => `DT${look('entitytype', type)}_${look('category', id)}`],
  [/^DEAL_STAGE_(\d+)$/, ([id = ''], look) => `DEAL_STAGE_${look('category', id)}`],
  [
    /^(DYNAMIC_)(\d+)_(STAGE|SOURCE)_(\d+)$/i,
    ([name = '', type = '', what = '', id = ''], look) =>
      `${name}${look('entitytype', type)}_${what}_${look('category', id)}`,
  ],
  [/^(DYNAMIC_)(\d+)(?=$|_)/i, ([name = '', type = ''], look) => `${name}${look('entitytype', type)}`],
  [
    /^T([\da-f]{2,8})_(\d+)$/i,
    ([code = '', id = ''], look) => {
      const type = String(Number.parseInt(code, 16))
      return `T${hex(look('entitytype', type))}_${look(typeOfEntity(Number(type)), id)}`
    },
  ],
  [/^T([\da-f]{2,8})$/, ([code = ''], look) => `T${hex(look('entitytype', String(Number.parseInt(code, 16))))}`],
  [/^(L|D|C|CO|Q|SI)_(\d+)$/, ([code = '', id = ''], look) => `${code}_${look(typeOfEntity(LETTERS[code] ?? 0), id)}`],
  [/^CRM_(\d+)$/, ([id = ''], look) => `CRM_${look('type', id)}`],
  [/^UF_CRM_(\d+)(?=_)/, ([id = ''], look) => `UF_CRM_${look('type', id)}`],
  [/^ufCrm_?(\d+)(?=[A-Z_])/, ([id = ''], look) => `ufCrm${look('type', id)}`],
  [
    /^([!@%=<>?*~^+-]*)(parentId|PARENT_ID_)(\d+)$/,
    ([op = '', name = '', type = ''], look) => `${op}${name}${look('entitytype', type)}`,
  ],
  [
    /^([!@%=<>?*~^+-]*)(PROPERTY_|property)(\d+)$/,
    ([op = '', name = '', id = ''], look) => `${op}${name}${look('property', id)}`,
  ],
]
