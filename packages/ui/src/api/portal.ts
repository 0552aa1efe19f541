import { Client, LostAnswerError, type Params, PortalError, UnreachableError } from 'portico-client'
import { boot } from './boot.ts'
import { doubtConnection } from './connection.ts'

/** The portal that this page came from, for the person who is signed in. */
export const portal = new Client({
  portal: location.origin,
  session: () => boot.csrf,
  pace: 'off',
  retries: 1,
  timeout: 30_000,
})

/** A session that has ended leads to the sign-in, and from there back to this very page. */
function isSignedOut(cause: unknown): boolean {
  return cause instanceof PortalError && cause.status === 401
}

/**
 * One call of the API.
 *
 * @throws PortalError and its like; a session that has ended leaves the page instead
 */
export async function call<Result>(method: string, params: Params = {}, signal?: AbortSignal): Promise<Result> {
  return (await ask<Result>(method, params, signal)).result
}

/** The same with what stands beside the result. */
export async function ask<Result>(
  method: string,
  params: Params = {},
  signal?: AbortSignal,
): Promise<{ result: Result; total?: number | undefined; next?: number | undefined }> {
  try {
    const { result, total, next } = await portal.request(method as never, params as never, { signal })
    return { result: result as Result, total, next }
  } catch (cause) {
    if (isSignedOut(cause)) {
      location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`)
      return new Promise(() => {})
    }
    if (cause instanceof UnreachableError || cause instanceof LostAnswerError) doubtConnection()
    throw cause
  }
}
