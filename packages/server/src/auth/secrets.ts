import { createHmac, timingSafeEqual } from 'node:crypto'

export { digest } from '../records/digest.ts'

/** A claim that only this portal can make: `payload.signature`, both safe in URLs. */
export function sign(payload: string, key: string): string {
  const body = Buffer.from(payload).toString('base64url')
  return `${body}.${createHmac('sha256', key).update(body).digest('base64url')}`
}

/** The payload of a signed claim, or undefined if it was not made here. */
export function verify(signed: string, key: string): string | undefined {
  const [body = '', signature = ''] = signed.split('.')
  const expected = createHmac('sha256', key).update(body).digest()
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
  return Buffer.from(body, 'base64url').toString()
}
