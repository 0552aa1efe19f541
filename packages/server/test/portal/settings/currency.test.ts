import { describe, expect, it } from 'vitest'
import { announcements } from '../../support/outbox.ts'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal({ at: 1_717_684_463, lang: 'de' })
const other = await portal.person()
const announced = announcements(portal)

const refused = (text: string, code = '') => ({ status: 400, body: { error: code, error_description: text } })

async function currency(id: string) {
  return (await portal.call('crm.currency.get', { id })).body.result
}

describe('crm.currency.add', () => {
  it('creates the documented currency, with the separators that its variants stand for', async () => {
    const added = await portal.call('crm.currency.add', {
      fields: {
        CURRENCY: 'CNY',
        BASE: 'N',
        AMOUNT: 12.2251,
        AMOUNT_CNT: 1,
        SORT: 9000,
        LANG: {
          ru: {
            DECIMALS: 2,
            DEC_POINT: '.',
            FORMAT_STRING: '# CNY',
            FULL_NAME: 'yuan',
            HIDE_ZERO: 'Y',
            THOUSANDS_VARIANT: 'S',
          },
          en: {
            DECIMALS: 2,
            DEC_POINT: ',',
            FORMAT_STRING: '# CNY',
            FULL_NAME: 'yuan',
            HIDE_ZERO: 'Y',
            THOUSANDS_SEP: '.',
          },
        },
      },
    })
    expect(added.body).toMatchObject({ result: 'CNY' })
    const stored = await currency('CNY')
    expect(stored).toEqual({
      CURRENCY: 'CNY',
      AMOUNT_CNT: '1',
      AMOUNT: '12.2251',
      SORT: '9000',
      BASE: 'N',
      FULL_NAME: 'CNY',
      LID: 'de',
      FORMAT_STRING: '#',
      DEC_POINT: '.',
      THOUSANDS_SEP: ' ',
      DECIMALS: '2',
      DATE_UPDATE: '2024-06-06T16:34:23+02:00',
      LANG: {
        en: {
          FORMAT_STRING: '# CNY',
          FULL_NAME: 'yuan',
          DEC_POINT: ',',
          THOUSANDS_SEP: '.',
          DECIMALS: '2',
          THOUSANDS_VARIANT: null,
          HIDE_ZERO: 'Y',
        },
        de: {
          FORMAT_STRING: '#',
          FULL_NAME: 'CNY',
          DEC_POINT: '.',
          THOUSANDS_SEP: ' ',
          DECIMALS: '2',
          THOUSANDS_VARIANT: 'S',
          HIDE_ZERO: 'N',
        },
        ru: {
          FORMAT_STRING: '# CNY',
          FULL_NAME: 'yuan',
          DEC_POINT: '.',
          THOUSANDS_SEP: ' ',
          DECIMALS: '2',
          THOUSANDS_VARIANT: 'S',
          HIDE_ZERO: 'Y',
        },
      },
    })
    expect(Object.keys(stored)).toEqual([
      'CURRENCY',
      'AMOUNT_CNT',
      'AMOUNT',
      'SORT',
      'BASE',
      'FULL_NAME',
      'LID',
      'FORMAT_STRING',
      'DEC_POINT',
      'THOUSANDS_SEP',
      'DECIMALS',
      'DATE_UPDATE',
      'LANG',
    ])
    expect(Object.keys(stored.LANG)).toEqual(['en', 'de', 'ru'])
    expect(Object.keys(stored.LANG.ru)).toEqual([
      'FORMAT_STRING',
      'FULL_NAME',
      'DEC_POINT',
      'THOUSANDS_SEP',
      'DECIMALS',
      'THOUSANDS_VARIANT',
      'HIDE_ZERO',
    ])
    expect(await announced()).toEqual([{ event: 'ONCRMCURRENCYADD', fields: { ID: 'CNY' } }])
  })

  it.each([
    [{ AMOUNT: 1, AMOUNT_CNT: 1 }, 'Undefined array key "CURRENCY"'],
    [{ CURRENCY: 'IDR', AMOUNT: 1 }, 'Undefined array key "AMOUNT_CNT"'],
    [{ CURRENCY: 'IDR', AMOUNT_CNT: 1 }, 'Undefined array key "AMOUNT"'],
    [{ CURRENCY: 'USD', AMOUNT: 1, AMOUNT_CNT: 1 }, 'Currency USD already exists.'],
    [{ CURRENCY: 'Rupee', AMOUNT: 1, AMOUNT_CNT: 1 }, 'CURRENCY must be a code of three letters'],
    [{ CURRENCY: 'IDR', AMOUNT: 'much', AMOUNT_CNT: 1 }, 'AMOUNT must be a number'],
    [
      { CURRENCY: 'IDR', AMOUNT: 1, AMOUNT_CNT: 1, LANG: { en: { FORMAT_STRING: 'Rp' } } },
      'FORMAT_STRING must contain the symbol #',
    ],
  ])('refuses %j', async (fields, text) => {
    const before = await portal.census()
    expect(await portal.call('crm.currency.add', { fields })).toMatchObject(refused(text, 'ERROR_CORE'))
    expect(await portal.census()).toEqual(before)
  })

  it('is usable at once for amounts, also within one batch', async () => {
    const { body } = await portal.call('batch', {
      cmd: {
        early: 'crm.item.add?entityTypeId=1&fields[title]=A&fields[currencyId]=IDR',
        currency: 'crm.currency.add?fields[CURRENCY]=IDR&fields[AMOUNT]=54.8738&fields[AMOUNT_CNT]=10000',
        lead: 'crm.item.add?entityTypeId=1&fields[title]=B&fields[currencyId]=$result[currency]',
      },
    })
    expect(body.result.result_error.early).toMatchObject({ error: 'CRM_FIELD_ERROR_VALUE_NOT_VALID' })
    expect(body.result.result.lead.item.currencyId).toBe('IDR')
    expect(await currency('IDR')).toMatchObject({ AMOUNT: '54.8738', AMOUNT_CNT: '10000', SORT: '100', BASE: 'N' })
  })
})

describe('crm.currency.update', () => {
  it('changes only what is given, and merges languages', async () => {
    await announced()
    const before = await currency('EUR')
    expect((await portal.call('crm.currency.update', { ID: 'EUR', fields: { AMOUNT: '15.34495' } })).body.result).toBe(
      true,
    )
    expect(await currency('EUR')).toEqual({ ...before, AMOUNT: '15.3450', DATE_UPDATE: before.DATE_UPDATE })
    await portal.call('crm.currency.update', {
      id: 'EUR',
      fields: { LANG: { de: { FULL_NAME: 'Oiro', THOUSANDS_VARIANT: 'N' } } },
    })
    const after = await currency('EUR')
    expect(after.LANG.en).toEqual(before.LANG.en)
    expect(after.LANG.de).toEqual({ ...before.LANG.de, FULL_NAME: 'Oiro', THOUSANDS_VARIANT: 'N', THOUSANDS_SEP: '' })
    expect(after).toMatchObject({ FULL_NAME: 'Oiro', THOUSANDS_SEP: '', FORMAT_STRING: '# €' })
    expect(await announced()).toEqual([
      { event: 'ONCRMCURRENCYUPDATE', fields: { ID: 'EUR' } },
      { event: 'ONCRMCURRENCYUPDATE', fields: { ID: 'EUR' } },
    ])
  })

  it('keeps the base currency at a rate of one', async () => {
    await portal.call('crm.currency.update', { id: 'USD', fields: { AMOUNT: 7, AMOUNT_CNT: 5, SORT: 5 } })
    expect(await currency('USD')).toMatchObject({ AMOUNT: '1.0000', AMOUNT_CNT: '1', SORT: '5', BASE: 'Y' })
  })

  it('refuses a value that is no rate, and a currency that there is not', async () => {
    expect(await portal.call('crm.currency.update', { id: 'EUR', fields: { AMOUNT: 'x' } })).toMatchObject(
      refused('AMOUNT must be a number', 'ERROR_CODE'),
    )
    expect(await portal.call('crm.currency.update', { id: 'XXX', fields: { AMOUNT: 1 } })).toMatchObject(
      refused('Not found'),
    )
    expect(await portal.call('crm.currency.update', { id: 'EUR' })).toMatchObject(
      refused("Parameter 'fields' must be array."),
    )
  })
})

describe('crm.currency.list and crm.currency.get', () => {
  it('lists all currencies in the order asked for, under a total of 0', async () => {
    const { body } = await portal.call('crm.currency.list', { order: { sort: 'desc', currency: 'asc' } })
    expect(body.total).toBe(0)
    expect(body.next).toBeUndefined()
    const sorts = body.result.map((row: { SORT: string }) => Number(row.SORT))
    expect(sorts).toEqual([...sorts].sort((a, b) => b - a))
    expect(body.result[0]).toMatchObject({ CURRENCY: 'CNY', LID: 'de', FULL_NAME: 'CNY' })
    expect(body.result[0]).not.toHaveProperty('LANG')
  })

  it('orders rates as numbers', async () => {
    const { body } = await portal.call('crm.currency.list', { order: { AMOUNT: 'ASC' } })
    const rates = body.result.map((row: { AMOUNT: string }) => Number(row.AMOUNT))
    expect(rates).toEqual([...rates].sort((a, b) => a - b))
    expect(rates.length).toBeGreaterThan(10)
  })

  it('does not find what is not there', async () => {
    expect(await portal.call('crm.currency.get', { id: 'XXX' })).toMatchObject(refused('Not found'))
    expect(await portal.call('crm.currency.get', {})).toMatchObject(refused('Not found'))
  })

  it('describes its fields, none of them required', async () => {
    const { body } = await portal.call('crm.currency.fields')
    expect(
      Object.entries(body.result as Record<string, { type: string; isReadOnly: boolean }>).map(
        ([name, { type, isReadOnly }]) => `${name} ${type}${isReadOnly ? ' RO' : ''}`,
      ),
    ).toEqual([
      'CURRENCY string',
      'AMOUNT_CNT int',
      'AMOUNT double',
      'BASE char RO',
      'SORT int',
      'DATE_UPDATE datetime RO',
      'LID string RO',
      'FORMAT_STRING string RO',
      'FULL_NAME string RO',
      'DEC_POINT string RO',
      'THOUSANDS_SEP string RO',
      'DECIMALS int RO',
      'LANG currency_localization',
    ])
    expect(body.result.LANG).toEqual({
      type: 'currency_localization',
      isRequired: false,
      isReadOnly: false,
      isImmutable: false,
      isMultiple: true,
      isDynamic: false,
      title: 'Language binding',
    })
  })
})

describe('the base currency', () => {
  it('moves, and only then may the old one be deleted', async () => {
    expect((await portal.call('crm.currency.base.get')).body.result).toBe('USD')
    expect(await portal.call('crm.currency.delete', { id: 'USD' })).toMatchObject(
      refused('Cannot delete base currency.'),
    )
    expect((await portal.call('crm.currency.base.set', { id: 'PLN' })).body.result).toBe(true)
    expect((await portal.call('crm.currency.base.get')).body.result).toBe('PLN')
    expect(await currency('PLN')).toMatchObject({ BASE: 'Y', AMOUNT: '1.0000', AMOUNT_CNT: '1' })
    expect(await currency('USD')).toMatchObject({ BASE: 'N', AMOUNT: '1.0000' })
    const lead = await portal.call('crm.item.add', { entityTypeId: 1, fields: { title: 'in the base' } })
    expect(lead.body.result.item.currencyId).toBe('PLN')
    expect((await portal.call('crm.currency.base.set', { id: 'XXX' })).body.result).toBe(false)
    await portal.call('crm.currency.update', { id: 'USD', fields: { BASE: 'Y' } })
    expect((await portal.call('crm.currency.base.get')).body.result).toBe('USD')
  })
})

describe('crm.currency.delete', () => {
  it('deletes a currency with its localizations', async () => {
    await announced()
    expect((await portal.call('crm.currency.delete', { id: 'BRL' })).body.result).toBe(true)
    expect(await portal.call('crm.currency.get', { id: 'BRL' })).toMatchObject(refused('Not found'))
    expect(await portal.call('crm.currency.localizations.get', { id: 'BRL' })).toMatchObject(
      refused('The parameter id is invalid or not defined.'),
    )
    expect(await announced()).toEqual([{ event: 'ONCRMCURRENCYDELETE', fields: { ID: 'BRL' } }])
  })

  it('refuses what is no code without a word, and an unknown code with one', async () => {
    expect(await portal.call('crm.currency.delete', { id: 'DOLLAR' })).toMatchObject(refused(''))
    expect(await portal.call('crm.currency.delete', { id: 'XXX' })).toMatchObject(refused('Not found'))
  })
})

describe('crm.currency.localizations.*', () => {
  it('adds, changes, shows and deletes languages, and says when nothing has changed', async () => {
    const localizations = {
      en: { FULL_NAME: 'Pound', FORMAT_STRING: 'GBP#VALUE#', THOUSANDS_VARIANT: 'C', DECIMALS: 4 },
      fr: { FULL_NAME: 'Livre', THOUSANDS_SEP: '' },
    }
    expect((await portal.call('crm.currency.localizations.set', { id: 'GBP', localizations })).body.result).toBe(true)
    const shown = (await portal.call('crm.currency.localizations.get', { id: 'GBP' })).body.result
    expect(Object.keys(shown)).toEqual(['en', 'de', 'fr'])
    expect(shown.en).toEqual({
      FORMAT_STRING: 'GBP#VALUE#',
      FULL_NAME: 'Pound',
      DEC_POINT: '.',
      THOUSANDS_SEP: ',',
      DECIMALS: '4',
      THOUSANDS_VARIANT: 'C',
      HIDE_ZERO: 'Y',
    })
    expect(shown.fr).toEqual({
      FORMAT_STRING: '#',
      FULL_NAME: 'Livre',
      DEC_POINT: '.',
      THOUSANDS_SEP: ' ',
      DECIMALS: '2',
      THOUSANDS_VARIANT: 'S',
      HIDE_ZERO: 'N',
    })
    await announced()
    expect((await portal.call('crm.currency.localizations.set', { id: 'GBP', localizations })).body.result).toBe(false)
    expect((await portal.call('crm.currency.localizations.set', { id: 'GBP', localizations: {} })).body.result).toBe(
      false,
    )
    expect((await portal.call('crm.currency.localizations.delete', { id: 'GBP', lids: [] })).body.result).toBe(false)
    expect((await portal.call('crm.currency.localizations.delete', { id: 'GBP', lids: ['it'] })).body.result).toBe(
      false,
    )
    expect(await announced()).toEqual([])
    expect(
      (await portal.call('crm.currency.localizations.delete', { id: 'GBP', lids: ['fr', 'en'] })).body.result,
    ).toBe(true)
    expect(Object.keys((await portal.call('crm.currency.localizations.get', { id: 'GBP' })).body.result)).toEqual([
      'de',
    ])
  })

  it.each(['get', 'set', 'delete'])('%s needs a known currency', async (verb) => {
    expect(await portal.call(`crm.currency.localizations.${verb}`, { lids: ['en'], localizations: {} })).toMatchObject(
      refused('The parameter id is invalid or not defined.'),
    )
  })

  it('describes its fields', async () => {
    const { body } = await portal.call('crm.currency.localizations.fields')
    expect(Object.keys(body.result)).toEqual([
      'FULL_NAME',
      'FORMAT_STRING',
      'DEC_POINT',
      'THOUSANDS_VARIANT',
      'THOUSANDS_SEP',
      'DECIMALS',
      'HIDE_ZERO',
    ])
    expect(body.result.HIDE_ZERO).toMatchObject({ type: 'char', title: 'Do not show insignificant zeros' })
  })
})

it('lets anyone read and only administrators write', async () => {
  const as = other.hook
  for (const [method, parameters] of [
    ['crm.currency.get', { id: 'EUR' }],
    ['crm.currency.list', {}],
    ['crm.currency.fields', {}],
    ['crm.currency.base.get', {}],
    ['crm.currency.localizations.get', { id: 'EUR' }],
  ] as const)
    expect([method, (await portal.call(method, parameters, { as })).status]).toEqual([method, 200])
  const before = await portal.census()
  for (const [method, parameters] of [
    ['crm.currency.add', { fields: { CURRENCY: 'NOK', AMOUNT: 1, AMOUNT_CNT: 1 } }],
    ['crm.currency.update', { id: 'EUR', fields: { AMOUNT: 3 } }],
    ['crm.currency.delete', { id: 'EUR' }],
    ['crm.currency.base.set', { id: 'EUR' }],
    ['crm.currency.localizations.set', { id: 'EUR', localizations: { it: {} } }],
    ['crm.currency.localizations.delete', { id: 'EUR', lids: ['de'] }],
  ] as const)
    expect([method, await portal.call(method, parameters, { as })]).toMatchObject([method, refused('Access denied.')])
  expect(await portal.census()).toEqual(before)
  expect(await currency('EUR')).toMatchObject({ AMOUNT: '15.3450', BASE: 'N' })
})
