import { Secret, TOTP } from 'otpauth'
import { afterEach, describe, expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { commandLine } from '../../support/command-line.ts'
import { testPortal } from '../../support/portal.ts'
import { Visitor, withPassword } from '../../support/visitor.ts'

const START = 1_790_000_000
const portal = await testPortal({ at: START })
const { inProcess } = commandLine()
const find = <T extends object>(query: ReturnType<typeof sql>): Promise<T[]> =>
  portal.portal.store.session().find<T>(query)

interface Guarded {
  readonly id: number
  readonly email: string
  readonly visitor: Visitor
  readonly secret: string
  readonly codes: readonly string[]
}

const codeAt = (secret: string, time: number): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: time * 1000 })
const codesOf = (page: string): string[] => page.match(/[a-z0-9]{4}(-[a-z0-9]{4}){3}/g) ?? []

async function colleague(): Promise<{ id: number; email: string; visitor: Visitor }> {
  const { id } = await portal.person()
  const email = await withPassword(portal, id, 'a quiet harbour')
  const visitor = new Visitor(portal)
  await visitor.signIn(email, 'a quiet harbour')
  return { id, email, visitor }
}

async function begin({ visitor }: { visitor: Visitor }): Promise<string> {
  await visitor.submit('/account/factor/begin', { current: 'a quiet harbour' })
  const page = (await visitor.get('/account/factor')).text
  return (/class="secret mono">([A-Z2-7 ]+)</.exec(page)?.[1] ?? '').replaceAll(' ', '')
}

/** Somebody with the factor on, a minute later, so that no code is used up. */
async function guarded(): Promise<Guarded> {
  const person = await colleague()
  const secret = await begin(person)
  const page = await person.visitor.submit('/account/factor', { code: codeAt(secret, portal.clock.at ?? 0) })
  expect(page.status).toBe(200)
  portal.clock.at = (portal.clock.at ?? 0) + 120
  return { ...person, secret, codes: codesOf(page.text) }
}

/** The password, and what is asked for then. */
async function halfway(email: string): Promise<Visitor> {
  const visitor = new Visitor(portal)
  const answer = await visitor.signIn(email, 'a quiet harbour', '/account')
  expect(answer.headers.location).toBe('/login/code')
  expect(visitor.cookies.has('portico')).toBe(false)
  return visitor
}

afterEach(() => {
  portal.clock.at = START
})

describe('a second factor', () => {
  it('is set up with the password, a QR code and a first code', async () => {
    const person = await colleague()
    const { visitor } = person
    const wrong = await visitor.submit('/account/factor/begin', { current: 'not it' })
    expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('That is not your password.')])
    expect((await visitor.get('/account/factor')).headers.location).toBe('/account')
    const secret = await begin(person)
    expect(secret).toMatch(/^[A-Z2-7]{32}$/)
    expect((await visitor.get('/account/factor')).text).toMatch(/<svg[^>]*>[\s\S]*<path/)
    expect((await visitor.submit('/account/factor', { code: '000000' })).status).toBe(422)
    // Not before it is confirmed.
    expect((await new Visitor(portal).signIn(person.email, 'a quiet harbour')).headers.location).toBe('/')
    const done = await visitor.submit('/account/factor', { code: codeAt(secret, START) })
    expect(codesOf(done.text)).toHaveLength(10)
    expect((await visitor.get('/account/factor')).headers.location).toBe('/account')
    expect((await visitor.get('/account')).text).not.toContain(secret)
  })

  it('ends the sessions that have begun without it', async () => {
    const person = await colleague()
    const elsewhere = new Visitor(portal)
    await elsewhere.signIn(person.email, 'a quiet harbour')
    const secret = await begin(person)
    await person.visitor.submit('/account/factor', { code: codeAt(secret, START) })
    expect((await person.visitor.get('/session')).status).toBe(200)
    expect((await elsewhere.get('/session')).status).toBe(401)
  })

  it('is asked for after the password, and leads on to where one wanted to go', async () => {
    const { email, secret, id } = await guarded()
    const visitor = await halfway(email)
    expect((await visitor.get('/session')).status).toBe(401)
    expect((await visitor.get('/account')).headers.location).toBe('/login?next=%2Faccount')
    expect((await visitor.get('/login/code')).status).toBe(200)
    const answer = await visitor.post('/login/code', { code: codeAt(secret, portal.clock.at ?? 0) })
    expect(answer.headers.location).toBe('/account')
    expect((await visitor.get('/session')).body).toMatchObject({ user: { id } })
    const [entry] = await find<{ description: string }>(
      sql`select description from audit_log where audit_type = 'USER_AUTHORIZE' and user_id = ${id} order by id desc`,
    )
    expect(entry?.description).toBe('{"by":"password and code"}')
  })

  it('takes no code twice, nor one from before it', async () => {
    const { email, secret } = await guarded()
    const now = portal.clock.at ?? 0
    const enter = async (code: string) => (await (await halfway(email)).post('/login/code', { code })).status
    expect(await enter(codeAt(secret, now))).toBe(303)
    expect(await enter(codeAt(secret, now))).toBe(422)
    expect(await enter(codeAt(secret, now - 30))).toBe(422)
    expect(await enter(codeAt(secret, now + 30))).toBe(303)
  })

  it('gives one code to one of two who send it at the same moment', async () => {
    const { email, secret } = await guarded()
    const code = codeAt(secret, portal.clock.at ?? 0)
    const visitors = [await halfway(email), await halfway(email)]
    const answers = await Promise.all(visitors.map((visitor) => visitor.post('/login/code', { code })))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422])
  })

  it('takes codes of clocks that differ by half a minute, and no older ones', async () => {
    const { email, secret } = await guarded()
    const now = portal.clock.at ?? 0
    for (const off of [-90, -60, 60, 90])
      expect((await (await halfway(email)).post('/login/code', { code: codeAt(secret, now + off) })).status).toBe(422)
    expect((await (await halfway(email)).post('/login/code', { code: codeAt(secret, now - 30) })).status).toBe(303)
  })

  it('cannot be guessed', async () => {
    const { email, secret } = await guarded()
    const visitor = await halfway(email)
    for (let guess = 0; guess < 5; guess++)
      expect((await visitor.post('/login/code', { code: '123456' })).status).toBe(422)
    // From another place neither.
    const other = await halfway(email)
    const answer = await other.post('/login/code', { code: codeAt(secret, portal.clock.at ?? 0) })
    expect([answer.status, answer.headers['retry-after']]).toEqual([429, '1'])
  })

  it('waits ten minutes, and only for the password that was right', async () => {
    const { id, email, secret } = await guarded()
    const slow = await halfway(email)
    portal.clock.at = (portal.clock.at ?? 0) + 601
    expect((await slow.post('/login/code', { code: codeAt(secret, portal.clock.at) })).headers.location).toBe('/login')
    const changed = await halfway(email)
    await withPassword(portal, id, 'a louder harbour')
    expect((await changed.post('/login/code', { code: codeAt(secret, portal.clock.at) })).status).toBe(422)
    const forged = new Visitor(portal)
    forged.cookies.set('portico-step', 'eyJzdGVwIjp7InVzZXJJZCI6MX19')
    expect((await forged.post('/login/code', { code: '123456' })).headers.location).toBe('/login')
  })

  it('is turned off with the password', async () => {
    const { id, email, secret } = await guarded()
    const visitor = await halfway(email)
    await visitor.post('/login/code', { code: codeAt(secret, portal.clock.at ?? 0) })
    expect((await visitor.submit('/account/factor/off', { current: 'not it' })).status).toBe(422)
    const off = await visitor.submit('/account/factor/off', { current: 'a quiet harbour' })
    expect(off.headers.location).toBe('/account?done=factor-off')
    expect((await new Visitor(portal).signIn(email, 'a quiet harbour')).headers.location).toBe('/')
    const types = await find<{ audit_type: string }>(
      sql`select audit_type from audit_log where user_id = ${id} and audit_type like 'USER_FACTOR%' order by id`,
    )
    expect(types.map(({ audit_type }) => audit_type)).toEqual(['USER_FACTOR_ON', 'USER_FACTOR_OFF'])
    expect(await find(sql`select id from recovery_code where user_id = ${id}`)).toEqual([])
  })

  it('that is lost is taken away by an operator, and all sessions with it', async () => {
    const { id, email, visitor } = await guarded()
    expect((await visitor.get('/session')).status).toBe(200)
    const reset = async (user: number): Promise<number> =>
      (await inProcess(['user', 'reset-2fa', `--user=${user}`], { portal })).code ?? -1
    expect(await reset(id)).toBe(0)
    expect((await visitor.get('/session')).status).toBe(401)
    expect((await new Visitor(portal).signIn(email, 'a quiet harbour')).headers.location).toBe('/')
    const entries = await find(sql`select user_id, item from audit_log where audit_type = 'USER_FACTOR_RESET'`)
    expect(entries).toEqual([{ user_id: 0, item: `user ${id}` }])
    expect(await reset(id)).toBe(0)
    expect(await reset(999)).toBe(1)
  })
})

describe('a recovery code', () => {
  it('lets in once, however it is typed', async () => {
    const { email, codes } = await guarded()
    const [first = '', second = ''] = codes
    const enter = async (code: string) => (await (await halfway(email)).post('/login/code', { code })).status
    expect(await enter(first)).toBe(303)
    expect(await enter(first)).toBe(422)
    expect(await enter(` ${second.toUpperCase().replaceAll('-', ' ')} `)).toBe(303)
  })

  it('is of one person', async () => {
    const [mine, other] = [await guarded(), await guarded()]
    expect((await (await halfway(mine.email)).post('/login/code', { code: other.codes[0] ?? '' })).status).toBe(422)
  })

  it('is void when there are new ones', async () => {
    const { id, email, visitor, codes } = await guarded()
    const page = await visitor.submit('/account/factor/codes', { current: 'a quiet harbour' })
    const renewed = codesOf(page.text)
    expect(renewed).toHaveLength(10)
    expect(renewed.filter((code) => codes.includes(code))).toEqual([])
    const enter = async (code = '') => (await (await halfway(email)).post('/login/code', { code })).status
    expect(await enter(codes[0])).toBe(422)
    expect(await enter(renewed[0])).toBe(303)
    expect(await find(sql`select id from recovery_code where user_id = ${id}`)).toHaveLength(9)
  })
})
