import type { FastifyRequest } from 'fastify'
import { de } from './de.ts'
import { en } from './en.ts'

/** Pairs of a heading and a text stay pairs. */
type Same<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : T extends readonly string[]
      ? readonly string[]
      : { readonly [K in keyof T]: Same<T[K]> }

export type Words = Same<typeof en>

const languages: Readonly<Record<string, Words>> = { en, de }

/** The wanted languages of a header, the most wanted first: `de-AT,de;q=0.9,en;q=0.8`. */
const wanted = (header: string): string[] =>
  header
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
      const weight = parameters.map((each) => /^\s*q=([\d.]+)$/.exec(each)?.[1]).find((each) => each !== undefined)
      return { tag: tag.slice(0, 2), weight: weight === undefined ? 1 : Number(weight) }
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag)

const cookie = (request: FastifyRequest, name: string): string | undefined =>
  new RegExp(`(?:^|;\\s*)${name}=([\\w-]{1,20})(?:;|$)`).exec(request.headers.cookie ?? '')?.[1]

/** What the visitor reads: as they have chosen in the web CRM, else as their browser asks, else English. */
export function wordsFor(request: FastifyRequest): Words {
  const asked = [cookie(request, 'portico-language') ?? '', ...wanted(request.headers['accept-language'] ?? '')]
  const found = asked.find((code) => Object.hasOwn(languages, code))
  return found === undefined ? en : (languages[found] ?? en)
}

/** The theme that was chosen in the web CRM; without one the system's holds. */
function themeFor(request: FastifyRequest): 'light' | 'dark' | undefined {
  const theme = cookie(request, 'portico-theme')
  return theme === 'light' || theme === 'dark' ? theme : undefined
}

/** How pages speak to a visitor, and in which colours. */
export interface Face {
  readonly words: Words
  readonly theme?: 'light' | 'dark' | undefined
}

export const faceOf = (request: FastifyRequest): Face => ({ words: wordsFor(request), theme: themeFor(request) })
