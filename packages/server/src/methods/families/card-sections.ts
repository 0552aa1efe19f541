import { textOf, yesNo } from '../../schema/kind.ts'
import { type ApiError, legacyError } from '../errors.ts'
import { isMap, type Map } from '../method.ts'

/** One field in a section of a card. */
interface CardElement {
  readonly name: string
  /** Whether the field is shown even when it is empty; a text on the wire. */
  readonly optionFlags: '0' | '1'
  /** What this one field has beside: the country of phone numbers, the type of addresses. */
  readonly options?: Map
}

/** A part of a card: its fields, in their order. */
export interface CardSection {
  readonly name: string
  readonly title: string
  readonly type: 'section'
  readonly elements: readonly CardElement[]
}

/** How a family's pages put the same refusals. */
export interface CardWords {
  readonly wrongType: 'has' | 'have'
  /** `does not have name` or `does not have a name`. */
  readonly article: '' | 'a '
}

const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null

function filled(holder: unknown, key: string): string | undefined {
  const value = isMap(holder) ? holder[key] : undefined
  const text = isScalar(value) && value !== null && value !== undefined ? textOf(value).trim() : ''
  return text === '' ? undefined : text
}

/** What a request says a card shall be, as it is stored; throws the documented refusals. */
export function readSections(data: unknown, { wrongType, article }: CardWords): CardSection[] {
  if (!Array.isArray(data) && !isMap(data)) throw legacyError("Parameter 'data' must be array.")
  if (Object.keys(data).length === 0) throw legacyError('There are no data to write.')
  if (!Array.isArray(data)) throw legacyError('The data must be indexed array.')
  const unnamed = (what: string, lacks: string): ApiError => legacyError(`${what} does not have ${article}${lacks}.`)
  return data.map((given: unknown, index): CardSection => {
    const section = `Section at index ${index}`
    const type = filled(given, 'type') ?? ''
    if (type !== 'section') throw legacyError(`${section} ${wrongType} type ${type}. The expected type is 'section'.`)
    const name = filled(given, 'name')
    if (name === undefined) throw unnamed(section, 'name')
    const title = filled(given, 'title')
    if (title === undefined) throw unnamed(section, 'title')
    const elements = elementsOf(given).map((element, at): CardElement => {
      const field = filled(element, 'name')
      if (field === undefined) throw unnamed(`Element at index ${at} in section at index ${index}`, 'name')
      return { name: field, ...displayOf(element as Map) }
    })
    return { name, title, type, elements }
  })
}

const elementsOf = (section: unknown): readonly unknown[] => {
  const elements = (section as Map).elements
  return Array.isArray(elements) ? elements : isMap(elements) ? Object.values(elements) : []
}

function displayOf({ optionFlags, options }: Map): Pick<CardElement, 'optionFlags' | 'options'> {
  const own = isMap(options) ? Object.entries(options).filter(([, value]) => isScalar(value)) : []
  return {
    optionFlags: yesNo(optionFlags) === true ? '1' : '0',
    ...(own.length === 0 ? {} : { options: Object.fromEntries(own) }),
  }
}
