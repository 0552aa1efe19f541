import { describe, expect, it } from 'vitest'
import { docx } from '../../support/docx.ts'
import { testPortal } from '../../support/portal.ts'
import { asking } from './ask.ts'

const portal = await testPortal({ office: 'no-such-office' })
const ask = asking(portal)
const PREFIX = 'crm.documentgenerator'

/** What the Python SDK's tests want to see in a document. */
const FIELDS = `id title number createTime updateTime createdBy updatedBy stampsEnabled downloadUrl downloadUrlMachine
  publicUrl isTransformationError templateId entityTypeId entityId values`.split(/\s+/)

describe('crm.documentgenerator.document.*', () => {
  it('adds, shows, lists, changes, publishes and deletes a document; its ids are text', async () => {
    const { numerator } = await ask(`${PREFIX}.numerator.add`, { fields: { name: 'N', template: '{NUMBER}' } })
    const file = ['offer.docx', docx(['{Title}']).toString('base64')]
    const template = {
      name: 'Offer',
      file,
      numeratorId: numerator.id,
      region: 'us',
      entityTypeId: ['2'],
      users: ['UA'],
    }
    const templateId = Number((await ask(`${PREFIX}.template.add`, { fields: template })).template.id)
    const entityId = await ask('crm.deal.add', { fields: { TITLE: 'd' } })
    const values = { field1: 'value1', field2: 'value2' }
    const added = await ask(`${PREFIX}.document.add`, {
      templateId,
      entityTypeId: 2,
      entityId,
      values,
      stampsEnabled: true,
    })
    expect(Object.keys(added.document)).toEqual(expect.arrayContaining(FIELDS))
    const id = Number(added.document.id)
    expect(id).toBeGreaterThan(0)
    const { document } = await ask(`${PREFIX}.document.get`, { id })
    expect(Object.keys(document)).toEqual(expect.arrayContaining(FIELDS))
    const shown = { entityTypeId: '2', entityId: String(entityId), templateId: String(templateId), stampsEnabled: true }
    expect([Number(document.id), document]).toEqual([id, expect.objectContaining(shown)])
    expect(Object.keys(await ask(`${PREFIX}.document.getfields`, { id })).length).toBeGreaterThan(0)
    const filter = { entityTypeId: 2, entityId }
    const { documents } = await ask(`${PREFIX}.document.list`, { filter, start: 0 })
    expect(documents).toMatchObject([{ id: String(id), entityTypeId: '2', entityId: String(entityId) }])
    const updated = await ask(`${PREFIX}.document.update`, { id, values, stampsEnabled: false })
    expect(updated.document).toMatchObject({ id: String(id), stampsEnabled: false })
    expect(await ask(`${PREFIX}.document.enablepublicurl`, { id, status: true })).toHaveProperty('publicUrl')
    await ask(`${PREFIX}.document.delete`, { id })
    expect((await ask(`${PREFIX}.document.list`, { filter, start: 0 })).documents).toEqual([])
  })
})

describe('crm.documentgenerator.numerator.*', () => {
  it('adds, counts, shows, changes and deletes a numerator', async () => {
    const total = async () => (await portal.call('crm.documentgenerator.numerator.list', { start: 0 })).body.total
    const before = (await total())!
    const { numerator } = await ask('crm.documentgenerator.numerator.add', {
      fields: { name: 'num', template: 'N-{NUMBER}' },
    })
    const id = Number(numerator.id)
    expect(id).toBeGreaterThan(0)
    expect(await total()).toBe(before + 1)
    const shown = await ask('crm.documentgenerator.numerator.get', { id })
    expect([Number(shown.numerator.id), shown.numerator.name]).toEqual([id, 'num'])
    const fields = { name: 'num-updated', template: 'U2-{NUMBER}' }
    expect(await ask('crm.documentgenerator.numerator.update', { id, fields })).toBeTruthy()
    expect((await ask('crm.documentgenerator.numerator.get', { id })).numerator.name).toBe('num-updated')
    await ask('crm.documentgenerator.numerator.delete', { id })
    expect(await total()).toBe(before)
  })
})
