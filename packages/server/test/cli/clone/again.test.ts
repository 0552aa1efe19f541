import { expect, it } from 'vitest'
import { cloning } from '../../support/cloning.ts'
import { comparePortals } from '../../support/compare-portals.ts'
import { listening } from '../../support/listening.ts'
import { testPortal } from '../../support/portal.ts'
import { fillVaried } from '../../support/varied-portal.ts'

const source = await testPortal()
const target = await testPortal()
const { hook } = await listening(source)
await fillVaried(source)
await cloning(hook, target)

const idOf = async (method: string): Promise<number> => {
  const { body } = await source.call(method, { select: ['ID'], order: { ID: 'ASC' } })
  return Number(body.result[0].ID)
}
const counts = (report: Awaited<ReturnType<typeof cloning>>) =>
  Object.fromEntries(
    report.steps
      .filter(({ made, changed, removed }) => made + changed + removed > 0)
      .map(({ step, made, changed, removed }) => [step, { made, changed, removed }]),
  )

it('brings what has been made, changed and removed since, and nothing else', async () => {
  const lead = await idOf('crm.lead.list')
  await source.call('crm.lead.update', {
    id: lead,
    fields: { TITLE: 'Renamed', PHONE: [{ VALUE: '+49 40 1', VALUE_TYPE: 'WORK' }], UF_CRM_WORDS: ['one'] },
  })
  const added = await source.call('crm.lead.add', {
    fields: { TITLE: 'Later', CONTACT_ID: await idOf('crm.contact.list') },
  })
  const quote = await source.call('crm.quote.add', { fields: { TITLE: 'Short-lived' } })
  await cloning(hook, target)
  await source.call('crm.quote.delete', { id: quote.body.result })
  await source.call('crm.lead.delete', { id: added.body.result })
  await source.call('crm.status.add', { fields: { ENTITY_ID: 'SOURCE', STATUS_ID: 'FAIR', NAME: 'Fair', SORT: 5 } })
  const report = await cloning(hook, target)
  expect(counts(report)).toMatchObject({
    leads: { made: 0, changed: 0, removed: 1 },
    quotes: { made: 0, changed: 0, removed: 1 },
    directories: { made: 1 },
  })
  expect(await comparePortals(source, target)).toEqual([])
})

it('takes away options of lists and fields that are gone there, with their values', async () => {
  const fields = (await source.call('crm.lead.userfield.list', {})).body.result as Record<string, string>[]
  const idOfField = (name: string): string => fields.find(({ FIELD_NAME }) => FIELD_NAME === name)?.ID ?? ''
  const { LIST } = (await source.call('crm.lead.userfield.get', { id: idOfField('UF_CRM_COLOURS') })).body.result
  await source.call('crm.lead.update', {
    id: await idOf('crm.lead.list'),
    fields: { UF_CRM_COLOURS: LIST.map(({ ID }: { ID: string }) => ID) },
  })
  await cloning(hook, target)
  await source.call('crm.lead.userfield.update', {
    id: idOfField('UF_CRM_COLOURS'),
    fields: {
      LIST: [
        { ID: LIST[0].ID, DEL: 'Y' },
        { ID: LIST[1].ID, VALUE: 'verde' },
      ],
    },
  })
  await source.call('crm.lead.userfield.delete', { id: idOfField('UF_CRM_WORDS') })
  await cloning(hook, target)
  expect(await comparePortals(source, target)).toEqual([])
})

it('reads only what has changed since a moment, and removes nothing then', async () => {
  const deal = await idOf('crm.deal.list')
  const contact = await source.call('crm.contact.add', { fields: { NAME: 'Gone', LAST_NAME: 'Soon' } })
  await cloning(hook, target)
  await source.call('crm.contact.delete', { id: contact.body.result })
  const since = Math.floor(source.portal.sources.now())
  await new Promise((resolve) => setTimeout(resolve, 1100))
  await source.call('crm.deal.update', { id: deal, fields: { TITLE: 'Changed just now' } })
  const report = await cloning(hook, target, { only: ['deals', 'contacts'], since: since + 1 })
  const told = (step: string) => report.steps.find((each) => each.step === step)
  expect(told('deals')).toMatchObject({ made: 0, changed: 1, same: 0, removed: 0 })
  expect(told('contacts')).toMatchObject({ made: 0, changed: 0, removed: 0 })
  const there = await target.call('crm.contact.get', { id: contact.body.result })
  expect(there.body.result).toMatchObject({ LAST_NAME: 'Soon' })
})

it('makes again what was removed here, and keeps what was changed here as long as the source does not change it', async () => {
  const lead = await idOf('crm.lead.list')
  const deal = await idOf('crm.deal.list')
  await target.call('crm.lead.delete', { id: lead })
  await target.call('crm.deal.update', { id: deal, fields: { TITLE: 'Our own name for it' } })
  await cloning(hook, target)
  expect((await target.call('crm.lead.get', { id: lead })).body.result).toMatchObject({ TITLE: 'Renamed' })
  expect((await target.call('crm.deal.get', { id: deal })).body.result).toMatchObject({ TITLE: 'Our own name for it' })
})
