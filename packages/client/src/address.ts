/** Where a portal is, and how its methods are called there. */
export interface Address {
  /** `https://portal.example` */
  readonly origin: string
  /** `/rest/1/CODE/` or `/rest/`, after whatever path the portal is under. */
  readonly path: string
  /** The code of a webhook. */
  readonly secret?: string
}

/** What people copy may have a method behind it. */
const WEBHOOK = /^(.*\/rest\/)(?:api\/)?(\d+)\/([A-Za-z0-9_-]+)(?:\/[\w.]*)?\/?$/

/**
 * @param webhook `https://portal/rest/1/CODE/`, with or without the slash at its end
 * @throws TypeError whose text does not repeat the secret
 */
export function webhookAddress(webhook: string): Address {
  const url = parse(webhook, 'webhook')
  const path = url.pathname.replace(/\/{2,}/g, '/')
  const found = WEBHOOK.exec(path)
  if (found === null) throw new TypeError('webhook: an address such as https://portal.example/rest/1/CODE/ is expected')
  const [, before = '', user = '', secret = ''] = found
  return { origin: url.origin, path: `${before}${user}/${secret}/`, secret }
}

/** @param portal `https://portal.example`, with or without `/rest/` behind it; without a scheme, https is meant */
export function portalAddress(portal: string): Address {
  const url = parse(portal, 'portal')
  const path = url.pathname.replace(/\/{2,}/g, '/').replace(/\/(?:rest\/?)?$/, '')
  return { origin: url.origin, path: `${path}/rest/` }
}

function parse(text: string, name: string): URL {
  const trimmed = text.trim()
  let url: URL | undefined
  try {
    url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`)
  } catch {
    url = undefined
  }
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.hostname === '')
    throw new TypeError(`${name}: an address that begins with https:// is expected`)
  return url
}
