import { describe, expect, it } from 'vitest'
import { removeApplication } from '../../../src/modules/application/life.ts'
import { contextOf, localApplication } from '../../support/local-application.ts'
import { type Answer, testPortal } from '../../support/portal.ts'

const portal = await testPortal()
const app = await localApplication(portal)
const token = await app.token()
const stranger = await (await localApplication(portal, { title: 'Stranger' })).token()

const call = (method: string, parameters: unknown = {}, as = token): Promise<Answer> =>
  portal.call(method, parameters, { token: as })
const type = {
  USER_TYPE_ID: 'phone_data',
  HANDLER: 'https://app.example.com/field',
  TITLE: 'Phone data',
  DESCRIPTION: 'd',
}
const name = `rest_${app.application.id}_phone_data`
const field = (FIELD_NAME: string, USER_TYPE_ID: string): object => ({ fields: { FIELD_NAME, USER_TYPE_ID } })

describe('a type of user fields that an application registers', () => {
  it('is listed, changed and told among the types of fields', async () => {
    expect((await call('userfieldtype.add', type)).body.result).toBe(true)
    await call('userfieldtype.add', { USER_TYPE_ID: 'second', HANDLER: 'https://app.example.com/2' })
    await call('userfieldtype.update', { USER_TYPE_ID: 'second', TITLE: 'Second', OPTIONS: { height: 60 } })
    expect((await call('userfieldtype.list')).body).toMatchObject({
      result: [
        { USER_TYPE_ID: 'second', HANDLER: 'https://app.example.com/2', TITLE: 'Second', DESCRIPTION: '' },
        type,
      ],
      total: 2,
    })
    expect((await call('userfieldtype.list', {}, stranger)).body).toMatchObject({ result: [], total: 0 })
    const { types } = (await portal.call('userfieldconfig.getTypes', { moduleId: 'crm' })).body.result
    expect(types[name]).toEqual({ userTypeId: name, description: 'Phone data' })
  })

  it('makes fields whose values are texts, in every family of methods', async () => {
    expect((await call('crm.lead.userfield.add', field('PHONE', name))).status).toBe(200)
    const ID = (await call('crm.lead.add', { fields: { TITLE: 'x', UF_CRM_PHONE: '{"number":"+1"}' } })).body.result
    expect((await portal.call('crm.lead.get', { ID })).body.result.UF_CRM_PHONE).toBe('{"number":"+1"}')
    const filter = { UF_CRM_PHONE: '{"number":"+1"}' }
    expect((await portal.call('crm.lead.list', { filter, select: ['ID'] })).body.result).toEqual([{ ID: String(ID) }])
    const { item } = (await portal.call('crm.item.get', { entityTypeId: 1, id: ID })).body.result
    expect(item.ufCrmPhone).toBe('{"number":"+1"}')
    expect((await portal.call('crm.lead.fields')).body.result.UF_CRM_PHONE).toMatchObject({ type: name })
  })

  it('is closed to other applications and unknown until it is registered', async () => {
    const before = await portal.census()
    expect((await call('crm.deal.userfield.add', field('A', name), stranger)).body).toMatchObject({
      error: 'ERROR_CORE',
      error_description: 'Incorrect custom type specified.',
    })
    expect((await call('crm.deal.userfield.add', field('A', `rest_${app.application.id}_other`))).status).toBe(400)
    expect((await portal.call('crm.deal.userfield.add', field('A', 'rest_999_any'))).status).toBe(400)
    expect(await portal.census()).toEqual(before)
  })

  it('is refused in the documented words', async () => {
    const before = await portal.census()
    const refused = async (answer: Promise<Answer>, error: string, text: string): Promise<void> =>
      expect((await answer).body).toMatchObject({ error, error_description: text })
    const binded = 'Unable to set placement handler: Handler already binded'
    await refused(call('userfieldtype.add', { ...type, USER_TYPE_ID: 'third' }), 'ERROR_CORE', binded)
    await refused(call('userfieldtype.add', { ...type, HANDLER: 'https://app.example.com/3' }), 'ERROR_CORE', binded)
    await refused(call('userfieldtype.update', { USER_TYPE_ID: 'second', HANDLER: type.HANDLER }), 'ERROR_CORE', binded)
    await refused(
      call('userfieldtype.add', { HANDLER: 'x' }),
      'ERROR_ARGUMENT',
      "Argument 'USER_TYPE_ID' is null or empty",
    )
    await refused(
      call('userfieldtype.add', { USER_TYPE_ID: 'x' }),
      'ERROR_ARGUMENT',
      "Argument 'HANDLER' is null or empty",
    )
    await refused(call('userfieldtype.delete', { USER_TYPE_ID: 'no' }), 'ERROR_NOT_FOUND', 'User Field Type not found')
    await refused(call('userfieldtype.update', { ...type }, stranger), 'ERROR_NOT_FOUND', 'User Field Type not found')
    expect((await call('userfieldtype.add', { ...type, USER_TYPE_ID: 'a'.repeat(50) })).status).toBe(400)
    expect((await call('userfieldtype.add', { ...type, USER_TYPE_ID: 'Big' })).status).toBe(400)
    expect((await portal.call('userfieldtype.list')).body.error).toBe('WRONG_AUTH_TYPE')
    expect(await portal.census()).toEqual(before)
  })

  it('leaves the fields and their values behind when it goes, with its application too', async () => {
    expect((await call('userfieldtype.delete', { USER_TYPE_ID: 'second' })).body.result).toBe(true)
    const context = await contextOf(portal)
    await removeApplication(context, app.application.id, true)
    await context.session.settled()
    const [lead] = (await portal.call('crm.lead.list', { select: ['UF_CRM_PHONE'] })).body.result
    expect(lead.UF_CRM_PHONE).toBe('{"number":"+1"}')
    expect((await portal.call('crm.deal.userfield.add', field('LATE', name))).status).toBe(400)
  })
})
