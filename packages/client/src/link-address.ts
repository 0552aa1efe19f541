/** A method of the portal: `/rest/catalog.product.download`, with `.json` or without. */
const METHOD = /^\/rest\/([A-Za-z][\w.]*?)(?:\.json)?$/

/**
 * Where a link of an answer leads. Links that are signed work as they are; others need whoever asks to say who they
 * are, as any method does (api-reference/catalog/product/catalog-product-get.md). No other host ever gets a credential.
 * @param at the portal's origin, the path before its methods (`/rest/1/CODE/`) and the access token, if there is one
 * @throws TypeError for what is no address
 */
export function linkAddress(
  link: string,
  at: { readonly origin: string; readonly path: string; readonly token: string | undefined },
): URL {
  const url = new URL(link, at.origin)
  if (!/^https?:$/.test(url.protocol)) throw new TypeError('a link begins with https://')
  if (url.origin !== at.origin || url.searchParams.has('token')) return url
  const method = METHOD.exec(url.pathname)?.[1]
  if (method !== undefined) url.pathname = `${at.path}${method}`
  if (at.token !== undefined && !url.searchParams.get('auth')) url.searchParams.set('auth', at.token)
  return url
}
