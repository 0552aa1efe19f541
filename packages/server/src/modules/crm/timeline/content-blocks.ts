import { ApiError } from '../../../methods/errors.ts'
import { isMap, type Map } from '../../../methods/method.ts'
import { integerOf, InvalidValue, yesNo } from '../../../schema/kind.ts'
import { languages } from '../../../schema/languages.ts'

/*
 * What applications may show in timelines: blocks of text, links and dates, as
 * api-reference/crm/timeline/activities/configurable/structure/ describes them. Every structure is data: its
 * properties, and for each a reader that answers the value as it is kept or refuses it by the documented code.
 */

export type Read = (input: unknown, path: string) => unknown

interface Property {
  readonly read: Read
  readonly required?: boolean
}

export type Structure = Readonly<Record<string, Property>>

const refuse = (code: string, text: string): never => {
  throw new ApiError(code, 400, text)
}
const wrong = (path: string, text: string): never => refuse('WRONG_FIELD_VALUE', `Field \`${path}\`: ${text}`)

const MAX_TEXT = 100_000

const plain: Read = (input, path) => {
  const text = typeof input === 'number' ? String(input) : input
  if (typeof text !== 'string') return wrong(path, 'a text is expected')
  return text.length > MAX_TEXT ? wrong(path, `the text is longer than ${MAX_TEXT} characters`) : text
}

/** A text, or one for each of some languages (structure/field-types.md). */
export const translated: Read = (input, path) => {
  if (!isMap(input)) return plain(input, path)
  const texts = Object.entries(input)
  if (texts.length === 0) return refuse('FIELD_IS_REQUIRED', `The \`${path}\` field must be filled.`)
  for (const [language] of texts)
    if (!(languages as readonly string[]).includes(language))
      refuse('WRONG_LANG', `Field \`${path}\`: there is no language \`${language}\``)
  return Object.fromEntries(texts.map(([language, text]) => [language, plain(text, `${path}.${language}`)]))
}

export const flag: Read = (input, path) => yesNo(input) ?? wrong(path, 'true or false is expected')

const pixels: Read = (input, path) => {
  try {
    const value = integerOf(input)
    return value > 0 ? value : wrong(path, 'a size in pixels is expected')
  } catch (cause) {
    if (cause instanceof InvalidValue) return wrong(path, cause.reason)
    throw cause
  }
}

export const oneOf =
  (...values: readonly string[]): Read =>
  (input, path) =>
    values.find((value) => value === input) ??
    refuse('ENUM_FIELD', `Field \`${path}\`: one of ${values.join(', ')} is expected`)

/** Addresses of pages: a scheme that runs in the page itself (`javascript:`, `data:`) would be another's script in it. */
const address: Read = (input, path) => {
  const uri = String(plain(input, path)).trim()
  // Browsers drop tabs and line ends in addresses before they look for a scheme.
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(uri.replace(/[\s\p{Cc}]/gu, ''))?.[1]
  return scheme === undefined || /^(https?|mailto|tel)$/i.test(scheme)
    ? uri
    : wrong(path, 'an address of a page is expected')
}

/** Data that goes back to the application as it came. */
const anything: Read = (input, path) =>
  typeof input === 'object' && input !== null ? input : wrong(path, 'a map is expected')

/** A map of these properties, without others. */
export function structure(properties: Structure): Read {
  return (input, path) => {
    if (!isMap(input)) return wrong(path, 'a map is expected')
    for (const name of Object.keys(input))
      if (!Object.hasOwn(properties, name))
        refuse('FIELD_IS_REDUNDANT', `The \`${path}.${name}\` field is not described.`)
    return Object.fromEntries(
      Object.entries(properties).flatMap(([name, { read, required }]) => {
        const value = input[name]
        if (value !== undefined && value !== null && value !== '') return [[name, read(value, `${path}.${name}`)]]
        return required === true ? refuse('FIELD_IS_REQUIRED', `The \`${path}.${name}\` field must be filled.`) : []
      }),
    )
  }
}

export const optional = (read: Read): Property => ({ read })
export const required = (read: Read): Property => ({ read, required: true })

/** Something whose `type` decides its other properties. */
const byType =
  (types: Readonly<Record<string, Read>>): Read =>
  (input, path) => {
    if (!isMap(input)) return wrong(path, 'a map is expected')
    const type = String(oneOf(...Object.keys(types))(input.type, `${path}.type`))
    return (types[type] as Read)(input, path)
  }

/** What a click does (structure/action.md). */
export const action: Read = byType({
  redirect: structure({ type: required(plain), uri: required(address) }),
  restEvent: structure({
    type: required(plain),
    id: required(plain),
    actionParams: optional(anything),
    animationType: optional(plain),
  }),
  openRestApp: structure({
    type: required(plain),
    actionParams: optional(anything),
    sliderParams: optional(
      structure({ title: optional(plain), width: optional(pixels), leftBoundary: optional(pixels) }),
    ),
  }),
})

/** On which devices something is shown (structure/field-types.md). */
export const scope = optional(oneOf('web', 'mobile'))
const block = (properties: Structure): Read =>
  structure({ type: required(plain), properties: required(structure({ ...properties, scope })) })

/** All of a deadline's properties have defaults. */
const deadline: Read = structure({
  type: required(plain),
  properties: optional(structure({ readonly: optional(flag), scope })),
})

const simple: Readonly<Record<string, Read>> = {
  text: block({
    value: required(translated),
    multiline: optional(flag),
    title: optional(translated),
    bold: optional(flag),
    size: optional(oneOf('xs', 'sm', 'md')),
    color: optional(oneOf('base_50', 'base_60', 'base_70', 'base_90')),
  }),
  link: block({ text: required(translated), action: required(action), bold: optional(flag) }),
  deadline,
}

const KEY = /^[A-Za-z0-9_-]+$/

/** A map under keys of the application's choice. */
export const keyed =
  (read: Read, max: number): Read =>
  (input, path) => {
    if (!isMap(input) && !Array.isArray(input)) return wrong(path, 'a map is expected')
    // A list is a map with numeric keys.
    const entries = Object.entries(Array.isArray(input) ? { ...(input as unknown[]) } : input)
    if (entries.length > max) return refuse('TOO_MANY_ITEMS', `Field \`${path}\`: ${max} elements at most are allowed`)
    for (const [key] of entries)
      if (!KEY.test(key)) refuse('KEY_CONTAIN_WRONG_SYMBOLS', `Field \`${path}\`: the key \`${key}\` is not allowed`)
    return Object.fromEntries(entries.map(([key, each]) => [key, read(each, `${path}.${key}`)]))
  }

/** One block at least. */
const blocksOf =
  (types: Readonly<Record<string, Read>>, max: number): Read =>
  (input, path) =>
    Object.keys(Array.isArray(input) || isMap(input) ? input : {}).length === 0
      ? refuse('FIELD_IS_REQUIRED', `The \`${path}\` field must be filled.`)
      : keyed(byType(types), max)(input, path)

const MAX_BLOCKS = 20

/** The blocks of a timeline entry or of a configurable activity (structure/content-block.md), as they are kept. */
export const contentBlocks: Read = blocksOf(
  {
    ...simple,
    largeText: block({ value: required(translated) }),
    withTitle: block({ title: required(translated), block: required(byType(simple)), inline: optional(flag) }),
    lineOfBlocks: block({ blocks: required(blocksOf(simple, MAX_BLOCKS)) }),
  },
  MAX_BLOCKS,
)

/** A set of additional blocks (structure/rest-app-layout-dto.md). */
export function readLayout(input: Map): { readonly blocks: unknown } {
  for (const name of Object.keys(input))
    if (name !== 'blocks') refuse('FIELD_IS_REDUNDANT', `The \`${name}\` field is not described.`)
  const { blocks } = input
  if (
    blocks === undefined ||
    blocks === null ||
    Object.keys(isMap(blocks) || Array.isArray(blocks) ? blocks : {}).length === 0
  )
    return refuse('FIELD_IS_REQUIRED', 'The `blocks` field in `RestAppLayoutDto` must be filled.')
  return { blocks: contentBlocks(blocks, 'blocks') }
}
