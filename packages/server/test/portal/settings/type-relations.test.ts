import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()

const update = (id: number, fields: Record<string, unknown>) => portal.call('crm.type.update', { id, fields })
async function created(fields: Record<string, unknown>): Promise<{ id: number; entityTypeId: number }> {
  const { body } = await portal.call('crm.type.add', { fields })
  if (body.error !== undefined) throw new Error(body.error_description)
  return body.result.type
}
const item = async (entityTypeId: number, fields: Record<string, unknown>) =>
  (await portal.call('crm.item.add', { entityTypeId, fields })).body
const fieldsOf = async (entityTypeId: number): Promise<Record<string, Record<string, unknown>>> =>
  (await portal.call('crm.item.fields', { entityTypeId })).body.result.fields
const relation = (entityTypeId: number, isChildrenListEnabled = 'Y', isPredefined = 'N') => ({
  entityTypeId,
  isChildrenListEnabled,
  isPredefined,
})

describe('relations', () => {
  it('give the child a link to its parent, on standard and on smart entities', async () => {
    const parent = await created({
      title: 'Contract',
      relations: { child: [{ entityTypeId: 1, isChildrenListEnabled: 'true' }] },
    })
    const child = await created({ title: 'Act', relations: { parent: [{ entityTypeId: parent.entityTypeId }] } })
    const name = `parentId${parent.entityTypeId}`
    const contract = (await item(parent.entityTypeId, { title: 'K-1' })).result.item
    for (const entityTypeId of [1, child.entityTypeId]) {
      const fields = await fieldsOf(entityTypeId)
      expect(fields[name]).toEqual({
        type: 'crm_entity',
        isRequired: false,
        isReadOnly: false,
        isImmutable: false,
        isMultiple: false,
        isDynamic: false,
        title: 'Contract',
        settings: { parentEntityTypeId: parent.entityTypeId },
        upperName: `PARENT_ID_${parent.entityTypeId}`,
      })
      const linked = (await item(entityTypeId, { title: 'A', [name]: contract.id })).result.item
      await item(entityTypeId, { title: 'B' })
      expect(linked[name]).toBe(contract.id)
      const found = await portal.call('crm.item.list', { entityTypeId, filter: { [name]: contract.id } })
      expect(found.body).toMatchObject({ total: 1, result: { items: [{ id: linked.id }] } })
      const moved = await portal.call('crm.item.update', { entityTypeId, id: linked.id, fields: { [name]: 999_999 } })
      expect(moved.status).toBe(400)
    }
    const lead = await portal.call('crm.lead.list', {
      filter: { [`PARENT_ID_${parent.entityTypeId}`]: contract.id },
      select: ['ID', `PARENT_ID_${parent.entityTypeId}`],
    })
    expect(lead.body.result).toEqual([
      { ID: expect.any(String), [`PARENT_ID_${parent.entityTypeId}`]: String(contract.id) },
    ])
    const seen = (await portal.call('crm.type.get', { id: parent.id })).body.result.type
    expect(seen.relations).toEqual({ parent: [], child: [relation(1), relation(child.entityTypeId, 'N')] })
  })

  it('are overwritten in full; what ends takes its links with it, and they stay away when it begins again', async () => {
    const { id, entityTypeId } = await created({
      title: 'Site',
      relations: { parent: [{ entityTypeId: 1 }], child: [{ entityTypeId: 4 }] },
    })
    const lead = (await portal.call('crm.lead.add', { fields: { TITLE: 'L' } })).body.result
    const linked = (await item(entityTypeId, { title: 'A', parentId1: lead })).result.item
    expect(linked.parentId1).toBe(lead)

    const changed = await update(id, {
      relations: {
        parent: [],
        child: [
          { entityTypeId: 1, isChildrenListEnabled: 'true' },
          { entityTypeId: 2, isChildrenListEnabled: 'false' },
        ],
      },
    })
    expect(changed.body.result.type.relations).toEqual({ parent: [], child: [relation(1), relation(2, 'N')] })
    expect(Object.keys(await fieldsOf(entityTypeId))).not.toContain('parentId1')
    expect(Object.keys(await fieldsOf(4))).not.toContain(`parentId${entityTypeId}`)
    expect(Object.keys(await fieldsOf(1))).toContain(`parentId${entityTypeId}`)

    const back = await update(id, {
      relations: { parent: [{ entityTypeId: 1 }, { entityTypeId: 190 }, { entityTypeId }, { entityTypeId: 'x' }, 'y'] },
    })
    expect(back.body.result.type.relations).toEqual({ parent: [relation(1, 'N')], child: [] })
    const again = await portal.call('crm.item.get', { entityTypeId, id: linked.id })
    expect(again.body.result.item.parentId1).toBeNull()
  })

  it('stay as they are when an update does not name them', async () => {
    const { id } = await created({
      title: 'Kept',
      relations: { parent: [{ entityTypeId: 2, isChildrenListEnabled: 'true' }] },
    })
    expect((await update(id, { title: 'Renamed' })).body.result.type).toMatchObject({
      title: 'Renamed',
      relations: { parent: [relation(2)], child: [] },
    })
  })

  it('to clients follow the field "Client", without a field of their own', async () => {
    const { id, entityTypeId } = await created({
      title: 'Visit',
      isClientEnabled: 'Y',
      relations: { parent: [{ entityTypeId: 3 }] },
    })
    const contact = (await item(3, { name: 'Ann' })).result.item
    expect((await portal.call('crm.type.get', { id })).body.result.type.relations.parent).toEqual([
      relation(3, 'Y', 'Y'),
      relation(4, 'Y', 'Y'),
    ])
    expect(Object.keys(await fieldsOf(entityTypeId))).not.toContain('parentId3')
    const visit = (await item(entityTypeId, { contactIds: [contact.id] })).result.item
    expect(visit.contactIds).toEqual([contact.id])
    const off = await update(id, { isClientEnabled: 'N' })
    expect(off.body.result.type.relations.parent).toEqual([])
    expect(Object.keys(await fieldsOf(entityTypeId))).not.toContain('contactIds')
  })
})
