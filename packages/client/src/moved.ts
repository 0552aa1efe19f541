import type { Incoming } from './exchange.ts'

/**
 * The new origin of a portal that has been renamed: its old address answers with a redirect, and the call is made again,
 * as it was, at the new one (`settings/how-to-call-rest-api/change-domen.md`). Only the host is taken from it, and never
 * the way from https down to http.
 *
 * @returns undefined for any other answer, such as a redirect to a page of the same portal
 */
export function movedTo({ status, headers }: Incoming, from: string): string | undefined {
  if (![301, 302, 307, 308].includes(status)) return undefined
  const location = headers.get('location')
  if (location === null || !URL.canParse(location, from)) return undefined
  const old = new URL(from)
  const to = new URL(location, from)
  if (to.origin === old.origin || (to.protocol !== 'https:' && to.protocol !== old.protocol)) return undefined
  return /^https?:$/.test(to.protocol) ? to.origin : undefined
}
