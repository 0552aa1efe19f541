import { yesNo } from '../../schema/kind.ts'
import type { Row } from './source.ts'

/** Values of answers, whatever they are written as. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''

export const numberOf = (value: unknown): number | undefined => {
  const text = textOf(value).trim()
  const number = Number(text)
  return text !== '' && Number.isSafeInteger(number) ? number : undefined
}

export const flagOf = (value: unknown, preset: 'Y' | 'N' = 'N'): 'Y' | 'N' => {
  const known = yesNo(value)
  return known === undefined ? preset : known ? 'Y' : 'N'
}

/** A text or null, where nothing and an empty text are one. */
export const textOrNull = (value: unknown): string | null => textOf(value) || null

export const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
