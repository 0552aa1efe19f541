import { Client, type Exchange } from 'portico-client'
import { expect, test } from 'vitest'
import { listsByLowerId, listsByUpperId } from '../../../client/src/facts.gen.ts'
import { isRead } from '../../../client/src/facts.ts'
import { isReading } from '../../src/methods/method-rights.ts'
import { Registry } from '../../src/methods/registry.ts'
import { methods } from '../../src/modules/index.ts'
import { listening } from '../support/listening.ts'
import { testPortal } from '../support/portal.ts'

/** What a list cannot do without. */
const needed: Record<string, Record<string, unknown>> = {
  'crm.item.list': { entityTypeId: 1 },
  'crm.stagehistory.list': { entityTypeId: 1 },
  'crm.timeline.comment.list': { filter: { ENTITY_ID: 1, ENTITY_TYPE: 'lead' } },
  'crm.item.productrow.list': { filter: { '=ownerType': 'L', '=ownerId': 1 } },
  'crm.productrow.list': { filter: { OWNER_TYPE: 'L', OWNER_ID: 1 } },
  'userfieldconfig.list': { moduleId: 'crm' },
  'catalog.section.list': { filter: { iblockId: 1 } },
  'catalog.product.list': { select: ['id', 'iblockId'], filter: { iblockId: 1 } },
  'catalog.product.offer.list': { select: ['id', 'iblockId'], filter: { iblockId: 1 } },
  'catalog.product.service.list': { select: ['id', 'iblockId'], filter: { iblockId: 1 } },
  'catalog.product.sku.list': { select: ['id', 'iblockId'], filter: { iblockId: 1 } },
}

test('every list that the client reads by ids can be read so', async () => {
  const portal = await testPortal()
  const { hook } = await listening(portal)
  const asked: Exchange[] = []
  const client = new Client({ webhook: hook, onExchange: (exchange) => asked.push(exchange) })
  const lead = await client.call('crm.lead.add', { fields: { TITLE: 'A' } })
  await client.call('crm.timeline.comment.add', { fields: { ENTITY_ID: lead, ENTITY_TYPE: 'lead', COMMENT: 'x' } })
  await client.call('crm.lead.productrows.set', { id: lead, rows: [{ PRODUCT_NAME: 'x', PRICE: 1 }] })
  const wrong: unknown[] = []
  for (const method of [...listsByUpperId, ...listsByLowerId, 'user.get', 'department.get'] as string[]) {
    const params = needed[method] ?? {}
    try {
      const rows: Record<string, unknown>[] = []
      for await (const row of client.list(method, params)) rows.push(row)
      expect(asked.at(-1)?.request.body).toContain('"start":-1')
      const first = rows[0]
      if (first === undefined) continue
      // Behind the first row there is every other one, and not that one.
      const id = String(first.ID ?? first.id)
      const key = listsByLowerId.has(method) ? '>id' : '>ID'
      const behind: unknown[] = []
      const filter = { ...('filter' in params ? (params.filter as object) : {}), [key]: id }
      for await (const row of client.list(method, { ...params, filter })) behind.push(row)
      if (JSON.stringify(behind) !== JSON.stringify(rows.slice(1))) wrong.push([method, rows.length, behind.length])
    } catch (cause) {
      wrong.push([method, String(cause)])
    }
  }
  expect(wrong).toEqual([])
})

test('the client and the server agree on what only reads', () => {
  const all = new Registry(methods).all.map(({ name }) => name)
  expect(all.filter((name) => isRead(name) !== isReading(name))).toEqual([])
})
