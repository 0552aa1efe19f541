import { describe, expect, it } from 'vitest'
import { asJavaScript, asPhp, documentedCommand, ways } from '../../support/documented-clients.ts'
import { documentedPortal } from '../../support/documented-portal.ts'
import { vector } from '../../support/vectors.ts'
import { shapeDifferences, timeDifferences } from '../../support/shape.ts'
import type { Answer } from '../../support/portal.ts'
import { lead, olderLead } from './samples.ts'

const portal = await documentedPortal({ at: '2024-05-23T18:18:25+02:00' })

function expectDocumentedAnswer(answer: Answer): void {
  expect(answer).toMatchObject({ status: 200, body: { result: expect.any(Number) } })
  expect(Object.keys(answer.body)).toEqual(['result', 'time'])
  expect(timeDifferences(answer.body.time)).toEqual([])
}

async function expectTitov(id: number, name: string, secondName: string | null, lastName: string, title: string) {
  const { body } = await portal.call('crm.lead.get', { ID: id })
  const at = '2024-05-23T18:18:25+02:00'
  const [phone, web] = [body.result.PHONE[0].ID, body.result.WEB[0].ID]
  expect(body.result).toEqual({
    // What the page documents for another, nearly empty lead, and what this one was given in its place.
    ...(vector('crm.lead.get').response.result as object),
    ID: String(id),
    TITLE: title,
    NAME: name,
    SECOND_NAME: secondName,
    LAST_NAME: lastName,
    STATUS_ID: 'NEW',
    SOURCE_ID: 'CALL',
    CURRENCY_ID: 'USD',
    OPPORTUNITY: '12500.00',
    HAS_PHONE: 'Y',
    DATE_CREATE: at,
    DATE_MODIFY: at,
    MOVED_TIME: at,
    LAST_ACTIVITY_TIME: at,
    PHONE: [{ ID: phone, VALUE_TYPE: 'WORK', VALUE: '555888', TYPE_ID: 'PHONE' }],
    WEB: [{ ID: web, VALUE_TYPE: 'WORK', VALUE: 'www.mysite.com', TYPE_ID: 'WEB' }],
    IM: undefined,
  })
  // The documented lead came from a chat, this one has a website.
  expect(shapeDifferences(body.result, vector('crm.lead.get').response.result, 'result')).toEqual([
    'result.IM: missing',
    'result.WEB: extra',
  ])
}

describe('the documented crm.lead.add', () => {
  it.each(ways)('answers the cURL line by %s with the id of a lead that reads back', async (way) => {
    const { answer } = await documentedCommand(portal, 'crm.lead.add', way)
    expectDocumentedAnswer(answer)
    await expectTitov(answer.body.result, 'Gleb', 'Egorovich', 'Titov', 'IP Titov')
  })

  it.each(ways)('answers the JavaScript sample by %s alike', async (way) => {
    const answer = await asJavaScript(portal, 'crm.lead.add', lead, way)
    expectDocumentedAnswer(answer)
    await expectTitov(answer.body.result, 'Gleb', 'Egorovich', 'Titov', 'IP Titov')
  })

  it.each(ways)('answers the PHP sample by %s alike', async (way) => {
    const answer = await asPhp(portal, 'crm.lead.add', lead, way)
    expectDocumentedAnswer(answer)
    await expectTitov(answer.body.result, 'Gleb', 'Egorovich', 'Titov', 'IP Titov')
  })

  it('answers the sample of the older page alike', async () => {
    const answer = await asJavaScript(portal, 'crm.lead.add', olderLead, 'oauth')
    expectDocumentedAnswer(answer)
    await expectTitov(answer.body.result, 'John', null, 'Dou', 'LLC Miracle')
  })

  it('shows the lead to crm.item.get as documented', async () => {
    const { answer } = await documentedCommand(portal, 'crm.lead.add', 'webhook')
    const { body } = await portal.call('crm.item.get', { entityTypeId: 1, id: answer.body.result })
    // The documented lead has these filled, this one was not given them: their documented default is null.
    const unfilled = ['birthdate', 'comments', 'companyTitle', 'honorific', 'post', 'sourceDescription']
    expect(shapeDifferences(body.result, vector('crm.item.get').response.result, 'result')).toEqual(
      unfilled.map((name) => `result.item.${name}: null instead of string`),
    )
    expect(body.result.item).toMatchObject({
      title: 'IP Titov',
      stageId: 'NEW',
      stageSemanticId: 'P',
      opportunity: 12500,
      opened: 'Y',
      phoneWork: '555888',
      hasPhone: 'Y',
      hasEmail: 'N',
      isReturnCustomer: 'N',
      movedBy: 1,
      fm: [
        { valueType: 'WORK', value: '555888', typeId: 'PHONE' },
        { valueType: 'WORK', value: 'www.mysite.com', typeId: 'WEB' },
      ],
    })
  })

  it('refuses a person without the right to add leads in the documented words', async () => {
    const nobody = await portal.person({ scope: 'crm' })
    await portal.withoutRights()
    const before = await portal.census()
    const { status, body } = await portal.call('crm.lead.add', lead, { as: nobody.hook })
    expect({ status, body }).toEqual({ status: 400, body: { error: '', error_description: 'Access denied.' } })
    expect(await portal.census()).toEqual(before)
  })
})
