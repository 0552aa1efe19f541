import type { Identity } from '../../auth/open-id.ts'
import { audit } from '../../records/audit.ts'
import { emptyDraft } from '../../records/change.ts'
import { createWithin } from '../../records/records.ts'
import { sql } from '../../store/sql.ts'
import type { Transaction } from '../../store/store.ts'
import { cancelInvitation, announceArrival } from '../people/invitation.ts'
import { person } from '../person.ts'
import { type Account, accountById, type Desk } from './account.ts'
import { admit, refuse, type SignIn } from './sign-in.ts'
import { personIdentity } from './tables.ts'

/** The department of whoever comes by themselves: that of the whole portal. */
const ROOT_DEPARTMENT = 1

/**
 * Signs in whoever has proved an identity at the OpenID provider: by the identity that is known from before, else by an
 * address that the provider vouches for. Others are refused, or become people of the portal where it says so.
 */
export async function signInByIdentity(
  desk: Desk,
  { identity, create, previous }: { identity: Identity; create: boolean; previous: string | undefined },
): Promise<SignIn> {
  const { portal, session } = desk
  // People are made and matched one at a time, so that nobody becomes two.
  return portal.caches.changing(session, ['people'], async (tx) => {
    const account = (await known(tx, identity)) ?? (await matched(desk, tx, identity, create))
    if (account?.active !== 'Y') {
      await refuse(desk, tx, account, 'no such person')
      return { is: 'refused' }
    }
    return admit(desk, tx, { account, how: 'OpenID', previous })
  })
}

async function known(tx: Transaction, { issuer, subject }: Identity): Promise<Account | undefined> {
  const [row] = await tx.find<{ user_id: number }>(
    sql`select user_id from person_identity where issuer = ${issuer} and subject = ${subject}`,
  )
  return row === undefined ? undefined : accountById(tx, row.user_id)
}

/** An address that the provider has not verified could be anybody's. */
async function matched(desk: Desk, tx: Transaction, identity: Identity, create: boolean): Promise<Account | undefined> {
  const email = identity.verifiedEmail?.trim().toLowerCase()
  if (email === undefined) return undefined
  const [row] = await tx.find<{ id: number }>(
    sql`select id from portal_user where lower(email) = ${email} order by active desc, id limit 1`,
  )
  const account =
    row !== undefined ? await accountById(tx, row.id) : create ? await newcomer(desk, tx, identity, email) : undefined
  if (account?.active !== 'Y') return account
  const now = Math.floor(desk.portal.sources.now())
  const userId = account.id
  tx.insert(personIdentity, {
    id: await tx.nextId(personIdentity),
    user_id: userId,
    issuer: identity.issuer,
    subject: identity.subject,
    created: now,
  })
  await audit({ person: { id: userId }, now, visitor: desk.visitor }, tx, {
    type: 'USER_IDENTITY_LINKED',
    module: 'main',
    item: `user ${userId}`,
    description: { issuer: identity.issuer },
  })
  // Whoever comes this way needs no invitation any more.
  if ((await cancelInvitation(tx, userId)) > 0) await announceArrival(desk.portal, tx, userId, now)
  return account
}

async function newcomer(desk: Desk, tx: Transaction, identity: Identity, email: string): Promise<Account | undefined> {
  const { portal } = desk
  const now = portal.sources.now()
  const entity = (await portal.entities.everything(tx)).find(({ name }) => name === person.name)
  const maker = await portal.people.find(tx, 1)
  if (entity === undefined || maker === undefined) throw new Error('the portal has no people')
  const draft = emptyDraft()
  draft.values.set('email', email)
  draft.values.set('name', identity.givenName.slice(0, 50))
  draft.values.set('lastName', identity.familyName.slice(0, 50))
  draft.values.set('ufDepartment', JSON.stringify([ROOT_DEPARTMENT]))
  const id = await createWithin({ tx, portal, person: maker, now }, entity, draft, true)
  await announceArrival(portal, tx, id, Math.floor(now))
  return accountById(tx, id)
}
