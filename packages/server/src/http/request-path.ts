import type { Claim } from '../auth/credentials.ts'

export interface Route {
  readonly method: string
  readonly claim: Claim
  readonly format: 'json' | 'xml'
  /** 3 under `/rest/api/`. */
  readonly version: 2 | 3
}

/**
 * What a path under `/rest/` asks for. Clients double slashes, add one at the end, append `.json`, change case and
 * escape: all of it is served directly, because a redirect means "this portal has moved" to them.
 * Undefined where the path is none of the API's.
 */
export function readPath(path: string): Route | undefined {
  const segments = path.split('/').filter(Boolean)
  if (segments.shift()?.toLowerCase() !== 'rest') return undefined
  const version = segments.length > 1 && segments[0]?.toLowerCase() === 'api' ? 3 : 2
  if (version === 3) segments.shift()
  let claim: Claim
  const [userId = '', code = ''] = segments
  if (segments.length >= 3 && /^\d{1,15}$/.test(userId) && /^[A-Za-z0-9]+$/.test(code)) {
    claim = { userId: Number(userId), code }
    segments.splice(0, 2)
  }
  const last = decoded(segments.join('/'))
  if (last === undefined) return undefined
  const format = version === 2 && /\.xml$/i.test(last) ? 'xml' : 'json'
  return { method: last.replace(/\.(json|xml)$/i, ''), claim, format, version }
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
