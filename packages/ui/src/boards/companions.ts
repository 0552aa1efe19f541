import { shallowReactive } from 'vue'
import { type Card, numbersOf } from './card.ts'
import { askTogether, type Question } from './reads.ts'

const [CONTACT, COMPANY] = [3, 4]
const PAGE = 50

/** Whom a record is about. */
export interface Client {
  readonly id: number
  readonly name: string
  readonly phone: string
  readonly email: string
}

/** What is to be done next for a record. */
export interface NextActivity {
  readonly id: number
  readonly subject: string
  /** ISO 8601; null: whenever. */
  readonly deadline: string | null
  readonly typeId: string
}

interface ClientRow {
  readonly id: number
  readonly title?: string | null
  readonly name?: string | null
  readonly lastName?: string | null
  readonly phone?: string
  readonly email?: string
}

interface ActivityRow {
  readonly ID: string
  readonly OWNER_ID: string
  readonly SUBJECT: string
  readonly DEADLINE: string | null
  readonly TYPE_ID: string
}

/** No deadline at all is written as the end of times (crm-activity-fields.md). */
const isNever = (deadline: string | null): boolean => !deadline || deadline.startsWith('9999')

/**
 * What cards tell of other records: clients by name, the next activity. It is read in one request for a page of cards,
 * whatever stands on them, and kept; cards show it as soon as it is there.
 */
export class Companions {
  readonly contacts = shallowReactive(new Map<number, Client | null>())
  readonly companies = shallowReactive(new Map<number, Client | null>())
  /** By record; null: nothing is planned. */
  readonly activities = shallowReactive(new Map<number, NextActivity | null>())
  readonly #entityTypeId: number
  readonly #waiting: Card[] = []
  #soon: Promise<void> | undefined
  readonly #wants: { readonly clients: boolean; readonly activities: boolean }

  constructor(entityTypeId: number, wants: { readonly clients: boolean; readonly activities: boolean }) {
    this.#entityTypeId = entityTypeId
    this.#wants = wants
  }

  /** Reads what these cards need and nobody has read yet; the cards of several columns at once. */
  read(cards: readonly Card[]): Promise<void> {
    this.#waiting.push(...cards)
    this.#soon ??= Promise.resolve().then(() => {
      this.#soon = undefined
      return this.#read(this.#waiting.splice(0))
    })
    return this.#soon
  }

  async #read(cards: readonly Card[]): Promise<void> {
    const contacts = this.#wants.clients ? unknown(this.contacts, cards, 'contactId') : []
    const companies = this.#wants.clients ? unknown(this.companies, cards, 'companyId') : []
    const owners = this.#wants.activities
      ? cards.map(({ id }) => id).filter((id) => id > 0 && !this.activities.has(id))
      : []
    await this.#ask(contacts, companies, owners)
  }

  /** Reads the next activities of these records anew. */
  async activitiesOf(ids: readonly number[]): Promise<void> {
    if (this.#wants.activities) await this.#ask([], [], ids)
  }

  async #ask(contacts: readonly number[], companies: readonly number[], owners: readonly number[]): Promise<void> {
    const questions: Question[] = []
    const take: ((result: unknown, total: number | undefined) => void)[] = []
    for (const [typeId, ids, known] of [
      [CONTACT, contacts, this.contacts],
      [COMPANY, companies, this.companies],
    ] as const)
      for (const page of pagesOf(ids)) {
        questions.push(clientsQuestion(typeId, page))
        take.push((result) => {
          const rows = new Map((result as { items: ClientRow[] }).items.map((row) => [row.id, row]))
          for (const id of page) known.set(id, clientOf(rows.get(id)))
        })
      }
    const further: { readonly owners: readonly number[]; readonly start: number }[] = []
    const found = new Map<number, NextActivity>()
    const asked = (page: readonly number[], start: number): void => {
      questions.push(this.#activitiesQuestion(page, start))
      take.push((result, total = 0) => {
        gather(found, result as ActivityRow[])
        if (start === 0) for (let next = PAGE; next < total; next += PAGE) further.push({ owners: page, start: next })
      })
    }
    for (const page of pagesOf(owners)) asked(page, 0)
    await answer(questions, take)
    if (further.length > 0) {
      questions.length = 0
      take.length = 0
      for (const { owners: page, start } of further) asked(page, start)
      await answer(questions, take)
    }
    for (const id of owners) this.activities.set(id, found.get(id) ?? null)
  }

  #activitiesQuestion(owners: readonly number[], start: number): Question {
    return {
      method: 'crm.activity.list',
      params: {
        select: ['ID', 'OWNER_ID', 'SUBJECT', 'DEADLINE', 'TYPE_ID'],
        filter: { OWNER_TYPE_ID: this.#entityTypeId, '@OWNER_ID': owners, COMPLETED: 'N' },
        order: { DEADLINE: 'ASC', ID: 'ASC' },
        start,
      },
    }
  }
}

/** What is not answered is not known: the cards show the rest. */
async function answer(
  questions: readonly Question[],
  take: readonly ((result: unknown, total: number | undefined) => void)[],
): Promise<void> {
  const answers = await askTogether<unknown>(questions)
  for (const [index, each] of answers.entries()) if (each.cause === undefined) take[index]?.(each.result, each.total)
}

const pagesOf = (ids: readonly number[]): number[][] =>
  Array.from({ length: Math.ceil(ids.length / PAGE) }, (_, page) => ids.slice(page * PAGE, (page + 1) * PAGE))

const unknown = (known: ReadonlyMap<number, unknown>, cards: readonly Card[], field: string): number[] => [
  ...new Set(cards.flatMap((card) => numbersOf(card[field])).filter((id) => !known.has(id))),
]

const clientsQuestion = (entityTypeId: number, ids: readonly number[]): Question => ({
  method: 'crm.item.list',
  params: {
    entityTypeId,
    select: entityTypeId === CONTACT ? ['id', 'name', 'lastName', 'phone', 'email'] : ['id', 'title', 'phone', 'email'],
    filter: { '@id': ids },
    start: -1,
  },
})

function clientOf(row: ClientRow | undefined): Client | null {
  if (row === undefined) return null
  const name = row.title ?? [row.name, row.lastName].filter(Boolean).join(' ')
  return { id: row.id, name: name || `#${row.id}`, phone: row.phone ?? '', email: row.email ?? '' }
}

/** Rows come by their deadline; those without one come after all that have one. */
function gather(found: Map<number, NextActivity>, rows: readonly ActivityRow[]): void {
  for (const { ID, OWNER_ID, SUBJECT, DEADLINE, TYPE_ID } of rows) {
    const owner = Number(OWNER_ID)
    const deadline = isNever(DEADLINE) ? null : DEADLINE
    const known = found.get(owner)
    if (known === undefined || (known.deadline === null && deadline !== null))
      found.set(owner, { id: Number(ID), subject: SUBJECT, deadline, typeId: TYPE_ID })
  }
}
