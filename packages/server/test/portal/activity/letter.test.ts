import { SMTPServer } from 'smtp-server'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'
import { refused } from '../timeline/tools.ts'
import { activityTools } from './tools.ts'

const letters: { to: string[]; text: string }[] = []
const catcher = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, session, done) {
    let text = ''
    stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
    stream.on('end', () => {
      letters.push({ to: session.envelope.rcptTo.map(({ address }) => address), text })
      done()
    })
  },
})
const port = await new Promise<number>((done) => {
  const server = catcher.listen(0, '127.0.0.1', () => {
    const address = server.address()
    done(typeof address === 'object' && address !== null ? address.port : 0)
  })
})
afterAll(() => new Promise<void>((done) => catcher.close(done)))

const portal = await testPortal({ at: 1_780_000_000, smtpUrl: `smtp://127.0.0.1:${port}` })
const mute = await testPortal()
const { add, get } = activityTools(portal)
const contact = await add('contact', { NAME: 'Ann' })
const letter = {
  OWNER_TYPE_ID: 3,
  OWNER_ID: contact,
  TYPE_ID: 4,
  DIRECTION: 2,
  COMPLETED: 'Y',
  SUBJECT: 'Our offer',
  DESCRIPTION: '<b>Good</b> tea',
  DESCRIPTION_TYPE: 3,
  COMMUNICATIONS: [{ VALUE: 'ann@example.com', ENTITY_TYPE_ID: 3, ENTITY_ID: contact }],
}
const send = (more: object = {}, to = portal) => to.call('crm.activity.add', { fields: { ...letter, ...more } })

beforeEach(() => {
  letters.length = 0
})

it('sends an outgoing letter that is done, with its files, and a copy to its sender', async () => {
  const SETTINGS = { MESSAGE_FROM: 'Hans Weber <weber@example.com>' }
  const { body } = await send({ SETTINGS, FILES: [{ fileData: ['offer.txt', 'YWJj'] }] })
  expect(letters).toEqual([])
  await portal.work()
  expect(letters.map(({ to }) => to)).toEqual([['ann@example.com', 'weber@example.com']])
  const [{ text } = { text: '' }] = letters
  expect(text).toContain('From: portal@example.com')
  expect(text).toContain('Reply-To: Hans Weber <weber@example.com>')
  expect(text).toContain('Subject: Our offer')
  expect(text).toContain('<b>Good</b> tea')
  expect(text).toContain('offer.txt')
  expect(text).not.toContain('Bcc:')
  expect(await get(body.result)).toMatchObject({ TYPE_ID: '4', PROVIDER_ID: 'CRM_EMAIL', COMPLETED: 'Y', SETTINGS })
  await portal.work()
  expect(letters).toHaveLength(1)
})

it('sends no copy where none is wanted', async () => {
  await send({ SETTINGS: { MESSAGE_FROM: 'weber@example.com', DISABLE_SENDING_MESSAGE_COPY: 'Y' } })
  await portal.work()
  expect(letters.map(({ to }) => to)).toEqual([['ann@example.com']])
})

it.each([{ COMPLETED: 'N' }, { DIRECTION: 1 }])('only keeps what is planned or has come in: %j', async (more) => {
  expect((await send(more)).status).toBe(200)
  await portal.work()
  expect(letters).toEqual([])
})

it.each([
  ['Email send error. Invalid email is specified', { COMMUNICATIONS: [{ VALUE: 'nowhere' }] }],
  ['Email send error. Invalid email is specified', { SETTINGS: { MESSAGE_FROM: 'Hans <nobody>' } }],
])('says that it was not sent, and keeps the activity: %s', async (error, more) => {
  const { crm_activity: before = 0 } = await portal.census()
  expect(await send(more)).toMatchObject(refused('', error))
  expect((await portal.census()).crm_activity).toBe(before + 1)
  await portal.work()
  expect(letters).toEqual([])
})

it('says so where there is no mail server', async () => {
  const { result } = (await mute.call('crm.contact.add', { fields: { NAME: 'Ann' } })).body
  const error = 'Email send error. Failed to load module "subscribe"'
  expect(await send({ OWNER_ID: result, COMMUNICATIONS: [{ VALUE: 'a@example.com' }] }, mute)).toMatchObject(
    refused('', error),
  )
})
