import { ApiError } from '../../methods/errors.ts'
import { isMap, type Map } from '../../methods/method.ts'
import { urlFault } from './url-fault.ts'

/** A question of a form. */
export interface FormField {
  readonly name: string
  readonly label: string
  readonly required: boolean
  readonly placeholder: string
  readonly hint: string
}

/** Everything that a form says and does. */
export interface FormDefinition {
  readonly fields: readonly FormField[]
  readonly heading: string
  readonly text: string
  readonly button: string
  /** A box that must be ticked, with the words that somebody agrees to; empty: there is none. */
  readonly consent: string
  /** Where the whole of it can be read. */
  readonly consentUrl: string
  readonly success: { readonly heading: string; readonly text: string; readonly url: string }
  readonly design: { readonly colour: string; readonly theme: 'light' | 'dark' | 'auto' }
  /** Of the form's own words; `auto` is the visitor's. */
  readonly language: 'en' | 'de' | 'auto'
  /** What the record gets beside the answers. */
  readonly record: {
    readonly title: string
    readonly assignedById: number
    readonly categoryId: number
    readonly stageId: string
    readonly sourceId: string
    /** Contacts of deals: whoever is known by phone or e-mail is not made twice. */
    readonly reuseClient: boolean
  }
  readonly limits: {
    /** Submissions of one address in an hour, and in all; 0: as many as they like. */
    readonly perAddress: number
    readonly total: number
    /** `2026-12-31`: the last day; empty: it has none. */
    readonly until: string
  }
}

const LONGEST = { line: 255, text: 4_000 }
const MOST_FIELDS = 60

const invalid = (name: string, detail: string): ApiError =>
  new ApiError('INVALID_ARG_VALUE', 400, `Invalid value for field '${name}': ${detail}`)

function text(map: Map, name: string, path: string, longest: number, otherwise = ''): string {
  const value = map[name] ?? otherwise
  if (typeof value !== 'string' && typeof value !== 'number') throw invalid(path, 'a text is expected')
  const trimmed = String(value).trim()
  if (trimmed.length > longest) throw invalid(path, `more than ${longest} characters`)
  return trimmed
}

function whole(map: Map, name: string, path: string, otherwise: number): number {
  const value = Number(map[name] ?? otherwise)
  if (!Number.isSafeInteger(value) || value < 0) throw invalid(path, 'a whole number is expected')
  return value
}

const flag = (map: Map, name: string, otherwise: boolean): boolean => {
  const value = map[name]
  return value === undefined || value === null
    ? otherwise
    : value === true || value === 'Y' || value === 1 || value === '1'
}

function choice<T extends string>(map: Map, name: string, path: string, choices: readonly [T, ...T[]]): T {
  const value = map[name] ?? choices[0]
  const found = choices.find((each) => each === value)
  if (found === undefined) throw invalid(path, `one of ${choices.join(', ')} is expected`)
  return found
}

function part(input: Map, name: string): Map {
  const value = input[name] ?? {}
  if (Array.isArray(value) && value.length === 0) return {}
  if (!isMap(value)) throw invalid(name, 'a map is expected')
  return value
}

function address(map: Map, name: string, path: string): string {
  const url = text(map, name, path, 2_000)
  const fault = url === '' ? undefined : urlFault(url)
  if (fault !== undefined) throw invalid(path, fault)
  return url
}

function fieldsOf(input: unknown, known: ReadonlySet<string>): FormField[] {
  const list = input === undefined || input === null ? [] : isMap(input) ? Object.values(input) : input
  if (!Array.isArray(list)) throw invalid('fields', 'a list is expected')
  if (list.length > MOST_FIELDS) throw invalid('fields', `more than ${MOST_FIELDS}`)
  const names = new Set<string>()
  return (list as unknown[]).map((each, index) => {
    const path = `fields.${index}`
    if (!isMap(each)) throw invalid(path, 'a map is expected')
    const name = text(each, 'name', `${path}.name`, 100)
    if (!known.has(name)) throw invalid(`${path}.name`, `forms can't ask for '${name}'`)
    if (names.has(name)) throw invalid(`${path}.name`, `'${name}' is asked for twice`)
    names.add(name)
    return {
      name,
      label: text(each, 'label', `${path}.label`, LONGEST.line),
      required: flag(each, 'required', false),
      placeholder: text(each, 'placeholder', `${path}.placeholder`, LONGEST.line),
      hint: text(each, 'hint', `${path}.hint`, LONGEST.line),
    }
  })
}

/**
 * Reads what a form is to be; what is left out has its default.
 *
 * @param known the names that forms of this type may ask for
 * @throws ApiError that names the place
 */
export function readDefinition(input: Map, known: ReadonlySet<string>): FormDefinition {
  const [success, design, record, limits] = ['success', 'design', 'record', 'limits'].map((name) =>
    part(input, name),
  ) as [Map, Map, Map, Map]
  const colour = text(design, 'colour', 'design.colour', 7, '#0c7a4d')
  if (!/^#[\da-f]{6}$/i.test(colour)) throw invalid('design.colour', 'a colour such as #0c7a4d is expected')
  const until = text(limits, 'until', 'limits.until', 10)
  if (until !== '' && !/^\d{4}-\d{2}-\d{2}$/.test(until))
    throw invalid('limits.until', 'a date such as 2026-12-31 is expected')
  return {
    fields: fieldsOf(input.fields, known),
    heading: text(input, 'heading', 'heading', LONGEST.line),
    text: text(input, 'text', 'text', LONGEST.text),
    button: text(input, 'button', 'button', 60),
    consent: text(input, 'consent', 'consent', LONGEST.text),
    consentUrl: address(input, 'consentUrl', 'consentUrl'),
    success: {
      heading: text(success, 'heading', 'success.heading', LONGEST.line),
      text: text(success, 'text', 'success.text', LONGEST.text),
      url: address(success, 'url', 'success.url'),
    },
    design: { colour, theme: choice(design, 'theme', 'design.theme', ['auto', 'light', 'dark']) },
    language: choice(input, 'language', 'language', ['auto', 'en', 'de']),
    record: {
      title: text(record, 'title', 'record.title', LONGEST.line),
      assignedById: whole(record, 'assignedById', 'record.assignedById', 0),
      categoryId: whole(record, 'categoryId', 'record.categoryId', 0),
      stageId: text(record, 'stageId', 'record.stageId', 50),
      sourceId: text(record, 'sourceId', 'record.sourceId', 50, 'WEBFORM'),
      reuseClient: flag(record, 'reuseClient', true),
    },
    limits: {
      perAddress: whole(limits, 'perAddress', 'limits.perAddress', 20),
      total: whole(limits, 'total', 'limits.total', 0),
      until,
    },
  }
}
