import { readFilter, readOrder } from '../../../methods/conditions.ts'
import type { Call, Map } from '../../../methods/method.ts'
import { encodeRow } from '../../../methods/rows.ts'
import type { Entity, Field } from '../../../schema/entity.ts'
import type { Scalar } from '../../../schema/kind.ts'
import { itemWire, type Wire } from '../../../schema/wire.ts'
import { select } from '../../../store/entity-query.ts'
import { and, type Test } from '../../../store/entity-test.ts'

/** camelCase rows; filters are flat and ignore what they don't know, as those of `sale.payment.list` do. */
const wire: Wire = { ...itemWire, strict: false }

interface Listed {
  readonly entity: Entity
  readonly fields: readonly Field[]
  /** Of whom the rows are, by fields that no filter knows. */
  readonly of: Readonly<Record<string, Scalar>>
  readonly filter?: Map | undefined
  readonly order?: Map | undefined
}

/** The rows of a list, all of them: these methods have no pages. */
export async function rowsOfList(call: Call, { entity, fields, of, filter, order }: Listed): Promise<object[]> {
  const asked = readFilter(entity, wire, filter, { zone: call.portal.zone })
  const owned: Test[] = Object.entries(of).map(([name, value]) => ({
    is: 'compare',
    field: entity.field(name),
    op: 'eq',
    values: [value],
  }))
  const orders = readOrder(entity, wire, order)
  const id = entity.field('id')
  const stored = await select(call.session, {
    entity,
    fields,
    test: and(asked === undefined ? owned : [...owned, asked]),
    order: orders.some(({ field }) => field === id) ? orders : [...orders, { field: id, direction: 'ASC' }],
  })
  return stored.map((row) => encodeRow(row, fields, wire, call.encode))
}
