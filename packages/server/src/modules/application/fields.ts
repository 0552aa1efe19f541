import { grantableScopes } from '../../auth/scopes.ts'
import { ApiError } from '../../methods/errors.ts'
import { isMap, listOfInput } from '../../methods/method.ts'
import { InvalidValue, isBlank, textOf, yesNo } from '../../schema/kind.ts'
import { languages } from '../../schema/languages.ts'

/** What people decide about an application (local-integrations/local-apps.md). */
export interface ApplicationFields {
  readonly title: string
  readonly handlerUrl: string
  readonly installUrl: string
  readonly scopes: readonly string[]
  readonly scriptOnly: boolean
  readonly menu: Readonly<Record<string, string>>
}

const MAX_TITLE = 255
const MAX_URL = 2000

const wrong = (text: string): ApiError => new ApiError('INVALID_ARG_VALUE', 400, text)

function shortText(name: string, input: unknown): string {
  const text = isBlank(input) ? '' : textOf(input).trim()
  if (text.length > MAX_TITLE) throw wrong(`${name} is longer than ${MAX_TITLE} characters`)
  return text
}

/** An address that the portal sends to, or people are sent to. Names and passwords in it would be shown to everyone. */
function addressOf(name: string, input: unknown): string {
  const text = isBlank(input) ? '' : textOf(input).trim()
  if (text === '') return ''
  const url = URL.canParse(text) ? new URL(text) : undefined
  const fits = url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
  if (!fits || text.length > MAX_URL) throw wrong(`${name} must be an address that begins with http:// or https://`)
  return url.href
}

/**
 * `crm,user` or a list.
 * @throws {ApiError} INVALID_ARG_VALUE, 400
 */
export function scopesOf(input: unknown): string[] {
  if (isBlank(input)) return []
  const given: unknown[] = typeof input === 'string' ? input.split(',') : [...listOfInput(input)]
  const texts = given.map((scope) => (typeof scope === 'string' ? scope.trim() : undefined))
  if (texts.includes(undefined)) throw wrong('SCOPE must be a list of texts')
  const wanted = [...new Set(texts)].filter((scope) => scope !== undefined && scope !== '').sort() as string[]
  const unknown = wanted.find((scope) => !grantableScopes.includes(scope))
  if (unknown !== undefined) throw wrong(`There is no scope ${unknown.slice(0, 50)}`)
  return wanted
}

function menuOf(input: unknown): Record<string, string> {
  if (isBlank(input) || (Array.isArray(input) && input.length === 0)) return {}
  if (!isMap(input)) throw wrong('MENU must be a map of names by language')
  const menu: Record<string, string> = {}
  for (const [language, name] of Object.entries(input)) {
    if (!(languages as readonly string[]).includes(language))
      throw wrong(`There is no language ${language.slice(0, 20)}`)
    const text = shortText('MENU', name)
    if (text !== '') menu[language] = text
  }
  return menu
}

const readers = {
  title: (input: unknown) => shortText('TITLE', input),
  handlerUrl: (input: unknown) => addressOf('HANDLER', input),
  installUrl: (input: unknown) => addressOf('INSTALL_URL', input),
  scopes: scopesOf,
  scriptOnly: (input: unknown) => (isBlank(input) ? false : (yesNo(input) ?? false)),
  menu: menuOf,
} satisfies { [K in keyof ApplicationFields]: (input: unknown) => ApplicationFields[K] }

const blank: ApplicationFields = {
  title: '',
  handlerUrl: '',
  installUrl: '',
  scopes: [],
  scriptOnly: false,
  menu: {},
}

/**
 * The fields of an application as it is to be: what is given, else what was before.
 * @throws {ApiError} INVALID_ARG_VALUE, 400: what is wrong, in words
 */
export function readFields(
  given: Readonly<Partial<Record<keyof ApplicationFields, unknown>>>,
  before: ApplicationFields = blank,
): ApplicationFields {
  const read = <K extends keyof ApplicationFields>(name: K): ApplicationFields[K] => {
    if (given[name] === undefined) return before[name]
    try {
      return readers[name](given[name]) as ApplicationFields[K]
    } catch (cause) {
      if (cause instanceof InvalidValue) throw wrong(`${name}: ${cause.message}`)
      throw cause
    }
  }
  const scriptOnly = read('scriptOnly')
  const fields: ApplicationFields = {
    title: read('title'),
    handlerUrl: read('handlerUrl'),
    installUrl: read('installUrl'),
    scopes: read('scopes'),
    scriptOnly,
    // What has no pages has no place in the menu.
    menu: scriptOnly ? {} : read('menu'),
  }
  if (fields.title === '') throw wrong('TITLE is empty')
  if (fields.handlerUrl === '' && !scriptOnly) throw wrong('HANDLER is empty')
  return fields
}
