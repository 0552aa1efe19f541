import { describe, expect, it } from 'vitest'
import { checkPassword } from '../../../src/auth/password.ts'
import { sql } from '../../../src/store/sql.ts'
import { testPortal } from '../../support/portal.ts'
import { mailbox } from './mailbox.ts'

const START = 1_712_300_400
const DAY = 24 * 3600
const mail = await mailbox()
const portal = await testPortal({ at: START, smtpUrl: mail.url, publicUrl: 'https://portal.example.com' })
const silent = await testPortal()
const find = <T extends object>(query: ReturnType<typeof sql>): Promise<T[]> =>
  portal.portal.store.session().find<T>(query)

let made = 0
async function invite(fields: object = {}): Promise<{ id: number; email: string; path: string; text: string }> {
  const email = `guest${++made}@example.com`
  const { body } = await portal.call('user.add', { EMAIL: email, UF_DEPARTMENT: [1], ...fields })
  await portal.work()
  const [letter] = mail.take()
  const path = /https:\/\/portal\.example\.com(\/invitation\/[a-z0-9]+)/.exec(letter?.text ?? '')?.[1] ?? ''
  expect(letter?.to).toBe(email)
  return { id: body.result, email, path, text: letter?.text ?? '' }
}
const open = (url: string) => portal.send({ method: 'GET', url })
const send = (url: string, password: string) =>
  portal.send({
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://localhost', host: 'localhost' },
    body: new URLSearchParams({ password }).toString(),
  })
const passwordOf = async (id: number): Promise<string | null> =>
  (await find<{ password: string | null }>(sql`select password from portal_user where id = ${id}`))[0]?.password ?? null
const arrivals = () => find<{ payload: string }>(sql`select payload from outbox where event = 'ONUSERADD' order by id`)

describe('an invitation', () => {
  it('goes to the invited person with the words of whoever invites, and its token stays nowhere else', async () => {
    const { path, text } = await invite({ NAME: 'Klaus', MESSAGE_TEXT: 'Join us for the autumn sale' })
    expect(text).toContain('Hello Klaus')
    expect(text).toContain('Join us for the autumn sale')
    const token = path.split('/').at(-1) ?? ''
    expect(token).toMatch(/^[a-z0-9]{40}$/)
    const rows = [
      ...(await find(sql`select * from user_invitation`)),
      ...(await find(sql`select * from job`)),
      ...(await find(sql`select * from outbox`)),
      ...(await find(sql`select * from history`)),
    ]
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  it('lets the person choose a password once, and tells then that they have come', async () => {
    const { id, email, path } = await invite({
      NAME: 'Klaus',
      LAST_NAME: 'Weber',
      PERSONAL_GENDER: 'M',
      PERSONAL_BIRTHDAY: '1990-01-01',
      WORK_POSITION: 'Developer',
      UF_EMPLOYMENT_DATE: '2024-04-05',
    })
    expect(await arrivals()).toEqual([])
    expect((await open(path)).text).toContain('<form method="post">')
    expect((await send(path, 'short')).status).toBe(422)
    expect(await passwordOf(id)).toBeNull()
    expect((await send(path, 'long enough & odd ü')).status).toBe(303)
    expect(await checkPassword('long enough & odd ü', (await passwordOf(id)) ?? '')).toBe(true)
    const [arrival, ...others] = await arrivals()
    expect(others).toEqual([])
    expect(JSON.parse(arrival?.payload ?? '')).toEqual({
      ID: id,
      ACTIVE: 'Y',
      EMAIL: email,
      NAME: 'Klaus',
      LAST_NAME: 'Weber',
      PERSONAL_GENDER: 'M',
      PERSONAL_BIRTHDAY: '1990-01-01',
      UF_DEPARTMENT: [1],
      DATE_REGISTER: '2024-04-05T09:00:00+02:00',
      WORK_POSITION: 'Developer',
      UF_EMPLOYMENT_DATE: '2024-04-05',
    })
    for (const answer of [await open(path), await send(path, 'another password')]) expect(answer.status).toBe(404)
    expect(await checkPassword('another password', (await passwordOf(id)) ?? '')).toBe(false)
    expect(await arrivals()).toHaveLength(1)
  })

  it('is used by one of two who try at the same moment', async () => {
    const { path } = await invite()
    const before = (await arrivals()).length
    const answers = await Promise.all([send(path, 'first password'), send(path, 'second password')])
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 404])
    expect(await arrivals()).toHaveLength(before + 1)
  })

  it('ends after a week, and at once when the person is dismissed', async () => {
    const old = await invite()
    portal.clock.at = START + 7 * DAY + 1
    expect((await open(old.path)).status).toBe(404)
    portal.clock.at = START
    const dismissed = await invite()
    await portal.call('user.update', { ID: dismissed.id, ACTIVE: 'N' })
    await portal.call('user.update', { ID: dismissed.id, ACTIVE: 'Y' })
    expect((await open(dismissed.path)).status).toBe(404)
    expect((await send(dismissed.path, 'a good password')).status).toBe(404)
    expect(await passwordOf(dismissed.id)).toBeNull()
  })

  it('goes to the right address once that is known, and ends at the wrong one', async () => {
    const wrong = await invite()
    await portal.call('user.update', { ID: wrong.id, EMAIL: 'right@example.com' })
    expect((await open(wrong.path)).status).toBe(404)
    await portal.work()
    const [letter] = mail.take()
    expect(letter?.to).toBe('right@example.com')
    const path = /\/invitation\/[a-z0-9]+/.exec(letter?.text ?? '')?.[0] ?? ''
    expect((await send(path, 'a good password')).status).toBe(303)
  })

  it('is no letter to whoever was dismissed before it went', async () => {
    const { body } = await portal.call('user.add', { EMAIL: 'quick@example.com', UF_DEPARTMENT: [1] })
    await portal.call('user.update', { ID: body.result, ACTIVE: 'N' })
    await portal.work()
    expect(mail.take()).toEqual([])
  })

  it('is shown to nobody without its token, and never kept by browsers', async () => {
    const answer = await open('/invitation/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')
    expect(answer.status).toBe(404)
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'same-origin' })
  })
})

describe('a portal that can send no letters', () => {
  it('invites all the same: the operator reads the link in the log', async () => {
    const { body } = await silent.call('user.add', { EMAIL: 'someone@example.com', UF_DEPARTMENT: [1] })
    expect(await silent.work()).toBe(1)
    const [warning, ...others] = silent.warnings
    expect(others).toEqual([])
    expect(warning).toMatchObject({ user: body.result, message: expect.stringContaining('no mail server') })
    const answer = await silent.send({ method: 'GET', url: new URL(String(warning?.link)).pathname })
    expect(answer.status).toBe(200)
  })
})
