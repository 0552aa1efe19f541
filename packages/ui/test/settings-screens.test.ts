import { beforeAll, describe, it } from 'vitest'
import { chromiumPath } from '../../server/test/support/browser.ts'
import { screens, webCrm } from './support/web-crm.ts'

const LONG =
  'Agreement with the partner about everything that was ever promised in writing or by word of mouth '.repeat(2)

describe.skipIf(chromiumPath === undefined)('the look of the settings', async () => {
  const crm = await webCrm()
  beforeAll(async () => {
    await crm.call('crm.status.add', {
      fields: { ENTITY_ID: 'DEAL_STAGE', STATUS_ID: 'LONG', NAME: LONG, SORT: 45, COLOR: '#C46BE0' },
    })
    await crm.call('portico.automation.rule.set', {
      rule: { entityTypeId: 1, stageId: 'NEW', kind: 'activity', settings: { title: 'Call back' }, delay: 3600 },
    })
    await crm.call('userfieldconfig.add', {
      moduleId: 'crm',
      field: { entityId: 'CRM_LEAD', fieldName: 'UF_CRM_LONG', userTypeId: 'string', editFormLabel: { en: LONG } },
    })
    await crm.call('crm.type.add', { fields: { title: 'Complaints', isStagesEnabled: 'Y' } })
    await crm.call('department.add', { NAME: 'Sales', PARENT: 1 })
    await crm.employee('Maximiliane-Theodora')
  })

  const pages = [
    ['home', '/settings/', 'Stages and pipelines'],
    ['stages', '/settings/stages/deal/', 'Add a pipeline'],
    ['fields', '/settings/fields/lead/', 'UF_CRM_LONG'],
    ['field', '/settings/fields/lead/?field=new', 'Name (English)'],
    ['automation', '/settings/automation/lead/', 'Activity: Call back'],
    ['rule', '/settings/automation/lead/?stage=NEW', 'What happens'],
    ['processes', '/settings/processes/', 'Complaints'],
    ['process', '/settings/processes/?process=new', 'What is it called?'],
    ['cards', '/settings/cards/', 'Arrange in the card'],
    ['directories', '/settings/directories/SOURCE/', 'CRM_FORM'],
    ['currencies', '/settings/currencies/', 'US Dollar'],
    ['currency', '/settings/currencies/?currency=EUR', 'Between thousands'],
    ['crm', '/settings/crm/', 'This portal'],
    ['users', '/settings/users/', 'Maximiliane-Theodora'],
    ['departments', '/settings/departments/', 'Sales'],
    ['roles', '/settings/roles/', 'Everyone'],
    ['role', '/settings/roles/1/', 'Whose role it is'],
  ] as const
  for (const [name, path, text] of pages)
    it(`is kept of ${name}`, async () => {
      await screens(crm, `settings-${name}`, path, async (page) => {
        await page.getByText(text).first().waitFor({ state: 'attached' })
        // Panels come in from the side.
        await page.waitForTimeout(400)
      })
    })
})
