import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  camelFromUpper,
  normaliseName,
  toCamel,
  upperSnake,
  userFieldAliases,
} from '../../src/schema/user-field-names.ts'

describe('toCamel', () => {
  it.each([
    ['UF_CRM_3_DIGIT', 'ufCrm3Digit'],
    ['UF_CRM_10_DIGIT', 'ufCrm10Digit'],
    ['UF_CRM_MY_FIELD', 'ufCrmMyField'],
    ['UF_CRM_3_MY_FIELD', 'ufCrm3MyField'],
    ['UF_CRM_3_1747309727', 'ufCrm3_1747309727'],
    ['UF_CRM_10_5186744711', 'ufCrm10_5186744711'],
    ['UF_CRM_44_1721812760630', 'ufCrm44_1721812760630'],
    ['UF_CRM_2_1639669411830', 'ufCrm2_1639669411830'],
    ['UF_CRM_7_1739432938', 'ufCrm7_1739432938'],
    ['UF_CRM_44_17_21', 'ufCrm44_17_21'],
    ['UF_CRM_3_DIGIT10', 'ufCrm_3_DIGIT10'],
    ['UF_CRM_3_DIGIT_10', 'ufCrm_3_DIGIT_10'],
    ['UF_CRM_10_DIGIT10', 'ufCrm_10_DIGIT10'],
    ['UF_CRM_1747309879', 'ufCrm_1747309879'],
    ['UF_CRM_1721244707107', 'ufCrm_1721244707107'],
    ['UF_CRM_1617027453943', 'ufCrm_1617027453943'],
    ['UF_CRM_DIGIT10', 'ufCrm_DIGIT10'],
    ['UF_CRM_3_', 'ufCrm_3_'],
    ['UF_USR_1721244707', 'ufUsr1721244707'],
  ])('turns %s into %s', (upper, camel) => {
    expect(toCamel(upper)).toBe(camel)
  })

  it('keeps the stored name when another field has the converted one', () => {
    const taken = new Set([toCamel('UF_CRM_MY_FIELD')])
    expect(toCamel('UF_CRM_MY__FIELD')).toBe('ufCrmMyField')
    expect(toCamel('UF_CRM_MY__FIELD', taken)).toBe('UF_CRM_MY__FIELD')
    expect(toCamel('UF_CRM_OTHER', taken)).toBe('ufCrmOther')
  })
})

describe('userFieldAliases', () => {
  it.each([
    ['UF_CRM_7_1739432938', ['ufCrm7_1739432938', 'UF_CRM_7_1739432938', 'ufCrm_7_1739432938']],
    ['UF_CRM_1617027453943', ['ufCrm_1617027453943', 'UF_CRM_1617027453943', 'ufCrm1617027453943']],
    ['UF_CRM_3_DIGIT', ['ufCrm3Digit', 'UF_CRM_3_DIGIT', 'ufCrm_3_DIGIT', 'ufCrm3_DIGIT']],
    ['UF_CRM_3_DIGIT10', ['ufCrm_3_DIGIT10', 'UF_CRM_3_DIGIT10', 'ufCrm3_DIGIT10']],
    ['UF_USR_SKYPE', ['ufUsrSkype', 'UF_USR_SKYPE']],
  ])('lists the spellings of %s, the answered one first', (upper, aliases) => {
    expect(userFieldAliases(upper)).toEqual(aliases)
  })

  it('lists no spelling twice, and all meet in the normalised name', () => {
    const anyName = fc.stringMatching(/^(\d{1,3}_)?[A-Z0-9_]{1,20}$/).map((rest) => `UF_CRM_${rest}`)
    fc.assert(
      fc.property(anyName, (upper) => {
        const aliases = userFieldAliases(upper)
        expect(new Set(aliases).size).toBe(aliases.length)
        expect(aliases[0]).toBe(toCamel(upper))
        expect(aliases).toContain(upper)
        for (const alias of aliases) expect(normaliseName(alias)).toBe(normaliseName(upper))
      }),
    )
  })
})

describe('normaliseName', () => {
  it('makes spellings equal that differ in case and underscores only', () => {
    expect(normaliseName('ufCrm10Digit10')).toBe('ufcrm10digit10')
    expect(normaliseName('UF_CRM_10_DIGIT_10')).toBe('ufcrm10digit10')
    expect(normaliseName('ufCrm_10_DIGIT10')).toBe('ufcrm10digit10')
    expect(normaliseName('UF_CRM_10_DIGIT11')).not.toBe('ufcrm10digit10')
  })
})

describe('names of system fields', () => {
  it.each([
    ['ID', 'id'],
    ['ASSIGNED_BY_ID', 'assignedById'],
    ['PARENT_ID_1', 'parentId1'],
    ['PARENT_ID_1220', 'parentId1220'],
    ['ADDRESS_2', 'address2'],
    ['IS_MANUAL_OPPORTUNITY', 'isManualOpportunity'],
    ['UTM_SOURCE', 'utmSource'],
    ['BEGINDATE', 'begindate'],
    ['COMPANY_TITLE', 'companyTitle'],
  ])('%s and %s turn into each other', (upper, camel) => {
    expect(camelFromUpper(upper)).toBe(camel)
    expect(upperSnake(camel)).toBe(upper)
  })

  it('leaves a name that is in upper case already as it is', () => {
    for (const name of ['ID', 'ASSIGNED_BY_ID', 'PARENT_ID_1220', 'ADDRESS2']) expect(upperSnake(name)).toBe(name)
  })

  it('survive the way there and back', () => {
    const word = fc.stringMatching(/^[A-Z]{2,6}$/)
    const anyName = fc
      .tuple(fc.array(word, { minLength: 1, maxLength: 4 }), fc.option(fc.nat(), { nil: undefined }))
      .map(([words, number]) => (number === undefined ? words : [...words, number]).join('_'))
    fc.assert(
      fc.property(anyName, (upper) => {
        expect(upperSnake(camelFromUpper(upper))).toBe(upper)
      }),
    )
  })
})
