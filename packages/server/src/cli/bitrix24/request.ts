import type { Body, RestFunction, TokenFunction, Values } from './function.ts'
import { maskedAddress, maskedParameters, methodAddress, portalAddress } from './address.ts'
import { mistake } from './mistake.ts'
import { pretty } from './pretty.ts'
import { version } from '../version.ts'

/** What goes over the wire, and what of it may be shown. */
export interface Request {
  readonly http: 'GET' | 'POST'
  readonly address: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | FormData | null
  /** For people: the same without secrets. */
  readonly shown: string
}

const headers = {
  accept: '*/*',
  connection: 'keep-alive',
  'accept-charset': 'utf-8',
  'accept-encoding': 'gzip',
  'user-agent': `portico/${version}`,
}
const json = { 'content-type': 'application/json; charset=utf-8' }

/** The request of a function, in the exact form of OpenIntegrations: `auth` first, and no body where nothing is sent. */
export function requestOf({ http, method, body }: RestFunction, values: Values): Request {
  const token = values.token
  const address = methodAddress(String(values.url), method, token !== undefined)
  return request(http, address, { ...(token === undefined ? {} : { auth: token }), ...bodyOf(body, values) })
}

/** The authorization server that OpenIntegrations asks, whatever the portal. */
export const tokenServer = 'https://oauth.bitrix.info'

export function tokenRequestOf({ grant }: TokenFunction, values: Values): Request {
  const address = portalAddress(String(values.server))
  address.pathname = '/oauth/token/'
  return request('GET', address, bodyOf(grant, values))
}

/** A file for an address that the portal has named. */
export function uploadOf(address: string, form: FormData): Request {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address))
    throw mistake('the portal has named no address for the file')
  const target = new URL(address)
  return { http: 'POST', address: target, headers, body: form, shown: `POST ${target.origin}/…\n\n(a file)` }
}

function request(http: 'GET' | 'POST', address: URL, parameters: Record<string, unknown>): Request {
  const isEmpty = Object.keys(parameters).length === 0
  if (http === 'GET') {
    for (const [name, value] of Object.entries(parameters)) address.searchParams.append(name, String(value))
    return { http, address, headers, body: null, shown: show(http, address, headers, '') }
  }
  const sent = isEmpty ? headers : { ...headers, ...json }
  const body = isEmpty ? null : JSON.stringify(parameters)
  const masked = isEmpty ? '' : pretty(JSON.stringify(maskedParameters(parameters)))
  return { http, address, headers: sent, body, shown: show(http, address, sent, masked) }
}

const show = (http: string, address: URL, sent: Readonly<Record<string, string>>, body: string): string =>
  [
    `${http} ${maskedAddress(address)}`,
    ...Object.entries(sent).map(([name, value]) => `${name}: ${value}`),
    ...(body === '' ? [] : ['', body]),
  ].join('\n')

/** The parameters, without what is empty: texts of nothing but spaces, and maps and lists that hold nothing. */
export function bodyOf(body: Body, values: Values): Record<string, unknown> {
  const made: Record<string, unknown> = {}
  for (const [key, source] of Object.entries(body)) {
    const value =
      typeof source === 'string'
        ? values[source]
        : typeof source === 'function'
          ? source(values)
          : bodyOf(source, values)
    if (isEmptyValue(value)) continue
    if (key === '...') Object.assign(made, value)
    else made[key] = value
  }
  return made
}

function isEmptyValue(value: unknown): boolean {
  if (value === undefined || value === null) return true
  if (typeof value === 'string') return value.trim() === ''
  return typeof value === 'object' && Object.keys(value).length === 0
}
