import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { knownFields } from '../../src/cli/recording/known-fields.ts'
import { maskAnswer, maskAsked, maskMethod, maskValue } from '../../src/cli/recording/masking.ts'
import { placeholderIn, Pseudonyms } from '../../src/cli/recording/placeholders.ts'

const masking = () => ({ declared: knownFields(), pseudonyms: new Pseudonyms() })
const mask = (value: unknown, with_ = masking()): any => maskValue(value, with_) // eslint-disable-line typescript/no-explicit-any

describe('what is told', () => {
  it('are ids, codes, flags, dates, amounts and names of fields', () => {
    const told = {
      id: 15,
      ID: '15',
      entityTypeId: 1036,
      STAGE_ID: 'C3:NEW',
      CURRENCY_ID: 'EUR',
      OPPORTUNITY: '1234.50',
      opportunity: 1234.5,
      OPENED: 'Y',
      isManualOpportunity: 'N',
      DATE_CREATE: '2026-01-31T10:20:30+03:00',
      CLOSEDATE: '2026-01-31',
      ASSIGNED_BY_ID: '7',
      contactIds: [1, 2],
      SOURCE_ID: 'UC_WEB',
      UF_CRM_MONEY: '12.50|EUR',
      UF_CRM_BOUND: ['C_12', 'T40c_3'],
      select: ['ID', 'TITLE', 'UF_*'],
      order: { DATE_CREATE: 'DESC' },
      filter: { '>=DATE_CREATE': '2026-01-31', '@STATUS_ID': ['NEW', 'IN_PROCESS'], '!OPENED': 'Y' },
      fields: { FIELD_NAME: 'UF_CRM_SCAN', USER_TYPE_ID: 'file', MULTIPLE: 'Y' },
      start: -1,
      empty: '',
      nothing: null,
      yes: true,
    }
    expect(mask(told)).toEqual(told)
  })

  it('is not what people are called, write, live in and are reached by; what stands for it has its kind', () => {
    expect(
      mask({
        NAME: 'Ada',
        TITLE: '2026',
        COMMENTS: 'call her',
        EMAIL: [{ ID: '5', VALUE: 'ada@example.com', VALUE_TYPE: 'WORK' }],
        PHONE: [{ VALUE: '030 5550100' }, { VALUE: '0305550100' }],
        fm: [{ typeId: 'PHONE', valueType: 'MOBILE', value: '0170555' }],
        WEB: [{ VALUE: 'https://example.com/ada' }],
        ADDRESS_CITY: 'Gent',
        ADDRESS_POSTAL_CODE: '9000',
        BIRTHDATE: '1984-02-29',
        IP: '203.0.113.9',
        DETAIL_URL: '/crm/lead/details/5/?x=1',
        PHOTO: { fileData: ['ada lovelace.png', 'iVBORw0KGgo='] },
        UF_CRM_NUMBER: '12345678',
        RQ_INN: '7707083893',
        RQ_VAT_ID: 'DE129273398',
        unheard: 'of',
      }),
    ).toEqual({
      NAME: 'Text 1',
      TITLE: '9000000000000001',
      COMMENTS: 'Text 2',
      EMAIL: [{ ID: '5', VALUE: 'person1@example.invalid', VALUE_TYPE: 'WORK' }],
      PHONE: [{ VALUE: '+00000000001' }, { VALUE: '+00000000002' }],
      fm: [{ typeId: 'PHONE', valueType: 'MOBILE', value: '+00000000003' }],
      WEB: [{ VALUE: 'https://url1.example.invalid/' }],
      ADDRESS_CITY: 'Text 3',
      ADDRESS_POSTAL_CODE: '9000000000000002',
      BIRTHDATE: '0001-01-02',
      IP: '240.0.0.1',
      DETAIL_URL: '/path1',
      PHOTO: { fileData: ['file1.png', Buffer.from('content 1, 9 bytes').toString('base64')] },
      UF_CRM_NUMBER: '9000000000000003',
      RQ_INN: '9000000000000004',
      RQ_VAT_ID: 'Text 4',
      unheard: 'Text 5',
    })
  })

  it('is of secrets not even that two are the same', () => {
    expect(
      mask({
        auth: { access_token: 'one', deeper: { still: 'two' } },
        PASSWORD: 'three',
        client_secret: 12345,
        sessid: 'x',
      }),
    ).toEqual({
      auth: { access_token: '***', deeper: { still: '***' } },
      PASSWORD: '***',
      client_secret: '***',
      sessid: '***',
    })
  })

  it('is the same for the same value within one recording, and no hint of it in another', () => {
    const one = masking()
    expect(mask({ NAME: 'Ada' }, one).NAME).toBe('Text 1')
    expect(mask({ NAME: 'Bea' }, one).NAME).toBe('Text 2')
    expect(mask({ LAST_NAME: 'Ada' }, one).LAST_NAME).toBe('Text 1')
    expect(mask({ NAME: 'Bea' }).NAME).toBe('Text 1')
  })

  it('are the commands of a batch like requests of their own, and what belongs to them', () => {
    const with_ = masking()
    const asked = {
      method: 'batch',
      api: 2 as const,
      xml: false,
      params: { halt: '0' },
      commands: [
        { label: 'name', method: 'crm.lead.add', params: { fields: { TITLE: 'Ada', STATUS_ID: 'NEW' } } },
        { label: 'read', method: 'crm.lead.get', params: { id: '$result[name]' } },
      ],
    }
    expect(maskAsked(asked, with_).commands).toEqual([
      { label: 'name', method: 'crm.lead.add', params: { fields: { TITLE: 'Text 1', STATUS_ID: 'NEW' } } },
      { label: 'read', method: 'crm.lead.get', params: { id: '$result[name]' } },
    ])
    const answer = {
      result: {
        result: { name: 15, read: { ID: '15', TITLE: 'Ada' } },
        result_error: { more: { error: 'NOT_FOUND', error_description: 'Ada was not found' } },
        result_total: [],
      },
    }
    expect(maskAnswer(answer, asked, with_)).toEqual({
      result: {
        result: { name: 15, read: { ID: '15', TITLE: 'Text 1' } },
        result_error: { more: { error: 'NOT_FOUND', error_description: '… was not found' } },
        result_total: [],
      },
    })
  })

  it('are conditions of REST 3.0, but for what they compare with', () => {
    expect(
      mask({
        filter: [
          ['id', '>', 5],
          ['title', '=', 'Ada'],
          ['createdTime', '>=', '2026-01-01'],
        ],
      }),
    ).toEqual({
      filter: [
        ['id', '>', 5],
        ['title', '=', 'Text 1'],
        ['createdTime', '>=', '2026-01-01'],
      ],
    })
  })

  it('are errors, but for what they quote', () => {
    expect(
      mask({
        error: 'ERROR_CORE',
        error_description: 'The field ASSIGNED_BY_ID of "Ada Lovelace" (ada@example.com) is required.',
      }),
    ).toEqual({ error: 'ERROR_CORE', error_description: 'The field ASSIGNED_BY_ID of "…" (…) is required.' })
    expect(
      mask({
        error: { code: 'X_Y', message: 'Unknown field Lovelace', validation: [{ field: 'id', message: 'Ada' }] },
      }),
    ).toEqual({
      error: { code: 'X_Y', message: 'Unknown field …', validation: [{ field: 'id', message: '…' }] },
    })
  })

  it('is no path that somebody else has asked for', () => {
    expect(maskMethod('crm.lead.add')).toBe('crm.lead.add')
    expect(maskMethod('ada@example.com')).toBe('unknown')
    expect(maskMethod('lead/4915112345678')).toBe('unknown')
  })
})

const keys = fc.constantFrom(
  ...'ID TITLE NAME fields filter VALUE PHONE EMAIL TYPE_ID STATUS_ID CODE code ENTITY_ID select order UF_CRM_X ufCrmX result items data params start total error error_description message value typeId assignedById xmlId originId opportunity DATE_CREATE comments unknown 12 settings'.split(
    ' ',
  ),
)
const mail = fc
  .tuple(fc.stringMatching(/^[a-z]{3,9}$/), fc.stringMatching(/^[a-z]{3,9}$/))
  .map(([name, host]) => `${name}@${host}.example`)
const phone = fc.oneof(
  fc.stringMatching(/^\+[1-9]\d{9,12}$/),
  fc.stringMatching(/^\+[1-9]\d \d{3} \d{7}$/),
  fc.stringMatching(/^0\d{3}-\d{7}$/),
  fc.stringMatching(/^0\d{10}$/),
)
const hidden = fc.oneof(mail, phone)
const around = fc.constantFrom(
  (text: string) => text,
  (text: string) => `call ${text} today`,
  (text: string) => `https://example.com/?q=${text}`,
  (text: string) => ` ${text}`,
)
const harmless = fc.oneof(
  fc.boolean(),
  fc.constant(null),
  fc.integer({ min: 0, max: 99_999 }),
  fc.constant('NEW'),
  fc.constant(''),
)

/** A tree in which each of the texts stands somewhere, as a value or as a key. */
const trees = fc
  .array(fc.tuple(fc.array(keys, { minLength: 1, maxLength: 4 }), hidden, around, fc.boolean()), {
    minLength: 1,
    maxLength: 8,
  })
  .chain((places) =>
    harmless.map((filler) => {
      const tree: Record<string, unknown> = { ID: filler }
      for (const [path, text, write, isKey] of places) {
        let at = tree
        for (const key of path.slice(0, -1)) {
          const next = at[key]
          at = (
            typeof next === 'object' && next !== null && !Array.isArray(next) ? next : (at[key] = {})
          ) as typeof tree
        }
        if (isKey) at[write(text)] = filler
        else at[path.at(-1) ?? 'ID'] = [write(text), { VALUE: write(text) }]
      }
      return { tree, texts: places.map(([, text]) => text) }
    }),
  )

describe('whatever comes', () => {
  it('no e-mail address, no phone number is told, wherever it stands', () => {
    fc.assert(
      fc.property(trees, ({ tree, texts }) => {
        const told = JSON.stringify(mask(tree))
        for (const text of texts) expect(told).not.toContain(text)
      }),
      { numRuns: 400 },
    )
  })

  it('no secret is told', () => {
    const secretKeys = fc.constantFrom(
      'auth',
      'PASSWORD',
      'clientSecret',
      'access_token',
      'refresh-token',
      'API_KEY',
      'sign',
    )
    const secret = fc.stringMatching(/^[a-zA-Z\d]{8,30}$/).filter((text) => !/^(content|person|Text)/.test(text))
    fc.assert(
      fc.property(fc.array(keys, { maxLength: 3 }), secretKeys, secret, (path, key, text) => {
        const tree = path.reduceRight<unknown>((inner, each) => ({ [each]: inner }), { [key]: [text, { VALUE: text }] })
        expect(JSON.stringify(mask(tree))).not.toContain(text)
      }),
      { numRuns: 200 },
    )
  })

  it('types and shapes survive, and a text that stays is no placeholder', () => {
    const same = (value: unknown, told: unknown): void => {
      if (typeof value !== 'object' || value === null) {
        if (told !== '***') expect(typeof told).toBe(typeof value)
        if (told === value && typeof told === 'string') expect(placeholderIn(told)).toBeUndefined()
        return
      }
      expect(Array.isArray(told)).toBe(Array.isArray(value))
      expect(Object.keys(told as object)).toHaveLength(Object.keys(value).length)
      for (const [index, member] of Object.values(value).entries()) same(member, Object.values(told as object)[index])
    }
    const json = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.string(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.constant(null),
        fc.constantFrom(
          'Text 500',
          '+00000000700',
          'file300.pdf',
          '9000000000000300',
          '0001-08-09',
          '***',
          'person99@example.invalid',
        ),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(keys, tie('tree'), { maxKeys: 5, noNullPrototype: true }),
      ),
    })).tree
    fc.assert(
      fc.property(json, (tree) => {
        const clone: unknown = JSON.parse(JSON.stringify(tree))
        // Errors are told in their own way.
        if (/"error"|"validation"/.test(JSON.stringify(clone))) return
        same(clone, mask(clone))
      }),
      { numRuns: 400 },
    )
  })
})
