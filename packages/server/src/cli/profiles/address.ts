/** Where calls go, and with what. */
export type Address =
  { readonly webhook: string } | { readonly portal: string; readonly token: string } | { readonly portal: string }

const WEBHOOK = /^(.*\/rest\/)(?:api\/)?(\d+)\/([A-Za-z0-9_-]+)(?:\/.*)?$/

/**
 * Reads what people have at hand: a webhook's address, also with a method behind it, or a portal's. Without a scheme
 * https is meant, or http on this machine.
 * @returns undefined for what is no address
 */
export function addressOf(text: string): { readonly webhook: string } | { readonly portal: string } | undefined {
  const trimmed = text.trim()
  const bare = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `${schemeOf(trimmed)}://${trimmed}`
  let url: URL
  try {
    url = new URL(bare)
  } catch {
    return undefined
  }
  if (!/^https?:$/.test(url.protocol) || url.hostname === '') return undefined
  const [, before, user, code] = WEBHOOK.exec(url.pathname) ?? []
  if (code !== undefined) return { webhook: `${url.origin}${before}${user}/${code}/` }
  return { portal: `${url.origin}${url.pathname.replace(/\/(rest\/?)?$/, '')}` }
}

const schemeOf = (host: string): string =>
  /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:|\/|$)/i.test(host) ? 'http' : 'https'
