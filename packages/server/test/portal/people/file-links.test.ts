import { describe, expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { database, testPortal, type TestPortal } from '../../support/portal.ts'
import { greenPixel } from '../seeds/documented.ts'

const portal = await testPortal()
const reader = await portal.person({ department: [1] })
const file = ['green.png', greenPixel]

const must = async (method: string, parameters: unknown, as?: string) => {
  const { status, body } = await portal.call(method, parameters, as === undefined ? {} : { as })
  if (status !== 200) throw new Error(`${method}: ${body.error_description}`)
  return body.result
}
const statusOf = async (link: string, from: TestPortal = portal): Promise<number> => {
  const { pathname, search } = new URL(link, 'http://localhost')
  return (await from.send({ method: 'GET', url: pathname + search })).status
}

await must('crm.lead.userfield.add', { fields: { FIELD_NAME: 'PLAN', USER_TYPE_ID: 'file' } })
const leadId = await must('crm.lead.add', { fields: { TITLE: 'With a plan', UF_CRM_PLAN: { fileData: file } } })
const commentId = await must('crm.timeline.comment.add', {
  fields: { ENTITY_ID: leadId, ENTITY_TYPE: 'lead', COMMENT: 'See there', FILES: [file] },
})
const activityId = await must('crm.activity.add', {
  fields: {
    OWNER_TYPE_ID: 1,
    OWNER_ID: leadId,
    TYPE_ID: 2,
    SUBJECT: 'Call',
    COMMUNICATIONS: [{ VALUE: '+1 555' }],
    RESPONSIBLE_ID: 1,
    FILES: [{ fileData: file }],
  },
})

/** Every address of a file in an answer. */
const linksIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? /\/rest\/.*token=/.test(value)
      ? [value]
      : []
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(linksIn)
      : []

const linksFor = async (as?: string): Promise<string[]> => [
  ...linksIn(await must('crm.lead.get', { id: leadId }, as)),
  ...linksIn(await must('crm.timeline.comment.get', { id: commentId }, as)),
  ...linksIn(await must('crm.activity.get', { id: activityId }, as)),
]
const distinct = async (links: readonly string[], from?: TestPortal): Promise<number[]> => [
  ...new Set(await Promise.all(links.map((link) => statusOf(link, from)))),
]

async function withoutRights(): Promise<() => Promise<void>> {
  const session = portal.portal.store.session()
  const change = async (body: ReturnType<typeof sql>): Promise<void> => {
    await portal.portal.caches.changing(session, ['roles'], (tx) => tx.change(body))
    await session.settled()
  }
  await change(sql`update crm_role_permission set entity = '-' where entity = '*'`)
  return () => change(sql`update crm_role_permission set entity = '*' where entity = '-'`)
}

describe('a link to a file', () => {
  it('ends with the right to read what the file belongs to, and with nothing else', async () => {
    const links = await linksFor(reader.hook)
    const own = await linksFor()
    expect(links.length).toBeGreaterThanOrEqual(3)
    expect(await distinct(links)).toEqual([200])
    const giveBack = await withoutRights()
    expect(await distinct(links)).toEqual([404])
    expect(await distinct(own)).toEqual([200])
    await giveBack()
    expect(await distinct(links)).toEqual([200])
  })

  it('ends with the record', async () => {
    const id = await must('crm.lead.add', { fields: { TITLE: 'Short', UF_CRM_PLAN: { fileData: file } } })
    const links = linksIn(await must('crm.lead.get', { id }))
    expect(await distinct(links)).toEqual([200])
    await must('crm.lead.delete', { id })
    expect(await distinct(links)).toEqual([404])
  })

  it('ends on another server of the portal too', async ({ skip }) => {
    if (database === 'sqlite') skip()
    const other = await testPortal({ beside: portal })
    const links = await linksFor(reader.hook)
    expect(await distinct(links, other)).toEqual([200])
    const giveBack = await withoutRights()
    await expect.poll(() => distinct(links, other), { timeout: 5_000, interval: 50 }).toEqual([404])
    await giveBack()
  })
})
