import { describe, expect, it } from 'vitest'
import { asOpenIntegrations, ways } from '../../support/documented-clients.ts'
import { documentedPortal } from '../../support/documented-portal.ts'
import { shapeDifferences } from '../../support/shape.ts'
import { openIntegrationsLead } from './samples.ts'

const portal = await documentedPortal({ at: '2024-10-07T22:27:31+03:00' })

/** The answer that the page of CreateLead shows. */
const documented = {
  result: 382,
  time: {
    start: 1728329251.03262,
    finish: 1728329251.53521,
    duration: 0.50258994102478,
    processing: 0.47788405418396,
    date_start: '2024-10-07T22:27:31+03:00',
    date_finish: '2024-10-07T22:27:31+03:00',
    operating_reset_at: 1728329851,
    operating: 0.477864027023315,
  },
}

describe('the lead of the OpenIntegrations page', () => {
  it.each(ways)('is made by %s with the documented answer, and reads back', async (way) => {
    // The second call of the page, by token, is of another person.
    const fields =
      way === 'oauth' ? { ...openIntegrationsLead, NAME: 'Ivan', LAST_NAME: 'Ivanov' } : openIntegrationsLead
    const answer = await asOpenIntegrations(portal, 'crm.lead.add', { fields }, way)
    expect(answer.status).toBe(200)
    expect(shapeDifferences(answer.body, documented, 'answer')).toEqual([])
    // The client sends every id as a text.
    const read = await asOpenIntegrations(portal, 'crm.lead.get', { id: String(answer.body.result) }, way)
    expect(read.body.result).toMatchObject({
      ID: String(answer.body.result),
      TITLE: 'MegaClient',
      NAME: fields.NAME,
      LAST_NAME: fields.LAST_NAME,
      ADDRESS: 'Pushkin st., b. 10',
      ADDRESS_COUNTRY: 'Russia',
      HAS_PHONE: 'Y',
      HAS_EMAIL: 'Y',
      STATUS_ID: 'NEW',
      ASSIGNED_BY_ID: '1',
      PHONE: [{ VALUE: '88005553535', VALUE_TYPE: 'WORK', TYPE_ID: 'PHONE' }],
      EMAIL: [
        { VALUE: 'yo@example.com', VALUE_TYPE: 'HOME', TYPE_ID: 'EMAIL' },
        { VALUE: 'hi@example.com', VALUE_TYPE: 'WORK', TYPE_ID: 'EMAIL' },
      ],
    })
  })

  it('is changed, listed and deleted as the same client does', async () => {
    const { body } = await asOpenIntegrations(portal, 'crm.lead.add', { fields: openIntegrationsLead }, 'webhook')
    const id = String(body.result)
    const changed = await asOpenIntegrations(portal, 'crm.lead.update', { fields: { NAME: 'Evgeny' }, id }, 'webhook')
    expect(changed.body.result).toBe(true)
    const listed = await asOpenIntegrations(portal, 'crm.lead.list', { filter: { NAME: 'Evgeny' } }, 'webhook')
    expect(listed.body.result).toMatchObject([{ ID: id, NAME: 'Evgeny' }])
    expect((await asOpenIntegrations(portal, 'crm.lead.delete', { id }, 'webhook')).body.result).toBe(true)
    const gone = await asOpenIntegrations(portal, 'crm.lead.get', { id }, 'webhook')
    expect(gone.body).toEqual({ error: '', error_description: 'Not found' })
  })

  it('answers a list without any parameters to an empty POST', async () => {
    const { status, body } = await asOpenIntegrations(portal, 'crm.lead.list', {}, 'webhook')
    expect(status).toBe(200)
    expect(body.result).toBeInstanceOf(Array)
  })

  it('describes leads to a GET', async () => {
    const { body } = await portal.send({ method: 'GET', url: `/rest/1/${portal.code}/crm.lead.fields` })
    expect(body.result).toMatchObject({ PHONE: { type: 'crm_multifield' }, NAME: { type: 'string' } })
  })
})
