import { readDraft } from '../../methods/draft.ts'
import type { Call } from '../../methods/method.ts'
import type { Context, Portal } from '../../records/context.ts'
import * as records from '../../records/records.ts'
import { itemWire } from '../../schema/wire.ts'
import type { Session } from '../../store/store.ts'
import { user } from '../../store/tables.ts'
import type { Table } from '../../store/table.ts'

export type Fields = Readonly<Record<string, unknown>>

/** Who does something, and when, in epoch seconds. */
export interface Moment {
  readonly by: number
  readonly at: number
}

/** What demo data is made with: the portal's own methods, as its administrator, and its use cases in the past. */
export class DemoTools {
  readonly portal: Portal
  readonly session: Session
  readonly #dispatch: Call['dispatch']

  constructor(portal: Portal, session: Session, dispatch: Call['dispatch']) {
    this.portal = portal
    this.session = session
    this.#dispatch = dispatch
  }

  /** The same with a session of its own; whoever asks for it settles it. */
  apart(): DemoTools {
    return new DemoTools(this.portal, this.portal.store.session(), this.#dispatch)
  }

  async call(method: string, parameters: Fields): Promise<unknown> {
    const outcome = await this.#dispatch(method, parameters)
    if (outcome.error !== undefined) throw new Error(`demo data: ${method}: ${outcome.error.message}`)
    return outcome.result
  }

  /** Adds a record as `crm.item.add` does, but at any time and as anybody. Answers its id. */
  async add(entityTypeId: number, fields: Fields, moment: Moment): Promise<number> {
    const context = await this.#context(moment)
    const entity = await this.portal.entities.get(this.session, entityTypeId)
    const draft = await readDraft(context, entity, itemWire, fields, { isNew: true, strict: true })
    return records.create(context, entity, draft, { missing: 'refuse' })
  }

  /** Changes a record likewise: history and the date of the last move tell the same. */
  async change(entityTypeId: number, id: number, fields: Fields, moment: Moment): Promise<void> {
    const context = await this.#context(moment)
    const entity = await this.portal.entities.get(this.session, entityTypeId)
    const draft = await readDraft(context, entity, itemWire, fields, { isNew: false, strict: true })
    await records.update(context, entity, id, draft, { missing: 'refuse' })
  }

  async #context({ by, at }: Moment): Promise<Context> {
    const person = await this.portal.people.find(this.session, by)
    if (person === undefined) throw new Error(`demo data: there is no person ${by}`)
    return { portal: this.portal, session: this.session, person, now: at }
  }

  /** The next record of this table gets the id that the documentation names. */
  async nextIdIs(table: Pick<Table, 'name'>, id: number): Promise<void> {
    await this.session.transaction((tx) => tx.skipIds({ name: table.name, columns: {} }, id))
  }

  async person(
    id: number,
    given: { name: string; lastName: string; position: string; gender: 'F' | 'M' },
  ): Promise<void> {
    await this.nextIdIs(user, id)
    const now = Math.floor(this.portal.sources.now())
    await this.portal.caches.changing(this.session, ['people'], async (tx) => {
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
      tx.count(user.name, 1)
    })
  }
}
