import { describe, expect, it } from 'vitest'
import { derivations } from '../../../src/auth/password.ts'
import { network } from '../../../src/modules/session/throttle.ts'
import { sql } from '../../../src/store/sql.ts'
import { testPortal } from '../../support/portal.ts'
import { Visitor, withPassword } from '../../support/visitor.ts'

const START = 1_790_000_000
const portal = await testPortal({ at: START })
const beside = await testPortal({ beside: portal })
const { id } = await portal.person()
const email = await withPassword(portal, id, 'a quiet harbour')

const statuses = async (visitor: Visitor, account: string, times: number): Promise<number[]> => {
  const found: number[] = []
  for (let time = 0; time < times; time++) found.push((await visitor.signIn(account, 'wrong password')).status)
  return found
}

describe('guessing a password', () => {
  it('is slowed down more and more, by all servers together, and without work', async () => {
    const [here, there] = [new Visitor(portal, '192.0.2.1'), new Visitor(beside, '192.0.2.1')]
    expect(await statuses(here, email, 3)).toEqual([422, 422, 422])
    expect(await statuses(there, email, 2)).toEqual([422, 422])
    const before = derivations()
    const refused = await here.signIn(email, 'wrong password')
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '1'])
    expect(refused.text).toContain('Try again in 1 second.')
    // The right password doesn't pass either: a guesser must not learn it so.
    expect((await there.signIn(email, 'a quiet harbour')).status).toBe(429)
    expect(derivations()).toBe(before)
    for (const wait of [1, 2, 4, 8, 16]) {
      portal.clock.at = (portal.clock.at ?? 0) + wait
      expect((await here.signIn(email, 'wrong password')).status).toBe(422)
      expect((await here.signIn(email, 'wrong password')).headers['retry-after']).toBe(String(wait * 2))
    }
  })

  it('slows down nobody else, not even the owner of the account elsewhere', async () => {
    const owner = new Visitor(portal, '203.0.113.9')
    expect((await owner.signIn(email, 'a quiet harbour')).status).toBe(303)
    const neighbour = new Visitor(portal, '192.0.2.1')
    expect((await neighbour.signIn('admin@example.com', 'correct horse')).status).toBe(303)
  })

  it('is forgotten once the right one has come', async () => {
    portal.clock.at = START + 10_000
    const visitor = new Visitor(portal, '192.0.2.33')
    expect(await statuses(visitor, email, 4)).toEqual([422, 422, 422, 422])
    expect((await visitor.signIn(email, 'a quiet harbour')).status).toBe(303)
    visitor.cookies.clear()
    expect(await statuses(visitor, email, 5)).toEqual([422, 422, 422, 422, 422])
  })

  it('by many machines together waits as well, but never long, and not in a browser that is known', async () => {
    portal.clock.at = START + 20_000
    const known = new Visitor(portal, '203.0.113.10')
    expect((await known.signIn(email, 'a quiet harbour')).status).toBe(303)
    await known.submit('/logout')
    const session = portal.portal.store.session()
    const { enter, signInTracks } = await import('../../../src/modules/session/throttle.ts')
    for (let machine = 0; machine < 70; machine++) {
      const tracks = signInTracks({ account: email, address: `198.18.0.${machine}`, device: undefined })
      portal.clock.at += 31
      expect(await enter(session, tracks, portal.clock.at)).toBe(0)
    }
    const stranger = await new Visitor(portal, '203.0.113.11').signIn(email, 'a quiet harbour')
    expect([stranger.status, stranger.headers['retry-after']]).toEqual([429, '30'])
    expect((await known.signIn(email, 'a quiet harbour')).status).toBe(303)
  })

  it('of many accounts from one place waits a minute at most', async () => {
    portal.clock.at = START + 40_000
    const visitor = new Visitor(portal, '192.0.2.77')
    const session = portal.portal.store.session()
    const { enter, signInTracks } = await import('../../../src/modules/session/throttle.ts')
    for (let guess = 0; guess < 45; guess++) {
      portal.clock.at += 61
      const tracks = signInTracks({ account: `guess${guess}`, address: '192.0.2.77', device: undefined })
      expect(await enter(session, tracks, portal.clock.at)).toBe(0)
    }
    expect((await visitor.signIn('admin@example.com', 'correct horse')).headers['retry-after']).toBe('60')
    const before = await portal.census()
    await visitor.signIn('one more name', 'x')
    expect(await portal.census()).toEqual(before)
  })

  it('at the same moment is counted one by one', async () => {
    portal.clock.at = START + 60_000
    const guesses = Array.from({ length: 12 }, () =>
      new Visitor(portal, '192.0.2.99').signIn('admin@example.com', 'wrong'),
    )
    const answers = (await Promise.all(guesses)).map(({ status }) => status)
    expect(answers.filter((status) => status === 422)).toHaveLength(5)
    expect(answers.filter((status) => status === 429)).toHaveLength(7)
  })

  it('is forgotten after a day, in the database too', async () => {
    portal.clock.at = START + 200_000
    await portal.tend()
    const rows = await portal.portal.store.session().find(sql`select key from sign_in_attempt`)
    expect(rows).toEqual([])
  })
})

describe('an address', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0db8:0001:0002::', '2001:db8:1:2'],
    ['2001:DB8::9', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('%s stands for %s', (address, expected) => expect(network(address)).toBe(expected))
})
