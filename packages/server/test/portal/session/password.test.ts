import { afterEach, describe, expect, it } from 'vitest'
import { Gate } from '../../../src/auth/gate.ts'
import { passwordRefusal } from '../../../src/auth/password-rules.ts'
import { sql } from '../../../src/store/sql.ts'
import { testPortal } from '../../support/portal.ts'
import { Visitor, withPassword } from '../../support/visitor.ts'
import { mailbox } from '../people/mailbox.ts'

const START = 1_790_000_000
const mail = await mailbox()
const portal = await testPortal({ at: START, smtpUrl: mail.url, publicUrl: 'https://portal.example.com' })
const silent = await testPortal({ at: START })
const find = <T extends object>(query: ReturnType<typeof sql>): Promise<T[]> =>
  portal.portal.store.session().find<T>(query)
const audited = async (type: string): Promise<string[]> =>
  (
    await find<{ user_id: number; item: string; description: string }>(
      sql`select user_id, item, description from audit_log where audit_type = ${type} order by id`,
    )
  ).map(({ user_id, item, description }) => `${user_id} ${item} ${description}`)

async function colleague(): Promise<{ id: number; email: string; visitor: Visitor }> {
  const { id } = await portal.person()
  return { id, email: await withPassword(portal, id, 'a quiet harbour'), visitor: new Visitor(portal) }
}

/** Asks for a new password, and answers the path in the letter. */
async function forget(account: string, from = '192.0.2.1'): Promise<{ path: string; text: string; to: string }> {
  const answer = await new Visitor(portal, from).post('/password/forgot', { account })
  expect(answer.status).toBe(200)
  await portal.work()
  const [letter] = mail.take()
  const path = /https:\/\/portal\.example\.com(\/password\/reset\/[a-z0-9]+)/.exec(letter?.text ?? '')?.[1] ?? ''
  return { path, text: letter?.text ?? '', to: letter?.to ?? '' }
}

afterEach(() => {
  portal.clock.at = START
})

describe('a forgotten password', () => {
  it('is replaced through a letter, once, and ends all sessions', async () => {
    const { id, email, visitor } = await colleague()
    await visitor.signIn(email, 'a quiet harbour')
    const { path, text, to } = await forget(email)
    expect([to, text]).toEqual([email, expect.stringContaining('Hello Person')])
    const guest = new Visitor(portal)
    expect((await guest.get(path)).text).toContain('Choose a new password')
    const answer = await guest.post(path, { password: 'a louder harbour' })
    expect(answer.headers.location).toBe('/login?done=password')
    expect(guest.cookies.size).toBe(0)
    expect((await visitor.get('/session')).status).toBe(401)
    expect((await guest.signIn(email, 'a quiet harbour')).status).toBe(422)
    expect((await guest.signIn(email, 'a louder harbour')).status).toBe(303)
    for (const again of [await guest.get(path), await guest.post(path, { password: 'another harbour' })])
      expect(again.status).toBe(404)
    expect(await audited('USER_INFO')).toContain(`0 user ${id} `)
    expect(await audited('USER_PASSWORD_CHANGED')).toContain(`${id} user ${id} {"by":"a letter"}`)
  })

  it('is asked for in the same words and with the same work by anybody', async () => {
    const { email } = await colleague()
    const pages = new Set<string>()
    const rows: unknown[] = []
    for (const account of [email, 'nobody@example.com']) {
      const before = await portal.census()
      const answer = await new Visitor(portal, '198.51.100.1').post('/password/forgot', { account })
      pages.add(answer.text)
      const after = await portal.census()
      rows.push(
        Object.entries(after)
          .filter(([table, n]) => n !== before[table])
          .map(([table]) => table),
      )
      await portal.work()
    }
    expect(pages.size).toBe(1)
    expect(rows[0]).toEqual(expect.arrayContaining(['job']))
    // The address' own count is there already the second time.
    expect(rows[1]).toEqual(rows[0])
    expect(mail.take().map(({ to }) => to)).toEqual([email])
  })

  it('has one letter that works, for an hour, and none for those who were dismissed', async () => {
    const { id, email } = await colleague()
    const [first, second] = [await forget(email), await forget(email)]
    const guest = new Visitor(portal)
    expect((await guest.get(first.path)).status).toBe(404)
    portal.clock.at = START + 3599
    expect((await guest.get(second.path)).status).toBe(200)
    portal.clock.at = START + 3600
    expect((await guest.post(second.path, { password: 'a louder harbour' })).status).toBe(404)
    portal.clock.at = START
    await portal.call('user.update', { ID: id, ACTIVE: 'N' })
    expect((await guest.get(second.path)).status).toBe(404)
    expect((await forget(email)).path).toBe('')
  })

  it('is used by one of two who try at the same moment', async () => {
    const { email } = await colleague()
    const { path } = await forget(email)
    const answers = await Promise.all(
      ['first harbour', 'second harbour'].map((password) => new Visitor(portal).post(path, { password })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 404])
  })

  it('makes few letters, whoever asks', async () => {
    const { email } = await colleague()
    const ask = (from: string) => new Visitor(portal, from).post('/password/forgot', { account: email })
    for (const from of ['192.0.2.5', '192.0.2.6', '192.0.2.7']) expect((await ask(from)).status).toBe(200)
    const refused = await ask('192.0.2.8')
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '1'])
    await portal.work()
    expect(mail.take()).toHaveLength(3)
  })

  it('is another invitation for whoever has not come yet', async () => {
    const { body } = await portal.call('user.add', { EMAIL: 'guest@example.com', UF_DEPARTMENT: [1] })
    await portal.work()
    mail.take()
    await new Visitor(portal).post('/password/forgot', { account: 'guest@example.com' })
    await portal.work()
    const [letter] = mail.take()
    expect(letter?.text).toMatch(/\/invitation\/[a-z0-9]{40}/)
    expect(await find(sql`select user_id from password_reset where user_id = ${body.result}`)).toEqual([])
  })

  it('is a link in the log of a portal that can send no letters', async () => {
    const visitor = new Visitor(silent)
    await visitor.post('/password/forgot', { account: 'admin@example.com' })
    await silent.work()
    const [warning] = silent.warnings.splice(0)
    expect(warning).toMatchObject({ user: 1, message: expect.stringContaining('no mail server') })
    const path = new URL(String(warning?.link)).pathname
    expect((await visitor.post(path, { password: 'a louder harbour' })).status).toBe(303)
    expect((await visitor.signIn('admin@example.com', 'a louder harbour')).headers.location).toBe('/')
  })
})

describe('one’s own password', () => {
  it('is changed with the old one, and ends the sessions elsewhere', async () => {
    const { id, email, visitor } = await colleague()
    const elsewhere = new Visitor(portal)
    await visitor.signIn(email, 'a quiet harbour')
    await elsewhere.signIn(email, 'a quiet harbour')
    const wrong = await visitor.submit('/account/password', { current: 'not it', password: 'a louder harbour' })
    expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('That is not your password.')])
    const weak = await visitor.submit('/account/password', { current: 'a quiet harbour', password: 'Password123' })
    expect([weak.status, weak.text]).toEqual([422, expect.stringContaining('guessed first')])
    expect((await elsewhere.get('/session')).status).toBe(200)
    const done = await visitor.submit('/account/password', { current: 'a quiet harbour', password: 'a louder harbour' })
    expect(done.headers.location).toBe('/account?done=password')
    expect((await visitor.get('/session')).status).toBe(200)
    expect((await elsewhere.get('/session')).status).toBe(401)
    expect((await elsewhere.signIn(email, 'a louder harbour')).status).toBe(303)
    expect(await audited('USER_PASSWORD_CHANGED')).toContain(`${id} user ${id} {"by":"the person"}`)
  })

  it('cannot be guessed by whoever finds a browser open', async () => {
    const { email, visitor } = await colleague()
    await visitor.signIn(email, 'a quiet harbour')
    const guess = (current: string) => visitor.submit('/account/password', { current, password: 'a louder harbour' })
    for (let time = 0; time < 5; time++) expect((await guess('wrong')).text).toContain('That is not your password.')
    expect((await guess('a quiet harbour')).text).toContain('too many attempts')
  })

  it('lets its person end the sessions elsewhere', async () => {
    const { id, email, visitor } = await colleague()
    const elsewhere = new Visitor(portal)
    await elsewhere.signIn(email, 'a quiet harbour')
    await visitor.signIn(email, 'a quiet harbour')
    expect((await visitor.get('/account')).text).toContain('Sign out everywhere else')
    expect((await visitor.submit('/account/sessions/end')).headers.location).toBe('/account?done=sessions')
    expect((await elsewhere.get('/session')).status).toBe(401)
    expect((await visitor.get('/account')).text).not.toContain('Sign out everywhere else')
    expect(await audited('USER_LOGOUT')).toContain(`${id} user ${id} {"ended":1}`)
  })
})

describe('one’s own webhooks', () => {
  it('are made, shown once, and ended by their person alone', async () => {
    const [mine, other] = [await colleague(), await colleague()]
    await mine.visitor.signIn(mine.email, 'a quiet harbour')
    await other.visitor.signIn(other.email, 'a quiet harbour')
    const made = await mine.visitor.submit('/account/webhooks', { title: 'Nightly export' })
    const path = /http:\/\/localhost(?::\d+)?(\/rest\/\d+\/[a-z0-9]{16}\/)/.exec(made.text)?.[1] ?? ''
    expect((await portal.send({ url: `${path}user.current` })).body.result.ID).toBe(String(mine.id))
    const page = (await mine.visitor.get('/account')).text
    expect(page).toContain('Nightly export')
    expect(page).not.toContain(path)
    const [, id = ''] = /name="id" value="(\d+)"[\s\S]{0,200}Nightly export/.exec(page) ?? []
    await other.visitor.submit('/account/webhooks/end', { id })
    expect((await portal.send({ url: `${path}user.current` })).status).toBe(200)
    expect((await mine.visitor.submit('/account/webhooks/end', { id })).headers.location).toBe('/account?done=webhook')
    expect((await portal.send({ url: `${path}user.current` })).status).toBe(401)
    expect((await audited('WEBHOOK_DELETE')).at(-1)).toBe(`${mine.id} webhook ${id} `)
  })
})

describe('an invitation', () => {
  it('leads straight in, with a password that is not guessed first', async () => {
    const { body } = await portal.call('user.add', { EMAIL: 'new@example.com', NAME: 'Nora', UF_DEPARTMENT: [1] })
    await portal.work()
    const path = /(\/invitation\/[a-z0-9]+)/.exec(mail.take()[0]?.text ?? '')?.[1] ?? ''
    const visitor = new Visitor(portal)
    expect((await visitor.get(path)).text).toContain('Nora, choose a password')
    for (const password of ['short', 'qwertyuiop', 'new@example.com'])
      expect((await visitor.post(path, { password })).status).toBe(422)
    expect((await visitor.post(path, { password: 'an open gate' })).headers.location).toBe('/')
    expect((await visitor.get('/session')).body).toMatchObject({ user: { id: body.result, name: 'Nora' } })
    expect(await audited('USER_AUTHORIZE')).toContain(`${body.result} user ${body.result} {"by":"invitation"}`)
  })
})

describe('a new password', () => {
  it.each([
    ['seven77', 'at least 8'],
    ['x'.repeat(257), 'at most 256'],
    ['password', 'guessed first'],
    ['PassWord2024!', 'guessed first'],
    ['12345678', 'guessed first'],
    ['aaaaaaaaaaaa', 'guessed first'],
    ['abcdefghijkl', 'guessed first'],
    ['98765432', 'guessed first'],
    ['ada.lovelace', 'your own'],
    ['Lovelace1815', 'your own'],
  ])('is not %s', (password, why) =>
    expect(passwordRefusal(password, ['ada.lovelace@example.com', 'Lovelace', null])).toContain(why),
  )

  it.each(['correct horse', 'passwords are tiring', 'ü'.repeat(4) + 'öäåé', 'tr0ub4dor&3', 'x9'.repeat(128)])(
    'may be %s',
    (password) => expect(passwordRefusal(password, ['ada@example.com'])).toBeUndefined(),
  )
})

describe('costly work', () => {
  it('is done by few at once, in order, and refused where the line is too long', async () => {
    const gate = new Gate(2, 3)
    let inside = 0
    let most = 0
    const order: number[] = []
    const work = (index: number) =>
      gate.run(async () => {
        most = Math.max(most, ++inside)
        await new Promise((resolve) => setImmediate(resolve))
        order.push(index)
        inside--
      })
    const results = await Promise.allSettled([0, 1, 2, 3, 4, 5, 6].map(work))
    expect(results.map(({ status }) => status === 'fulfilled')).toEqual([true, true, true, true, true, false, false])
    expect([most, order, gate.passed]).toEqual([2, [0, 1, 2, 3, 4], 5])
    await work(7)
    expect(order.at(-1)).toBe(7)
  })
})
