import { expect, it } from 'vitest'
import { activity } from '../../../src/modules/crm/activity/activity.ts'
import { lead } from '../../../src/modules/crm/lead.ts'
import type { Module } from '../../../src/modules/module.ts'
import { emptyDraft } from '../../../src/records/change.ts'
import { createWithin } from '../../../src/records/records.ts'
import { testPortal } from '../../support/portal.ts'
import { activityTools } from './tools.ts'

/** Plans something with every new lead, as a part of the portal may. */
const planner: Module = {
  name: 'test.planner',
  methods: [],
  hooks: {
    [lead.name]: {
      async saved(change) {
        if (!change.isNew) return
        const draft = emptyDraft()
        const plan = { typeId: 6, providerId: 'CRM_TODO', subject: 'Call back', ownerTypeId: 1, ownerId: change.id }
        for (const [name, value] of Object.entries(plan)) draft.values.set(name, value)
        await createWithin(change, activity, draft)
      },
    },
  },
}

const portal = await testPortal({ modules: [planner] })
const { must, ids } = activityTools(portal)
const session = portal.portal.store.session()
await portal.portal.caches.changing(session, ['settings'], (tx) => portal.portal.settings.set(tx, 'crm.mode', '2'))
await session.settled()

it('what is planned with a lead is planned with the deal and the clients that it turns into, too', async () => {
  const fields = { TITLE: 'From the form', NAME: 'Ada', COMPANY_TITLE: 'Engines' }
  const leadId = await must('crm.lead.add', { fields })
  const [plan] = await ids({ OWNER_TYPE_ID: 1, OWNER_ID: leadId })
  const [deal] = await must<Record<string, string>[]>('crm.deal.list', {
    filter: { LEAD_ID: leadId },
    select: ['ID', 'CONTACT_ID', 'COMPANY_ID'],
  })
  const bindings = await must('crm.activity.binding.list', { activityId: plan })
  expect(bindings).toEqual([
    { entityTypeId: 1, entityId: leadId },
    { entityTypeId: 2, entityId: Number(deal?.ID) },
    { entityTypeId: 3, entityId: Number(deal?.CONTACT_ID) },
    { entityTypeId: 4, entityId: Number(deal?.COMPANY_ID) },
  ])
})
