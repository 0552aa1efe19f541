import { applicationToken } from '../../support/application.ts'
import type { TestPortal } from '../../support/portal.ts'
import { type Tools, tools } from '../timeline/tools.ts'

/** A row of `crm.activity.*`: what the wire shows of an activity. */
export type Row = Record<string, string | null> & {
  readonly ID: string
  readonly SETTINGS: unknown
  readonly FILES?: readonly { id: number; url: string }[]
  readonly BINDINGS?: readonly { OWNER_TYPE_ID: string; OWNER_ID: string }[]
  readonly COMMUNICATIONS?: readonly Record<string, unknown>[]
}

export interface ActivityTools extends Tools {
  /** A call with a phone of the owner's. */
  callWith(ownerTypeId: number, ownerId: number, more?: object): Promise<number>
  todo(ownerTypeId: number, ownerId: number, more?: object): Promise<number>
  get(id: number): Promise<Row>
  list(filter: object, more?: object, options?: { as?: string }): Promise<Row[]>
  ids(filter: object, options?: { as?: string }): Promise<number[]>
  app(): Promise<{ token: string }>
}

export function activityTools(portal: TestPortal): ActivityTools {
  const base = tools(portal)
  const list: ActivityTools['list'] = (filter, more = {}, options = {}) =>
    base.must('crm.activity.list', { filter, order: { ID: 'ASC' }, ...more }, options)
  return {
    ...base,
    callWith: (OWNER_TYPE_ID, OWNER_ID, more = {}) =>
      base.must('crm.activity.add', {
        fields: {
          OWNER_TYPE_ID,
          OWNER_ID,
          TYPE_ID: 2,
          SUBJECT: 'A call',
          COMMUNICATIONS: [{ VALUE: '+4930' }],
          ...more,
        },
      }),
    async todo(ownerTypeId, ownerId, more = {}) {
      const deadline = '2026-06-01T12:00:00+02:00'
      return (await base.must<{ id: number }>('crm.activity.todo.add', { ownerTypeId, ownerId, deadline, ...more })).id
    },
    get: (id) => base.must('crm.activity.get', { id }),
    list,
    ids: async (filter, options) => (await list(filter, {}, options)).map((row) => Number(row.ID)),
    app: async () => ({ token: await applicationToken(portal) }),
  }
}
