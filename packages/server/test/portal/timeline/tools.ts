import { sql } from '../../../src/store/sql.ts'
import type { Reading } from '../../../src/modules/crm/timeline/sources.ts'
import type { TestPortal } from '../../support/portal.ts'

/** A picture of 3 × 2 pixels. */
export const gif = 'R0lGODlhAwACAIAAAP///wAAACH5BAEAAAAALAAAAAADAAIAAAICRAEAOw=='

/** A PNG's head, which is all that its size is read from. */
export function png(width: number, height: number): string {
  const head = Buffer.from('89504e470d0a1a0a0000000d4948445200000000000000000806000000', 'hex')
  head.writeUInt32BE(width, 16)
  head.writeUInt32BE(height, 20)
  return head.toString('base64')
}

export const refused = (error: string, error_description: string) => ({
  status: 400,
  body: { error, error_description },
})

/** A person who reads timelines, the administrator unless said otherwise. */
export async function readerOf({ portal, links }: TestPortal, id = 1): Promise<Reading> {
  const session = portal.store.session()
  const person = await portal.people.find(session, id)
  if (person === undefined) throw new Error('nobody')
  const now = Math.floor(portal.sources.now())
  const credential = { kind: 'session', id: `person:${id}`, userId: id, scopes: undefined } as const
  const fileUrls = links.maker('https://portal.example', credential, now)
  return { portal, session, person, now, encode: { zone: portal.zone, fileUrls } }
}

export interface Tools {
  /** Calls a method that has to succeed. */
  must<T = number>(method: string, params: object, options?: { as?: string; token?: string }): Promise<T>
  add(entity: string, fields?: object): Promise<number>
  comment(entity: string, id: number, text?: string, more?: object): Promise<number>
  message(entityTypeId: number, entityId: number, more?: object, options?: { token?: string }): Promise<number>
  /** How many rows of a table meet a condition. */
  count(table: string, where?: ReturnType<typeof sql>): Promise<number>
  /** Whose records people without roles may do anything to. */
  rights(level: 'own' | 'all' | 'none'): Promise<void>
}

export function tools(portal: TestPortal): Tools {
  const must: Tools['must'] = async (method, params, options) => {
    const { status, body } = await portal.call(method, params, options)
    if (status !== 200) throw new Error(`${method} was refused: ${body.error} ${body.error_description}`)
    return body.result
  }
  return {
    must,
    add: (entity, fields = {}) => must(`crm.${entity}.add`, { fields }),
    comment: (ENTITY_TYPE, ENTITY_ID, COMMENT = 'A comment', more = {}) =>
      must('crm.timeline.comment.add', { fields: { ENTITY_TYPE, ENTITY_ID, COMMENT, ...more } }),
    async message(entityTypeId, entityId, more = {}, options = {}) {
      const fields = { entityTypeId, entityId, title: 'Sync', text: 'Ran', iconCode: 'info', ...more }
      const made = await must<{ logMessage: { id: number } }>('crm.timeline.logmessage.add', { fields }, options)
      return made.logMessage.id
    },
    async count(table, where = sql`1 = 1`) {
      const [row] = await portal.portal.store
        .session()
        .find<{ n: number }>(sql`select count(*) as n from ${sql.table(table)} where ${where}`)
      return Number(row?.n)
    },
    async rights(level) {
      const session = portal.portal.store.session()
      await portal.portal.caches.changing(session, ['roles'], (tx) =>
        tx.change(sql`update crm_role_permission set level = ${level}`),
      )
      await session.settled()
    },
  }
}
