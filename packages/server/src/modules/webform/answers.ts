import type { Tree } from '../../schema/tree.ts'
import type { FormField } from './definition.ts'
import type { FormInput } from './form-inputs.ts'
import { urlFault } from './url-fault.ts'
import type { FormWord } from './words.ts'

/** A question as it is put: what the builder says of it, and what the field is. */
export interface Question extends FormInput {
  readonly label: string
  readonly placeholder: string
  readonly hint: string
}

/** What came of reading what was sent: values for the wire, or what is wrong with which question. */
export interface Answers {
  readonly values: ReadonlyMap<string, unknown>
  readonly faults: ReadonlyMap<string, FormWord>
}

export const MOST_FILES = 5
const MOST_BYTES = 10 * 1024 * 1024
const LONGEST = { line: 500, text: 10_000 }
/** What people send each other; nothing that runs when it is opened. */
const FILE_NAMES = /\.(?:pdf|docx?|odt|rtf|txt|csv|xlsx?|ods|pptx?|odp|jpe?g|png|gif|webp|heic|zip)$/i

/** What a form asks, as far as its fields still exist. */
export function questionsOf(fields: readonly FormField[], inputs: readonly FormInput[]): Question[] {
  const known = new Map(inputs.map((each) => [each.name, each]))
  return fields.flatMap((field) => {
    const input = known.get(field.name)
    if (input === undefined) return []
    return [{ ...input, ...field, label: field.label || input.title, required: field.required || input.required }]
  })
}

const textsOf = (input: unknown): string[] => {
  const list = Array.isArray(input)
    ? (input as unknown[])
    : typeof input === 'object' && input !== null
      ? Object.values(input)
      : [input]
  return list
    .filter((each): each is string => typeof each === 'string')
    .map((each) => each.trim())
    .filter((each) => each !== '')
}

type FileGiven = readonly [name: string, base64: string]
const isFile = (input: unknown): input is FileGiven =>
  Array.isArray(input) && input.length === 2 && input.every((each) => typeof each === 'string')
const filesOf = (input: unknown): FileGiven[] => {
  if (isFile(input)) return [input]
  const list = Array.isArray(input)
    ? (input as unknown[])
    : typeof input === 'object' && input !== null
      ? Object.values(input)
      : []
  return list.filter(isFile)
}

/** Reads one answer: the value for the wire, undefined for none, or the word for what is wrong with it. */
function answer(question: Question, given: unknown): { value: unknown } | { fault: FormWord } | undefined {
  const { input, multiple } = question
  if (input === 'file') return filesAnswer(question, filesOf(given))
  const texts = textsOf(given)
  const [first] = texts
  if (input === 'checkbox') return { value: first === undefined ? 'N' : 'Y' }
  if (first === undefined) return undefined
  if (input === 'select') {
    const known = new Set(question.options?.map(({ value }) => value))
    if (!texts.every((each) => known.has(each))) return { fault: 'option' }
    return { value: multiple ? texts : first }
  }
  if (first.length > (input === 'textarea' ? LONGEST.text : LONGEST.line)) return { fault: 'tooLong' }
  if (input === 'email' && !/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]{2,}$/.test(first)) return { fault: 'email' }
  if (input === 'tel' && (!/^[\d\s()+./-]+$/.test(first) || first.replace(/\D/g, '').length < 5))
    return { fault: 'phone' }
  if (input === 'url') {
    const url = /^[a-z][a-z\d+.-]*:/i.test(first) ? first : `https://${first}`
    return urlFault(url) === undefined ? { value: url } : { fault: 'invalid' }
  }
  if (input === 'number') {
    const digits = first.replace(/\s/g, '').replace(/,(?=\d+$)/, '.')
    return /^[+-]?\d{1,13}(?:\.\d{1,4})?$/.test(digits) ? { value: digits } : { fault: 'invalid' }
  }
  if (input === 'date' && !/^\d{4}-\d{2}-\d{2}$/.test(first)) return { fault: 'invalid' }
  if (input === 'datetime' && !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/.test(first)) return { fault: 'invalid' }
  return { value: multiple ? [first] : first }
}

function filesAnswer(
  { multiple }: Question,
  files: readonly FileGiven[],
): { value: unknown } | { fault: FormWord } | undefined {
  if (files.length === 0) return undefined
  if (files.length > (multiple ? MOST_FILES : 1)) return { fault: 'files' }
  const isGood = files.every(
    ([name, base64]) => FILE_NAMES.test(name) && base64.length * 0.75 <= MOST_BYTES && base64 !== '',
  )
  if (!isGood) return { fault: 'file' }
  return { value: multiple ? files : files[0] }
}

/** Reads what somebody has sent; nothing but what the form asks for is looked at. */
export function readAnswers(questions: readonly Question[], sent: Tree): Answers {
  const values = new Map<string, unknown>()
  const faults = new Map<string, FormWord>()
  for (const question of questions) {
    const given = answer(
      question,
      Object.hasOwn(sent, inputName(question.name)) ? sent[inputName(question.name)] : undefined,
    )
    if (given !== undefined && 'fault' in given) faults.set(question.name, given.fault)
    else if (question.required && (given === undefined || given.value === 'N')) faults.set(question.name, 'required')
    else if (given !== undefined) values.set(question.name, given.value)
  }
  return { values, faults }
}

/** Names in the page, so that none of them means something to the API's own way of reading forms. */
export const inputName = (name: string): string => `answer_${name.replaceAll('.', '__')}`
