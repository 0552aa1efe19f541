import { expect, it } from 'vitest'
import type { Level } from '../../../src/records/levels.ts'
import { PAGE } from '../../../src/records/records.ts'
import { keysFor } from '../../../src/records/totals.ts'
import { conditionOf } from '../../../src/store/entity-test.ts'
import { entityTable } from '../../../src/store/entity-table.ts'
import { sql } from '../../../src/store/sql.ts'
import { database, testPortal } from '../../support/portal.ts'
import { everywhere, rightsIn } from './tools.ts'

// Records that only the plans of queries are to know.
const portal = await testPortal({ faulty: true })
const { department, nobodyMayAnything, role, says } = rightsIn(portal)
await nobodyMayAnything()
const sales = await department('Sales')
const me = await portal.person({ department: [sales] })
const colleague = await portal.person({ department: [sales] })
const roleId = await role([`U${me.id}`], [])

const session = portal.portal.store.session()
const lead = await portal.portal.entities.get(session, 1)
const RECORDS = 20_000
await session.transaction(async (tx) => {
  const table = entityTable(lead)
  for (let id = 1; id <= RECORDS; id++)
    tx.insert(table, {
      id,
      title: `Lead ${id}`,
      stage_id: 'NEW',
      opened: 'N',
      assigned_by_id: id % 400 === 0 ? (id % 800 === 0 ? me.id : colleague.id) : 1000 + (id % 300),
    })
})
await session.settled()
await session.transaction((tx) => tx.define(['analyze crm_lead']))
const person = await portal.portal.people.find(session, me.id)

async function reachOf(level: Level) {
  await says(roleId, everywhere('lead', level, ['read']))
  if (person === undefined) throw new Error('nobody')
  return portal.portal.access.reach({ portal: portal.portal, person, session }, lead, 'read')
}

it.each(['own', 'department', 'departments'] as const)('lists of level %s are found by an index', async (level) => {
  const { test } = await reachOf(level)
  const condition = conditionOf(test, lead, session.dialect)
  const query = sql`select t.id, t.title from crm_lead as t where ${condition} order by t.id asc limit ${PAGE}`
  const plan = await session.find<Record<string, unknown>>(
    database === 'sqlite' ? sql`explain query plan ${query}` : sql`explain ${query}`,
  )
  const text = plan.map((row) => Object.values(row).join(' ')).join('\n')
  expect(text).toContain('crm_lead_assigned_by_id_id')
  expect(text).not.toMatch(/SCAN t\b|Seq Scan/)
})

it.each(['own', 'department', 'departments', 'all'] as const)(
  'totals of level %s are kept, not counted',
  async (level) => {
    const { test } = await reachOf(level)
    expect(keysFor(lead, test)?.length).toBe({ own: 1, department: 2, departments: 2, all: 1 }[level])
  },
)
