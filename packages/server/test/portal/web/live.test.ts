import { afterAll, describe, expect, it } from 'vitest'
import { listening } from '../../support/listening.ts'
import { testPortal, type TestPortal } from '../../support/portal.ts'

interface Told {
  readonly event: string
  readonly data: {
    event?: string
    entityTypeId?: number
    id?: number
    userId?: number
    owners?: unknown
    names?: string[]
  }
}

const streams: AbortController[] = []
afterAll(() => streams.forEach((each) => each.abort()))

/** An open page of a person: what it has been told so far. */
async function page(portal: TestPortal, origin: string, userId: number) {
  const session = portal.portal.store.session()
  const token = await session.transaction((tx) => portal.sessions.start(tx, { userId, visitor: undefined }))
  await session.settled()
  const stream = new AbortController()
  streams.push(stream)
  const response = await fetch(`${origin}/live`, { headers: { cookie: `portico=${token}` }, signal: stream.signal })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
  const told: Told[] = []
  let ended = false
  void (async () => {
    let text = ''
    const decoder = new TextDecoder()
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true })
      const parts = text.split('\n\n')
      text = parts.pop() ?? ''
      for (const part of parts) {
        const event = /^event: (.*)$/m.exec(part)?.[1]
        if (event !== undefined) told.push({ event, data: JSON.parse(/^data: (.*)$/m.exec(part)?.[1] ?? '') })
      }
    }
  })()
    .catch(() => {})
    .finally(() => (ended = true))
  return { told, isEnded: () => ended, close: () => stream.abort(), token }
}

const happened = ({ told }: { told: Told[] }) =>
  told.filter(({ event }) => event === 'happened').map(({ data }) => data)

describe('the stream of what happens', async () => {
  const portal = await testPortal()
  const { origin } = await listening(portal)
  const other = await testPortal({ beside: portal })
  const { origin: elsewhere } = await listening(other)

  const settle = async (): Promise<void> => {
    await portal.work()
    // The looks at what other servers have written come every second.
    await new Promise((resolve) => setTimeout(resolve, 1_300))
  }

  it('refuses whoever is not signed in, and pages of other origins', async () => {
    expect((await fetch(`${origin}/live`)).status).toBe(401)
    const known = await page(portal, origin, 1)
    const foreign = { cookie: `portico=${known.token}`, origin: 'https://evil.example' }
    expect((await fetch(`${origin}/live`, { headers: foreign })).status).toBe(401)
    expect(
      (await fetch(`${origin}/live`, { headers: { ...foreign, origin: '', 'sec-fetch-site': 'cross-site' } })).status,
    ).toBe(401)
    known.close()
  })

  it('tells of records, of comments in their cards, and of settings, on every server of the portal', async () => {
    const here = await page(portal, origin, 1)
    const there = await page(other, elsewhere, 1)
    await settle()
    const id = (await portal.call('crm.lead.add', { fields: { TITLE: 'Fair' } })).body.result as number
    const comment = (
      await portal.call('crm.timeline.comment.add', { fields: { ENTITY_TYPE: 'lead', ENTITY_ID: id, COMMENT: 'Hi' } })
    ).body.result as number
    await portal.call('crm.status.add', { fields: { ENTITY_ID: 'SOURCE', STATUS_ID: 'FAIR', NAME: 'Fair' } })
    await settle()
    for (const each of [here, there]) {
      expect(happened(each)).toContainEqual({ event: 'ONCRMLEADADD', entityTypeId: 1, id, userId: 1 })
      expect(happened(each)).toContainEqual({
        event: 'ONCRMTIMELINECOMMENTADD',
        entityTypeId: -30,
        id: comment,
        userId: 1,
        owners: [{ entityTypeId: 1, id }],
      })
      expect(each.told.filter(({ event }) => event === 'settings').flatMap(({ data }) => data.names)).toContain(
        'directories',
      )
      each.close()
    }
  })

  it('tells nobody of a record that they may not read', async () => {
    const { id: userId } = await portal.person()
    const { roles } = (await portal.call('portico.role.list')).body.result as { roles: { id: number }[] }
    for (const { id } of roles) await portal.call('portico.role.assign', { id, access: [] })
    const role = await portal.call('portico.role.add', {
      fields: {
        name: 'Own leads only',
        access: [`U${userId}`],
        permissions: [{ entity: 'lead', action: 'read', level: 'own' }],
      },
    })
    expect(role.body.error).toBeUndefined()
    const seen = await page(portal, origin, userId)
    await settle()
    const foreign = (await portal.call('crm.lead.add', { fields: { TITLE: 'Not theirs' } })).body.result as number
    const given = (await portal.call('crm.lead.add', { fields: { TITLE: 'Theirs', ASSIGNED_BY_ID: userId } })).body
      .result as number
    await portal.call('crm.deal.add', { fields: { TITLE: 'A deal' } })
    await settle()
    const ids = happened(seen).map(({ entityTypeId, id }) => [entityTypeId, id])
    expect(ids).toContainEqual([1, given])
    expect(ids).toContainEqual([1, 0])
    expect(ids).not.toContainEqual([1, foreign])
    expect(ids.filter(([typeId]) => typeId === 2)).toEqual([])
    seen.close()
  })

  it('keeps nothing when nobody looks any more', async () => {
    portal.clock.at = Math.floor(Date.now() / 1000) + 3_600
    await portal.tend()
    portal.clock.at = undefined
    const counts = await portal.census()
    expect([counts.live_event, counts.live_watch]).toEqual([0, 0])
  })
})
