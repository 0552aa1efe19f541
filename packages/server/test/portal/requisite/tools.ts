import { sql } from '../../../src/store/sql.ts'
import { announcements } from '../../support/outbox.ts'
import type { TestPortal } from '../../support/portal.ts'

/** What the tests of requisites and addresses do all the time. */
export function tools(portal: TestPortal) {
  const announced = announcements(portal)
  // The wire's own shape, or the refusal.
  // eslint-disable-next-line typescript/no-explicit-any
  const call = async (method: string, params: object = {}, as?: string): Promise<any> => {
    const { status, body } = await portal.call(method, params, as === undefined ? {} : { as })
    return status === 200 ? body.result : [body.error, body.error_description]
  }
  const add = (method: string, fields: object = {}, as?: string): Promise<number> =>
    call(`${method}.add`, { fields }, as)
  return {
    call,
    add,
    company: (fields: object = {}) => add('crm.company', { TITLE: 'Engines', ...fields }),
    contact: (fields: object = {}) => add('crm.contact', { NAME: 'Ada', ...fields }),
    requisite: (ENTITY_TYPE_ID: number, ENTITY_ID: number, fields: object = {}) =>
      add('crm.requisite', { ENTITY_TYPE_ID, ENTITY_ID, PRESET_ID: 1, NAME: 'Main', ...fields }),
    bankDetail: (ENTITY_ID: number, fields: object = {}) =>
      add('crm.requisite.bankdetail', { ENTITY_ID, NAME: 'Bank', ...fields }),
    addressOf: (ENTITY_TYPE_ID: number, ENTITY_ID: number, fields: object = {}) =>
      call('crm.address.add', { fields: { TYPE_ID: 1, ENTITY_TYPE_ID, ENTITY_ID, ...fields } }),
    /** The events since the last call, those alone that begin like this. */
    async events(prefix: string) {
      return (await announced()).filter(({ event }) => event.startsWith(prefix))
    },
    /** What everybody but administrators may do. */
    async rights(level: 'none' | 'own' | 'all', action?: string, entity = '*') {
      const session = portal.portal.store.session()
      await portal.portal.caches.changing(session, ['roles'], async (tx) => {
        if (action === undefined) {
          await tx.change(sql`delete from crm_role_permission where entity <> '*'`)
          await tx.change(sql`update crm_role_permission set level = ${level}`)
        } else if (entity === '*')
          await tx.change(sql`update crm_role_permission set level = ${level} where action = ${action}`)
        else
          await tx.change(
            sql`insert into crm_role_permission (role_id, entity, action, level) values (1, ${entity}, ${action}, ${level})`,
          )
      })
      await session.settled()
    },
  }
}
