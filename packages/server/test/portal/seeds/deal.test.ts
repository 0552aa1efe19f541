import { describe, expect, it } from 'vitest'
import { asJavaScript, asPhp, documentedCommand, ways } from '../../support/documented-clients.ts'
import { documentedPortal } from '../../support/documented-portal.ts'
import type { Answer } from '../../support/portal.ts'
import { timeDifferences } from '../../support/shape.ts'
import { dealAnswer } from './documented.ts'
import { deal, phpDeal, phpSdkLead } from './samples.ts'

const portal = await documentedPortal({ at: '2024-07-18T14:00:14+02:00' })

type Texts = Readonly<Record<'title' | 'comments' | 'sourceDescription' | 'additionalInfo', string>>

/** The documented answer, value by value and in its order of keys; only the id and the sent texts are this deal's own. */
async function expectDocumentedDeal(answer: Answer, sent: Texts): Promise<void> {
  expect(answer.body.error_description).toBeUndefined()
  expect(answer.status).toBe(200)
  expect(Object.keys(answer.body)).toEqual(['result', 'time'])
  expect(timeDifferences(answer.body.time)).toEqual([])
  const { item } = answer.body.result
  expect(answer.body.result).toEqual({
    item: {
      ...dealAnswer.item,
      id: expect.any(Number),
      title: sent.title,
      comments: sent.comments,
      sourceDescription: sent.sourceDescription,
      additionalInfo: sent.additionalInfo,
    },
  })
  expect(Object.keys(item)).toEqual(Object.keys(dealAnswer.item))
  const read = await portal.call('crm.item.get', { entityTypeId: 2, id: item.id })
  // Whatever is searched for is written after the answer, as on the page of crm.item.update.
  expect(read.body.result.item).toEqual({ ...item, searchContent: expect.any(String) })
}

describe('the documented deal of crm.item.add', () => {
  it.each(ways)('answers the cURL line by %s with the documented row', async (way) => {
    const { answer, sent } = await documentedCommand(portal, 'crm.item.add.deal', way)
    await expectDocumentedDeal(answer, sent.fields as Texts)
  })

  it.each(ways)('answers the JavaScript sample by %s alike', async (way) => {
    await expectDocumentedDeal(await asJavaScript(portal, 'crm.item.add', deal, way), deal.fields)
  })

  it.each(ways)('answers the PHP sample by %s alike, its numbers being texts', async (way) => {
    await expectDocumentedDeal(await asPhp(portal, 'crm.item.add', phpDeal, way), phpDeal.fields)
  })

  it('refuses an unknown smart process in the documented words, and changes nothing', async () => {
    const before = await portal.census()
    const { status, body } = await portal.call('crm.item.add', { ...deal, entityTypeId: 9998 })
    expect({ status, body }).toEqual({
      status: 400,
      body: { error: 'NOT_FOUND', error_description: 'Smart process not found' },
    })
    expect(await portal.census()).toEqual(before)
  })
})

describe("the PHP SDK's sample of crm.item.add", () => {
  it('makes a lead and ignores the fields that are not its own or only to be read', async () => {
    const { status, body } = await portal.call('crm.item.add', phpSdkLead)
    expect(status).toBe(200)
    expect(body.result.item).toMatchObject({
      title: 'New Item',
      createdBy: 1,
      updatedBy: 1,
      createdTime: '2024-07-18T14:00:14+02:00',
      updatedTime: '2024-07-18T14:00:14+02:00',
    })
    expect(body.result.item).not.toHaveProperty('begindate')
  })
})
