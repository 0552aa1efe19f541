import { describe, expect, it } from 'vitest'
import { expectDiscreet, expectError, unchanged } from '../../support/bad-input.ts'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()
const changed = unchanged(portal)

const hostile = [
  "'",
  '"',
  "' or '1'='1",
  "'; drop table crm_lead; --",
  'id); delete from crm_lead; --',
  '1 union select code_hash from webhook',
  'ID" desc; --',
  '`id`',
  '[id]',
  '(select 1)',
  '$1',
  '?',
  ':a',
  '%',
  '\\',
  '--',
  '/*',
  't.id',
  'crm_lead.id',
  'code_hash',
  'rowid',
]

describe('SQL', () => {
  it.each(hostile)('in a key, a value or a name is only text: %s', async (text) => {
    const requests: [string, object][] = [
      ...['', '>', '%', '=%', '!@', '><'].map((prefix): [string, object] => [
        'crm.lead.list',
        { filter: { [`${prefix}${text}`]: 1 } },
      ]),
      ...[
        'TITLE',
        '%TITLE',
        '=%TITLE',
        '!%TITLE',
        '@TITLE',
        '!@TITLE',
        '><TITLE',
        '?TITLE',
        '>ID',
        'PHONE',
        'DATE_CREATE',
      ].map((key): [string, object] => [
        'crm.lead.list',
        { filter: { [key]: key === '><TITLE' ? [text, text] : text } },
      ]),
      ['crm.lead.list', { order: { [text]: 'ASC' } }],
      ['crm.lead.list', { order: { ID: text } }],
      ['crm.lead.list', { select: [text] }],
      ['crm.lead.list', { start: text }],
      ['crm.item.list', { filter: { title: text } }],
      ['crm.item.list', { filter: { '%title': text } }],
      ['crm.item.list', { filter: { '=%title': text } }],
      ['crm.item.list', { select: [text] }],
      ['user.get', { filter: { [text]: text, NAME_SEARCH: text }, sort: text, order: text }],
      ['user.get', { [text]: text }],
    ]
    for (const [method, parameters] of requests) {
      const answer = await portal.call(method, { entityTypeId: 1, ...parameters })
      expect(answer.status).toBe(200)
      expectDiscreet(answer)
    }
    for (const parameters of [{ filter: { [text]: 1 } }, { order: { [text]: 'ASC' } }, { order: { id: text } }])
      expectError(await portal.call('crm.item.list', { entityTypeId: 1, ...parameters }), 400, 'INVALID_ARG_VALUE')
  })

  it.each(hostile)('in a value finds the record that has it, and only that: %s', async (text) => {
    const create = async (fields: object): Promise<number> =>
      (await portal.call('crm.lead.add', { fields })).body.result
    const id = await create({ TITLE: text, NAME: text })
    const unlike = await create({ TITLE: 'other' })
    expect((await portal.call('crm.lead.get', { id })).body.result).toMatchObject({ TITLE: text, NAME: text })
    for (const filter of [{ TITLE: text }, { '%TITLE': text }, { '@NAME': [text] }]) {
      const { body } = await portal.call('crm.lead.list', { filter: { ...filter, '@ID': [id, unlike] } })
      expect(body.result.map((row: { ID: string }) => row.ID)).toEqual([String(id)])
    }
    await changed()
  })
})

describe('filters that are too much', () => {
  const many = (count: number): number[] => Array.from({ length: count }, (_, n) => n)
  it.each([
    ['19,000 ids', { '@ID': many(19_000) }],
    ['19,000 ids to leave out', { '!@ID': many(19_000) }],
    ['19,000 texts', { TITLE: many(19_000).map(String) }],
    ['5,000 substrings', { '%TITLE': many(5000).map((n) => `x${n}`) }],
    ['2,000 patterns', { '!=%TITLE': many(2000).map((n) => `я${n}%`) }],
    ['a substring of 100,000 letters', { '%TITLE': 'a'.repeat(100_000) }],
    ['a substring of 100,000 letters that are not ASCII', { '%TITLE': 'я'.repeat(100_000) }],
    ['a pattern of 3,900 letters that are not ASCII', { '=%TITLE': 'ǆ'.repeat(3900) }],
    ['a pattern of wildcards', { '=%TITLE': '%a'.repeat(1900) }],
    ['a text of 100,000 letters', { TITLE: 'a'.repeat(100_000) }],
    ['900 conditions', Object.fromEntries(many(900).map((n) => [n, { '!id': n }]))],
    ['1,000 alternatives', { 0: { logic: 'OR', ...Object.fromEntries(many(1000).map((n) => [n, { id: n }])) } }],
    ['2,000 alternatives', { 0: { logic: 'OR', ...Object.fromEntries(many(2000).map((n) => [n, { id: n }])) } }],
    ['groups 25 deep', many(25).reduce<object>((inner) => ({ 0: inner, logic: 'OR', '!id': 1 }), { id: 1 })],
  ])('%s', async (_name, filter) => {
    for (const method of ['crm.lead.list', 'crm.item.list']) {
      const answer = await portal.call(method, { entityTypeId: 1, filter })
      expect([200, 400]).toContain(answer.status)
      expectDiscreet(answer)
    }
  })
})
