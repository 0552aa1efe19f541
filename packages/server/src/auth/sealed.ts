import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import type { Portal } from '../records/context.ts'
import type { Reader } from '../store/store.ts'

const NONCE = 12
const TAG = 16

/** A key of the portal's own for one purpose: 32 bytes, the same in every process. */
export async function keyFor(portal: Pick<Portal, 'settings'>, reader: Reader, purpose: string): Promise<Buffer> {
  const key = await portal.settings.get(reader, 'link.key')
  if (key === undefined) throw new Error('the portal has no key')
  return createHmac('sha256', key).update(`seal:${purpose}`).digest()
}

/**
 * A text that only this portal can read, and that it reads only as what it was sealed for: AES-256-GCM, safe in URLs
 * and cookies.
 * @param context what it belongs to; not part of the result, but the same must be said to open it
 */
export function seal(text: string, key: Buffer, context: string): string {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url')
}

/** What was sealed; undefined if it was not sealed here, or for something else. */
export function unseal(sealed: string, key: Buffer, context: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length < NONCE + TAG) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE), { authTagLength: TAG })
    .setAAD(Buffer.from(context))
    .setAuthTag(bytes.subarray(-TAG))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}
