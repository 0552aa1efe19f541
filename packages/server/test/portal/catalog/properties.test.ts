import { expect, it } from 'vitest'
import { announcements } from '../../support/outbox.ts'
import { testPortal } from '../../support/portal.ts'
import { greenPixel } from '../seeds/documented.ts'

const portal = await testPortal()
const news = announcements(portal)
const PRODUCTS = 1
const OFFERS = 2

type Fields = Record<string, unknown>
interface Entry {
  readonly valueId: string
  readonly value: unknown
}

const property = async (fields: Fields): Promise<number> =>
  (
    await portal.call('catalog.productProperty.add', {
      fields: { iblockId: PRODUCTS, name: 'Property', propertyType: 'S', ...fields },
    })
  ).body.result.productProperty.id
const add = async (fields: Fields): Promise<number> =>
  (await portal.call('crm.product.add', { fields: { NAME: 'Chair', ...fields } })).body.result
const valueOf = async (id: number, propertyId: number): Promise<Entry> =>
  (await portal.call('crm.product.get', { id })).body.result[`PROPERTY_${propertyId}`]
const valuesOf = async (id: number, propertyId: number): Promise<Entry[]> =>
  (await valueOf(id, propertyId)) as unknown as Entry[]
const write = (id: number, propertyId: number, value: unknown) =>
  portal.call('crm.product.update', { id, fields: { [`PROPERTY_${propertyId}`]: value } })
const found = async (filter: Fields): Promise<number[]> =>
  (
    await portal.call('catalog.product.list', { select: ['id', 'iblockId'], filter: { iblockId: PRODUCTS, ...filter } })
  ).body.result.products.map((row: { id: number }) => row.id)

it('shows a value with the id of its row, and keeps the row that a write names', async () => {
  const own = await property({})
  const id = await add({ [`PROPERTY_${own}`]: 'red' })
  const first = await valueOf(id, own)
  expect(first.value).toBe('red')
  await write(id, own, { valueId: first.valueId, value: 'blue' })
  expect(await valueOf(id, own)).toEqual({ valueId: first.valueId, value: 'blue' })
  await write(id, own, 'green')
  const third = await valueOf(id, own)
  expect(third.value).toBe('green')
  expect(third.valueId).not.toBe(first.valueId)
  await write(id, own, '')
  expect(await valueOf(id, own)).toBeNull()
})

it('replaces the values of a multiple property that no id names', async () => {
  const own = await property({ multiple: 'Y' })
  const id = await add({ [`PROPERTY_${own}`]: ['a', { value: 'b' }, 'c'] })
  const [a, , c] = await valuesOf(id, own)
  await write(id, own, [{ valueId: c?.valueId, value: 'C' }, { value: 'd' }])
  const after = await valuesOf(id, own)
  expect(after.map(({ value }) => value)).toEqual(['C', 'd'])
  expect(after[0]?.valueId).toBe(c?.valueId)
  expect(after[1]?.valueId).not.toBe(a?.valueId)
})

it('never writes to the row of another product', async () => {
  const own = await property({})
  const one = await add({ [`PROPERTY_${own}`]: 'mine' })
  const other = await add({ [`PROPERTY_${own}`]: 'yours' })
  const { valueId } = await valueOf(other, own)
  await write(one, own, { valueId, value: 'stolen' })
  expect((await valueOf(other, own)).value).toBe('yours')
  expect((await valueOf(one, own)).value).toBe('stolen')
})

it('adds files to those that are there, and removes them by the id of the value', async () => {
  const own = await property({ propertyType: 'F', multiple: 'Y' })
  const file = (name: string): Fields => ({ value: { fileData: [name, greenPixel] } })
  const id = await add({ [`PROPERTY_${own}`]: [file('1.png')] })
  await write(id, own, [{ valueId: 0, fileData: ['2.png', greenPixel] }])
  const [first, second] = (await valuesOf(id, own)) as (Entry & { value: { id: number } })[]
  expect(second?.value.id).toBeGreaterThan(first?.value.id ?? 0)
  await write(id, own, [{ valueId: first?.valueId, value: { remove: 'Y' } }])
  expect(await valuesOf(id, own)).toMatchObject([{ value: { id: second?.value.id } }])
  const before = await portal.census()
  await portal.call('crm.product.property.delete', { id: own })
  const after = await portal.census()
  expect([before.stored_file, after.stored_file]).toEqual([1, 0])
  expect(before.field_value).toBe((after.field_value ?? 0) + 1)
})

it.each([
  ['N', '', '12.50', '12.5', 12.5],
  ['S', 'Money', '300|USD', '300|USD', '300|USD'],
  ['S', 'employee', 1, '1', 1],
  ['S', 'HTML', { TYPE: 'html', TEXT: '<b>x</b>' }, { TYPE: 'HTML', TEXT: '<b>x</b>' }, undefined],
  ['S', 'Date', '2026-03-04', '2026-03-04T01:00:00+01:00', '2026-03-04'],
  ['S', 'DateTime', '2026-03-04T10:00:00+01:00', '2026-03-04T10:00:00+01:00', '2026-03-04T10:00:00+01:00'],
  ['L', 'BoolEnum', 'Y', 'Y', 'Y'],
  ['S', 'directory', 'xml-1', 'xml-1', 'xml-1'],
  ['G', 'SectionAuto', 7, '7', 7],
  ['E', 'EList', 9, '9', 9],
])('keeps and finds values of the type %s %s', async (propertyType, userType, given, shown, wanted) => {
  const own = await property({ propertyType, userType })
  const id = await add({ [`PROPERTY_${own}`]: given })
  expect((await valueOf(id, own)).value).toEqual(shown)
  if (wanted === undefined) return
  expect(await found({ [`property${own}`]: wanted })).toEqual([id])
})

it('finds a range of dates given as `{value: …}`', async () => {
  const own = await property({ userType: 'DateTime' })
  const name = `PROPERTY_${own}`
  const ids = []
  for (const day of [1, 2, 3]) ids.push(await add({ [name]: `2025-05-0${day}T12:00:00+03:00` }))
  const range = {
    [`>=property${own}`]: { value: '2025-05-02T00:00:00+03:00' },
    [`<=property${own}`]: { value: '2025-05-02T23:00:00+03:00' },
  }
  expect(await found(range)).toEqual([ids[1]])
})

it('refuses a value that is not of the type', async () => {
  const own = await property({ propertyType: 'N' })
  const before = await portal.census()
  const { status, body } = await portal.call('crm.product.add', { fields: { NAME: 'x', [`PROPERTY_${own}`]: 'many' } })
  expect([status, body.error]).toEqual([400, ''])
  expect(await portal.census()).toEqual(before)
})

it('has lists whose values come, change and go', async () => {
  const { result: own } = (
    await portal.call('crm.product.property.add', {
      fields: {
        NAME: 'Size',
        PROPERTY_TYPE: 'L',
        MULTIPLE: 'Y',
        VALUES: { n0: { VALUE: 'S', SORT: 100, DEF: 'Y' }, n1: { VALUE: 'M', SORT: 200, XML_ID: 'm' } },
      },
    })
  ).body
  const read = async () => (await portal.call('crm.product.property.get', { id: own })).body.result.VALUES
  const [small, medium] = Object.keys(await read())
  const id = await add({})
  expect(await valuesOf(id, own)).toMatchObject([{ value: small }])
  await write(id, own, [small, medium])
  const { element } = (await portal.call('catalog.product.update', { id, fields: { sort: 1 } })).body.result
  expect(element[`property${own}`]).toMatchObject([{ valueEnum: 'S' }, { value: medium, valueEnum: 'M' }])

  const values = { [String(medium)]: { VALUE: 'Medium' }, n0: { VALUE: 'L' } }
  await portal.call('crm.product.property.update', { id: own, fields: { VALUES: values } })
  expect(Object.values(await read()).map((each) => (each as { VALUE: string }).VALUE)).toEqual(['Medium', 'L'])
  expect(await valuesOf(id, own)).toMatchObject([{ value: medium }])
  const refused = await portal.call('crm.product.update', { id, fields: { [`PROPERTY_${own}`]: [small] } })
  expect(refused.status).toBe(400)
})

it('demands a required property of the products of its catalogue alone', async () => {
  const own = await property({ isRequired: 'Y' })
  const text = { [`property${own}`]: 'filled' }
  const product = { iblockId: PRODUCTS, name: 'Chair' }
  const { body } = await portal.call('catalog.product.add', { fields: product })
  expect([body.error, body.error_description]).toEqual([0, `Required fields: property${own}`])
  expect((await portal.call('catalog.product.add', { fields: { ...product, ...text } })).status).toBe(200)
  const sku = (await portal.call('catalog.product.sku.add', { fields: { ...product, ...text } })).body.result.sku
  const offer = { iblockId: OFFERS, name: 'Red chair', parentId: sku.id }
  expect((await portal.call('catalog.product.offer.add', { fields: offer })).status).toBe(200)
  await portal.call('catalog.productProperty.delete', { id: own })
})

it('gives variations properties of their own, which products have not', async () => {
  const own = await property({ iblockId: OFFERS })
  expect((await portal.call('crm.product.fields')).body.result).not.toHaveProperty(`PROPERTY_${own}`)
  const id = await add({})
  const { product } = (await portal.call('catalog.product.get', { id })).body.result
  expect(product).not.toHaveProperty(`property${own}`)
  const fields = { iblockId: OFFERS, name: 'Red', [`property${own}`]: 'text' }
  const { offer } = (await portal.call('catalog.product.offer.add', { fields })).body.result
  expect(offer[`property${own}`].value).toBe('text')
})

it('describes a property as a field and announces what becomes of it', async () => {
  await news()
  const own = await property({ name: 'Colour', multiple: 'Y' })
  expect((await portal.call('crm.product.fields')).body.result[`PROPERTY_${own}`]).toMatchObject({
    type: 'product_property',
    isDynamic: true,
    isMultiple: true,
    title: 'Colour',
    propertyType: 'S',
  })
  await portal.call('crm.product.property.update', { id: own, fields: { NAME: 'Color' } })
  await portal.call('catalog.productProperty.delete', { id: own })
  expect((await portal.call('crm.product.fields')).body.result).not.toHaveProperty(`PROPERTY_${own}`)
  expect((await news()).map(({ event }) => event)).toEqual([
    'ONCRMPRODUCTPROPERTYADD',
    'ONCRMPRODUCTPROPERTYUPDATE',
    'ONCRMPRODUCTPROPERTYDELETE',
  ])
})

it.each([
  ['an unknown type', { propertyType: 'Q' }, 'Invalid property type specified'],
  ['a type that does not go with it', { userType: 'EList' }, 'Invalid property type specified'],
  ['a code that starts with a digit', { code: '1st' }, 'Property code cannot start with a digit'],
])('refuses a property with %s', async (_what, fields, text) => {
  const before = await portal.census()
  const all = { iblockId: PRODUCTS, name: 'Property', propertyType: 'S', ...fields }
  const { status, body } = await portal.call('catalog.productProperty.add', { fields: all })
  expect([status, body.error, body.error_description]).toEqual([400, '0', text])
  expect(await portal.census()).toEqual(before)
})

it('leaves settings to administrators', async () => {
  const { hook } = await portal.person()
  const before = await portal.census()
  const fields = { iblockId: PRODUCTS, name: 'Property', propertyType: 'S' }
  const refused = await portal.call('catalog.productProperty.add', { fields }, { as: hook })
  expect([refused.status, refused.body.error_description]).toEqual([400, 'Access Denied'])
  const crm = await portal.call('crm.product.property.add', { fields: { NAME: 'x', PROPERTY_TYPE: 'S' } }, { as: hook })
  expect(crm.body.error_description).toBe('Access denied.')
  expect((await portal.call('crm.vat.add', { fields: { NAME: 'x', RATE: 1 } }, { as: hook })).status).toBe(400)
  expect(await portal.census()).toEqual(before)
  expect((await portal.call('crm.product.property.list', {}, { as: hook })).status).toBe(200)
})
