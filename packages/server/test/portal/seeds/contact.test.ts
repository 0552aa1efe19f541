import { describe, expect, it } from 'vitest'
import { asJavaScript, asPhp, documentedCommand, ways } from '../../support/documented-clients.ts'
import { documentedPortal } from '../../support/documented-portal.ts'
import type { Answer } from '../../support/portal.ts'
import { timeDifferences } from '../../support/shape.ts'
import { vector } from '../../support/vectors.ts'
import { greenPixel } from './documented.ts'
import { contact } from './samples.ts'

const at = '2024-08-15T10:38:21+02:00'
const portal = await documentedPortal({ at })

function expectDocumentedAnswer(answer: Answer): void {
  expect(answer).toMatchObject({ status: 200, body: { result: expect.any(Number) } })
  expect(Object.keys(answer.body)).toEqual(['result', 'time'])
  expect(timeDifferences(answer.body.time)).toEqual([])
}

/** The contact reads back as crm-contact-get.md documents it, value by value. */
async function expectSmith(id: number, comments: string): Promise<void> {
  const documented = vector('crm.contact.get').response.result as Record<string, unknown>
  const { body } = await portal.call('crm.contact.get', { ID: id })
  const row = body.result
  const ids = [...row.PHONE, ...row.EMAIL].map((each: { ID: string }) => each.ID)
  expect(ids.every((each) => /^\d+$/.test(each))).toBe(true)
  expect(row).toEqual({
    ...documented,
    ID: String(id),
    // The page leaves out this one of nine address fields, which it describes.
    ADDRESS_COUNTRY_CODE: null,
    COMMENTS: comments,
    // The documented contact was stored without its photo, and its numbers and addresses were made unusable.
    PHOTO: {
      id: expect.any(Number),
      showUrl: expect.stringMatching(/^\/rest\/.*[?&]show=Y/),
      downloadUrl: expect.stringMatching(/^\/rest\/download\.json\?auth=/),
    },
    PHONE: [
      { ID: ids[0], VALUE_TYPE: 'WORK', VALUE: '+1333333555', TYPE_ID: 'PHONE' },
      { ID: ids[1], VALUE_TYPE: 'HOME', VALUE: '+15599888666', TYPE_ID: 'PHONE' },
    ],
    EMAIL: [
      { ID: ids[2], VALUE_TYPE: 'MAILING', VALUE: 'john.smith@example.mailing', TYPE_ID: 'EMAIL' },
      { ID: ids[3], VALUE_TYPE: 'WORK', VALUE: 'john.smith@example.work', TYPE_ID: 'EMAIL' },
    ],
    DATE_CREATE: at,
    DATE_MODIFY: at,
    LAST_ACTIVITY_TIME: at,
  })
  const photo = await portal.app.inject({ method: 'GET', url: row.PHOTO.downloadUrl })
  expect(photo.rawPayload.toString('base64')).toBe(greenPixel)
  const companies = await portal.call('crm.item.get', { entityTypeId: 3, id })
  expect(companies.body.result.item).toMatchObject({ companyId: 12, companyIds: [12, 13, 15], parentId1224: 12 })
}

describe('the documented crm.contact.add', () => {
  it.each(ways)('answers the cURL line by %s, with FIELDS in upper case and a bare photo', async (way) => {
    const { answer } = await documentedCommand(portal, 'crm.contact.add', way)
    expectDocumentedAnswer(answer)
    await expectSmith(answer.body.result, 'A comment')
  })

  it.each(ways)('answers the JavaScript sample by %s alike', async (way) => {
    const answer = await asJavaScript(portal, 'crm.contact.add', contact, way)
    expectDocumentedAnswer(answer)
    await expectSmith(answer.body.result, contact.fields.COMMENTS)
  })

  it.each(ways)('answers the PHP sample by %s alike', async (way) => {
    const answer = await asPhp(portal, 'crm.contact.add', contact, way)
    expectDocumentedAnswer(answer)
    await expectSmith(answer.body.result, contact.fields.COMMENTS)
  })

  it('refuses fields that are no map in the documented words, and changes nothing', async () => {
    const before = await portal.census()
    const { status, body } = await portal.call('crm.contact.add', { FIELDS: 'John Smith' })
    expect({ status, body }).toEqual({
      status: 400,
      body: { error: '', error_description: "Parameter 'fields' must be array." },
    })
    expect(await portal.census()).toEqual(before)
  })
})
