/** `@acme`, `@size.Large`: the whole value. */
const WHOLE = /^@([A-Za-z][\w-]*)(?:\.(.+))?$/s
/** `DEAL_STAGE_@{partners}`: a part of a text. With more than one @ before it, it is a text with one of them less. */
const PART = /(@+)\{([A-Za-z][\w-]*)(?:\.([^}]+))?\}/g

type Lookup = (name: string, member: string | undefined) => Promise<string | number>

/**
 * Puts what names stand for into their places, also in keys (`parentId@{machines}`). A text that begins with @ itself
 * is written with two.
 */
export async function resolved(value: unknown, lookup: Lookup): Promise<unknown> {
  if (typeof value === 'string') return inText(value, lookup)
  if (Array.isArray(value)) {
    const list: unknown[] = []
    for (const each of value) list.push(await resolved(each, lookup))
    return list
  }
  if (typeof value !== 'object' || value === null) return value
  const map: Record<string, unknown> = {}
  for (const [key, each] of Object.entries(value)) map[await withParts(key, lookup)] = await resolved(each, lookup)
  return map
}

async function inText(text: string, lookup: Lookup): Promise<string | number> {
  if (text.startsWith('@@')) return text.slice(1)
  const [, name, member] = WHOLE.exec(text) ?? []
  return name === undefined ? withParts(text, lookup) : lookup(name, member)
}

async function withParts(text: string, lookup: Lookup): Promise<string> {
  let whole = ''
  let from = 0
  for (const match of text.matchAll(PART)) {
    const [part, signs = '', name = '', member] = match
    whole += text.slice(from, match.index)
    whole += signs === '@' ? String(await lookup(name, member)) : part.slice(1)
    from = match.index + part.length
  }
  return whole + text.slice(from)
}

/** A text as it is written in a seed, so that nothing in it is taken for a name. */
export const literal = (text: string): string => (text.startsWith('@') ? `@${text}` : text.replace(PART, '@$&'))

/** A value with all its texts so written. */
export function literally(value: unknown): unknown {
  if (typeof value === 'string') return literal(value)
  if (Array.isArray(value)) return value.map(literally)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key.replace(PART, '@$&'), literally(each)]))
}
