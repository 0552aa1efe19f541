import { describe, expect, it } from 'vitest'
import { asJavaScript, asPhp, documentedCommand, ways } from '../../support/documented-clients.ts'
import { documentedPortal } from '../../support/documented-portal.ts'
import type { Answer } from '../../support/portal.ts'
import { timeDifferences } from '../../support/shape.ts'
import { greenPixel } from './documented.ts'
import { phpSmartProcess, smartProcess } from './samples.ts'
import { smartProcessFields } from './smart-process-fields.ts'

const portal = await documentedPortal({ at: '2024-07-24T11:05:00+02:00' })

interface Sent {
  readonly ufCrm44_1721812760630: string
  readonly ufCrm44_1721812853419: string
}

/** The page shows no answer to this request: these are its values as the fields' kinds are documented to answer them. */
async function expectItem(answer: Answer, sent: Sent): Promise<void> {
  expect(answer.body.error_description).toBeUndefined()
  expect(answer.status).toBe(200)
  expect(Object.keys(answer.body)).toEqual(['result', 'time'])
  expect(timeDifferences(answer.body.time)).toEqual([])
  expect(Object.keys(answer.body.result)).toEqual(['item'])
  const { item } = answer.body.result
  const file = item.ufCrm44_1721812898903
  expect(item).toMatchObject({
    id: expect.any(Number),
    createdBy: 1,
    updatedBy: 1,
    assignedById: 1,
    createdTime: '2024-07-24T11:05:00+02:00',
    updatedTime: '2024-07-24T11:05:00+02:00',
    opened: 'Y',
    ufCrm44_1721812760630: sent.ufCrm44_1721812760630,
    ufCrm44_1721812814433: 81,
    ufCrm44_1721812853419: `${sent.ufCrm44_1721812853419}T02:00:00+02:00`,
    ufCrm44_1721812885588: ['example.com', 'second-example.com'],
    ufCrm44_1721812915476: '300|USD',
    ufCrm44_1721812935209: 'Y',
    ufCrm44_1721812948498: 9999.9,
    entityTypeId: 1302,
  })
  expect(item.title).toMatch(new RegExp(` #${item.id}$`))
  expect(file).toEqual({ id: expect.any(Number), url: expect.any(String), urlMachine: expect.any(String) })
  expect(file.urlMachine).not.toContain(portal.code)
  const { pathname, search } = new URL(file.urlMachine)
  const machine = await portal.app.inject({ method: 'GET', url: pathname + search })
  expect(machine.statusCode).toBe(200)
  expect(machine.rawPayload).toEqual(Buffer.from(greenPixel, 'base64'))
  expect(machine.headers['content-disposition']).toContain('green_pixel.png')
  const read = await portal.call('crm.item.get', { entityTypeId: 1302, id: item.id })
  expect(read.body.result.item).toMatchObject({
    ...item,
    // Links are signed anew for every answer.
    ufCrm44_1721812898903: { id: file.id },
  })
}

describe('the documented smart process of crm.item.add', () => {
  it.each(ways)('answers the cURL line by %s with its eight fields and the picture', async (way) => {
    const { answer, sent } = await documentedCommand(portal, 'crm.item.add.smart-process', way)
    await expectItem(answer, sent.fields as Sent)
  })

  it.each(ways)('answers the JavaScript sample by %s alike', async (way) => {
    await expectItem(await asJavaScript(portal, 'crm.item.add', smartProcess, way), smartProcess.fields)
  })

  it.each(ways)('answers the PHP sample by %s alike', async (way) => {
    await expectItem(await asPhp(portal, 'crm.item.add', phpSmartProcess, way), phpSmartProcess.fields)
  })

  it('answers the names of its fields in capitals when asked', async () => {
    const { body } = await portal.call('crm.item.add', {
      entityTypeId: 1302,
      useOriginalUfNames: 'Y',
      fields: { UF_CRM_44_1721812814433: 82 },
    })
    expect(body.result.item).toMatchObject({ UF_CRM_44_1721812814433: 82 })
    expect(body.result.item).not.toHaveProperty('ufCrm44_1721812814433')
  })

  it('describes its eight fields as the page does', async () => {
    const { body } = await portal.call('crm.item.fields', { entityTypeId: 1302 })
    const own = Object.fromEntries(Object.entries(body.result.fields).filter(([name]) => name.startsWith('ufCrm44_')))
    const checkbox = smartProcessFields.ufCrm44_1721812935209
    // This portal has a few languages more than the documentation's.
    const LABEL_CHECKBOX = expect.objectContaining(checkbox.settings.LABEL_CHECKBOX) as object
    expect(own).toEqual({
      ...smartProcessFields,
      ufCrm44_1721812935209: { ...checkbox, settings: { ...checkbox.settings, LABEL_CHECKBOX } },
    })
  })
})
