import { Secret, TOTP } from 'otpauth'
import { keyFor, seal, unseal } from '../../auth/sealed.ts'
import { digest } from '../../auth/secrets.ts'
import type { Portal } from '../../records/context.ts'
import { sql } from '../../store/sql.ts'
import type { Reader, Transaction } from '../../store/store.ts'
import { recoveryCode, secondFactor } from './tables.ts'

/** What every authenticator app takes: six digits of SHA-1, a new code every 30 seconds. */
const PERIOD = 30
const DIGITS = 6
/** Codes of the step before and after are taken too: clocks differ, and people type slowly. */
const WINDOW = 1
const SECRET_BYTES = 20
const RECOVERY_CODES = 10
/** Letters and digits of a recovery code: 80 bits, so that a plain hash is enough. */
const RECOVERY_LENGTH = 16

interface FactorRow {
  readonly user_id: number
  readonly secret: string
  readonly confirmed: string
  readonly last_step: number
  readonly created: number
}

export interface FactorState {
  readonly isOn: boolean
  /** Epoch seconds of the beginning. */
  readonly created: number
  readonly codesLeft: number
}

/** The secret for a person's device, to be shown while it is being set up. */
export interface Enrolment {
  /** In letters and digits of base 32. */
  readonly secret: string
  /** `otpauth://totp/…`, for a QR code. */
  readonly uri: string
}

async function rowOf(reader: Reader, userId: number): Promise<FactorRow | undefined> {
  const [row] = await reader.find<FactorRow>(sql`select * from second_factor where user_id = ${userId}`)
  return row
}

export async function factorState(reader: Reader, userId: number): Promise<FactorState | undefined> {
  const row = await rowOf(reader, userId)
  if (row === undefined) return undefined
  const [codes] = await reader.find<{ n: number }>(
    sql`select count(*) as n from recovery_code where user_id = ${userId}`,
  )
  return { isOn: row.confirmed === 'Y', created: row.created, codesLeft: Number(codes?.n ?? 0) }
}

/** Whether a person must show a code after the password. */
export const hasFactor = async (reader: Reader, userId: number): Promise<boolean> =>
  (await rowOf(reader, userId))?.confirmed === 'Y'

const context = (userId: number): string => `second factor of ${userId}`
const generator = (secret: Secret, label = 'Portico'): TOTP =>
  new TOTP({ issuer: 'Portico', label, secret, algorithm: 'SHA1', digits: DIGITS, period: PERIOD })

/** Makes a secret that counts from the first right code on. One that counts already stays: false. */
export async function beginFactor(portal: Portal, tx: Transaction, userId: number): Promise<boolean> {
  if (await hasFactor(tx, userId)) return false
  const key = await keyFor(portal, tx, 'second-factor')
  const secret = new Secret({ size: SECRET_BYTES })
  await tx.change(sql`delete from second_factor where user_id = ${userId}`)
  tx.insert(secondFactor, {
    user_id: userId,
    secret: seal(secret.base32, key, context(userId)),
    confirmed: 'N',
    last_step: 0,
    created: Math.floor(portal.sources.now()),
  })
  return true
}

/** What the device of a person must be told; undefined where nothing is being set up: it is never shown again. */
export async function enrolment(
  portal: Portal,
  reader: Reader,
  { userId, label }: { userId: number; label: string },
): Promise<Enrolment | undefined> {
  const row = await rowOf(reader, userId)
  const secret = row?.confirmed === 'N' ? await secretOf(portal, reader, row) : undefined
  return secret === undefined
    ? undefined
    : { secret: secret.base32, uri: generator(secret, label.replaceAll(':', ' ')).toString() }
}

async function secretOf(portal: Portal, reader: Reader, row: FactorRow): Promise<Secret> {
  const key = await keyFor(portal, reader, 'second-factor')
  const text = unseal(row.secret, key, context(row.user_id))
  if (text === undefined) throw new Error(`the second factor of ${row.user_id} was sealed with another key`)
  return Secret.fromBase32(text)
}

/** Takes a code from the device, once: neither it nor one before it works again. */
async function takeCode(portal: Portal, tx: Transaction, row: FactorRow, code: string): Promise<boolean> {
  const now = portal.sources.now()
  const delta = generator(await secretOf(portal, tx, row)).validate({
    token: code,
    timestamp: now * 1000,
    window: WINDOW,
  })
  if (delta === null) return false
  const step = Math.floor(now / PERIOD) + delta
  const taken = await tx.change(
    sql`update second_factor set last_step = ${step} where user_id = ${row.user_id} and last_step < ${step}`,
  )
  return taken > 0
}

const bare = (typed: string): string => typed.toLowerCase().replace(/[\s-]/g, '')
const hashOf = (userId: number, code: string): string => digest(`recovery:${userId}:${code}`)

/** Takes what a person typed as the second factor: by what it was recognised, or undefined. */
export async function takeFactor(
  portal: Portal,
  tx: Transaction,
  userId: number,
  typed: string,
): Promise<'code' | 'recovery code' | undefined> {
  const row = await rowOf(tx, userId)
  if (row?.confirmed !== 'Y') return undefined
  const code = bare(typed)
  if (/^\d{6}$/.test(code)) return (await takeCode(portal, tx, row, code)) ? 'code' : undefined
  const used = await tx.change(
    sql`delete from recovery_code where user_id = ${userId} and code_hash = ${hashOf(userId, code)}`,
  )
  return used > 0 ? 'recovery code' : undefined
}

/** The first right code turns the factor on. Answers the recovery codes, which are never seen again. */
export async function confirmFactor(
  portal: Portal,
  tx: Transaction,
  userId: number,
  typed: string,
): Promise<readonly string[] | undefined> {
  const row = await rowOf(tx, userId)
  const code = bare(typed)
  if (row?.confirmed !== 'N' || !/^\d{6}$/.test(code) || !(await takeCode(portal, tx, row, code))) return undefined
  await tx.change(sql`update second_factor set confirmed = 'Y' where user_id = ${userId}`)
  return newRecoveryCodes(portal, tx, userId)
}

/** Without the letters and digits that look alike on paper. */
function readable({ sources }: Portal): string {
  let code = ''
  while (code.length < RECOVERY_LENGTH) code += sources.token(RECOVERY_LENGTH).replace(/[01lo]/g, '')
  return code.slice(0, RECOVERY_LENGTH)
}

/** Other recovery codes in place of those that are left: `abcd-efgh-ijkl-mnop`. */
export async function newRecoveryCodes(portal: Portal, tx: Transaction, userId: number): Promise<readonly string[]> {
  await tx.change(sql`delete from recovery_code where user_id = ${userId}`)
  const codes = Array.from({ length: RECOVERY_CODES }, () => readable(portal))
  for (const code of codes)
    tx.insert(recoveryCode, { id: await tx.nextId(recoveryCode), user_id: userId, code_hash: hashOf(userId, code) })
  return codes.map((code) => (code.match(/.{4}/g) ?? []).join('-'))
}

/** The password alone is enough from now on; false if it was already. */
export async function removeFactor(tx: Transaction, userId: number): Promise<boolean> {
  await tx.change(sql`delete from recovery_code where user_id = ${userId}`)
  return (await tx.change(sql`delete from second_factor where user_id = ${userId}`)) > 0
}
