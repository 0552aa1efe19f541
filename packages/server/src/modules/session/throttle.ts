import { digest } from '../../auth/secrets.ts'
import { sql } from '../../store/sql.ts'
import type { Reader, Session, Transaction } from '../../store/store.ts'
import type { Table } from '../../store/table.ts'

/** How often something has been tried in vain. Keys are hashes: people type passwords into the wrong field. */
export const attempt: Table = {
  name: 'sign_in_attempt',
  columns: { key: 'text', failures: 'integer', last: 'integer', until: 'integer' },
  key: ['key'],
  indexes: [{ columns: ['last'] }],
}

/** A day without an attempt forgets those before. */
const MEMORY = 86_400

/** What is counted together, how often it is free, and how long it is made to wait at most, in seconds. */
export interface Track {
  readonly key: string
  readonly free: number
  readonly longest: number
}

/**
 * The tracks of one attempt to sign in. One machine that guesses one account's password waits longer and longer. Many
 * machines that guess together slow each other down through the account's own track, which never makes anybody wait
 * long: whoever owns the account must not be locked out by strangers. A browser in which the person has signed in
 * before has a track of its own and doesn't wait for theirs at all.
 */
export function signInTracks({
  account,
  address,
  device,
}: {
  account: string
  address: string
  device: string | undefined
}): Track[] {
  const name = account.trim().toLowerCase()
  const place = network(address)
  if (device !== undefined) return [{ key: `device ${name} ${device}`, free: 5, longest: 900 }]
  return [
    { key: `account ${name}`, free: 50, longest: 30 },
    { key: `account ${name} from ${place}`, free: 5, longest: 900 },
    // A whole office may share it: its people wait a minute for each other's mistakes at most.
    { key: `address ${place}`, free: 30, longest: 60 },
  ]
}

/** Codes of six digits: whoever is there knows the password already, so strangers can't slow anybody down. */
export const codeTracks = (userId: number): Track[] => [{ key: `code ${userId}`, free: 5, longest: 3600 }]

/** One's own password, asked for once more by somebody who is signed in. */
export const ownTracks = (userId: number): Track[] => [{ key: `own ${userId}`, free: 5, longest: 900 }]

/** Letters: each costs the portal and a mailbox something. */
export const letterTracks = (account: string, address: string): Track[] => [
  { key: `letter ${account.trim().toLowerCase()}`, free: 3, longest: 3600 },
  { key: `letter from ${network(address)}`, free: 20, longest: 3600 },
]

/** A provider hands out IPv6 addresses by the network: the last half is free to choose. */
export function network(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('%')[0]?.split('::') ?? []
  const front = head === '' ? [] : head.split(':')
  const back = tail === undefined || tail === '' ? [] : tail.split(':')
  const gap = tail === undefined ? [] : Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0')
  return [...front, ...gap, ...back]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':')
}

/** 1, 2, 4, … seconds for each failure beyond the free ones. */
const delayAfter = (failures: number, { free, longest }: Track): number =>
  failures < free ? 0 : Math.min(2 ** Math.min(failures - free, 20), longest)

const hashOf = ({ key }: Track): string => digest(`attempt:${key}`)

/**
 * Counts an attempt before it is made, so that a thousand at once are a thousand. Answers how many seconds it would
 * have to wait: 0 = it may be made; otherwise it is not counted.
 */
export function enter(session: Session, tracks: readonly Track[], now: number): Promise<number> {
  const time = Math.floor(now)
  // In one order for all, so that two attempts never wait for each other.
  const rows = tracks.map((track) => ({ track, key: hashOf(track) })).sort((a, b) => (a.key < b.key ? -1 : 1))
  return session.transaction(async (tx) => {
    let wait = 0
    const counted: (() => Promise<number>)[] = []
    for (const { track, key } of rows) {
      // Holds the row, made or found, until the end of the transaction.
      await tx.change(
        sql`insert into sign_in_attempt (key, failures, last, until) values (${key}, 0, ${time}, 0) on conflict (key) do update set last = sign_in_attempt.last`,
      )
      const [row] = await tx.find<{ failures: number; last: number; until: number }>(
        sql`select failures, last, until from sign_in_attempt where key = ${key}`,
      )
      const { failures = 0, last = time, until = 0 } = row ?? {}
      wait = Math.max(wait, until - time)
      const next = (last < time - MEMORY ? 0 : failures) + 1
      counted.push(() =>
        tx.change(
          sql`update sign_in_attempt set failures = ${next}, last = ${time}, until = ${time + delayAfter(next, track)} where key = ${key}`,
        ),
      )
    }
    if (wait > 0) {
      // Whoever must wait could otherwise fill the table with names.
      for (const { key } of rows) await tx.change(sql`delete from sign_in_attempt where key = ${key} and failures = 0`)
      return wait
    }
    for (const count of counted) await count()
    return 0
  })
}

/** How many seconds an attempt would have to wait, without making one. */
export async function waitOf(reader: Reader, tracks: readonly Track[], now: number): Promise<number> {
  const keys = tracks.map(hashOf)
  const [row] = await reader.find<{ until: number | null }>(
    sql`select max(until) as until from sign_in_attempt where key in (${sql.join(keys)})`,
  )
  return Math.max(0, Number(row?.until ?? 0) - Math.floor(now))
}

/** The attempt was right: its failures are forgotten; those of the address were others' too, and lose this one only. */
export async function forgive(tx: Transaction, tracks: readonly Track[]): Promise<void> {
  const sorted = tracks.map((track) => ({ track, key: hashOf(track) })).sort((a, b) => (a.key < b.key ? -1 : 1))
  for (const { track, key } of sorted)
    if (/^(address|letter)/.test(track.key))
      await tx.change(
        sql`update sign_in_attempt set failures = failures - 1, until = 0 where key = ${key} and failures > 0`,
      )
    else await tx.change(sql`delete from sign_in_attempt where key = ${key}`)
}

/** Forgets attempts of which nobody has heard for a day. */
export async function pruneAttempts(session: Session, now: number): Promise<void> {
  const old = sql`last < ${Math.floor(now) - MEMORY}`
  const [any] = await session.find<{ key: string }>(sql`select key from sign_in_attempt where ${old} limit 1`)
  if (any !== undefined) await session.transaction((tx) => tx.change(sql`delete from sign_in_attempt where ${old}`))
}
