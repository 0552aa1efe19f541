import { isIP } from 'node:net'
import { mistake } from './mistake.ts'

/**
 * The address of a method, made as OpenIntegrations makes it: of a webhook's address, or of a portal's domain where
 * there is a token. It strips whatever scheme is given and speaks HTTPS only; here `http://` is honoured for hosts that
 * nobody else can reach, and goes without saying for this machine itself.
 * @param url `https://portal/rest/1/CODE`, with or without its scheme and its last slash; `portal` with a token
 */
export function methodAddress(url: string, method: string, hasToken: boolean): URL {
  const portal = portalAddress(url)
  if (portal.search !== '' || portal.hash !== '') throw mistake('--url has more than an address: leave out "?" and "#"')
  let path = portal.pathname.endsWith('/') ? portal.pathname : `${portal.pathname}/`
  if (hasToken && !path.endsWith('rest/')) path += 'rest/'
  portal.pathname = path + method
  return portal
}

/** The address behind `--url`, with the scheme that its host gets. */
export function portalAddress(url: string): URL {
  const [, scheme = '', rest = ''] = /^\s*(?:(https?):\/\/)?(.*?)\s*$/is.exec(url) ?? []
  let address: URL
  try {
    // Another scheme would be taken for a host and its port.
    if (rest.includes('://')) throw new TypeError('a scheme that is not known')
    address = new URL(`http://${rest.replace(/^www\./i, '')}`)
  } catch {
    throw mistake('--url is no address: expected a webhook, or the domain of a portal where --token is given')
  }
  if (address.username !== '' || address.password !== '')
    throw mistake('--url has a name and a password in it, which a portal does not know')
  const isPlain = scheme === '' ? isLoopback(address.hostname) : isHttp(scheme) && isPrivate(address.hostname)
  // Only a URL that keeps its port may change its scheme: `http://` drops the port 80, and `https://` the port 443.
  return isPlain ? address : new URL(`https://${rest.replace(/^www\./i, '')}`)
}

const isHttp = (scheme: string): boolean => scheme.toLowerCase() === 'http'

/** This machine. */
const isLoopback = (host: string): boolean =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host === '[::1]' ||
  (isIP(host) === 4 && host.startsWith('127.'))

/** This machine, its network, and names that are known in it alone. */
const isPrivate = (host: string): boolean =>
  isLoopback(host) ||
  (isIP(host) === 4
    ? /^(10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\./.test(host)
    : host.startsWith('[')
      ? /^\[f([cd]|e[89ab])/i.test(host)
      : !host.includes('.') || /\.(local|lan|internal|home\.arpa)$/.test(host))

const HIDDEN = '***'

/** An address without what opens the portal: a webhook's code, a token, an application's secret. */
export function maskedAddress(address: URL): string {
  const masked = new URL(address)
  masked.pathname = masked.pathname.replace(/(\/rest\/\d+\/)[^/]+/, `$1${HIDDEN}`)
  for (const name of masked.searchParams.keys()) if (isSecret(name)) masked.searchParams.set(name, HIDDEN)
  return masked.href
}

/** Parameters in the same way. */
export const maskedParameters = (parameters: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, isSecret(name) ? HIDDEN : value]))

const isSecret = (name: string): boolean => /^(auth|client_secret|code|refresh_token)$/.test(name)
