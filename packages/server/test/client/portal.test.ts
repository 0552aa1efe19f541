import { request as httpRequest, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Client, CredentialError, LostAnswerError, PortalError, ref, type Lead } from 'portico-client'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { listening } from '../support/listening.ts'
import { testPortal, type TestPortal } from '../support/portal.ts'

let portal: TestPortal
let hook: string
let origin: string
let client: Client
beforeAll(async () => {
  portal = await testPortal()
  ;({ hook, origin } = await listening(portal))
  client = new Client({ webhook: hook })
})

/** Something between the client and the portal that loses the first answers to writes, after they were done. */
async function losing(count: number): Promise<string> {
  let left = count
  const server = createServer((incoming, outgoing) => {
    const { method = 'POST', headers, url = '' } = incoming
    const forwarded = httpRequest(`${origin}${url}`, { method, headers }, (answered) => {
      if (url.includes('.add') || url.endsWith('batch')) if (left-- > 0) return void outgoing.destroy()
      outgoing.writeHead(answered.statusCode ?? 500, answered.headers)
      answered.pipe(outgoing)
    })
    incoming.pipe(forwarded)
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return hook.replace(origin, `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
}

const count = async (title: string): Promise<number | undefined> =>
  (await client.request('crm.lead.list', { filter: { TITLE: title } })).total

describe('a Portico', () => {
  test('is known by its answers', async () => {
    expect(await new Client({ webhook: hook }).isPortico()).toBe(true)
    expect(await new Client({ portal: origin, token: 'wrong-token' }).isPortico()).toBe(true)
  })
  test('refuses in errors of the right kind', async () => {
    const wrong = new Client({ webhook: `${origin}/rest/1/wrongc0de/` })
    await expect(wrong.call('crm.lead.get', { id: 1 })).rejects.toThrow(CredentialError)
    await expect(client.call('crm.lead.get', { id: 999_999 })).rejects.toMatchObject({
      name: 'PortalError',
      status: 400,
      text: 'Not found',
    })
    await expect(client.call('no.such.method')).rejects.toMatchObject({ code: 'ERROR_METHOD_NOT_FOUND', status: 404 })
  })
})

describe('a batch', () => {
  test('of commands that refer to each other, over several requests', async () => {
    const commands = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [
        [
          `company${index}`,
          { method: 'crm.company.add', params: { fields: { TITLE: `Company ${index} & Söhne` } } },
        ] as const,
        [
          `contact${index}`,
          { method: 'crm.contact.add', params: { fields: { NAME: 'Ann', COMPANY_ID: ref(`company${index}`) } } },
        ] as const,
        [`shown${index}`, { method: 'crm.contact.get', params: { id: ref(`contact${index}`) } }] as const,
      ]).flat(),
    )
    const { results, errors } = await client.batch(commands)
    expect(errors).toEqual({})
    for (let index = 0; index < 40; index++)
      expect(results[`shown${index}`]).toMatchObject({ COMPANY_ID: String(results[`company${index}`]) })
  })
  test('has the error of each command that was refused, and the results of the others', async () => {
    const { results, errors } = await client.batch([
      { method: 'crm.lead.get', params: { id: 999_999 } },
      { method: 'server.time' },
      { method: 'crm.item.get', params: { entityTypeId: 4711, id: 1 } },
    ])
    expect(results[1]).toMatch(/^\d{4}-/)
    expect(errors[0]).toBeInstanceOf(PortalError)
    expect(errors[2]).toMatchObject({ code: 'NOT_FOUND', method: 'crm.item.get' })
  })
})

describe('an idempotent write', () => {
  test('is done once, though its answer was lost', async () => {
    const shaky = new Client({ webhook: await losing(2), idempotent: true })
    const id = await shaky.call('crm.lead.add', { fields: { TITLE: 'Once' } })
    expect(await client.call('crm.lead.get', { id })).toMatchObject({ TITLE: 'Once' })
    expect(await count('Once')).toBe(1)
  })
  test('in bulk is done once as well', async () => {
    const shaky = new Client({ webhook: await losing(2), idempotent: true })
    const result = await shaky.add(
      'crm.lead',
      Array.from({ length: 70 }, () => ({ TITLE: 'Bulk' })),
    )
    expect(result).toMatchObject({ done: 70, failed: 0 })
    expect(await count('Bulk')).toBe(70)
  })
  test('is not done again without a key: the caller hears that it may have been done', async () => {
    const shaky = new Client({ webhook: await losing(1) })
    await expect(shaky.call('crm.lead.add', { fields: { TITLE: 'Unsure' } })).rejects.toThrow(LostAnswerError)
    expect(await count('Unsure')).toBe(1)
  })
})

describe('records in bulk', () => {
  test('are added, changed and deleted in their order, with an outcome for each', async () => {
    const added = await client.add(
      1,
      Array.from({ length: 60 }, (_, index) => ({ title: `Item ${index}` })),
    )
    const ids = added.items.map((item) => (item.ok ? Number(item.id) : 0))
    expect(ids).toEqual(ids.toSorted((a, b) => a - b))
    const [first = 0, ...others] = ids
    const updated = await client.update('crm.lead', [
      { id: first, fields: { TITLE: 'Changed' } },
      { id: 999_999, fields: { TITLE: 'Nothing' } },
    ])
    expect(updated.items).toMatchObject([
      { ok: true, result: true },
      { ok: false, error: { text: 'Not found' } },
    ])
    expect(await client.call('crm.lead.get', { id: first })).toMatchObject({ TITLE: 'Changed' })
    expect(await client.delete(1, others)).toMatchObject({ done: 59, failed: 0 })
    await expect(client.call('crm.lead.get', { id: others[0] ?? 0 })).rejects.toThrow('Not found')
  })
})

describe('a list', () => {
  test('of some hundred leads is whole, without repetition, while others write', async () => {
    const title = 'While others write'
    const made = await client.add(
      'crm.lead',
      Array.from({ length: 260 }, () => ({ TITLE: title })),
    )
    const ids = made.items.map((item) => (item.ok ? String(item.id) : ''))
    const seen: string[] = []
    const params = { filter: { TITLE: title }, select: ['ID', 'TITLE'] } as const
    for await (const { rows } of client.pages('crm.lead.list', params)) {
      seen.push(...(rows as Lead[]).map(({ ID }) => ID))
      // Whoever pages by offset would now miss as many as have gone.
      if (seen.length <= 200) await client.delete('crm.lead', seen.slice(-5))
      if (seen.length <= 200) await client.add('crm.lead', [{ TITLE: 'Between' }])
    }
    expect(seen).toEqual(ids)
  })
  test('is the same by ids and by offset, in both dialects', async () => {
    const collect = async (by: 'id' | 'offset'): Promise<unknown[]> => {
      const rows: unknown[] = []
      for await (const row of client.list('crm.item.list', { entityTypeId: 1, select: ['id', 'title'] }, { by }))
        rows.push(row)
      return rows
    }
    const byId = await collect('id')
    expect(byId.length).toBeGreaterThan(250)
    expect(await collect('offset')).toEqual(byId)
  })
  test('of directories, types and people comes whole', async () => {
    const rows = async (method: string, params = {}): Promise<Record<string, unknown>[]> => {
      const all: Record<string, unknown>[] = []
      for await (const row of client.list(method, params)) all.push(row)
      return all
    }
    expect((await rows('crm.status.list')).length).toBeGreaterThan(20)
    expect(await rows('crm.category.list', { entityTypeId: 2 })).toHaveLength(1)
    expect(await rows('user.get', { ACTIVE: true })).toMatchObject([{ ID: '1' }])
    expect((await rows('department.get')).length).toBeGreaterThan(0)
    expect(await rows('crm.lead.list', { filter: { TITLE: 'nothing is called so' } })).toEqual([])
    expect((await rows('crm.currency.list')).length).toBeGreaterThan(0)
  })
})
