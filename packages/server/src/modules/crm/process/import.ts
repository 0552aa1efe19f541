import { createItem, itemEntity, itemWireOf } from '../../../methods/crud.ts'
import { ApiError, inStyle, itemStyle } from '../../../methods/errors.ts'
import { type Call, isMap, listOfInput, mapOf, method, need, take } from '../../../methods/method.ts'
import type { Entity } from '../../../schema/entity.ts'
import type { Wire } from '../../../schema/wire.ts'

const scope = 'crm'
/** api-reference/crm/universal/import/crm-item-batch-import.md */
const MAX_BATCH = 20

const imported = (call: Call, entity: Entity, wire: Wire, input: unknown): Promise<{ item: { id: number } }> =>
  inStyle(itemStyle, 'write', async () => {
    if (!isMap(input) && !Array.isArray(input)) throw itemStyle.parameter('fields', 'map', false)
    return { item: { id: await createItem(call, entity, wire, mapOf(input), 'import') } }
  })

/** One of a batch: what is refused stands in the place of the item, and the others are imported all the same. */
async function attempted(call: Call, entity: Entity, wire: Wire, input: unknown): Promise<unknown> {
  try {
    return await imported(call, entity, wire, input)
  } catch (cause) {
    if (!(cause instanceof ApiError)) throw cause
    return { error: cause.code, error_description: cause.description }
  }
}

export default [
  method({
    name: 'crm.item.import',
    scope,
    params: { entityTypeId: need.integer, fields: need.map, useOriginalUfNames: take.flag },
    run: async ({ entityTypeId, fields, useOriginalUfNames }, call) =>
      imported(call, await itemEntity(call, entityTypeId), itemWireOf(useOriginalUfNames), fields),
  }),
  method({
    name: 'crm.item.batchImport',
    scope,
    params: { entityTypeId: need.integer, data: take.any, useOriginalUfNames: take.flag },
    run: ({ entityTypeId, data, useOriginalUfNames }, call) =>
      inStyle(itemStyle, 'write', async () => {
        const entity = await itemEntity(call, entityTypeId)
        if (!isMap(data) && !Array.isArray(data))
          throw itemStyle.parameter('data', 'list', data === undefined || data === null)
        const all = listOfInput(data)
        if (all.length > MAX_BATCH)
          throw new ApiError('MAX_IMPORT_BATCH_SIZE_EXCEEDED', 400, `You cannot import more than ${MAX_BATCH} items`)
        await call.portal.access.require(call, entity, 'import')
        const items: unknown[] = []
        for (const each of all) items.push(await attempted(call, entity, itemWireOf(useOriginalUfNames), each))
        return { items }
      }),
  }),
]
