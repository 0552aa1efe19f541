import { audit } from '../../records/audit.ts'
import type { Session } from '../../store/store.ts'
import { accountById, type Desk } from './account.ts'
import { beginFactor, confirmFactor, newRecoveryCodes, removeFactor } from './second-factor.ts'
import { codeTracks, enter, forgive } from './throttle.ts'

type Operator = Pick<Desk, 'portal' | 'sessions'> & { readonly session: Session }

/** Makes a secret for a person's device; false if one counts already. */
export const setUpFactor = ({ portal, session }: Desk, userId: number): Promise<boolean> =>
  session.transaction((tx) => beginFactor(portal, tx, userId))

/** Recovery codes, to be shown once; or how many seconds to wait; undefined: that was not the code. */
export async function turnFactorOn(
  { portal, session, sessions, visitor }: Desk,
  { userId, sessionId, code }: { userId: number; sessionId: number; code: string },
): Promise<readonly string[] | number | undefined> {
  const tracks = codeTracks(userId)
  const now = portal.sources.now()
  const seconds = await enter(session, tracks, now)
  if (seconds > 0) return seconds
  return session.transaction(async (tx) => {
    const codes = await confirmFactor(portal, tx, userId, code)
    if (codes === undefined) return undefined
    await forgive(tx, tracks)
    // Those have begun without it.
    await sessions.endAll(tx, userId, sessionId)
    await audit({ person: { id: userId }, now, visitor }, tx, {
      type: 'USER_FACTOR_ON',
      module: 'main',
      item: `user ${userId}`,
    })
    return codes
  })
}

export async function turnFactorOff({ portal, session, visitor }: Desk, userId: number): Promise<void> {
  const now = portal.sources.now()
  await session.transaction(async (tx) => {
    if (!(await removeFactor(tx, userId))) return
    await audit({ person: { id: userId }, now, visitor }, tx, {
      type: 'USER_FACTOR_OFF',
      module: 'main',
      item: `user ${userId}`,
    })
  })
}

/** Other recovery codes in place of those that are left. */
export async function renewRecoveryCodes(
  { portal, session, visitor }: Desk,
  userId: number,
): Promise<readonly string[]> {
  const now = portal.sources.now()
  return session.transaction(async (tx) => {
    const codes = await newRecoveryCodes(portal, tx, userId)
    await audit({ person: { id: userId }, now, visitor }, tx, {
      type: 'USER_FACTOR_CODES',
      module: 'main',
      item: `user ${userId}`,
    })
    return codes
  })
}

/** An operator lets a person in without the second factor: whether there was one; undefined without such a person. */
export async function resetFactor(
  { portal, sessions, session }: Operator,
  userId: number,
): Promise<boolean | undefined> {
  return session.transaction(async (tx) => {
    if ((await accountById(tx, userId)) === undefined) return undefined
    if (!(await removeFactor(tx, userId))) return false
    await sessions.endAll(tx, userId)
    await audit({ now: portal.sources.now() }, tx, {
      type: 'USER_FACTOR_RESET',
      module: 'main',
      item: `user ${userId}`,
      description: { by: 'an operator' },
    })
    return true
  })
}
