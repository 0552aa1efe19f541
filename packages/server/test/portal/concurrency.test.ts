import { expect, it } from 'vitest'
import { testPortal } from '../support/portal.ts'

const portal = await testPortal()

it('answers every one of many simultaneous readers and writers while caches are renewed, and totals stay exact', async () => {
  const calls = Array.from({ length: 400 }, (_, n) => {
    if (n % 10 === 3) {
      portal.portal.caches.drop()
      return portal.call('batch', {
        cmd: { a: `crm.lead.add?fields[TITLE]=b${n}`, b: 'crm.lead.get?id=$result[a]', c: 'crm.lead.list?start=0' },
      })
    }
    if (n % 7 === 2) return portal.call('crm.lead.list', { filter: { STATUS_ID: 'NEW' } })
    return portal.call('crm.item.add', {
      entityTypeId: 1,
      fields: { title: `t${n}`, fm: [{ typeId: 'PHONE', valueType: 'WORK', value: `+1${n}` }] },
    })
  })
  const answers = await Promise.all(calls)
  expect(answers.every((answer) => answer.status === 200)).toBe(true)
  const added = answers.flatMap(({ body }) =>
    [body.result?.item?.id, body.result?.result?.a].filter((id) => id !== undefined),
  )
  expect(new Set(added).size).toBe(added.length)
  const { body } = await portal.call('crm.lead.list', { filter: { STATUS_ID: 'NEW' } })
  expect(body.total).toBe(added.length)
  const counted = await portal.call('crm.lead.list', { filter: { '!TITLE': 'nobody' } })
  expect(counted.body.total).toBe(added.length)
})

it('changes one record from many requests at once without losing a change of another field', async () => {
  const { body } = await portal.call('crm.lead.add', { fields: { TITLE: 'shared' } })
  const names = [
    'NAME',
    'LAST_NAME',
    'SECOND_NAME',
    'POST',
    'COMPANY_TITLE',
    'UTM_TERM',
    'ORIGIN_ID',
    'STATUS_DESCRIPTION',
  ]
  await Promise.all(names.map((name) => portal.call('crm.lead.update', { id: body.result, fields: { [name]: name } })))
  const lead = await portal.call('crm.lead.get', { id: body.result })
  for (const name of names) expect(lead.body.result[name]).toBe(name)
})
