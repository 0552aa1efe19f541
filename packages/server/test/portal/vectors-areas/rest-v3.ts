import type { TestPortal } from '../../support/portal.ts'
import { callV3 } from '../../support/rest-v3.ts'
import type { VectorArea } from './area.ts'

/** The log's first entry: of the webhook that the portal was started with. */
async function anEntry(portal: TestPortal): Promise<number> {
  const { body } = await callV3(portal, 'main.eventlog.list', { select: ['id'], pagination: { limit: 1 } })
  return body.result.items[0].id
}

/** What REST 3.0 tells of the portal itself. */
export const restV3: VectorArea = {
  targets: {
    'main.eventlog.get': async (portal, params) => ({ ...params, id: await anEntry(portal) }),
    // The documented day has passed.
    'main.eventlog.list': async (_portal, params) => ({
      ...params,
      filter: (params.filter as unknown[][]).map(([field, operator]) => [
        field,
        operator,
        operator === '<' ? '2099-01-01T00:00:00+02:00' : '2026-01-01T00:00:00+02:00',
      ]),
    }),
    // The documented log is longer.
    'main.eventlog.tail': async (_portal, params) => ({
      ...params,
      cursor: { ...(params.cursor as object), value: 0 },
    }),
  },
  differences: {
    'main.eventlog.field.get': [
      {
        at: /\.(validationRules|requiredGroups|editable|elementType): missing$/,
        why: "the page's request doesn't select them, and says that the answer depends on that",
      },
      {
        at: /\.description: null/,
        why: 'the page of main.eventlog.field.list shows none for the same field',
      },
    ],
  },
  provocations: {
    'main.eventlog.get': { change: (params) => ({ ...params, id: 999_999 }) },
    'main.eventlog.list': { change: (params) => ({ ...params, pagination: { limit: 'abc' } }) },
    'main.eventlog.tail': { change: (params) => ({ ...params, filter: [['id', '>', 1]] }) },
    'main.eventlog.field.get': { change: ({ select }) => ({ select }) },
    'main.eventlog.field.list': { change: () => ({ select: ['unknownField'] }) },
  },
}
