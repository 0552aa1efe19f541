import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()
const add = async (FIELD_NAME: string, more: object = {}): Promise<number> =>
  (await portal.call('crm.lead.userfield.add', { fields: { FIELD_NAME, USER_TYPE_ID: 'string', ...more } })).body.result
const fields = async (): Promise<Record<string, { upperName: string }>> =>
  (await portal.call('crm.item.fields', { entityTypeId: 1 })).body.result.fields

describe('names of user fields', () => {
  it.each([
    ['LETTERS_ONLY', 'UF_CRM_LETTERS_ONLY', 'ufCrmLettersOnly'],
    ['uf_small', 'UF_CRM_SMALL', 'ufCrmSmall'],
    ['UF_CRM_KEPT', 'UF_CRM_KEPT', 'ufCrmKept'],
    ['1721244707107', 'UF_CRM_1721244707107', 'ufCrm_1721244707107'],
    ['3_DIGIT', 'UF_CRM_3_DIGIT', 'ufCrm3Digit'],
    ['3_DIGIT10', 'UF_CRM_3_DIGIT10', 'ufCrm_3_DIGIT10'],
    ['44_1721812760630', 'UF_CRM_44_1721812760630', 'ufCrm44_1721812760630'],
    ['A'.repeat(43), `UF_CRM_${'A'.repeat(43)}`, `ufCrmA${'a'.repeat(42)}`],
  ])('%s is stored as %s and called %s', async (written, upper, camel) => {
    expect(await add(written)).toBeTypeOf('number')
    expect((await fields())[camel]?.upperName).toBe(upper)
    const { item } = (await portal.call('crm.item.add', { entityTypeId: 1, fields: { [camel]: 'a' } })).body.result
    expect(item[camel]).toBe('a')
    expect((await portal.call('crm.lead.get', { id: item.id })).body.result[upper]).toBe('a')
    const original = await portal.call('crm.item.update', {
      entityTypeId: 1,
      id: item.id,
      fields: { [upper]: 'b' },
      useOriginalUfNames: 'Y',
    })
    expect(original.body.result.item).toMatchObject({ id: item.id, [upper]: 'b' })
    expect(original.body.result.item).not.toHaveProperty([camel])
    const { items } = (
      await portal.call('crm.item.list', {
        entityTypeId: 1,
        select: ['id', upper],
        filter: { [upper]: 'b' },
        useOriginalUfNames: 'Y',
      })
    ).body.result
    expect(items).toEqual([{ id: item.id, [upper]: 'b' }])
  })

  it('keep the stored name where the short one is taken', async () => {
    await add('TWO_WORDS')
    await add('TWO__WORDS')
    const known = await fields()
    expect(known.ufCrmTwoWords?.upperName).toBe('UF_CRM_TWO_WORDS')
    expect(known.UF_CRM_TWO__WORDS?.upperName).toBe('UF_CRM_TWO__WORDS')
    const { item } = (
      await portal.call('crm.item.add', {
        entityTypeId: 1,
        fields: { ufCrmTwoWords: 'first', UF_CRM_TWO__WORDS: 'second' },
      })
    ).body.result
    expect(item).toMatchObject({ ufCrmTwoWords: 'first', UF_CRM_TWO__WORDS: 'second' })
  })

  it('are taken in the spellings that the documentation uses against its rule', async () => {
    await add('1617027453943')
    for (const spelling of [
      'ufCrm1617027453943',
      'ufCrm_1617027453943',
      'UF_CRM_1617027453943',
      'ufcrm_1617027453943',
    ]) {
      const { item } = (await portal.call('crm.item.add', { entityTypeId: 1, fields: { [spelling]: spelling } })).body
        .result
      expect(item.ufCrm_1617027453943).toBe(spelling)
    }
  })

  it('are there for the next command of the same batch, and gone after deletion', async () => {
    const { result, result_error } = (
      await portal.call('batch', {
        halt: 1,
        cmd: {
          field: 'crm.lead.userfield.add?fields[FIELD_NAME]=BATCHED&fields[USER_TYPE_ID]=integer',
          lead: 'crm.lead.add?fields[UF_CRM_BATCHED]=5',
          read: 'crm.lead.get?id=$result[lead]',
          drop: 'crm.lead.userfield.delete?id=$result[field]',
          again: 'crm.item.get?entityTypeId=1&id=$result[lead]',
        },
      })
    ).body.result
    expect(result_error).toEqual([])
    expect(result.read.UF_CRM_BATCHED).toBe('5')
    expect(result.again.item).not.toHaveProperty('ufCrmBatched')
  })
})
