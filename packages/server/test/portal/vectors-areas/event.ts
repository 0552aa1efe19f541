import { applicationToken } from '../../support/application.ts'
import type { TestPortal } from '../../support/portal.ts'
import { fresh } from '../vectors-targets/making.ts'
import type { VectorArea } from './area.ts'

// The wire's own shape: what is made of it is sent.
async function asApplication(
  portal: TestPortal,
  method: string,
  params: object,
): Promise<any> /* eslint-disable-line typescript/no-explicit-any */ {
  const { body } = await portal.call(method, params, { token: await applicationToken(portal) })
  if (body.error !== undefined && body.error !== 'ERROR_EVENT_BINDING_EXISTS')
    throw new Error(`${method} was refused: ${body.error_description}`)
  return body.result
}

/** A change that waits for the application. */
async function waiting(portal: TestPortal, more: object = {}): Promise<void> {
  for (const event of ['ONCRMLEADADD', 'ONCRMCOMPANYADD'])
    await asApplication(portal, 'event.bind', { event, event_type: 'offline', ...more })
  await portal.call('crm.lead.add', { fields: { TITLE: 'Waits' } })
  await portal.call('crm.company.add', { fields: { TITLE: 'Waits' } })
}

const elsewhere = { instead: null, why: 'the page says HTTP 403, which events/offline.test.ts proves' }
const filled = (at: RegExp) => ({
  at,
  why: 'the page shows no data, which says what has changed (api-reference/events/offline-events.md)',
})

export const event: VectorArea = {
  byApplication: [
    'events',
    ...['bind', 'get', 'unbind'].map((verb) => `event.${verb}`),
    ...['get', 'list', 'clear', 'error'].map((verb) => `event.offline.${verb}`),
  ],
  targets: {
    'event.bind': async (_portal, params) => ({ ...params, handler: `https://www.my-domain.com/handler/${fresh()}` }),
    async 'event.get'(portal, params) {
      for (const auth_type of [undefined, 1])
        await asApplication(portal, 'event.bind', {
          event: 'ONCRMLEADADD',
          handler: 'https://www.my-domain.com/handler/',
          ...(auth_type === undefined ? {} : { auth_type }),
        })
      return params
    },
    async 'event.offline.get'(portal, params) {
      await waiting(portal, { auth_connector: 'BxTest' })
      const [change] = await asApplication(portal, 'event.offline.list', { auth_connector: 'BxTest' })
      return { ...params, filter: { '=MESSAGE_ID': change.MESSAGE_ID, '=EVENT_NAME': 'ONCRMLEADADD', '>=ID': 1 } }
    },
    async 'event.offline.list'(portal, params) {
      // What other examples have changed would fill more than a page.
      for (let taken = 1; taken > 0;)
        taken = (await asApplication(portal, 'event.offline.get', { limit: 500 })).events.length
      await waiting(portal)
      return params
    },
    async 'event.offline.clear'(portal, params) {
      await waiting(portal)
      const { process_id, events } = await asApplication(portal, 'event.offline.get', { clear: 0, limit: 1 })
      return { ...params, process_id, id: [events[0].ID] }
    },
    async 'event.offline.error'(portal, params) {
      await waiting(portal)
      const { process_id, events } = await asApplication(portal, 'event.offline.get', { clear: 0, limit: 1 })
      return { ...params, process_id, message_id: [events[0].MESSAGE_ID] }
    },
  },
  differences: {
    'event.offline.get': [filled(/EVENT_DATA/)],
    'event.offline.list': [filled(/EVENT_DATA/)],
  },
  amended: {
    'event.unbind': { instead: null, why: 'the page says HTTP 403, which events/binding.test.ts proves' },
    'event.offline.get': elsewhere,
    'event.offline.list': elsewhere,
    'event.offline.clear': elsewhere,
    'event.offline.error': elsewhere,
  },
  provocations: {
    'event.bind': { by: 'application', change: (params) => ({ ...params, event: 'ONNOTHING' }) },
  },
}
