import { describe, expect, it } from 'vitest'
import { sql } from '../../../src/store/sql.ts'
import { testPortal } from '../../support/portal.ts'

const NOW = Date.UTC(2026, 6, 11, 22, 30) / 1000
const portal = await testPortal({ timezone: 'Europe/Berlin', at: NOW })

let made = 0
/** A field of leads with a name of its own. */
async function field(USER_TYPE_ID: string, SETTINGS: unknown, more: object = {}): Promise<string> {
  const FIELD_NAME = `CHECK_${++made}`
  const { body } = await portal.call('crm.lead.userfield.add', {
    fields: { FIELD_NAME, USER_TYPE_ID, SETTINGS, ...more },
  })
  expect(body).toMatchObject({ result: expect.any(Number) })
  return `UF_CRM_${FIELD_NAME}`
}
const lead = async (fields: object = {}) => portal.call('crm.lead.add', { fields: { TITLE: 'x', ...fields } })
const shown = async (name: string, fields: object = {}): Promise<unknown> => {
  const { body } = await lead(fields)
  return (await portal.call('crm.lead.get', { id: body.result })).body.result[name]
}

describe('a new record', () => {
  const cases: readonly [type: string, settings: unknown, multiple: 'Y' | 'N', expected: unknown][] = [
    ['string', { DEFAULT_VALUE: 'preset' }, 'N', 'preset'],
    ['string', { DEFAULT_VALUE: 'preset' }, 'Y', ['preset']],
    ['string', {}, 'N', null],
    ['string', {}, 'Y', []],
    ['integer', { DEFAULT_VALUE: '0' }, 'N', '0'],
    ['integer', {}, 'N', null],
    ['double', { DEFAULT_VALUE: 1.2345, PRECISION: 3 }, 'N', '1.235'],
    ['boolean', { DEFAULT_VALUE: 7 }, 'N', '1'],
    ['boolean', {}, 'N', '0'],
    ['url', { DEFAULT_VALUE: 'https://x.example' }, 'N', 'https://x.example'],
    ['money', { DEFAULT_VALUE: '10.50|EUR' }, 'N', '10.5|EUR'],
    ['date', { DEFAULT_VALUE: { TYPE: 'NOW' } }, 'N', '2026-07-12T02:00:00+02:00'],
    ['date', { DEFAULT_VALUE: { TYPE: 'FIXED', VALUE: '2026-01-31' } }, 'N', '2026-01-31T01:00:00+01:00'],
    ['date', { DEFAULT_VALUE: { TYPE: 'NONE', VALUE: '2026-01-31' } }, 'N', ''],
    ['datetime', { DEFAULT_VALUE: { TYPE: 'NOW' } }, 'N', '2026-07-12T00:30:00+02:00'],
    ['datetime', { DEFAULT_VALUE: { TYPE: 'NOW' } }, 'Y', ['2026-07-12T00:30:00+02:00']],
    ['datetime', { DEFAULT_VALUE: { TYPE: 'FIXED', VALUE: '31.01.2026 08:15:00' } }, 'N', '2026-01-31T08:15:00+01:00'],
    ['iblock_element', { DEFAULT_VALUE: '12' }, 'N', '12'],
  ]
  it.each(cases)('has the default of %s %j, multiple %s', async (type, settings, MULTIPLE, expected) => {
    const name = await field(type, settings, { MULTIPLE })
    expect(await shown(name)).toEqual(expected)
  })

  it('keeps what the request says, even nothing', async () => {
    const name = await field('string', { DEFAULT_VALUE: 'preset' })
    expect(await shown(name, { [name]: 'own' })).toBe('own')
    expect(await shown(name, { [name]: '' })).toBe('')
  })

  it('has the default option of a list', async () => {
    const name = await field('enumeration', {}, { LIST: [{ VALUE: 'a' }, { VALUE: 'b', DEF: 'Y' }] })
    const options = (await portal.call('crm.lead.fields')).body.result[name].items
    expect(await shown(name)).toBe(options[1].ID)
  })
})

describe('a mandatory field', () => {
  it('must be filled in new records and may not be emptied', async () => {
    const name = await field('string', {}, { MANDATORY: 'Y', LABEL: 'Passport', MULTIPLE: 'Y' })
    const before = await portal.census()
    expect((await lead()).body).toMatchObject({ error: '', error_description: 'The field "Passport" is required.' })
    expect((await lead({ [name]: [] })).status).toBe(400)
    expect((await lead({ [name]: [''] })).status).toBe(400)
    expect(await portal.census()).toEqual(before)
    const { body } = await lead({ [name]: ['x'] })
    expect((await portal.call('crm.lead.update', { id: body.result, fields: { [name]: [] } })).status).toBe(400)
    expect((await portal.call('crm.lead.update', { id: body.result, fields: { TITLE: 'y' } })).status).toBe(200)
    const { id } = (await portal.call('crm.lead.userfield.list', { filter: { FIELD_NAME: name } })).body.result.map(
      (row: { ID: string }) => ({ id: row.ID }),
    )[0]
    await portal.call('crm.lead.userfield.update', { id, fields: { MANDATORY: 'N' } })
    expect((await lead()).status).toBe(200)
  })
})

describe('settings', () => {
  const cases: readonly [type: string, settings: unknown, good: unknown, bad: unknown][] = [
    ['string', { MIN_LENGTH: 2 }, 'ab', 'a'],
    ['string', { MAX_LENGTH: 2 }, '😀😀', 'abc'],
    ['string', { REGEXP: '/^[A-Z]{2}-\\d+$/' }, 'AB-12', 'ab-12'],
    ['url', { MAX_LENGTH: 10 }, 'a.example', 'https://a.example'],
    ['integer', { MIN_VALUE: 10, MAX_VALUE: 20 }, 15, 9],
    ['integer', { MIN_VALUE: 10, MAX_VALUE: 20 }, '20', '21'],
    ['integer', {}, 5, '1.5'],
    ['double', { MIN_VALUE: 0.5, MAX_VALUE: 1.5 }, '1.25', 1.51],
    ['double', {}, '1e3', '1,5'],
    ['money', {}, '5|USD', '5|XXX'],
    ['money', {}, '5|USD', 'five|USD'],
    ['date', {}, '2024-02-29', '2026-02-29'],
    ['datetime', {}, '2026-01-01T00:00:00+01:00', 'tomorrow'],
    ['boolean', {}, 'Y', 'maybe'],
    ['crm_status', { ENTITY_TYPE: 'SOURCE' }, 'CALL', 'NOWHERE'],
    ['employee', {}, 1, 999],
    ['employee', {}, 1, 'me'],
    ['iblock_section', {}, 1, -1],
    ['crm', { DEAL: 'Y', CONTACT: 'Y' }, '', 'L_1'],
    ['crm', { LEAD: 'Y' }, '', 'C_1'],
    ['crm', {}, '', 'nobody'],
    ['file', { EXTENSIONS: ['.PNG', 'jpg'] }, { fileData: ['a.Jpg', 'eA=='] }, { fileData: ['a.exe', 'eA=='] }],
    ['file', { EXTENSIONS: 'png' }, { fileData: ['a.png', 'eA=='] }, { fileData: ['png', 'eA=='] }],
    ['file', { MAX_ALLOWED_SIZE: 3 }, { fileData: ['a', 'YWJj'] }, { fileData: ['a', 'YWJjZA=='] }],
    ['file', {}, { fileData: ['a', 'YWJj'] }, { fileData: ['a', '§§§'] }],
  ]
  it.each(cases)('of %s %j allow %j and refuse %j', async (type, settings, good, bad) => {
    const single = await field(type, settings)
    expect((await lead({ [single]: good })).body).toMatchObject({ result: expect.any(Number) })
    const before = await portal.census()
    for (const [method, parameters, error] of [
      ['crm.lead.add', { fields: { [single]: bad } }, ''],
      ['crm.item.add', { entityTypeId: 1, fields: { [single]: bad } }, 'CRM_FIELD_ERROR_VALUE_NOT_VALID'],
    ] as const) {
      const answer = await portal.call(method, parameters)
      expect({ method, status: answer.status, error: answer.body.error }).toEqual({ method, status: 400, error })
    }
    if (type !== 'boolean') {
      const multiple = await field(type, settings, { MULTIPLE: 'Y' })
      const now = await portal.census()
      expect((await lead({ [multiple]: [good, bad] })).status).toBe(400)
      expect(await portal.census()).toEqual(now)
      before.user_field = now.user_field ?? 0
      before.outbox = now.outbox ?? 0
      before.audit_log = now.audit_log ?? 0
    }
    expect(await portal.census()).toEqual(before)
  })

  it('with patterns that other engines never finish are checked like the others', async () => {
    const name = await field('string', { REGEXP: '/^(\\w|\\d)*(\\w+\\s?)*$/' })
    expect((await lead({ [name]: 'word word' })).status).toBe(200)
    expect((await lead({ [name]: `${'a'.repeat(9000)}!` })).status).toBe(400)
    expect((await lead({ [name]: 'a'.repeat(10_001) })).body.error_description).toContain('longer than 10000')
  })

  it('are stored as they are meant: out of range is the preset, unknown keys are dropped', async () => {
    const name = await field('enumeration', { DISPLAY: 'unknown', LIST_HEIGHT: 0, OTHER: 1 })
    const { settings } = (await portal.call('crm.lead.fields')).body.result[name]
    expect(settings).toEqual({ DISPLAY: 'LIST', LIST_HEIGHT: 1, CAPTION_NO_VALUE: '', SHOW_NO_VALUE: 'Y' })
  })

  it('of a yes/no field take its labels, and it is never multiple', async () => {
    const name = await field('boolean', { DISPLAY: 'radio' }, { MULTIPLE: 'Y', EDIT_FORM_LABEL: { en: 'Agreed' } })
    const { settings, isMultiple } = (await portal.call('crm.lead.fields')).body.result[name]
    expect(isMultiple).toBe(false)
    expect(settings).toMatchObject({
      DEFAULT_VALUE: 0,
      DISPLAY: 'RADIO',
      LABEL: ['', ''],
      LABEL_CHECKBOX: { en: 'Agreed' },
    })
  })

  it('of a link to records are leads unless something else is said', async () => {
    const settingsOf = async (settings: unknown): Promise<unknown> =>
      (await portal.call('crm.lead.fields')).body.result[await field('crm', settings)]?.settings
    await settingsOf({})
    const all = (await portal.call('crm.lead.userfield.list', { filter: { USER_TYPE_ID: 'crm' } })).body.result
    expect(all.at(-1).SETTINGS).toEqual({ LEAD: 'Y', CONTACT: 'N', COMPANY: 'N', DEAL: 'N' })
    await field('crm', { DEAL: 'Y', DYNAMIC_128: true, SMART_INVOICE: 'Y', NONSENSE: 'Y' })
    const more = (await portal.call('crm.lead.userfield.list', { filter: { USER_TYPE_ID: 'crm' } })).body.result
    expect(more.at(-1).SETTINGS).toEqual({
      LEAD: 'N',
      CONTACT: 'N',
      COMPANY: 'N',
      DEAL: 'Y',
      DYNAMIC_128: 'Y',
      SMART_INVOICE: 'Y',
    })
  })
})

describe('links of user fields', () => {
  it('name their type where several are allowed', async () => {
    const { body: target } = await lead({ TITLE: 'target' })
    const name = await field('crm', { LEAD: 'Y', DEAL: 'Y' }, { MULTIPLE: 'Y' })
    expect(await shown(name, { [name]: [target.result, `l_${target.result}`] })).toEqual([
      `L_${target.result}`,
      `L_${target.result}`,
    ])
  })

  it('to nothing are left out by UPPER_CASE methods and refused by the others', async () => {
    const name = await field('crm', { LEAD: 'Y' })
    expect(await shown(name, { [name]: 999999 })).toBeNull()
    expect((await portal.call('crm.item.add', { entityTypeId: 1, fields: { [name]: 999999 } })).body.error).toBe(
      'CRM_FIELD_ERROR_VALUE_NOT_VALID',
    )
  })

  it('to people take nobody new who has left, and keep those who were there', async () => {
    const name = await field('employee', {}, { MULTIPLE: 'Y' })
    const colleague = await portal.person()
    const { body } = await lead({ [name]: [colleague.id] })
    await portal.portal.caches.changing(portal.portal.store.session(), ['people'], (tx) =>
      tx.change(sql`update portal_user set active = 'N' where id = ${colleague.id}`),
    )
    expect((await lead({ [name]: [colleague.id] })).status).toBe(400)
    const kept = await portal.call('crm.lead.update', { id: body.result, fields: { [name]: [1, colleague.id] } })
    expect(kept.body.result).toBe(true)
    expect((await portal.call('crm.lead.get', { id: body.result })).body.result[name]).toEqual([
      '1',
      String(colleague.id),
    ])
  })
})
