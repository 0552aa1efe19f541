import { createCipheriv, createDecipheriv, hash, randomBytes } from 'node:crypto'
import type { Caches } from '../records/cache.ts'
import { JoinedSession } from '../store/joined-session.ts'
import { sql } from '../store/sql.ts'
import type { Reader, Session, Transaction } from '../store/store.ts'
import type { Table } from '../store/table.ts'
import { ApiError } from './errors.ts'
import type { Outcome } from './method.ts'
import { errorsV3 } from './v3/errors.ts'

/** Answers by the keys under which clients have asked for them. */
export const idempotencyKey: Table = {
  name: 'idempotency_key',
  columns: { hash: 'text', request: 'text', answer: 'text', expires: 'integer' },
  key: ['hash'],
  indexes: [{ columns: ['expires'] }],
}

/** How long an answer is kept, in seconds (api-reference/rest-v3.md, "Repeated calls without duplicates"). */
const KEPT = 86_400
/** How often a call is tried that other calls are in the way of. */
const ATTEMPTS = 3
const KEY = /^[\x20-\x7e]{1,255}$/

/** A call under a key, and whose key it is: that of one application or webhook, one person and one method. */
export interface KeyedCall {
  readonly key: string
  readonly client: string
  readonly userId: number
  readonly version: 2 | 3
  readonly method: string
  readonly parameters: Readonly<Record<string, unknown>>
  /** Epoch seconds. */
  readonly now: number
}

/** Throws the error of a key that is none. */
export function requireKey(key: string, version: 2 | 3): void {
  if (KEY.test(key)) return
  throw version === 3
    ? errorsV3.invalidKey()
    : new ApiError(
        'INVALID_IDEMPOTENCY_KEY',
        400,
        'The Idempotency-Key header must be 1 to 255 printable ASCII characters',
      )
}

const reused = (version: 2 | 3): ApiError =>
  version === 3
    ? errorsV3.keyReused()
    : new ApiError('IDEMPOTENCY_KEY_REUSED', 422, 'The Idempotency-Key was already used with a different request')

/** Somebody else has the key: nothing of this call may happen. Seen by nobody, as the call is answered with theirs. */
class Taken extends ApiError {
  constructor() {
    super('IDEMPOTENCY_KEY_TAKEN', 409, 'A call with this Idempotency-Key is being answered')
  }
}

interface Stored {
  readonly request: string
  readonly answer: string
}

/**
 * Runs a call once, however often it is asked for. Its writes, its key and its answer are one transaction: either all
 * of it is there after a crash, or nothing is and the call may be repeated. A second call at the same time waits for the
 * row of the first. Calls that only read begin no transaction and store nothing; failures are undone whole.
 */
export async function once(
  { session, caches }: { readonly session: Session; readonly caches: Caches },
  call: KeyedCall,
  run: (session: Session) => Promise<Outcome>,
): Promise<Outcome> {
  const { version, now } = call
  const name = hash('sha256', JSON.stringify([call.client, call.userId, version, call.method.toLowerCase(), call.key]))
  const request = hash('sha256', JSON.stringify(call.parameters))
  const replay = ({ request: first, answer }: Stored): Outcome => {
    if (first !== request) throw reused(version)
    return { ...(JSON.parse(opened(answer, call.key, name)) as Outcome), replayed: true }
  }
  const known = await find(session, name, now)
  if (known !== undefined) return replay(known)

  for (let attempt = 1; ; attempt++) {
    const joined = new JoinedSession(session, (tx) => reserve(tx, { name, request, now }))
    const outcome = await run(joined).catch(async (cause: unknown) => {
      await joined.abandon()
      throw cause
    })
    const again = joined.hasConflict && attempt < ATTEMPTS
    if (again || outcome.error !== undefined) {
      if (await joined.abandon()) caches.drop()
      if (again) continue
    } else {
      const isWrite = await joined.finish(async (tx) => {
        const answer = sealed(JSON.stringify(outcome), call.key, name)
        // A file is no answer that could be kept: its method has written by the way only.
        await tx.change(
          outcome.file === undefined
            ? sql`update idempotency_key set answer = ${answer} where hash = ${name}`
            : sql`delete from idempotency_key where hash = ${name}`,
        )
      })
      if (isWrite) return outcome
    }
    // Another call may have had the key in the meantime: its answer is this one's too, whatever has come of it here.
    const first = await find(session, name, now)
    return first === undefined ? outcome : replay(first)
  }
}

async function find(reader: Reader, name: string, now: number): Promise<Stored | undefined> {
  const [row] = await reader.find<Stored>(
    sql`select request, answer from idempotency_key where hash = ${name} and expires > ${Math.floor(now)}`,
  )
  return row
}

async function reserve(
  tx: Transaction,
  { name, request, now }: { readonly name: string; readonly request: string; readonly now: number },
): Promise<void> {
  const second = Math.floor(now)
  await tx.change(sql`delete from idempotency_key where hash = ${name} and expires <= ${second}`)
  const made = await tx.change(
    sql`insert into idempotency_key (hash, request, answer, expires) values (${name}, ${request}, '', ${second + KEPT})
        on conflict (hash) do nothing`,
  )
  if (made === 0) throw new Taken()
}

/** Forgets answers that have had their day. */
export async function pruneAnswers(session: Session, now: number): Promise<void> {
  await session.transaction((tx) => tx.change(sql`delete from idempotency_key where expires <= ${Math.floor(now)}`))
}

/** Answers may hold secrets that are stored nowhere else, so only whoever knows the key can read them. */
function sealed(text: string, key: string, name: string): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', sealKey(key, name), iv)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64')
}

function opened(answer: string, key: string, name: string): string {
  const bytes = Buffer.from(answer, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', sealKey(key, name), bytes.subarray(0, 12))
  decipher.setAuthTag(bytes.subarray(12, 28))
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
}

const sealKey = (key: string, name: string): Buffer => hash('sha256', `${name}:${key}`, 'buffer')
