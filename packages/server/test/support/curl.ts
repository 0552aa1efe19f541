import { spawnSync } from 'node:child_process'
import type { Answer, TestPortal } from './portal.ts'

/** A command as a person would paste it, with the documentation's placeholders replaced. */
export function filled(command: string, values: Readonly<Record<string, string>>): string {
  let text = command
  for (const [placeholder, value] of Object.entries(values)) {
    text = text.replaceAll(placeholder, value)
  }
  const left = /\*\*put_\w+\*\*|formatDate\(\w+\)/.exec(text)
  if (left !== null) throw new Error(`the placeholder ${left[0]} has no value`)
  return text
}

/** What a shell hands to curl: the shell itself reads the quotes, continued lines and `$(date …)`. */
export function curlArguments(command: string): string[] {
  const shell = spawnSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }\n${command}`], { encoding: 'utf8' })
  if (shell.status !== 0 || shell.stderr !== '') throw new Error(`the shell refused the command: ${shell.stderr}`)
  return shell.stdout.split('\0').slice(0, -1)
}

/** Sends what curl would send for these arguments: the same path, headers and body bytes. */
export async function runCurl(portal: TestPortal, given: readonly string[]): Promise<Answer> {
  const headers: Record<string, string> = {}
  let method = 'GET'
  let url: URL | undefined
  let body: Buffer | undefined
  for (let at = 0; at < given.length; at++) {
    const argument = given[at] ?? ''
    const value = (): string => given[++at] ?? ''
    if (argument === '-X') method = value()
    else if (argument === '-H') {
      const [name = '', ...rest] = value().split(':')
      headers[name.trim().toLowerCase()] = rest.join(':').trim()
    } else if (argument === '-d') body = Buffer.from(value())
    else if (argument.startsWith('https://')) url = new URL(argument)
    else throw new Error(`curl is not documented with ${argument}`)
  }
  if (url === undefined || (method !== 'GET' && method !== 'POST')) throw new Error('no request')
  return portal.send({
    method,
    url: url.pathname + url.search,
    headers: { host: url.host, 'user-agent': 'curl/8.5.0', ...headers },
    ...(body === undefined ? {} : { body }),
  })
}

/** PHP's `http_build_query`: nested names in brackets, spaces as `+`, booleans as 1 and 0, nulls dropped. */
export function httpBuildQuery(parameters: Readonly<Record<string, unknown>>): string {
  const pairs: string[] = []
  const encode = (text: string): string =>
    encodeURIComponent(text)
      .replaceAll('%20', '+')
      .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  const walk = (name: string, value: unknown): void => {
    if (value === null || value === undefined) return
    if (typeof value === 'object') for (const [key, each] of Object.entries(value)) walk(`${name}[${key}]`, each)
    else pairs.push(`${encode(name)}=${encode(typeof value === 'boolean' ? (value ? '1' : '0') : String(value))}`)
  }
  for (const [key, value] of Object.entries(parameters)) walk(key, value)
  return pairs.join('&')
}
