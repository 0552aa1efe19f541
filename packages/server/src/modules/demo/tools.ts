import type { Call } from '../../methods/method.ts'
import type { Portal } from '../../records/context.ts'
import type { Session } from '../../store/store.ts'
import { user } from '../../store/tables.ts'
import type { Table } from '../../store/table.ts'

type Fields = Readonly<Record<string, unknown>>

/** What demo data is made with: the portal's own methods, as its administrator. */
export class DemoTools {
  readonly #portal: Portal
  readonly #session: Session
  readonly #dispatch: Call['dispatch']

  constructor(portal: Portal, session: Session, dispatch: Call['dispatch']) {
    this.#portal = portal
    this.#session = session
    this.#dispatch = dispatch
  }

  async call(method: string, parameters: Fields): Promise<unknown> {
    const outcome = await this.#dispatch(method, parameters)
    if (outcome.error !== undefined) throw new Error(`demo data: ${method}: ${outcome.error.message}`)
    return outcome.result
  }

  /** The next record of this table gets the id that the documentation names. */
  async nextIdIs(table: Pick<Table, 'name'>, id: number): Promise<void> {
    await this.#session.transaction((tx) => tx.skipIds({ name: table.name, columns: {} }, id))
  }

  async person(
    id: number,
    given: { name: string; lastName: string; position: string; gender: 'F' | 'M' },
  ): Promise<void> {
    await this.nextIdIs(user, id)
    const now = Math.floor(this.#portal.sources.now())
    await this.#portal.caches.changing(this.#session, ['people'], async (tx) => {
      const email = `${given.name}.${given.lastName}@example.com`.toLowerCase()
      tx.insert(user, {
        id: await tx.nextId(user),
        active: 'Y',
        email,
        login: email,
        name: given.name,
        last_name: given.lastName,
        work_position: given.position,
        personal_gender: given.gender,
        is_admin: 'N',
        date_register: now,
        timestamp_x: now,
        uf_department: '[1]',
        user_type: 'employee',
        time_zone: '',
      })
    })
  }
}
