import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { sql } from '../store/sql.ts'
import type { Session } from '../store/store.ts'

const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }

const derive = (password: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(password, salt, 32, COST, (cause, key) => (cause === null ? resolve(key) : reject(cause))),
  )

/** A password as it is stored: scrypt with its own salt. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  return `scrypt$${salt.toString('base64')}$${(await derive(password, salt)).toString('base64')}`
}

export async function checkPassword(password: string, stored: string): Promise<boolean> {
  const [scheme, salt, key] = stored.split('$')
  if (scheme !== 'scrypt' || salt === undefined || key === undefined) return false
  const expected = Buffer.from(key, 'base64')
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64')), expected)
}

/** Gives a person another password; false if there is no such person. */
export async function changePassword(session: Session, userId: number, password: string): Promise<boolean> {
  // Deriving the key takes a while: other writers must not wait for it.
  const stored = await hashPassword(password)
  return session.transaction(
    async (tx) => (await tx.change(sql`update portal_user set password = ${stored} where id = ${userId}`)) > 0,
  )
}
