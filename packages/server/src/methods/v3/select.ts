import { type Dto, fieldDto } from './dto.ts'
import { errorsV3 } from './errors.ts'

/** Which properties an answer shows; of a related object, which of its own. */
export type Select = ReadonlyMap<string, Select | undefined>

/**
 * Reads `select`. A property that the object itself doesn't have is left out without a word; one that a related
 * object doesn't have is an error (api-reference/rest-v3.md, "Connections between objects"). Some methods refuse the
 * former too: `strict`.
 */
export function readSelect(input: unknown, dto: Dto, { strict = dto === fieldDto } = {}): Select {
  const everything = (): Select =>
    new Map([...dto.properties.values()].flatMap(({ name, related }) => (related ? [] : [[name, undefined] as const])))
  if (input === undefined || input === null) return everything()
  if (!Array.isArray(input)) throw errorsV3.select(input)
  if (input.length === 0) return everything()
  const selected = new Map<string, Map<string, undefined> | undefined>()
  for (const path of input as readonly unknown[]) {
    if (typeof path !== 'string') throw errorsV3.select(input)
    const [name = '', ...rest] = path.split('.')
    const property = dto.properties.get(name)
    if (property === undefined) {
      if (strict || rest.length > 0) throw errorsV3.unknownProperty(name, dto.name)
      continue
    }
    if (rest.length === 0) {
      if (!selected.has(name)) selected.set(name, undefined)
      continue
    }
    const inner = rest.join('.')
    if (property.related?.properties.has(inner) !== true)
      throw errorsV3.unknownProperty(inner, property.related?.name ?? dto.name)
    const known = selected.get(name) ?? new Map<string, undefined>()
    selected.set(name, known.set(inner, undefined))
  }
  return selected
}

/** The selected part of an object. */
export function picked(row: Readonly<Record<string, unknown>>, select: Select): Record<string, unknown> {
  const shown: Record<string, unknown> = {}
  for (const [name, inner] of select) {
    const value = row[name]
    shown[name] =
      inner !== undefined && typeof value === 'object' && value !== null
        ? picked(value as Record<string, unknown>, inner)
        : (value ?? null)
  }
  return shown
}
