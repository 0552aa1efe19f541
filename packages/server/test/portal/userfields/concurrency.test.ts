import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()
const add = (entity: string, FIELD_NAME: string, more: object = {}) =>
  portal.call(`crm.${entity}.userfield.add`, { fields: { FIELD_NAME, USER_TYPE_ID: 'string', ...more } })

describe('user fields that are made at the same time', () => {
  it.each(['N', 'Y'])('get a name once, multiple %s', async (MULTIPLE) => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => add('lead', `RACE_${MULTIPLE}`, { MULTIPLE })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400, 400])
  })

  it('all come into being, on several entities, while records are written', async () => {
    const fields = Array.from({ length: 12 }, (_, n) => add(n % 2 ? 'lead' : 'deal', `PARALLEL_${n}`))
    const records = Array.from({ length: 12 }, (_, n) =>
      portal.call(n % 2 ? 'crm.lead.add' : 'crm.deal.add', { fields: { TITLE: `during ${n}` } }),
    )
    for (const { status } of await Promise.all([...fields, ...records])) expect(status).toBe(200)
    for (const [entity, rest] of [
      ['lead', 1],
      ['deal', 0],
    ] as const) {
      const described = (await portal.call(`crm.${entity}.fields`)).body.result
      const known = Object.keys(described).filter((name) => name.startsWith('UF_CRM_PARALLEL_'))
      expect(known.sort()).toEqual(
        Array.from({ length: 12 }, (_, n) => n)
          .filter((n) => n % 2 === rest)
          .map((n) => `UF_CRM_PARALLEL_${n}`)
          .sort(),
      )
    }
  })

  it('may go while others come', async () => {
    const ids = (await Promise.all(Array.from({ length: 4 }, (_, n) => add('contact', `OLD_${n}`)))).map(
      ({ body }) => body.result,
    )
    const answers = await Promise.all([
      ...ids.map((id) => portal.call('crm.contact.userfield.delete', { id })),
      ...ids.map((_id, n) => add('contact', `NEW_${n}`)),
    ])
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    const rows = (await portal.call('crm.contact.userfield.list')).body.result
    expect(rows.map((row: { FIELD_NAME: string }) => row.FIELD_NAME).sort()).toEqual(
      [0, 1, 2, 3].map((n) => `UF_CRM_NEW_${n}`),
    )
  })
})
