import { applicationToken } from '../../support/application.ts'
import type { TestPortal } from '../../support/portal.ts'
import { type Parameters, vector } from '../../support/vectors.ts'
import type { StandIn } from '../vectors-differences.ts'
import type { Provocation } from '../vectors-refusals.ts'
import { documented, fieldsOf, must, type Target, withId } from '../vectors-targets/making.ts'
import type { VectorArea } from './area.ts'

const deal = (portal: TestPortal): Promise<number> => must(portal, 'crm.deal.add', { fields: { TITLE: 'Deal' } })
const lead = (portal: TestPortal): Promise<number> => must(portal, 'crm.lead.add', { fields: { TITLE: 'Lead' } })
const contact = (portal: TestPortal): Promise<number> =>
  must(portal, 'crm.contact.add', { fields: { NAME: 'Klaus', SECOND_NAME: 'Weber', COMPANY_ID: 5 } })

/** As the application whose token the documented requests are sent with. */
async function byApplication(portal: TestPortal, method: string, params: Parameters): Promise<unknown> {
  const { status, body } = await portal.call(method, params, { token: await applicationToken(portal) })
  if (status !== 200) throw new Error(`${method} was refused: ${body.error} ${body.error_description}`)
  return body.result
}

/** A call with a contact, as the page's answer shows it. */
async function call(portal: TestPortal, more: Parameters = {}): Promise<{ id: number; contactId: number }> {
  const contactId = await contact(portal)
  const fields = {
    OWNER_TYPE_ID: 3,
    OWNER_ID: contactId,
    TYPE_ID: 2,
    SUBJECT: 'Outgoing call Klaus Weber',
    COMMUNICATIONS: [{ VALUE: '499152222222' }],
    START_TIME: '2020-09-27T13:25:00+03:00',
    END_TIME: '2020-09-27T19:25:00+03:00',
    COMPLETED: 'Y',
    DIRECTION: 2,
    ...more,
  }
  return { id: await must(portal, 'crm.activity.add', { fields }), contactId }
}

const called: Target = async (portal, params) => withId(params, (await call(portal)).id)

/** A call with a contact, and a deal that it is to be bound to or is already. */
const bound =
  (already: boolean): Target =>
  async (portal, params) => {
    const { id } = await call(portal)
    const of = { ...params, activityId: id, entityId: await deal(portal) }
    if (already) await must(portal, 'crm.activity.binding.add', { entityTypeId: 2, ...of })
    return of
  }

/** A todo on a deal, under the names by which requests mean the two. */
const planned: Target = async (portal, params) => {
  const ownerId = await deal(portal)
  const { id } = await must<{ id: number }>(portal, 'crm.activity.todo.add', {
    ...documented('crm.activity.todo.add'),
    ownerId,
  })
  return { ...params, id, ownerId }
}

/** The documented badge, made if it isn't there. */
const badged: Target = async (portal, params) => {
  const badge = documented('crm.activity.badge.add')
  if ((await portal.call('crm.activity.badge.get', badge)).status !== 200)
    await must(portal, 'crm.activity.badge.add', badge)
  return params
}

/** The application's type of the documented code, made if it isn't there. */
const typed: Target = async (portal, params) => {
  const { TYPE_ID } = fieldsOf(documented('crm.activity.type.add'))
  const types = (await byApplication(portal, 'crm.activity.type.list', {})) as { TYPE_ID: string }[]
  if (!types.some((each) => each.TYPE_ID === TYPE_ID))
    await byApplication(portal, 'crm.activity.type.add', documented('crm.activity.type.add'))
  return params
}

const configured =
  (more: Parameters): Target =>
  async (portal, params) => {
    const { layout } = documented('crm.activity.configurable.add')
    const { activity } = (await byApplication(portal, 'crm.activity.configurable.add', {
      ownerTypeId: 1,
      ownerId: await lead(portal),
      fields: {},
      layout,
      ...more,
    })) as { activity: { id: number } }
    return withId(params, activity.id)
  }

/** The activity of the documented answer of crm.activity.configurable.get: it comes from a form, where all is text. */
const shownLayout = {
  icon: { code: 'call-completed' },
  header: { title: 'Incoming Call', tags: { status2: { title: 'not transcribed', type: 'warning' } } },
  body: {
    logo: { code: 'call-incoming', action: { type: 'redirect', uri: '/crm/deal/details/123/' } },
    blocks: {
      client: {
        type: 'withTitle',
        properties: { title: 'Client', inline: 'true', block: { type: 'text', properties: { value: 'Ltd.' } } },
      },
      responsible: {
        type: 'lineOfBlocks',
        properties: {
          blocks: {
            client: {
              type: 'link',
              properties: { text: 'Klaus', bold: '1', action: { type: 'redirect', uri: '/crm/lead/details/789/' } },
            },
            phone: { type: 'text', properties: { value: '+1 999 888 7777' } },
          },
        },
      },
    },
  },
  footer: {
    buttons: {
      startCall: {
        title: 'About Client',
        type: 'primary',
        action: { type: 'openRestApp', actionParams: { clientId: '456' } },
      },
    },
    menu: {
      showPostponeItem: 'false',
      items: Object.fromEntries(
        ['confirm', 'decline'].map((id) => [
          id,
          { title: id, action: { type: 'restEvent', id, animationType: 'loader' } },
        ]),
      ),
    },
  },
}

/** A todo of a deal; with the application's blocks on it, where they are asked for. */
const blocked =
  (already: boolean): Target =>
  async (portal, params) => {
    const { id, ownerId } = await planned(portal, {})
    const of = { ...params, entityId: ownerId, activityId: id }
    if (already)
      await byApplication(portal, 'crm.activity.layout.blocks.set', {
        ...documented('crm.activity.layout.blocks.set'),
        ...of,
      })
    return of
  }

/** The documented row, with what the requests select beside it. */
function listed(more: Parameters): StandIn {
  const [row] = vector('crm.activity.list').response.result as Parameters[]
  return {
    answer: { result: [{ ...row, ...more }], total: 1 },
    why: 'the page shows one answer without what its requests select, and what they select further below',
  }
}

const COMMUNICATIONS = [
  {
    ID: '23',
    TYPE: 'PHONE',
    VALUE: '499152222222',
    ENTITY_ID: '15',
    ENTITY_TYPE_ID: '3',
    ENTITY_SETTINGS: {
      HONORIFIC: '1',
      NAME: 'Klaus ',
      SECOND_NAME: 'Weber',
      LAST_NAME: '',
      COMPANY_TITLE: 'Müller GmbH',
      COMPANY_ID: '21',
    },
  },
]
const FILES = [{ id: 3101820, url: 'http://xxx.bitrix24.com/bitrix/tools/crm_show_file.php' }]

const byWebhook: Provocation = {}
const nobody: Provocation = { by: 'nobody' }
const unknownActivity: Provocation = { change: (params) => ({ ...params, activityId: 999_999 }) }
const unknownId: Provocation = { change: (params) => ({ ...params, id: 999_999 }) }
const unknownCode: Provocation = { change: (params) => ({ ...params, code: 'unknown' }) }
const refusesNobody = { instead: null, why: 'a method without parameters, for everyone, has nothing to refuse' }
const onlyAdministrators = {
  instead: { error: 'ACCESS_DENIED', error_description: 'Access denied! Application context required' },
  why: 'the page shows a refusal that is none of its codes; this is what it says of webhooks',
}
const onlyApplications = {
  instead: {
    error: 'ERROR_WRONG_CONTEXT',
    error_description: 'Method call is only possible in the context of an application',
  },
  why: 'an application alone can provoke the refusal shown, as activity/configurable.test.ts does',
}

const applicationsOnly = [
  'crm.activity.configurable.add',
  'crm.activity.configurable.get',
  'crm.activity.configurable.update',
  'crm.activity.layout.blocks.set',
  'crm.activity.layout.blocks.get',
  'crm.activity.layout.blocks.delete',
  'crm.activity.type.add',
  'crm.activity.type.list',
  'crm.activity.type.delete',
]

export const activity: VectorArea = {
  targets: {
    async 'crm.activity.add'(portal, params) {
      const communication = {
        ...(fieldsOf(params).COMMUNICATIONS as Parameters[])[0],
        ENTITY_ID: await contact(portal),
      }
      return {
        ...params,
        fields: { ...fieldsOf(params), OWNER_ID: await deal(portal), COMMUNICATIONS: [communication] },
      }
    },
    'crm.activity.list': async (portal, params) => {
      const files = [{ fileData: ['note.txt', 'dGV4dA=='] }]
      const { id, contactId } = await call(portal, { FILES: files })
      const { OWNER_ID, BINDINGS, ID } = params.filter as Parameters
      const filter = {
        ...(params.filter as Parameters),
        ...(OWNER_ID === undefined ? {} : { OWNER_ID: contactId }),
        ...(ID === undefined ? {} : { ID: id }),
        // The portal has other activities of deals and contacts, which look otherwise.
        ...(BINDINGS === undefined
          ? {}
          : {
              BINDINGS: [
                { OWNER_TYPE_ID: 2, OWNER_ID: 999_999 },
                { OWNER_TYPE_ID: 3, OWNER_ID: contactId },
              ],
            }),
      }
      return { ...params, filter }
    },
    'crm.activity.get': called,
    'crm.activity.update': called,
    'crm.activity.delete': called,
    'crm.activity.binding.add': bound(false),
    'crm.activity.binding.delete': bound(true),
    'crm.activity.binding.list': bound(true),
    async 'crm.activity.binding.move'(portal, params) {
      const of = await bound(true)(portal, {})
      return {
        ...params,
        activityId: of.activityId,
        sourceEntityId: of.entityId,
        targetEntityId: await deal(portal),
      }
    },
    'crm.activity.call.getTranscript': async (portal, params) => ({ ...params, activityId: (await call(portal)).id }),
    'crm.activity.badge.add': async (portal, params) => {
      await portal.call('crm.activity.badge.delete', params)
      return params
    },
    'crm.activity.badge.get': badged,
    'crm.activity.badge.list': badged,
    'crm.activity.badge.delete': badged,
    'crm.activity.todo.add': async (portal, params) => ({ ...params, ownerId: await deal(portal) }),
    'crm.activity.todo.update': planned,
    'crm.activity.todo.updateColor': planned,
    'crm.activity.todo.updateDeadline': planned,
    'crm.activity.todo.updateDescription': planned,
    'crm.activity.todo.updateResponsibleUser': planned,
    'crm.activity.configurable.add': async (portal, params) => ({ ...params, ownerId: await lead(portal) }),
    'crm.activity.configurable.get': configured({
      fields: { deadline: '2025-02-01T01:00:00+03:00' },
      layout: shownLayout,
    }),
    async 'crm.activity.configurable.update'(portal, params) {
      // The request has a deadline and is incoming, which the same page forbids.
      const { deadline: _forbidden, ...fields } = fieldsOf(params)
      return configured({})(portal, { ...params, fields })
    },
    'crm.activity.layout.blocks.set': blocked(false),
    'crm.activity.layout.blocks.get': blocked(true),
    'crm.activity.layout.blocks.delete': blocked(true),
    'crm.activity.type.list': typed,
    'crm.activity.type.delete': typed,
  },
  byApplication: applicationsOnly,
  standIns: {
    'crm.activity.list': {
      0: listed({ COMMUNICATIONS }),
      1: listed({ COMMUNICATIONS }),
      2: listed({ COMMUNICATIONS }),
      3: listed({ FILES }),
    },
    'crm.activity.call.getTranscript': {
      0: { answer: { result: null }, why: 'calls are not transcribed here; the page says null of such a call' },
    },
  },
  amended: {
    'crm.activity.fields': refusesNobody,
    'crm.activity.communication.fields': refusesNobody,
    'crm.activity.badge.list': refusesNobody,
    'crm.activity.list': { instead: null, why: 'every method says this of plain HTTP, as wire/routing.test.ts proves' },
    'crm.activity.badge.add': {
      instead: { error: 'REQUIRED_ARG_MISSING', error_description: 'Required fields are not filled' },
      why: 'the page shows a refusal that is none of its codes',
    },
    'crm.activity.configurable.add': onlyApplications,
    'crm.activity.configurable.get': onlyApplications,
    'crm.activity.configurable.update': onlyApplications,
    'crm.activity.type.add': onlyAdministrators,
    'crm.activity.type.list': onlyAdministrators,
    'crm.activity.type.delete': onlyAdministrators,
  },
  provocations: {
    'crm.activity.add': nobody,
    'crm.activity.get': nobody,
    'crm.activity.update': nobody,
    'crm.activity.delete': nobody,
    'crm.activity.binding.add': unknownActivity,
    'crm.activity.binding.delete': unknownActivity,
    'crm.activity.binding.list': unknownActivity,
    'crm.activity.binding.move': unknownActivity,
    'crm.activity.call.getTranscript': unknownActivity,
    'crm.activity.badge.add': { change: (params) => ({ ...params, title: '' }) },
    'crm.activity.badge.get': unknownCode,
    'crm.activity.badge.delete': unknownCode,
    'crm.activity.todo.add': { change: (params) => ({ ...params, ownerId: 999_999 }) },
    'crm.activity.todo.update': unknownId,
    'crm.activity.todo.updateColor': unknownId,
    'crm.activity.todo.updateDeadline': unknownId,
    'crm.activity.todo.updateDescription': unknownId,
    'crm.activity.todo.updateResponsibleUser': unknownId,
    ...Object.fromEntries(applicationsOnly.map((method) => [method, byWebhook])),
  },
}
