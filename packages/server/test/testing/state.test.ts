import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { startPortal, type TestPortal } from '../../src/testing/index.ts'
import { database, freshDatabase } from '../support/portal.ts'

const clock = { mode: 'fixed' } as const

/** In memory where the tests run on SQLite, on a database of its own where they run on PostgreSQL. */
async function portalHere(): Promise<TestPortal> {
  if (database === 'sqlite') return startPortal({ https: false, clock })
  const { url, drop } = await freshDatabase()
  const portal = await startPortal({ https: false, clock, databaseUrl: String(url) })
  const close = async (): Promise<void> => {
    await portal.close()
    await drop()
  }
  return { ...portal, close }
}

describe('the state of a portal for tests', async () => {
  const portal = await portalHere()
  afterAll(() => portal.close())
  beforeEach(() => portal.reset())
  const add = (TITLE: string, more: object = {}): Promise<number> =>
    portal.call('crm.lead.add', { fields: { TITLE, ...more } })
  const titles = async (): Promise<string[]> =>
    (await portal.call<{ TITLE: string }[]>('crm.lead.list', { order: { ID: 'ASC' }, select: ['TITLE'] })).map(
      ({ TITLE }) => TITLE,
    )

  it('is as at the start after a reset: records, ids, counts, fields, types, people and files', async () => {
    const fresh = await portal.ask('crm.lead.fields')
    const field = { entityId: 'CRM_LEAD', fieldName: 'UF_CRM_FILE', userTypeId: 'file' }
    await portal.call('userfieldconfig.add', { moduleId: 'crm', field })
    await portal.call('crm.type.add', { fields: { title: 'Rental' } })
    await portal.call('user.add', { EMAIL: 'ada@example.com', NAME: 'Ada', UF_DEPARTMENT: [1] })
    expect(await add('with a file', { UF_CRM_FILE: { fileData: ['a.txt', 'aGVsbG8='] } })).toBe(1)
    await portal.reset()
    expect((await portal.ask('crm.lead.fields')).result).toEqual(fresh.result)
    expect((await portal.call<{ types: unknown[] }>('crm.type.list')).types).toEqual([])
    expect(await portal.call('user.get')).toHaveLength(1)
    expect(await portal.ask('crm.lead.list')).toMatchObject({ result: [], total: 0 })
    // What a test makes has the ids that it had the first time; all of it works as ever.
    await portal.call('userfieldconfig.add', { moduleId: 'crm', field })
    expect(await add('again', { UF_CRM_FILE: { fileData: ['a.txt', 'aGVsbG8='] } })).toBe(1)
    expect((await portal.call<{ UF_CRM_FILE: { id: number } }>('crm.lead.get', { id: 1 })).UF_CRM_FILE.id).toBe(1)
  })

  it('is kept under names, and comes back as often as it is wanted', async () => {
    await add('one')
    await portal.snapshot('one lead')
    await add('two')
    await portal.snapshot('two leads')
    for (const [name, expected] of [
      ['one lead', ['one']],
      ['two leads', ['one', 'two']],
      ['one lead', ['one']],
    ] as const) {
      await portal.restore(name)
      expect(await titles()).toEqual(expected)
    }
    expect(await add('after')).toBe(2)
    // A name that is given again stands for the later state, and leaves others alone.
    await portal.snapshot('one lead')
    await add('third')
    await portal.snapshot('third')
    await portal.restore('one lead')
    expect(await titles()).toEqual(['one', 'after'])
    expect(await portal.run('snapshots')).toEqual(['one lead', 'two leads', 'third'])
    await expect(portal.restore('fourth')).rejects.toThrow('there is no snapshot "fourth"')
    expect(await titles()).toEqual(['one', 'after'])
  })

  it('brings back the bytes of files that were deleted or are new', async () => {
    await portal.call('userfieldconfig.add', {
      moduleId: 'crm',
      field: { entityId: 'CRM_LEAD', fieldName: 'UF_CRM_FILE', userTypeId: 'file' },
    })
    await add('kept', { UF_CRM_FILE: { fileData: ['a.txt', 'aGVsbG8='] } })
    await portal.snapshot('with a file')
    await portal.call('crm.lead.delete', { id: 1 })
    await portal.restore('with a file')
    const { UF_CRM_FILE: file } = await portal.call<{ UF_CRM_FILE: { downloadUrl: string } }>('crm.lead.get', { id: 1 })
    const answer = await fetch(`${portal.url}${file.downloadUrl}`)
    expect(await answer.text()).toBe('hello')
  })

  it('is saved as text that a repository can hold, and another portal loads', async () => {
    await add('saved')
    const text = await portal.save()
    expect(JSON.parse(text.slice(0, text.indexOf('\n')))).toMatchObject({ portico: 'backup' })
    // Time stands still here: what has not changed is the same text.
    expect(await portal.save()).toBe(text)
    const other = await startPortal({ https: false })
    try {
      await other.load(text, 'saved')
      await other.run('clock')
      await other.reset()
      await other.restore('saved')
      // The webhook of the portal that it came from is in it, and no other.
      expect((await fetch(`${other.url}${new URL(portal.webhookHttp).pathname}crm.lead.get?id=1`)).status).toBe(200)
      expect((await fetch(`${other.webhookHttp}crm.lead.get?id=1`)).status).toBe(401)
    } finally {
      await other.close()
    }
  })

  it('is dumped as a seed, which brings another portal there', async () => {
    const seed = {
      records: { company: { acme: { title: 'ACME' } }, deal: { first: { title: 'First', companyId: '@acme' } } },
    }
    await portal.seed(seed)
    const dumped = await portal.dump({ only: ['records'] })
    expect(dumped).toContain('title: First')
    const other = await startPortal({ https: false, seed: dumped })
    try {
      expect(await other.dump({ only: ['records'] })).toBe(dumped)
      expect(JSON.parse(await other.dump({ format: 'json', only: ['records'] }))).toMatchObject(seed)
    } finally {
      await other.close()
    }
    await expect(portal.dump({ only: ['record'] })).rejects.toThrow('did you mean records?')
    await expect(portal.dump({ records: ['deals'] })).rejects.toThrow('there are no records "deals"')
  })

  it('stays as it is when what is to be loaded is damaged', async () => {
    await add('stays')
    const text = await portal.save()
    for (const damaged of ['', 'no backup', text.slice(0, -200), text.replace('"stays"', '"other"')])
      await expect(portal.load(damaged)).rejects.toThrow(/cannot be restored|needs "text"|a text is expected/)
    expect(await titles()).toEqual(['stays'])
  })
})
