import { randomFillSync } from 'node:crypto'
import type { Sources } from './records/context.ts'

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789'

// Asked for one by one, sixteen random bytes cost eight microseconds, a tenth of a whole request.
const pool = Buffer.alloc(4096)
let used = pool.length

function randomByte(): number {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const byte = pool.readUInt8(used)
  // What has been given away must not be found in memory later.
  pool[used++] = 0
  return byte
}

/** The real clock and real chance. */
export const realSources: Sources = {
  now: () => Date.now() / 1000,
  elapsed: () => performance.now(),
  token(length) {
    let token = ''
    while (token.length < length) {
      const byte = randomByte()
      // Bytes beyond a multiple of 36 are thrown away, or some letters would be likelier than others.
      if (byte < 252) token += ALPHABET[byte % 36]
    }
    return token
  },
}
