import { describe, expect, it } from 'vitest'
import { removeApplication } from '../../../src/modules/application/life.ts'
import { contextOf, localApplication } from '../../support/local-application.ts'
import { type Answer, testPortal } from '../../support/portal.ts'

const portal = await testPortal()
const app = await localApplication(portal)
const token = await app.token()
const other = await localApplication(portal, { title: 'Another' })
const otherToken = await other.token()
const employee = await portal.person()

const call = (method: string, parameters: unknown = {}, as = token): Promise<Answer> =>
  portal.call(method, parameters, { token: as })
const tab = { PLACEMENT: 'CRM_DEAL_DETAIL_TAB', HANDLER: 'https://app.example.com/tab?x=1' }

/** Nothing but this answer comes of it. */
async function refused(answer: Promise<Answer>, status: number, error: string): Promise<Answer['body']> {
  const { status: given, body } = await answer
  expect([given, body.error]).toEqual([status, error])
  return body
}

describe('placement.bind', () => {
  it('keeps titles by language and answers them', async () => {
    const LANG_ALL = {
      de: { TITLE: 'Lieferungen' },
      en: { TITLE: 'Supplies', GROUP_NAME: 'Stock' },
      xx: { TITLE: 'no' },
    }
    expect((await call('placement.bind', { ...tab, LANG_ALL })).body.result).toBe(true)
    expect((await call('placement.get')).body.result).toEqual([
      {
        placement: 'CRM_DEAL_DETAIL_TAB',
        userId: 0,
        handler: tab.HANDLER,
        options: [],
        title: 'Supplies',
        description: '',
        langAll: {
          de: { TITLE: 'Lieferungen', DESCRIPTION: '', GROUP_NAME: '' },
          en: { TITLE: 'Supplies', DESCRIPTION: '', GROUP_NAME: 'Stock' },
        },
      },
    ])
    expect((await call('placement.get', {}, otherToken)).body.result).toEqual([])
  })

  it('takes the same handler again, and unbind counts what it found and what it removed', async () => {
    await call('placement.bind', tab)
    expect((await call('placement.get')).body.result).toHaveLength(2)
    expect(
      (await call('placement.unbind', { PLACEMENT: tab.PLACEMENT, HANDLER: 'https://no.example' })).body,
    ).toMatchObject({
      result: { count: 0 },
    })
    expect((await call('placement.unbind', tab)).body.result).toEqual({ count: 4 })
    expect((await call('placement.get')).body.result).toEqual([])
  })

  it('keeps the options that a place knows', async () => {
    const handler = { HANDLER: 'https://app.example.com/im' }
    const options = { iconName: 'fa-car', context: 'chat;lines', other: 'dropped' }
    await call('placement.bind', { PLACEMENT: 'IM_SIDEBAR', ...handler, OPTIONS: options })
    await call('placement.bind', { PLACEMENT: 'LEFT_MENU', ...handler, OPTIONS: { any: 'thing' } })
    const { result } = (await call('placement.get')).body
    expect(result.map((each: { options: unknown }) => each.options)).toEqual([
      { iconName: 'fa-car', context: 'CHAT;LINES' },
      [],
    ])
    await call('placement.unbind', { PLACEMENT: 'IM_SIDEBAR' })
    await call('placement.unbind', { PLACEMENT: 'LEFT_MENU' })
  })

  it('refuses in the documented words, and nothing changes', async () => {
    const worker = { PLACEMENT: 'PAGE_BACKGROUND_WORKER', HANDLER: 'https://app.example.com/worker' }
    const OPTIONS = { errorHandlerUrl: 'https://app.example.com/error' }
    await call('placement.bind', { ...worker, OPTIONS })
    await call('placement.bind', { PLACEMENT: 'REST_APP_URI', HANDLER: worker.HANDLER })
    const before = await portal.census()
    expect(await refused(call('placement.bind', { HANDLER: tab.HANDLER }), 400, 'ERROR_ARGUMENT')).toMatchObject({
      error_description: "Argument 'PLACEMENT' is null or empty",
      argument: 'PLACEMENT',
    })
    await refused(call('placement.bind', { PLACEMENT: tab.PLACEMENT }), 400, 'ERROR_ARGUMENT')
    await refused(call('placement.bind', { ...tab, PLACEMENT: 'CRM_NOWHERE' }), 400, 'ERROR_PLACEMENT_NOT_FOUND')
    await refused(call('placement.bind', { ...tab, PLACEMENT: 'TASK_VIEW_TAB' }), 400, 'ERROR_PLACEMENT_NOT_FOUND')
    await refused(call('placement.bind', { ...tab, HANDLER: 'javascript:alert(1)' }), 400, 'ERROR_WRONG_HANDLER_URL')
    await refused(
      call('placement.bind', { ...tab, HANDLER: 'ftp://app.example.com/' }),
      400,
      'ERROR_UNSUPPORTED_PROTOCOL',
    )
    await refused(call('placement.bind', { ...tab, USER_ID: 1 }), 200, 'ERROR_PLACEMENT_USER_MODE')
    await refused(call('placement.bind', worker), 200, 'EMPTY_ERROR_HANDLER_URL')
    await refused(call('placement.bind', { ...worker, OPTIONS }), 200, 'ERROR_PLACEMENT_MAX_COUNT')
    await refused(
      call('placement.bind', { PLACEMENT: 'REST_APP_URI', HANDLER: worker.HANDLER }),
      200,
      'ERROR_PLACEMENT_MAX_COUNT',
    )
    await refused(call('placement.bind', { PLACEMENT: 'IM_TEXTAREA', HANDLER: worker.HANDLER }), 400, 'ERROR_ARGUMENT')
    await refused(portal.call('placement.bind', tab), 403, 'WRONG_AUTH_TYPE')
    await refused(call('placement.bind', tab, await app.token(employee.id)), 403, 'ACCESS_DENIED')
    await refused(call('placement.unbind', tab, await app.token(employee.id)), 403, 'ACCESS_DENIED')
    expect(await portal.census()).toEqual({
      ...before,
      access_token: (before.access_token ?? 0) + 2,
      refresh_token: (before.refresh_token ?? 0) + 2,
    })
  })
})

describe('placement.list', () => {
  it('names the places that the scopes of the application open, smart processes too', async () => {
    const made = await portal.call('crm.type.add', { fields: { title: 'Shipments' } })
    const place = `CRM_DYNAMIC_${made.body.result.type.entityTypeId}_DETAIL_TAB`
    const { result } = (await call('placement.list')).body
    expect(result).toEqual(expect.arrayContaining([place, 'CRM_LEAD_LIST_MENU', 'LEFT_MENU']))
    expect(result).not.toContain('TASK_VIEW_TAB')
    expect((await call('placement.list', { FULL: true })).body.result).toContain('TASK_VIEW_TAB')
    expect((await call('placement.list', { SCOPE: 'task' })).body.result).toContain('TASK_VIEW_TAB')
    expect((await call('placement.list', { SCOPE: 'task' })).body.result).not.toContain('LEFT_MENU')
    expect((await call('placement.bind', { ...tab, PLACEMENT: place })).body.result).toBe(true)
  })
})

describe('an application that is removed', () => {
  it('takes its widgets and types of fields along, and leaves those of others', async () => {
    const gone = await localApplication(portal, { title: 'Gone' })
    const as = await gone.token()
    await call('placement.bind', tab, as)
    await call('userfieldtype.add', { USER_TYPE_ID: 'gone', HANDLER: 'https://app.example.com/gone' }, as)
    await call('placement.bind', tab, otherToken)
    const context = await contextOf(portal)
    await removeApplication(context, gone.application.id, true)
    await context.session.settled()
    expect((await call('placement.get', {}, otherToken)).body.result).toHaveLength(1)
    const census = await portal.census()
    expect(census.user_field_type).toBe(0)
  })
})
