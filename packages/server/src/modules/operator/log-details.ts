import type { Portal } from '../../records/context.ts'
import type { Session } from '../../store/store.ts'

/** The setting that holds until when (epoch seconds) all servers of a portal keep what exactly they are asked. */
export const KEEP_UNTIL = 'log.details.until'
/** Seconds after their end in which details may still be looked at. */
const LINGER = 3_600

/** Servers learn from each other when to keep details, and forget them when nobody has wanted any for an hour. */
export async function tendDetails({ requests, settings, sources }: Portal, session: Session): Promise<void> {
  if (!Number.isFinite(requests.detailsUntil)) return
  const until = Number((await settings.get(session, KEEP_UNTIL)) ?? 0)
  requests.keepDetails(until)
  if (requests.detailBytes > 0 && sources.now() > until + LINGER) requests.forgetDetails()
}
