import { expect, it } from 'vitest'
import { announcements } from '../../support/outbox.ts'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()
const news = announcements(portal)

it('a deal that goes to another pipeline tells where, after its change', async () => {
  const { body } = await portal.call('crm.category.add', { entityTypeId: 2, fields: { name: 'Repairs' } })
  const { id: categoryId } = body.result.category
  const id = (await portal.call('crm.deal.add', { fields: { TITLE: 'Moves' } })).body.result
  await news()
  await portal.call('crm.item.update', { entityTypeId: 2, id, fields: { categoryId } })
  expect(await news()).toEqual([
    { event: 'ONCRMDEALUPDATE', fields: { ID: id } },
    { event: 'ONCRMDEALMOVETOCATEGORY', fields: { ID: id, CATEGORY_ID: categoryId, STAGE_ID: `C${categoryId}:NEW` } },
  ])
  await portal.call('crm.item.update', { entityTypeId: 2, id, fields: { title: 'Stays' } })
  expect(await news()).toEqual([{ event: 'ONCRMDEALUPDATE', fields: { ID: id } }])
})

it('an item of a smart process tells its type', async () => {
  const { body } = await portal.call('crm.type.add', { fields: { title: 'Orders' } })
  const { entityTypeId } = body.result.type
  await news()
  const { item } = (await portal.call('crm.item.add', { entityTypeId, fields: { title: 'One' } })).body.result
  expect(await news()).toEqual([
    { event: 'ONCRMDYNAMICITEMADD', fields: { ID: item.id, ENTITY_TYPE_ID: entityTypeId } },
  ])
})
