import { describe, expect, it } from 'vitest'
import { accessToken } from '../../support/documented-clients.ts'
import { type Answer, testPortal } from '../../support/portal.ts'

const portal = await testPortal()
const hook = `/rest/1/${portal.code}`
const json = { 'content-type': 'application/json; charset=utf-8' }
const post = (url: string, body?: unknown, headers: Record<string, string> = json): Promise<Answer> =>
  portal.send({
    url,
    headers: body === undefined ? {} : headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })

describe('what OpenIntegrations’ own program needs of a server', () => {
  it.each(['crm.lead.list', 'crm.deal.list', 'user.current', 'user.fields', 'department.get'])(
    '%s answers a POST without body and type',
    async (method) => {
      const { status, body } = await post(`${hook}/${method}`)
      expect({ status, error: body.error }).toEqual({ status: 200, error: undefined })
      expect(body.result).toBeTypeOf('object')
    },
  )

  it('an empty body may have a length, a type and an encoding that is taken', async () => {
    const headers = { 'content-length': '0', 'accept-encoding': 'gzip', 'accept-charset': 'utf-8', ...json }
    expect((await portal.send({ url: `${hook}/crm.lead.list`, headers })).body.result).toBeInstanceOf(Array)
  })

  it('a token is taken from the JSON body, from the query of a GET, and from the body before the query', async () => {
    const auth = await accessToken(portal)
    expect((await post('/rest/crm.lead.list', { auth, filter: { TITLE: 'x' } })).body.result).toEqual([])
    const asked = await portal.send({ method: 'GET', url: `/rest/crm.lead.fields?auth=${auth}` })
    expect(asked.body.result).toHaveProperty('PHONE')
    expect((await post('/rest/crm.lead.list?auth=wrong', { auth })).status).toBe(200)
    const refused = await post('/rest/crm.lead.list', { auth: 'wrong' })
    expect(refused).toMatchObject({
      status: 401,
      body: { error: expect.any(String), error_description: expect.any(String) },
    })
  })

  it.each(['CRM.LEAD.FIELDS', 'Crm.Lead.Fields', 'crm.lead.fields'])(
    '%s is one and the same method',
    async (method) => {
      expect((await portal.send({ method: 'GET', url: `${hook}/${method}` })).body.result).toHaveProperty('NAME')
    },
  )

  it('ids and offsets come as texts', async () => {
    const ids: number[] = []
    for (let at = 0; at < 51; at += 1)
      ids.push((await post(`${hook}/crm.lead.add`, { fields: { TITLE: `Lead ${at}` } })).body.result)
    const id = String(ids[0])
    expect((await post(`${hook}/crm.lead.get`, { id })).body.result).toMatchObject({ ID: id, TITLE: 'Lead 0' })
    expect((await post(`${hook}/crm.lead.update`, { fields: { TITLE: 'New' }, id })).body.result).toBe(true)
    expect((await post(`${hook}/crm.lead.list`, { start: '0' })).body).toMatchObject({ next: 50, total: 51 })
    const last = await post(`${hook}/crm.lead.list`, { start: '50' })
    expect(last.body.result).toHaveLength(1)
    expect(last.body.next).toBeUndefined()
    expect((await post(`${hook}/crm.lead.delete`, { id })).body.result).toBe(true)
  })

  it('six identical requests in a row are six answers; only a key makes one of them', async () => {
    const add = (headers = {}) =>
      post(`${hook}/crm.lead.add`, { fields: { TITLE: 'Once more' } }, { ...json, ...headers })
    const six = await Promise.all(Array.from({ length: 6 }, () => add()))
    expect(six.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200])
    expect(new Set(six.map(({ body }) => body.result)).size).toBe(6)
    const keyed = []
    for (let at = 0; at < 6; at += 1) keyed.push(await add({ 'idempotency-key': 'the-same-lead' }))
    expect(new Set(keyed.map(({ body }) => body.result)).size).toBe(1)
    expect((await post(`${hook}/crm.lead.list`, { filter: { TITLE: 'Once more' } })).body.total).toBe(7)
  })

  it('every lead filter of the offline helper is one that the server knows', async () => {
    const { leadFilter, dealFilter } = await import('../../../src/cli/bitrix24/structures/crm.ts')
    const none = { title: 'no lead has it' }
    const values: Record<string, string> = { OPPORTUNITY: '1', PROBABILITY: '1', DATE_CREATE: '2024-01-01' }
    for (const [entity, filter] of Object.entries({ lead: leadFilter, deal: dealFilter }))
      for (const name of Object.keys(filter)) {
        const value =
          values[name] ?? (/_ID$|^ID$/.test(name) ? '999999' : /DATE|TIME/.test(name) ? '1999-01-01' : none.title)
        const { status, body } = await post(`${hook}/crm.${entity}.list`, { filter: { [name]: value } })
        expect({ entity, name, status, total: body.total }).toEqual({ entity, name, status: 200, total: 0 })
      }
  })
})

/**
 * What portals have answered to its tests, as its documentation keeps it, but for what the official pages show
 * otherwise: LAST_COMMUNICATION_TIME of a lead, and a TAX_VALUE of null.
 */
describe('the rows that portals have answered', () => {
  const captured = {
    lead: 'ID TITLE HONORIFIC NAME SECOND_NAME LAST_NAME COMPANY_TITLE COMPANY_ID CONTACT_ID IS_RETURN_CUSTOMER BIRTHDATE SOURCE_ID SOURCE_DESCRIPTION STATUS_ID STATUS_DESCRIPTION POST COMMENTS CURRENCY_ID OPPORTUNITY IS_MANUAL_OPPORTUNITY HAS_PHONE HAS_EMAIL HAS_IMOL ASSIGNED_BY_ID CREATED_BY_ID MODIFY_BY_ID DATE_CREATE DATE_MODIFY DATE_CLOSED STATUS_SEMANTIC_ID OPENED ORIGINATOR_ID ORIGIN_ID MOVED_BY_ID MOVED_TIME ADDRESS ADDRESS_2 ADDRESS_CITY ADDRESS_POSTAL_CODE ADDRESS_REGION ADDRESS_PROVINCE ADDRESS_COUNTRY ADDRESS_COUNTRY_CODE ADDRESS_LOC_ADDR_ID UTM_SOURCE UTM_MEDIUM UTM_CAMPAIGN UTM_CONTENT UTM_TERM LAST_ACTIVITY_BY LAST_ACTIVITY_TIME EMAIL PHONE',
    deal: 'ID TITLE TYPE_ID STAGE_ID PROBABILITY CURRENCY_ID OPPORTUNITY IS_MANUAL_OPPORTUNITY TAX_VALUE LEAD_ID COMPANY_ID CONTACT_ID QUOTE_ID BEGINDATE CLOSEDATE ASSIGNED_BY_ID CREATED_BY_ID MODIFY_BY_ID DATE_CREATE DATE_MODIFY OPENED CLOSED COMMENTS ADDITIONAL_INFO LOCATION_ID CATEGORY_ID STAGE_SEMANTIC_ID IS_NEW IS_RECURRING IS_RETURN_CUSTOMER IS_REPEATED_APPROACH SOURCE_ID SOURCE_DESCRIPTION ORIGINATOR_ID ORIGIN_ID MOVED_BY_ID MOVED_TIME LAST_ACTIVITY_TIME UTM_SOURCE UTM_MEDIUM UTM_CAMPAIGN UTM_CONTENT UTM_TERM LAST_ACTIVITY_BY',
  }

  it.each(['lead', 'deal'] as const)('of a %s have these keys in this order', async (entity) => {
    const fields = { TITLE: 'x', EMAIL: [{ VALUE: 'a@example.com' }], PHONE: [{ VALUE: '88005553535' }] }
    const { result: id } = (await post(`${hook}/crm.${entity}.add`, { fields })).body
    const { result } = (await post(`${hook}/crm.${entity}.get`, { id })).body
    expect(Object.keys(result)).toEqual(captured[entity].split(' '))
  })

  it('a deal that asks for a pipeline which is not there gets into the first one', async () => {
    const fields = { TITLE: 'Planned sale', STAGE_ID: 'NEW', CATEGORY_ID: 5, BEGINDATE: '2024-01-01' }
    const { result: id } = (await post(`${hook}/crm.deal.add`, { fields })).body
    expect((await post(`${hook}/crm.deal.get`, { id })).body.result).toMatchObject({
      CATEGORY_ID: '0',
      STAGE_ID: 'NEW',
      STAGE_SEMANTIC_ID: 'P',
      IS_NEW: 'Y',
      IS_RECURRING: 'N',
      CLOSED: 'N',
      LEAD_ID: null,
      QUOTE_ID: null,
      COMMENTS: null,
      BEGINDATE: expect.stringMatching(/^2024-01-01T/),
    })
    const stageElsewhere = await post(`${hook}/crm.deal.add`, { fields: { STAGE_ID: 'C5:NEW', CATEGORY_ID: 5 } })
    expect(stageElsewhere.status).toBe(400)
  })

  it('a lead that says little has the captured defaults', async () => {
    const fields = { TITLE: 'MegaClient', NAME: 'Ivan', ADDRESS_COUNTRY: 'Russia' }
    const { result: id } = (await post(`${hook}/crm.lead.add`, { fields })).body
    expect((await post(`${hook}/crm.lead.get`, { id })).body.result).toMatchObject({
      HONORIFIC: null,
      SECOND_NAME: null,
      COMPANY_ID: null,
      BIRTHDATE: '',
      SOURCE_ID: 'CALL',
      SOURCE_DESCRIPTION: null,
      OPPORTUNITY: '0.00',
      IS_MANUAL_OPPORTUNITY: 'N',
      IS_RETURN_CUSTOMER: 'N',
      HAS_PHONE: 'N',
      HAS_IMOL: 'N',
      OPENED: 'Y',
      ADDRESS_2: null,
      ADDRESS_COUNTRY: 'Russia',
    })
  })
})
