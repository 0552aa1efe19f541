import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()

const base64 = (text: string): string => Buffer.from(text).toString('base64')
const bytes = async (url: string): Promise<string> => {
  const { pathname, search } = new URL(url, 'http://portal')
  return (await portal.app.inject({ method: 'GET', url: `${pathname}${search}` })).body
}

describe.each([
  ['contact', 3, 'PHOTO', 'photo'],
  ['company', 4, 'LOGO', 'logo'],
])('the picture of a %s (%i)', (entity, entityTypeId, upper, camel) => {
  const get = async (id: number) => (await portal.call(`crm.${entity}.get`, { id })).body.result[upper]
  const item = async (id: number) => (await portal.call('crm.item.get', { entityTypeId, id })).body.result.item[camel]

  it('comes with a name, or without one as in the documented sample', async () => {
    for (const fileData of [['me.png', base64('named')], base64('bare')]) {
      const { body } = await portal.call(`crm.${entity}.add`, { fields: { [upper]: { fileData } } })
      const shown = await get(body.result)
      expect(shown).toEqual({ id: expect.any(Number), showUrl: expect.any(String), downloadUrl: expect.any(String) })
      expect(await bytes(shown.downloadUrl)).toBe(Array.isArray(fileData) ? 'named' : 'bare')
    }
  })

  it('comes as a pair through crm.item.add, and goes out with two addresses', async () => {
    const { body } = await portal.call('crm.item.add', { entityTypeId, fields: { [camel]: ['a.png', base64('pair')] } })
    const shown = body.result.item[camel]
    expect(shown).toEqual({ id: expect.any(Number), url: expect.any(String), urlMachine: expect.any(String) })
    expect(await bytes(shown.urlMachine)).toBe('pair')
  })

  it('is replaced, kept by its id, and removed', async () => {
    const { stored_file: before } = await portal.census()
    const { body } = await portal.call(`crm.${entity}.add`, {
      fields: { [upper]: { fileData: ['a.png', base64('one')] } },
    })
    const id = body.result
    const update = (value: unknown) => portal.call(`crm.${entity}.update`, { id, fields: { [upper]: value } })
    await update({ fileData: ['b.png', base64('two')] })
    const second = await item(id)
    expect(await bytes(second.urlMachine)).toBe('two')
    await update({ id: second.id })
    expect((await item(id)).id).toBe(second.id)
    expect((await portal.census()).stored_file).toBe(Number(before) + 1)
    await update({ remove: 'Y' })
    expect(await get(id)).toBeNull()
    expect(await item(id)).toBeNull()
    expect((await portal.census()).stored_file).toBe(before)
  })

  it('goes with its record', async () => {
    const { stored_file: before } = await portal.census()
    const { body } = await portal.call('crm.item.add', { entityTypeId, fields: { [camel]: ['a.png', base64('x')] } })
    const { id, [camel]: shown } = body.result.item
    await portal.call('crm.item.delete', { entityTypeId, id })
    expect((await portal.census()).stored_file).toBe(before)
    const { pathname, search } = new URL(shown.urlMachine, 'http://portal')
    expect((await portal.app.inject({ method: 'GET', url: `${pathname}${search}` })).statusCode).toBe(404)
  })

  it('can not be the file of somebody else', async () => {
    const { body } = await portal.call('crm.item.add', { entityTypeId, fields: { [camel]: ['a.png', base64('x')] } })
    const fields = { [camel]: body.result.item[camel].id }
    const other = await portal.call('crm.item.add', { entityTypeId, fields })
    expect(other.body.result.item[camel]).toBeNull()
  })

  it('that is no base64 is refused, and nothing is saved', async () => {
    const before = await portal.census()
    const { status } = await portal.call(`crm.${entity}.add`, { fields: { [upper]: { fileData: ['a.png', '???'] } } })
    expect(status).toBe(400)
    expect(await portal.census()).toEqual(before)
  })
})

describe('pictures for documents', () => {
  it('are known to crm.item.* alone', async () => {
    const fields = { ufStamp: ['stamp.png', base64('stamp')] }
    const { item } = (await portal.call('crm.item.add', { entityTypeId: 4, fields })).body.result
    expect(await bytes(item.ufStamp.urlMachine)).toBe('stamp')
    expect((await portal.call('crm.company.get', { id: item.id })).body.result).not.toHaveProperty('UF_STAMP')
  })
})
