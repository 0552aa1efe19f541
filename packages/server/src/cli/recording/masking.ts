import type { Asked, Command } from './asked.ts'
import { maskErrorText } from './error-words.ts'
import { classOf, type Declared, type FieldClass, isPhoneKey, isTime } from './field-classes.ts'
import type { Pseudonyms } from './placeholders.ts'
import { isKept, isKeptKey, isKeptNumber, kindOfText } from './value-shapes.ts'

/** What masking needs to know: which fields there are, and what stands for what. */
export interface Masking {
  readonly declared: Declared
  readonly pseudonyms: Pseudonyms
}

/** Where a value stands. */
interface Spot {
  /** The name that it has, or that the list has in which it is. */
  readonly key: string
  /** The name of the map around it: of a VALUE, only this tells what it is. */
  readonly around: string
  /** An element of a filter of REST 3.0. */
  readonly isCondition: boolean
  /** Of a secret, every part is one. */
  readonly isSecret: boolean
}

const TOP: Spot = { key: '', around: '', isCondition: false, isSecret: false }
/** Deeper than any answer. What lies below is not told. */
const DEEPEST = 40

/**
 * Values as they may be told to everybody. What stays is on a list: ids, codes, flags, dates, amounts, names of
 * fields; by what the field is known to hold, and by the shape of the value itself. Everything else is replaced by a
 * placeholder of its kind, the same one for the same value.
 */
export function maskValue(value: unknown, masking: Masking, key = ''): unknown {
  return masked(value, { ...TOP, key, isSecret: classOf(key, masking.declared) === 'secret' }, masking, 0)
}

/** A request as it may be told. */
export function maskAsked(asked: Asked, masking: Masking): Pick<Asked, 'params' | 'commands'> {
  return {
    params: asked.params === null ? null : (maskValue(asked.params, masking) as Record<string, unknown>),
    ...(asked.commands === undefined ? {} : { commands: asked.commands.map((each) => maskCommand(each, masking)) }),
  }
}

const maskCommand = ({ label, method, params }: Command, masking: Masking): Command => ({
  label: maskKey(label, masking),
  method: maskMethod(method),
  params: maskValue(params, masking) as Record<string, unknown>,
})

/** A path that is no method's name may hold anything. */
export const maskMethod = (method: string): string =>
  /^[A-Za-z][\w.]{0,100}$/.test(method) && !/\d{5}/.test(method) ? method : 'unknown'

/** An answer as it may be told. The labels of a batch's commands are no names of fields. */
export function maskAnswer(answer: unknown, asked: Asked, masking: Masking): unknown {
  if (asked.commands === undefined || !isMap(answer) || !isMap(answer.result)) return maskValue(answer, masking)
  const { result, ...rest } = answer
  const part = (name: string, value: unknown): unknown =>
    isMap(value)
      ? Object.fromEntries(
          Object.entries(value).map(([label, each]) => [maskKey(label, masking), maskPart(name, each, masking)]),
        )
      : Array.isArray(value)
        ? value.map((each) => maskPart(name, each, masking))
        : maskValue(value, masking)
  return {
    result: Object.fromEntries(
      Object.entries(result).map(([name, value]) => [maskKey(name, masking), part(name, value)]),
    ),
    ...(maskValue(rest, masking) as object),
  }
}

const maskPart = (name: string, value: unknown, masking: Masking): unknown =>
  name === 'result_error' && isMap(value) ? maskError(value, masking) : maskValue(value, masking)

function masked(value: unknown, spot: Spot, masking: Masking, depth: number): unknown {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'string') return maskText(value, spot, masking)
  if (typeof value === 'number') return maskNumber(value, spot, masking)
  if (depth >= DEEPEST) return null
  if (Array.isArray(value)) return maskList(value, spot, masking, depth)
  if (typeof value !== 'object') return null
  if ('error' in value || 'validation' in value) return maskError(value as Readonly<Record<string, unknown>>, masking)
  return maskMap(value as Readonly<Record<string, unknown>>, spot, masking, depth)
}

function maskMap(value: Readonly<Record<string, unknown>>, spot: Spot, masking: Masking, depth: number): unknown {
  // `{typeId: 'PHONE', value: '…'}`
  const type = value.typeId ?? value.TYPE_ID ?? value.TYPE
  const around = typeof type === 'string' && isPhoneKey(type) ? type : spot.key
  const entries = Object.keys(value).map((key): [string, unknown] => {
    const isNumber = /^\d+$/.test(key)
    const inner: Spot = {
      key: isNumber ? spot.key : key,
      around: isNumber ? spot.around : around,
      isCondition: false,
      isSecret: spot.isSecret || classOf(key, masking.declared) === 'secret',
    }
    return [maskKey(key, masking), masked(value[key], inner, masking, depth + 1)]
  })
  return Object.fromEntries(entries)
}

function maskList(list: readonly unknown[], spot: Spot, masking: Masking, depth: number): unknown {
  const [first, second] = list
  // `[name, base64]`
  if (list.length === 2 && typeof first === 'string' && typeof second === 'string' && isFilePair(first, second, spot))
    return [
      first === '' ? '' : masking.pseudonyms.of('file', first),
      second === '' ? '' : masking.pseudonyms.of('content', second),
    ]
  // REST 3.0: `[field, operator, value]`
  if (
    spot.isCondition &&
    !spot.isSecret &&
    typeof first === 'string' &&
    list.length >= 2 &&
    list.length <= 3 &&
    isKeptKey(first)
  ) {
    const operand: Spot = { ...TOP, key: first, isSecret: classOf(first, masking.declared) === 'secret' }
    return [
      first,
      ...(list.length === 3 ? [masked(second, { ...TOP, key: 'operator' }, masking, depth + 1)] : []),
      masked(list.at(-1), operand, masking, depth + 1),
    ]
  }
  const isCondition = /^(filter|conditions)$/i.test(spot.key) && !spot.isCondition
  return list.map((each) => masked(each, { ...spot, isCondition }, masking, depth + 1))
}

const isFilePair = (name: string, content: string, { key }: Spot): boolean =>
  /^(fileData|fileContent)$/i.test(key) ||
  (/\.[a-z\d]{1,8}$/i.test(name) && content.length >= 4 && /^[A-Za-z\d+/_\r\n-]+={0,2}$/.test(content))

const classIn = ({ key, around, isSecret }: Spot, { declared }: Masking): FieldClass => {
  if (isSecret) return 'secret'
  if (around === '' || !/^values?$/i.test(key)) return classOf(key, declared)
  // Of a VALUE, what is around it tells what it is.
  const whole = classOf(around, declared)
  return whole === 'name' || whole === 'code' ? 'open' : whole
}

function maskText(text: string, spot: Spot, masking: Masking): unknown {
  if (text === '') return text
  const of = classIn(spot, masking)
  // Symbolic codes of goods and sections are made of their names, in small letters.
  const isMadeUp = /^code$/i.test(spot.key) && /[a-z]/.test(text)
  if (!isMadeUp && isKept(text, of)) return text
  // XML knows no numbers.
  if (of === 'open' && isTime(spot.key) && /^\d{10}(\.\d{1,9})?$/.test(text)) return text
  if (of === 'secret') return masking.pseudonyms.of('secret', text)
  const isPhone = isPhoneKey(spot.key) || (/^value$/i.test(spot.key) && isPhoneKey(spot.around))
  return masking.pseudonyms.of(kindOfText(text, spot.key, isPhone), text)
}

function maskNumber(value: number, spot: Spot, masking: Masking): unknown {
  const of = classIn(spot, masking)
  if (isKeptNumber(value, of, spot.key)) return value
  return masking.pseudonyms.of(of === 'secret' ? 'secret' : 'number', String(value))
}

const maskKey = (key: string, masking: Masking): string =>
  isKeptKey(key) ? key : String(masking.pseudonyms.of('key', key))

/** Codes of errors stay; of their texts, what every API says. */
function maskError(error: Readonly<Record<string, unknown>>, masking: Masking): unknown {
  return Object.fromEntries(
    Object.entries(error).map(([key, value]) => {
      if (/^(error|code)$/.test(key) && typeof value === 'string') return [key, maskCode(value, masking)]
      if (/^(error_description|error_information|message|description)$/.test(key) && typeof value === 'string')
        return [key, maskErrorText(value, masking.declared)]
      if (/^(error|validation)$/.test(key) && isMap(value)) return [key, maskError(value, masking)]
      if (key === 'validation' && Array.isArray(value))
        return [key, value.map((each) => (isMap(each) ? maskError(each, masking) : maskValue(each, masking)))]
      return [maskKey(key, masking), maskValue(value, masking, key)]
    }),
  )
}

/** Some of the documented codes are sentences, and some are numbers of twelve digits. */
export const maskCode = (code: string, { declared }: Pick<Masking, 'declared'>): string =>
  (/^[A-Za-z\d_.:-]{0,100}$/.test(code) && !/\d{7}/.test(code)) || /^20\d{10}$/.test(code)
    ? code
    : maskErrorText(code, declared)

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
