import { describe, expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal({ timezone: 'Europe/Berlin', at: Date.parse('2026-03-02T10:00:00+01:00') / 1000 })
const { id: somebody, hook } = await portal.person()
const imported = {
  DATE_CREATE: '2026-01-05T08:00:00+01:00',
  DATE_MODIFY: '2026-01-06T08:00:00+01:00',
  CREATED_BY_ID: somebody,
  MODIFY_BY_ID: somebody,
}

const add = (entity: string, fields: object, params: object = { IMPORT: 'Y' }, as?: string) =>
  portal.call(`crm.${entity}.add`, { fields, params }, as === undefined ? {} : { as })
const get = async (entity: string, id: number) => (await portal.call(`crm.${entity}.get`, { id })).body.result

describe('IMPORT=Y', () => {
  it.each(['lead', 'deal', 'contact', 'company', 'quote'])('takes dates and authors of a %s', async (entity) => {
    const { body } = await add(entity, imported)
    expect(await get(entity, body.result)).toMatchObject({
      ...imported,
      CREATED_BY_ID: String(somebody),
      MODIFY_BY_ID: String(somebody),
    })
  })

  it.each([{}, { IMPORT: '' }, { IMPORT: 0 }, { IMPORT: 'N' }])('is nothing else: %j', async (params) => {
    const { body } = await add('company', imported, params)
    expect(await get('company', body.result)).toMatchObject({
      DATE_CREATE: '2026-03-02T10:00:00+01:00',
      DATE_MODIFY: '2026-03-02T10:00:00+01:00',
      CREATED_BY_ID: '1',
      MODIFY_BY_ID: '1',
    })
  })

  it('takes no contact that is older than the last one', async () => {
    await add('contact', { ...imported, DATE_CREATE: '2026-02-01T00:00:00+01:00' })
    const before = await portal.census()
    const { status, body } = await add('contact', { ...imported, DATE_CREATE: '2026-01-31T23:59:59+01:00' })
    expect({ status, error: body.error }).toEqual({ status: 400, error: '' })
    expect(body.error_description).toContain('Creation Date')
    expect(await portal.census()).toEqual(before)
    expect((await add('contact', { ...imported, DATE_CREATE: '2026-02-01T00:00:00+01:00' })).status).toBe(200)
  })

  it('never works on update', async () => {
    const { body } = await add('company', {})
    await portal.call('crm.company.update', { id: body.result, fields: imported, params: { IMPORT: 'Y' } })
    expect(await get('company', body.result)).toMatchObject({ CREATED_BY_ID: '1' })
  })

  it('needs the right to import, and that one only', async () => {
    const session = portal.portal.store.session()
    const forbid = (action: string) =>
      portal.portal.caches.changing(session, ['roles'], (tx) =>
        tx.change(sql`delete from crm_role_permission where action = ${action}`),
      )
    await forbid('add')
    await session.settled()
    expect((await add('company', imported, {}, hook)).body.error_description).toBe('Access denied.')
    expect((await add('company', imported, { IMPORT: 'Y' }, hook)).status).toBe(200)
    await forbid('import')
    await session.settled()
    expect((await add('company', imported, { IMPORT: 'Y' }, hook)).body.error_description).toBe('Access denied.')
  })
})
