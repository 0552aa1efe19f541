import { expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'
import { mustOf, ruleOf, runsOf } from './administrator.ts'

const portal = await testPortal({ at: 1_800_000_000 })
const must = mustOf(portal)

it('a rule adds an activity for whoever is responsible', async () => {
  const { id: person } = await portal.person()
  const settings = { title: 'Call {{TITLE}}', description: 'Soon', dueIn: 3600 }
  const rule = await ruleOf(portal, { entityTypeId: 1, stageId: 'NEW', kind: 'activity', settings })
  const id = await must('crm.lead.add', { fields: { TITLE: 'A lead', ASSIGNED_BY_ID: person } })
  await portal.work()
  expect(await runsOf(portal, 1, id)).toEqual([[rule, 'done', '']])
  expect(await must('crm.activity.list', { filter: { OWNER_TYPE_ID: 1, OWNER_ID: id } })).toMatchObject([
    { SUBJECT: 'Call A lead', RESPONSIBLE_ID: String(person), DEADLINE: '2027-01-15T10:00:00+01:00' },
  ])
})
