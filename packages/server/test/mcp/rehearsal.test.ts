import { describe, expect, it } from 'vitest'
import { Caches } from '../../src/records/cache.ts'
import { rehearsing } from '../../src/records/rehearsal.ts'
import { testPortal } from '../support/portal.ts'

const portal = await testPortal()
const session = portal.portal.store.session()
const sourceOf = (code: string) => ({ fields: { ENTITY_ID: 'SOURCE', STATUS_ID: code, NAME: code } })

function admitted() {
  const visitor = { address: '127.0.0.1', userAgent: 'test', uri: '/mcp' }
  return portal.pipeline.admit({
    id: 't',
    claim: { userId: 1, code: portal.code },
    origin: 'http://localhost',
    visitor,
  })
}

async function sources(): Promise<string[]> {
  const { body } = await portal.call('crm.status.list', { filter: { ENTITY_ID: 'SOURCE' } })
  return body.result.map((each: { STATUS_ID: string }) => each.STATUS_ID)
}

describe('a rehearsal', () => {
  it('sees its own changes of settings, and nobody else does', async () => {
    const caches = new Caches()
    let loads = 0
    const cache = caches.define('probe', async () => ++loads)
    const outside = async (): Promise<number> => cache.get(session)
    expect(await outside()).toBe(1)
    let goOn = (): void => {}
    const gate = new Promise<void>((resolve) => (goOn = resolve))
    const inside = rehearsing(async () => {
      caches.drop('probe')
      const seen = [await cache.get(session), await cache.get(session)]
      await gate
      return [...seen, await cache.get(session)]
    })
    const meanwhile = [await outside(), await outside()]
    goOn()
    expect(await inside).toEqual([2, 2, 2])
    expect([...meanwhile, await outside()]).toEqual([1, 1, 1])
  })

  it('answers as the call would, and leaves nothing for the calls around it', async () => {
    const caller = await admitted()
    const before = await sources()
    const { result, error } = await caller.rehearse('batch', {
      cmd: {
        add: 'crm.status.add?fields[ENTITY_ID]=SOURCE&fields[STATUS_ID]=FAX&fields[NAME]=Fax',
        lead: 'crm.lead.add?fields[TITLE]=Tried&fields[SOURCE_ID]=FAX',
        read: 'crm.lead.get?id=$result[lead]',
      },
    })
    expect(error).toBeUndefined()
    expect(result).toMatchObject({ result: { read: { TITLE: 'Tried', SOURCE_ID: 'FAX' } }, result_error: [] })
    expect(await sources()).toEqual(before)
    expect((await caller.call('crm.lead.list', {})).total).toBe(0)
    expect((await caller.call('crm.status.add', sourceOf('FAX'))).error).toBeUndefined()
    expect((await caller.rehearse('crm.status.add', sourceOf('FAX'))).error?.status).toBe(400)
    expect((await sources()).sort()).toEqual([...before, 'FAX'].sort())
  })

  it('may run beside others and beside real calls', async () => {
    const caller = await admitted()
    const before = (await caller.call('crm.company.list', {})).total ?? 0
    const add = { fields: { TITLE: 'One of many' } }
    const all = Array.from({ length: 12 }, (_, index) =>
      index % 2 === 0 ? caller.rehearse('crm.company.add', add) : caller.call('crm.company.add', add),
    )
    expect((await Promise.all(all)).map(({ error }) => error)).toEqual(all.map(() => undefined))
    expect((await caller.call('crm.company.list', {})).total).toBe(before + 6)
  })

  it('is refused where the call would be', async () => {
    const { hook } = await portal.person()
    const [userId = '', code = ''] = hook.split('/')
    const claim = { userId: Number(userId), code }
    const caller = await portal.pipeline.admit({ id: 't', claim, origin: 'http://localhost' })
    const asked = await caller.rehearse('crm.status.add', sourceOf('TELEX'))
    expect(asked.error).toMatchObject({
      status: (await caller.call('crm.status.add', sourceOf('TELEX'))).error?.status,
    })
    expect(await sources()).not.toContain('TELEX')
  })
})
