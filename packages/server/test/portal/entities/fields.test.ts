import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'
import { vector } from '../../support/vectors.ts'

type Description = Readonly<Record<string, unknown>>
type Descriptions = Readonly<Record<string, Description>>

const portal = await testPortal()

/** The user fields and links to parents of the portal that the documentation was written on. */
const ofThatPortal = /^(UF_|PARENT_ID_|ufCrm|parentId)/

const documented = (method: string): Descriptions => {
  const { result } = vector(method).response
  const fields = (method === 'crm.item.fields' ? (result as { fields: Descriptions }).fields : result) as Descriptions
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !ofThatPortal.test(name)))
}

describe('fields of UPPER_CASE methods', () => {
  const methods = ['lead', 'deal', 'contact', 'company', 'quote'].map((entity) => `crm.${entity}.fields`)

  it.each(methods)('%s describes exactly the documented fields, in their order', async (method) => {
    const { body } = await portal.call(method)
    expect(Object.keys(body.result)).toEqual(Object.keys(documented(method)))
    expect(body.result).toEqual(documented(method))
  })
})

describe('crm.item.fields', () => {
  it('describes a smart process with everything switched on as documented, in the documented order', async () => {
    const flags = [
      'isStagesEnabled',
      'isBeginCloseDatesEnabled',
      'isClientEnabled',
      'isLinkWithProductsEnabled',
      'isMycompanyEnabled',
      'isSourceEnabled',
      'isObserversEnabled',
    ]
    const fields = { title: 'SPA', entityTypeId: 1268, ...Object.fromEntries(flags.map((flag) => [flag, 'Y'])) }
    expect((await portal.call('crm.type.add', { fields })).status).toBe(200)
    const [pipeline] = (await portal.call('crm.category.list', { entityTypeId: 1268 })).body.result.categories
    const statusType = `DYNAMIC_1268_STAGE_${pipeline.id}`
    const expected = documented('crm.item.fields')
    const { body } = await portal.call('crm.item.fields', { entityTypeId: 1268 })
    expect(Object.keys(body.result.fields)).toEqual(Object.keys(expected))
    expect(body.result.fields).toEqual({
      ...expected,
      stageId: { ...expected.stageId, statusType },
      previousStageId: { ...expected.previousStageId, statusType },
    })
  })

  it('lets the camelCase methods write what UPPER_CASE ones may only read', async () => {
    const { fields } = (await portal.call('crm.item.fields', { entityTypeId: 2 })).body.result
    expect(fields.leadId).toMatchObject({ isReadOnly: false, upperName: 'LEAD_ID' })
    expect(fields.categoryId).toMatchObject({ isImmutable: false })
    expect((await portal.call('crm.deal.fields')).body.result).toMatchObject({
      LEAD_ID: { isReadOnly: true },
      CATEGORY_ID: { isImmutable: true },
    })
  })

  it.each([
    [1, 'DATE_CREATE', 'createdTime', 'CREATED_TIME'],
    [1, 'STATUS_ID', 'stageId', 'STAGE_ID'],
    [4, 'COMPANY_TYPE', 'typeId', 'TYPE_ID'],
  ])('gives entity type %i a camelCase name for %s', async (entityTypeId, legacy, name, upperName) => {
    const { fields } = (await portal.call('crm.item.fields', { entityTypeId })).body.result
    expect(fields[name]).toMatchObject({ upperName })
    expect(fields).not.toHaveProperty(legacy)
  })
})
