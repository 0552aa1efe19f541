import { ApiError, type ErrorStyle, itemStyle } from '../errors.ts'

export type CatalogVerb = 'add' | 'get' | 'list' | 'update' | 'delete' | 'getFields'
type Words = readonly [code: string | number, text: string]

/** What a family of `catalog.*` says when it refuses; codes and texts are those of its pages. */
export interface CatalogWords {
  /** The code of what has none of its own: the number 0 in most families, the text in some. */
  readonly other: 0 | '0'
  denied(verb: CatalogVerb, reading: boolean): Words
  readonly notFound: Words
  /** Rules of the entity that have codes of their own, by the beginning of their texts. */
  readonly rules?: Readonly<Record<string, string | number>>
}

const refusal = ([code, text]: Words): ApiError => new ApiError(code, 400, text)

export function catalogStyle(
  { other, denied, notFound, rules = {} }: CatalogWords,
  verb: CatalogVerb,
  reading: boolean,
): ErrorStyle {
  return {
    ...itemStyle,
    accessDenied: () => refusal(denied(verb, reading)),
    notFound: () => refusal(notFound),
    invalid: ({ name }, detail) =>
      refusal([
        other,
        detail === 'it does not exist'
          ? `The record that the field ${name} names does not exist`
          : `Wrong format of field ${name}: ${detail}`,
      ]),
    required: (fields) => refusal([other, `Required fields: ${fields.map(({ name }) => name).join(', ')}`]),
    notAList: ({ name }) => refusal([other, `Wrong format of field ${name}`]),
    rule(text) {
      const known = Object.entries(rules).find(([start]) => text.startsWith(start))
      return refusal([known?.[1] ?? other, text])
    },
  }
}

/** The codes of most families: one for readers, one for writers. */
export const usualDenied = (_verb: CatalogVerb, reading: boolean): Words => [
  reading ? 200040300010 : 200040300020,
  'Access Denied',
]
