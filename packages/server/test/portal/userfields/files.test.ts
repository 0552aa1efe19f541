import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()
const base64 = (text: string): string => Buffer.from(text).toString('base64')

interface Shown {
  readonly id: number
  readonly url?: string
  readonly urlMachine?: string
  readonly showUrl?: string
  readonly downloadUrl?: string
}

const add = async (fields: object): Promise<number> =>
  (await portal.call('crm.lead.add', { fields: { TITLE: 'x', ...fields } })).body.result
const update = (id: number, fields: object) => portal.call('crm.lead.update', { id, fields })
const updateItem = (id: number, fields: object) => portal.call('crm.item.update', { entityTypeId: 1, id, fields })
const item = async (id: number): Promise<{ ufCrmOne: Shown | null; ufCrmMany: Shown[] }> =>
  (await portal.call('crm.item.get', { entityTypeId: 1, id })).body.result.item
const many = async (id: number): Promise<Shown[]> => (await item(id)).ufCrmMany
const one = async (id: number): Promise<Shown | null> => (await item(id)).ufCrmOne
const download = (url: string) => portal.send({ method: 'GET', url: url.replace(/^https?:\/\/[^/]+/, '') })
const blobs = async (): Promise<number> =>
  (await readdir(join(portal.dataDirectory, 'files'), { recursive: true, withFileTypes: true })).filter((each) =>
    each.isFile(),
  ).length

beforeAll(async () => {
  for (const [FIELD_NAME, MULTIPLE] of [
    ['ONE', 'N'],
    ['MANY', 'Y'],
  ])
    await portal.call('crm.lead.userfield.add', { fields: { FIELD_NAME, MULTIPLE, USER_TYPE_ID: 'file' } })
})

describe('a file in a user field', () => {
  const forms: readonly [string, unknown][] = [
    ['a map with name and content', { fileData: ['a.txt', base64('content')] }],
    ['a pair', ['a.txt', base64('content')]],
    ['a map of a pair, as forms send it', { fileData: { 0: 'a.txt', 1: base64('content') } }],
    ['a bare content', { fileData: base64('content') }],
    ['a data address', { fileData: ['a.txt', `data:text/plain;base64,${base64('content')}`] }],
  ]
  it.each(forms)('is taken as %s and downloaded with its bytes, without a webhook', async (_form, input) => {
    const shown = await one(await add({ UF_CRM_ONE: input }))
    const { urlMachine = '' } = shown ?? {}
    expect(urlMachine).toMatch(
      /^https?:\/\/[^/]+\/rest\/crm\.controller\.item\.getFile\.json\?auth=[\w-]+&token=crm%7C/,
    )
    expect(urlMachine).not.toContain(portal.code)
    const answer = await download(urlMachine)
    expect([answer.status, answer.text]).toEqual([200, 'content'])
    expect(answer.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': expect.stringMatching(/^attachment; filename="/),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    })
  })

  it('is shown by UPPER_CASE methods with relative addresses that work', async () => {
    const id = await add({ UF_CRM_ONE: { fileData: ['Büro "1".html', base64('<script>')] } })
    const shown: Shown = (await portal.call('crm.lead.get', { id })).body.result.UF_CRM_ONE
    expect(shown).toEqual({
      id: expect.any(Number),
      showUrl: expect.stringMatching(/^\/rest\//),
      downloadUrl: expect.stringMatching(/^\/rest\//),
    })
    for (const url of [shown.showUrl, shown.downloadUrl]) {
      const answer = await download(url ?? '')
      expect([answer.status, answer.text]).toEqual([200, '<script>'])
      expect(answer.headers['content-type']).toBe('application/octet-stream')
      expect(answer.headers['content-disposition']).toContain("filename*=UTF-8''B%C3%BCro%20")
    }
  })

  it('is not given out for a forged, changed or expired link', async () => {
    portal.clock.at = 1_800_000_000
    const { urlMachine = '' } = (await one(await add({ UF_CRM_ONE: ['a', base64('x')] }))) ?? {}
    expect((await download(urlMachine)).status).toBe(200)
    expect((await download(urlMachine.replace(/token=crm%7C./, 'token=crm%7CA'))).status).toBe(404)
    expect((await download('/rest/crm.controller.item.getFile.json?token=crm%7C1')).status).toBe(404)
    expect((await download('/rest/crm.controller.item.getFile.json')).status).toBe(404)
    portal.clock.at += 3 * 3600
    expect((await download(urlMachine)).status).toBe(404)
    portal.clock.at = undefined
  })

  it('replaces the one before, whose bytes go, and goes itself with an empty text or the flag', async () => {
    const id = await add({ UF_CRM_ONE: ['a', base64('old')] })
    const before = await blobs()
    await updateItem(id, { ufCrmOne: ['b', base64('new')] })
    const { urlMachine = '' } = (await one(id)) ?? {}
    expect((await download(urlMachine)).text).toBe('new')
    await expect.poll(blobs).toBe(before)
    await updateItem(id, { ufCrmOne: '' })
    expect(await one(id)).toBeNull()
    await update(id, { UF_CRM_ONE: { fileData: ['c', base64('third')] } })
    await update(id, { UF_CRM_ONE: { id: (await one(id))?.id, remove: 'Y' } })
    expect(await one(id)).toBeNull()
    await expect.poll(blobs).toBe(before - 1)
    expect((await download(urlMachine)).status).toBe(404)
  })

  it('stays when it is written as it was read, or not mentioned', async () => {
    const id = await add({ UF_CRM_ONE: ['a', base64('kept')] })
    const shown = await one(id)
    await updateItem(id, { ufCrmOne: shown })
    await update(id, { UF_CRM_ONE: (await portal.call('crm.lead.get', { id })).body.result.UF_CRM_ONE })
    await update(id, { TITLE: 'y' })
    expect((await one(id))?.id).toBe(shown?.id)
    expect((await download(shown?.urlMachine ?? '')).text).toBe('kept')
  })
})

describe('files in a multiple field', () => {
  const texts = async (id: number): Promise<string[]> =>
    Promise.all((await many(id)).map(async (each) => (await download(each.urlMachine ?? '')).text))

  it('are the whole set: ids keep, pairs add, what is left out goes', async () => {
    const id = await add({
      UF_CRM_MANY: [{ fileData: ['a', base64('A')] }, { fileData: ['b', base64('B')] }, ['c', base64('C')]],
    })
    expect(await texts(id)).toEqual(['A', 'B', 'C'])
    const before = await blobs()
    const [a, b, c] = await many(id)
    await updateItem(id, { ufCrmMany: [c?.id, ['d', base64('D')], { id: a?.id }] })
    expect(await texts(id)).toEqual(['C', 'D', 'A'])
    await expect.poll(blobs).toBe(before)
    expect((await download(b?.urlMachine ?? '')).status).toBe(404)
    await update(id, { UF_CRM_MANY: [{ id: a?.id, remove: 'Y' }, { id: c?.id }] })
    expect(await texts(id)).toEqual(['C'])
    await updateItem(id, { ufCrmMany: [] })
    expect(await many(id)).toEqual([])
  })

  it('may be given as one', async () => {
    expect(await texts(await add({ UF_CRM_MANY: ['a', base64('single')] }))).toEqual(['single'])
    expect(await texts(await add({ UF_CRM_MANY: { fileData: ['a', base64('single')] } }))).toEqual(['single'])
    expect(await texts(await add({ UF_CRM_MANY: { n0: { fileData: ['a', base64('x')] } } }))).toEqual(['x'])
  })

  it('never keep what is not theirs', async () => {
    const other = await add({ UF_CRM_ONE: ['a', base64('secret')], UF_CRM_MANY: [['b', base64('secret too')]] })
    const foreign = [(await one(other))?.id, (await many(other))[0]?.id, 999_999, -1, '1']
    const id = await add({ UF_CRM_ONE: foreign[0], UF_CRM_MANY: foreign })
    expect(await one(id)).toBeNull()
    expect(await many(id)).toEqual([])
    await updateItem(id, { ufCrmOne: { id: foreign[0] }, ufCrmMany: foreign.map((each) => ({ id: each })) })
    expect(await one(id)).toBeNull()
    expect(await many(id)).toEqual([])
    expect((await download((await one(other))?.urlMachine ?? '')).text).toBe('secret')
  })

  it('leave no bytes behind when the record is refused', async () => {
    const before = await blobs()
    const answer = await portal.call('crm.lead.add', {
      fields: { UF_CRM_MANY: [['a', base64('A')]], STATUS_ID: 'NO_SUCH_STAGE' },
    })
    expect(answer.status).toBe(400)
    expect(await blobs()).toBe(before)
  })
})

describe('a field of files that is deleted', () => {
  it('takes its files along', async () => {
    const { body } = await portal.call('crm.lead.userfield.add', {
      fields: { FIELD_NAME: 'SHORT', MULTIPLE: 'Y', USER_TYPE_ID: 'file' },
    })
    const before = await portal.census()
    const kept = await blobs()
    const id = await add({
      UF_CRM_SHORT: [
        ['a', base64('A')],
        ['b', base64('B')],
      ],
    })
    const { urlMachine } = (await portal.call('crm.item.get', { entityTypeId: 1, id })).body.result.item.ufCrmShort[0]
    expect((await portal.census()).stored_file).toBe((before.stored_file ?? 0) + 2)
    await portal.call('crm.lead.userfield.delete', { id: body.result })
    const after = await portal.census()
    expect([after.stored_file, after.field_value]).toEqual([before.stored_file, before.field_value])
    await expect.poll(blobs).toBe(kept)
    expect((await download(urlMachine)).status).toBe(404)
  })
})
