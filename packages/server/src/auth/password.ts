import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { Gate } from './gate.ts'

interface Cost {
  /** The logarithm of scrypt's N. */
  readonly ln: number
  readonly r: number
  readonly p: number
}

/** One of the settings that OWASP's Password Storage Cheat Sheet holds for equally strong: 32 MiB, three times. */
const COST: Cost = { ln: 15, r: 8, p: 3 }
/** What the first portals stored without naming it. */
const FIRST_COST: Cost = { ln: 15, r: 8, p: 1 }
const KEY_BYTES = 32

/**
 * Derivations take a thread and 32 MiB for a quarter of a second each: two at once leave threads for files and
 * certificates, and a line of 40 is five seconds long.
 */
const gate = new Gate(2, 40)

/** How many passwords have been derived by this process: as many for strangers as for people that there are. */
export const derivations = (): number => gate.passed

const derive = (password: string, salt: Buffer, { ln, r, p }: Cost): Promise<Buffer> =>
  gate.run(
    () =>
      new Promise((resolve, reject) =>
        scrypt(
          // One text may be typed in two ways, by two keyboards.
          password.normalize('NFC'),
          salt,
          KEY_BYTES,
          { N: 2 ** ln, r, p, maxmem: 160 * r * 2 ** ln },
          (cause, key) => (cause === null ? resolve(key) : reject(cause)),
        ),
      ),
  )

interface Stored {
  readonly cost: Cost
  readonly salt: Buffer
  readonly key: Buffer
}

/** `scrypt$ln=15,r=8,p=3$salt$key`; the first portals left the cost out. */
function parse(stored: string): Stored | undefined {
  const parts = stored.split('$')
  if (parts[0] !== 'scrypt' || parts.length < 3 || parts.length > 4) return undefined
  const [salt = '', key = ''] = parts.slice(-2)
  const [, ln, r, p] = (parts.length === 4 ? /^ln=(\d+),r=(\d+),p=(\d+)$/.exec(parts[1] ?? '') : undefined) ?? []
  if (parts.length === 4 && ln === undefined) return undefined
  const cost = ln === undefined ? FIRST_COST : { ln: Number(ln), r: Number(r), p: Number(p) }
  return { cost, salt: Buffer.from(salt, 'base64'), key: Buffer.from(key, 'base64') }
}

/** A password as it is stored: scrypt with its own salt. Throws BusyError. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, COST)
  return `scrypt$ln=${COST.ln},r=${COST.r},p=${COST.p}$${salt.toString('base64')}$${key.toString('base64')}`
}

/** Stands in for the password of somebody who has none, so that a stranger's name costs as much as a person's. */
const nobody: Stored = { cost: COST, salt: randomBytes(16), key: Buffer.alloc(KEY_BYTES) }

/** Whether this is the password. Without a stored one the answer is no, after the same work. Throws BusyError. */
export async function checkPassword(password: string, stored: string | null | undefined): Promise<boolean> {
  const known = stored ? parse(stored) : undefined
  const { cost, salt, key } = known ?? nobody
  const given = await derive(password, salt, cost)
  return timingSafeEqual(given, key) && known !== undefined
}

/** Whether a password that has just been checked should be hashed anew, because it was stored at a lower cost. */
export function needsRehash(stored: string): boolean {
  const { cost } = parse(stored) ?? { cost: COST }
  return cost.ln !== COST.ln || cost.r !== COST.r || cost.p !== COST.p
}
