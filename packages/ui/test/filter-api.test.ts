import { beforeAll, describe, expect, it } from 'vitest'
import { testPortal, type TestPortal } from '../../server/test/support/portal.ts'
import { areAlike, type Condition, type Op, read, written } from '../src/filters/condition.ts'
import { wayOf } from '../src/filters/field-ops.ts'
import { addDays, dayIn, daysOf } from '../src/filters/period.ts'
import { toFilter } from '../src/filters/to-filter.ts'
import type { Field } from '../src/model/fields.ts'
import type { RecordType } from '../src/model/record-types.ts'
import type { Status } from '../src/model/statuses.ts'
import { usableFields } from '../src/model/usable-fields.ts'

const NOW = Date.parse('2026-11-21T10:00:00Z')

describe('what a filter asks of the portal', () => {
  let portal: TestPortal
  let types: readonly RecordType[]
  let statuses: readonly Status[]

  beforeAll(async () => {
    portal = await testPortal()
    portal.clock.at = NOW / 1000
    types = (await portal.call('portico.entity.list')).body.result.entities
    statuses = (await portal.call('crm.status.list')).body.result
  })

  const typeOf = (name: string): RecordType => types.find((type) => type.name === name) as RecordType
  const filterFor = (type: RecordType, conditions: readonly Condition[], search = '', me = 1) =>
    toFilter(conditions, search, { type, statuses, me, zone: 'UTC', now: NOW })
  async function found(name: string, conditions: readonly Condition[], search = ''): Promise<string[]> {
    const type = typeOf(name)
    const { body } = await portal.call('crm.item.list', {
      entityTypeId: type.entityTypeId,
      filter: filterFor(type, conditions, search),
      order: { id: 'ASC' },
    })
    expect(body.error_description).toBeUndefined()
    return body.result.items.map((item: { title?: string; name?: string }) => item.title ?? item.name)
  }
  async function fieldsOf(type: RecordType): Promise<readonly Field[]> {
    const { body } = await portal.call('crm.item.fields', { entityTypeId: type.entityTypeId })
    const fields = Object.entries<Omit<Field, 'name'>>(body.result.fields).map(([name, field]) => ({ name, ...field }))
    return usableFields(fields, type)
  }

  /** Values that every operator takes for a field of any kind. */
  const samples: Readonly<Record<Op, (field: Field) => readonly string[]>> = {
    any: (field) =>
      /user|employee/.test(field.type) ? ['me', '1'] : field.type === 'crm_currency' ? ['USD', 'EUR'] : ['1', '2'],
    none: ({ type }) => [type === 'crm_currency' ? 'USD' : '1'],
    contains: () => ['a'],
    equals: () => ['1'],
    range: ({ type }) => (/date/.test(type) ? ['2026-01-01', '2026-12-31'] : ['1', '2.5']),
    period: () => ['this-quarter'],
    last: () => ['30'],
    next: () => ['7'],
    before: () => ['14'],
    empty: () => [],
    filled: () => [],
    yes: () => [],
    no: () => [],
  }

  it('is understood for every field of every type and every way to ask', async () => {
    const refused: string[] = []
    for (const type of types)
      for (const field of await fieldsOf(type))
        for (const op of wayOf(field).ops) {
          const value = samples[op](field).map((each) => (field.type === 'integer' ? each.replace('.5', '') : each))
          const { body } = await portal.call('crm.item.list', {
            entityTypeId: type.entityTypeId,
            filter: filterFor(type, [{ field: field.name, op, value }]),
            select: ['id'],
          })
          if (body.error !== undefined) refused.push(`${type.name} ${field.name} ${op}: ${body.error_description}`)
        }
    expect(refused).toEqual([])
  })

  it('finds by fields of every kind, the portal’s own included', async () => {
    const own = async (USER_TYPE_ID: string, name: string, more: object = {}): Promise<string> => {
      const { body } = await portal.call('crm.deal.userfield.add', {
        fields: { FIELD_NAME: name, USER_TYPE_ID, EDIT_FORM_LABEL: name, ...more },
      })
      expect(body.error_description).toBeUndefined()
      return `ufCrm${name[0]?.toUpperCase()}${name.slice(1).toLowerCase()}`
    }
    await own('string', 'TEXT')
    await own('double', 'SIZE')
    await own('date', 'DUE', { MULTIPLE: 'Y' })
    await own('boolean', 'URGENT')
    await own('enumeration', 'COLOUR', { LIST: [{ VALUE: 'Red' }, { VALUE: 'Blue' }] })
    await own('employee', 'EXPERT')
    await own('crm', 'RELATED', { SETTINGS: { LEAD: 'Y', CONTACT: 'Y' } })
    const fields = await fieldsOf(typeOf('deal'))
    const named = (upper: string): string =>
      fields.find(({ upperName }) => upperName === `UF_CRM_${upper}`)?.name as string
    const blue = fields.find(({ name }) => name === named('COLOUR'))?.items?.find(({ VALUE }) => VALUE === 'Blue')
      ?.ID as string
    const contact = (
      await portal.call('crm.contact.add', { fields: { NAME: 'Ada', PHONE: [{ VALUE: '+49 30 1234567' }] } })
    ).body.result as number
    const deal = async (title: string, values: object): Promise<void> => {
      const { body } = await portal.call('crm.item.add', { entityTypeId: 2, fields: { title, ...values } })
      expect(body.error_description).toBeUndefined()
    }
    await deal('A', {
      opportunity: 100,
      closedate: '2026-11-21',
      contactIds: [contact],
      [named('TEXT')]: 'one, two: 100%',
      [named('SIZE')]: 2.5,
      [named('DUE')]: ['2026-11-01', '2026-12-24'],
      [named('URGENT')]: 'Y',
      [named('COLOUR')]: blue,
      [named('EXPERT')]: 1,
      [named('RELATED')]: `C_${contact}`,
    })
    await deal('B', { opportunity: 250.5, closedate: '2026-11-20', [named('URGENT')]: 'N', assignedById: 1 })
    await deal('C', { opportunity: 1000, closedate: '2026-10-31', stageId: 'WON' })

    const one = (field: string, op: Op, ...value: string[]): Condition => ({ field, op, value })
    const cases: readonly [Condition, string[]][] = [
      [one('opportunity', 'range', '100', '250.5'), ['A', 'B']],
      [one('opportunity', 'range', '', '99.99'), []],
      [one('opportunity', 'equals', '1000'), ['C']],
      [one('closedate', 'period', 'today'), ['A']],
      [one('closedate', 'period', 'yesterday'), ['B']],
      [one('closedate', 'period', 'last-month'), ['C']],
      [one('closedate', 'last', '2'), ['A', 'B']],
      [one('closedate', 'before', '14'), ['C']],
      [one('closedate', 'range', '2026-10-31', '2026-11-20'), ['B', 'C']],
      [one('createdTime', 'period', 'today'), ['A', 'B', 'C']],
      [one('createdTime', 'period', 'yesterday'), []],
      [one('contactIds', 'any', String(contact)), ['A']],
      [one('contactIds', 'none', String(contact)), ['B', 'C']],
      [one('contactIds', 'empty'), ['B', 'C']],
      [one('stageSemanticId', 'any', 'P'), ['A', 'B']],
      [one('stageSemanticId', 'any', 'S', 'F'), ['C']],
      [one('stageId', 'none', 'WON'), ['A', 'B']],
      [one('assignedById', 'any', 'me'), ['A', 'B', 'C']],
      [one(named('TEXT'), 'contains', 'TWO: 100%'), ['A']],
      [one(named('TEXT'), 'empty'), ['B', 'C']],
      [one(named('SIZE'), 'range', '2.4', '2.6'), ['A']],
      [one(named('DUE'), 'period', 'this-month'), ['A']],
      [one(named('DUE'), 'filled'), ['A']],
      [one(named('URGENT'), 'yes'), ['A']],
      [one(named('URGENT'), 'no'), ['B', 'C']],
      [one(named('COLOUR'), 'any', blue), ['A']],
      [one(named('COLOUR'), 'none', blue), ['B', 'C']],
      [one(named('EXPERT'), 'any', 'me'), ['A']],
      [one(named('RELATED'), 'any', `C_${contact}`), ['A']],
    ]
    for (const [condition, titles] of cases)
      expect([condition, await found('deal', [condition])]).toEqual([condition, titles])
    expect(await found('deal', [one('opportunity', 'range', '200', ''), one('stageSemanticId', 'any', 'P')])).toEqual([
      'B',
    ])
  })

  it('asks several dates of a record for one that lies within, not for one on each side', async () => {
    const fields = await fieldsOf(typeOf('deal'))
    const due = fields.find(({ upperName }) => upperName === 'UF_CRM_DUE')?.name as string
    expect(await found('deal', [{ field: due, op: 'range', value: ['2026-11-10', '2026-11-30'] }])).toEqual([])
  })

  it('looks for every word, for phones however they are written, and for numbers of records', async () => {
    const { body } = await portal.call('crm.lead.add', {
      fields: {
        TITLE: 'Forty forklifts',
        NAME: 'Ines',
        LAST_NAME: 'Duarte',
        PHONE: [{ VALUE: '+49 (170) 555-0142' }],
        EMAIL: [{ VALUE: 'ines@example.com' }],
      },
    })
    await portal.call('crm.lead.add', { fields: { TITLE: 'Forty chairs' } })
    for (const text of ['forklifts', 'duarte forty', 'ines@example', '+49 (170) 555-0142', '0142', `#${body.result}`])
      expect([text, await found('lead', [], text)]).toEqual([text, ['Forty forklifts']])
    expect(await found('lead', [], 'forty')).toHaveLength(2)
    expect(await found('lead', [], 'forty tables')).toEqual([])
    expect(await found('contact', [], 'ada')).toEqual(['Ada'])
  })

  it('asks smart processes for their stages where it asks others for what those mean', async () => {
    const type = (await portal.call('crm.type.add', { fields: { title: 'Repair', isStagesEnabled: 'Y' } })).body.result
      .type
    types = (await portal.call('portico.entity.list')).body.result.entities
    statuses = (await portal.call('crm.status.list')).body.result
    const { entityTypeId } = type
    const name = types.find((each) => each.entityTypeId === entityTypeId)?.name as string
    const won = statuses.find(
      ({ ENTITY_ID, SEMANTICS }) => ENTITY_ID.startsWith(`DYNAMIC_${entityTypeId}_`) && SEMANTICS === 'S',
    )?.STATUS_ID
    await portal.call('crm.item.add', { entityTypeId, fields: { title: 'Open' } })
    await portal.call('crm.item.add', { entityTypeId, fields: { title: 'Done', stageId: won } })
    expect(await found(name, [{ field: 'stageSemanticId', op: 'any', value: ['P'] }])).toEqual(['Open'])
    expect(await found(name, [{ field: 'stageSemanticId', op: 'any', value: ['S', 'F'] }])).toEqual(['Done'])
    expect(await found(name, [], 'open')).toEqual(['Open'])
  })
})

describe('a condition in an address', () => {
  const conditions: readonly Condition[] = [
    { field: 'stageId', op: 'any', value: ['DT31_1:N', 'C9:NEW'] },
    { field: 'title', op: 'contains', value: ['a, b: 50% & c'] },
    { field: 'ufCrm', op: 'any', value: ['50%,', '%2C'] },
    { field: 'opportunity', op: 'range', value: ['1000', ''] },
    { field: 'closedate', op: 'range', value: ['', '2026-12-31'] },
    { field: 'createdTime', op: 'period', value: ['this-month'] },
    { field: 'comments', op: 'empty', value: [] },
    { field: 'opened', op: 'no', value: [] },
  ]
  it.each(conditions)('$field $op comes back as it was', (condition) => {
    expect(read(condition.field, written(condition))).toEqual(condition)
  })
  it('is none where it says nothing', () => {
    for (const text of [
      '',
      'any',
      'any:',
      'range:..',
      'last:x',
      'last:0',
      'no-such-thing:1',
      'toString',
      '__proto__:1',
    ])
      expect([text, read('title', text)?.value.join('') || undefined]).toEqual([text, undefined])
  })
  it('is the same however its values and its neighbours are ordered', () => {
    const [first, second] = conditions as [Condition, Condition]
    expect(areAlike([first, second], [second, { ...first, value: first.value.toReversed() }])).toBe(true)
    expect(areAlike([first], [first, second])).toBe(false)
  })
})

describe('periods', () => {
  it.each([
    ['today', '2026-11-21', '2026-11-21'],
    ['this-week', '2026-11-16', '2026-11-22'],
    ['last-week', '2026-11-09', '2026-11-15'],
    ['this-month', '2026-11-01', '2026-11-30'],
    ['next-month', '2026-12-01', '2026-12-31'],
    ['this-quarter', '2026-10-01', '2026-12-31'],
    ['last-quarter', '2026-07-01', '2026-09-30'],
    ['last-year', '2025-01-01', '2025-12-31'],
  ])('%s is from %s to %s', (name, from, to) => {
    expect(daysOf(name, '2026-11-21')).toEqual([from, to])
  })
  it('know the ends of years and leap days', () => {
    expect(daysOf('last-month', '2028-03-31')).toEqual(['2028-02-01', '2028-02-29'])
    expect(daysOf('next-week', '2026-12-31')).toEqual(['2027-01-04', '2027-01-10'])
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28')
  })
  it('take the day of the portal, wherever one looks from', () => {
    expect(dayIn('Asia/Tokyo', Date.parse('2026-11-21T16:00:00Z'))).toBe('2026-11-22')
    expect(dayIn('America/New_York', Date.parse('2026-11-21T03:00:00Z'))).toBe('2026-11-20')
  })
})
