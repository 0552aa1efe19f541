import { placeholderIn } from '../placeholders.ts'

/** What a part of a text would have matched, is not known of its placeholder. */
export function isFuzzy(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value) && value.length === 3 && typeof value[1] === 'string' && /like|%|[<>]/.test(value[1]))
    return true
  return Object.entries(value).some(
    ([key, member]) =>
      (/^!?[%?~*<>]/.test(key) && placeholderIn(member) !== undefined) ||
      (/^(search|find|query)$/i.test(key) && typeof member === 'string') ||
      isFuzzy(member),
  )
}
