import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'
import { asking } from './ask.ts'

const portal = await testPortal()
const ask = asking(portal)

const iblockId = async () =>
  (await ask('catalog.catalog.list', { select: [], filter: [], order: [], start: 1 })).catalogs[0].iblockId as number

describe('catalog.catalog.*', () => {
  it('has a catalog on a new portal, by number', async () => {
    const [first] = (await ask('catalog.catalog.list', { select: [], filter: [], order: [], start: 1 })).catalogs
    expect(first).toMatchObject({ id: expect.any(Number), iblockId: expect.any(Number) })
    expect((await ask('catalog.catalog.get', { id: first.id })).catalog.id).toBe(first.id)
    expect(await ask('catalog.catalog.getFields')).toBeTypeOf('object')
  })
})

describe('catalog.product.*', () => {
  it('describes the fields of a simple product', async () => {
    const filter = { iblockId: await iblockId(), productType: 1 }
    expect((await ask('catalog.product.getFieldsByFilter', { filter })).product).toMatchObject({
      id: { type: 'integer' },
      name: { type: 'string' },
    })
  })

  it('adds, shows, lists and deletes a product', async () => {
    const fields = { iblockId: await iblockId(), name: 'product' }
    const { element } = await ask('catalog.product.add', { fields })
    expect(element).toMatchObject({ ...fields, id: expect.any(Number) })
    const { id } = element
    expect((await ask('catalog.product.get', { id })).product).toMatchObject({ id, name: 'product' })
    const list = {
      select: ['id', 'iblockId'],
      filter: { id, iblockId: fields.iblockId },
      order: { id: 'asc' },
      start: 1,
    }
    expect((await ask('catalog.product.list', list)).products).toEqual([{ id, iblockId: fields.iblockId }])
    expect((await ask('catalog.product.list', { ...list, start: 50 })).products).toEqual([])
    await ask('catalog.product.delete', { id })
    expect((await ask('catalog.product.list', list)).products).toEqual([])
  })
})
