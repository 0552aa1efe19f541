import { applicationToken } from '../../support/application.ts'
import type { TestPortal } from '../../support/portal.ts'
import { fresh, type Target } from '../vectors-targets/making.ts'
import type { VectorArea } from './area.ts'

async function asApplication(portal: TestPortal, method: string, params: object): Promise<void> {
  const { body } = await portal.call(method, params, { token: await applicationToken(portal) })
  if (body.error !== undefined) throw new Error(`${method} was refused: ${body.error_description}`)
}

/** A type of the application's own in the place of the documented one. */
const itsType: Target = async (portal, params) => {
  const USER_TYPE_ID = `type_${fresh()}`
  const HANDLER = `https://www.myapplication.com/${USER_TYPE_ID}/`
  await asApplication(portal, 'userfieldtype.add', { USER_TYPE_ID, HANDLER, TITLE: 'Type', DESCRIPTION: 'Its own' })
  return { ...params, USER_TYPE_ID, ...('HANDLER' in params ? { HANDLER } : {}) }
}

const unknownType = {
  by: 'application',
  change: (params: object) => ({ ...params, USER_TYPE_ID: 'unknown' }),
} as const
const proven = { instead: null, why: 'the page says HTTP 403, which placement/placement.test.ts proves' }

export const placement: VectorArea = {
  byApplication: [
    ...['bind', 'get', 'list', 'unbind'].map((verb) => `placement.${verb}`),
    ...['add', 'update', 'list', 'delete'].map((verb) => `userfieldtype.${verb}`),
  ],
  targets: {
    // The page names no place.
    'placement.bind': async (_portal, params) => ({ ...params, PLACEMENT: 'CRM_DEAL_DETAIL_TAB' }),
    async 'placement.get'(portal, params) {
      const LANG_ALL = { de: { TITLE: 'My App' } }
      const HANDLER = 'https://myapp.com/?handler=1'
      await asApplication(portal, 'placement.bind', { PLACEMENT: 'CRM_DEAL_LIST_TOOLBAR', HANDLER, LANG_ALL })
      const OPTIONS = { extranet: 'N', context: 'ALL', role: 'USER' }
      await asApplication(portal, 'placement.bind', { PLACEMENT: 'IM_CONTEXT_MENU', HANDLER, LANG_ALL, OPTIONS })
      await asApplication(portal, 'placement.bind', {
        PLACEMENT: 'PAGE_BACKGROUND_WORKER',
        HANDLER,
        LANG_ALL,
        USER_ID: 1,
        OPTIONS: { errorHandlerUrl: HANDLER },
      })
      return params
    },
    'userfieldtype.add': async (_portal, params) => ({
      ...params,
      USER_TYPE_ID: `type_${fresh()}`,
      HANDLER: `https://www.myapplication.com/${fresh()}/`,
    }),
    'userfieldtype.update': itsType,
    'userfieldtype.delete': itsType,
    async 'userfieldtype.list'(portal, params) {
      await itsType(portal, params)
      return params
    },
  },
  differences: {
    'placement.get': [
      { at: /\.langAll\.en: extra$/, why: 'placement.bind of the other page has registered in English, too' },
    ],
  },
  amended: {
    'placement.get': { instead: null, why: 'HTTPS is asked for by the server, not by the method' },
    'placement.list': proven,
    'placement.unbind': proven,
  },
  provocations: {
    'placement.bind': { by: 'application', change: (params) => ({ ...params, PLACEMENT: '' }) },
    'userfieldtype.add': {
      by: 'application',
      async change(params, portal) {
        const { HANDLER } = await itsType(portal, params)
        return { ...params, HANDLER }
      },
    },
    'userfieldtype.delete': unknownType,
    'userfieldtype.update': unknownType,
  },
}
