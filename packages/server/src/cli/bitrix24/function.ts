import type { Answer } from './transport.ts'
import * as kinds from './kinds.ts'
import type { Kind } from './kinds.ts'

/** An option of a function. */
export interface FunctionOption {
  readonly kind: Kind
  readonly about: string
  readonly required: boolean
  /** What holds without it, as it would be typed. */
  readonly standard?: string
}
export type Options = Readonly<Record<string, FunctionOption>>

/** The options' values by their names; what was not given is not there. */
export type Values = Readonly<Record<string, unknown>>

/**
 * The parameters of a REST method in the order in which they are sent: by its key, the option whose value it takes, a
 * map of such, or what is worked out from all values. The key `...` puts a map's members beside the others.
 */
export interface Body {
  readonly [key: string]: string | Body | ((values: Values) => unknown)
}

/** A call of one REST method. */
export interface RestFunction {
  readonly name: string
  readonly about: string
  readonly options: Options
  readonly http: 'GET' | 'POST'
  readonly method: string
  readonly body: Body
  /** What is shown of the answer, where that is not all of it, and the call that may follow. */
  readonly finish?: (answer: Answer, values: Values, send: Upload) => Promise<Answer>
}

/** Sends a file to an address that the portal has named. */
export type Upload = (address: string, form: FormData) => Promise<Answer>

/** A call of the server that issues tokens. */
export interface TokenFunction {
  readonly name: string
  readonly about: string
  readonly options: Options
  readonly grant: Body
}

/** What needs no portal. A text is printed as it is, anything else as JSON. */
export interface LocalFunction {
  readonly name: string
  readonly about: string
  readonly options: Options
  run(values: Values): unknown
}

export type PortalFunction = RestFunction | TokenFunction | LocalFunction

export interface Region {
  readonly title: string
  readonly functions: readonly PortalFunction[]
}

const option = (kind: Kind) => (about: string) => ({ kind, about, required: true })
export const word = option(kinds.word)
export const id = option(kinds.id)
export const text = option(kinds.text)
export const secret = option(kinds.secret)
export const map = option(kinds.map)
export const list = option(kinds.list)
export const calendarFilter = option(kinds.calendarFilter)
export const truth = option(kinds.truth)
export const letter = option(kinds.letter)
export const oppositeLetter = option(kinds.oppositeLetter)
export const day = option(kinds.day)
export const moment = option(kinds.moment)
export const utcMoment = option(kinds.utcMoment)
export const bytes = option(kinds.bytes)
export const base64 = option(kinds.base64)
export const files = option(kinds.files)

export const optional = (given: FunctionOption): FunctionOption => ({ ...given, required: false })
export const standard = (value: string, given: FunctionOption): FunctionOption => ({
  ...given,
  required: false,
  standard: value,
})

/** What every call of a portal takes; OpenIntegrations shows the token last. */
const url = secret('A webhook’s address, or the portal’s domain where --token is given')
const token = optional(secret('An access token, where --url is a domain'))

const rest =
  (http: 'GET' | 'POST') =>
  (
    name: string,
    method: string,
    about: string,
    options: Options = {},
    body: Body = {},
    finish?: RestFunction['finish'],
  ): RestFunction => ({
    name,
    about,
    options: { url, ...options, token },
    http,
    method,
    body,
    ...(finish === undefined ? {} : { finish }),
  })

/** Nearly every function posts JSON. */
export const post = rest('POST')
/** Seven ask with GET. */
export const get = rest('GET')

export const local = (
  name: string,
  about: string,
  options: Options,
  run: (values: Values) => unknown,
): LocalFunction => ({ name, about, options, run })

/**
 * Whether a call may be repeated when no answer came: one that changes nothing. OpenIntegrations repeats all of them,
 * so that a lead may be there twice.
 */
export const isRead = ({ name }: RestFunction): boolean => /^(Get|Find|Check|ServerTime)/.test(name)
