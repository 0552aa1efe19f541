import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { Clone } from '../step.ts'

const MAX_REDIRECTS = 3
/** What has no body may be given none. */
const bodiless: readonly number[] = [204, 205, 304]

/**
 * Opens a link of the source's answer. The source itself is asked by the client, which says who asks; whatever lies
 * elsewhere, at once or after a redirect, is asked past the guard of outgoing calls: anybody can have written the link,
 * and it may not lead into this network.
 * @throws TypeError where the source does not answer, OutgoingError where the other does not
 */
export async function openLink({ source, target, signal }: Clone, link: string): Promise<Response> {
  const { client } = source
  let url = new URL(link, client.portal)
  for (let redirects = 0; url.origin === client.portal; redirects++) {
    const answer = await client.download(url.href, { signal, redirect: 'manual' })
    const location = answer.headers.get('location')
    if (answer.status < 300 || answer.status >= 400 || location === null || redirects === MAX_REDIRECTS) return answer
    await answer.body?.cancel()
    url = new URL(location, url)
  }
  const answer = await target.portal.outgoing.get(url.href, signal)
  const { statusCode: status = 502 } = answer
  const headers = new Headers()
  for (const [name, value] of Object.entries(answer.headers)) if (typeof value === 'string') headers.set(name, value)
  const body = bodiless.includes(status) ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>)
  return new Response(body, { status, headers })
}
