import { expect, it } from 'vitest'
import { contact } from '../../../src/modules/crm/contact.ts'
import { movesOwned } from '../../../src/modules/crm/duplicate/owned.ts'
import { createTable } from '../../../src/store/ddl.ts'
import { sql } from '../../../src/store/sql.ts'
import type { Table } from '../../../src/store/table.ts'
import { database, testPortal } from '../../support/portal.ts'

const { portal } = await testPortal()

const bindings: Table = {
  name: 'test_binding',
  columns: { id: 'integer', note: 'integer', owner_type: 'integer', owner: 'integer' },
}

it('rows that belong to an item go over to the other, and those that the other has as well do not', async () => {
  const session = portal.store.session()
  const rows: readonly (readonly [note: number, type: number, owner: number])[] = [
    [1, 3, 10],
    [2, 3, 10],
    [1, 3, 20],
    [3, 3, 20],
    // A company of the same number, and another contact.
    [4, 4, 20],
    [5, 3, 30],
  ]
  const moved = await session.transaction(async (tx) => {
    await tx.define([createTable(bindings, database)])
    for (const [note, owner_type, owner] of rows)
      tx.insert(bindings, { id: await tx.nextId(bindings), note, owner_type, owner })
    const person = await portal.people.find(tx, 1)
    if (person === undefined) throw new Error('no administrator')
    const hooks = movesOwned([{ table: bindings.name, type: 'owner_type', record: 'owner', distinctBy: ['note'] }])
    await hooks.merged?.({ tx, portal, person, now: 0, entity: contact, into: 10, from: 20 })
    return tx.find<{ note: number; owner_type: number; owner: number }>(
      sql`select note, owner_type, owner from test_binding order by owner_type, owner, note`,
    )
  })
  expect(moved.map(({ note, owner_type, owner }) => [note, owner_type, owner])).toEqual([
    [1, 3, 10],
    [2, 3, 10],
    [3, 3, 10],
    [5, 3, 30],
    [4, 4, 20],
  ])
})
