import { shallowReactive } from 'vue'
import { call } from '../api/portal.ts'
import type { Card } from './card.ts'
import { narrowed } from './narrowed.ts'
import { type Answered, askTogether, type Question } from './reads.ts'
import { comparing, orderOf, placeOf, type Sorting } from './sorting.ts'

export interface BoardSpec {
  readonly entityTypeId: number
  /** The pipeline; undefined where the type has none. */
  readonly categoryId: number | undefined
  readonly filter: Readonly<Record<string, unknown>>
  readonly sorting: Sorting
  readonly select: readonly string[]
  readonly stageIds: readonly string[]
  /** Whether records have an amount to be summed up. */
  readonly hasSums: boolean
}

/** One stage, as far as it has been read. */
export interface Column {
  readonly stageId: string
  cards: readonly Card[]
  isLoaded: boolean
  isComplete: boolean
  isLoading: boolean
  failure: unknown
  /** Of all its records, read or not; undefined until they have been counted. */
  count: number | undefined
  /** In the portal's own currency. */
  sum: number | undefined
}

export interface Totals {
  readonly currencyId: string
  readonly groups: readonly {
    readonly key: Readonly<Record<string, unknown>>
    readonly count: number
    readonly sums: Readonly<Record<string, number | undefined>>
  }[]
}

const PAGE = 50
/** Beyond so many changes at once it is cheaper to read everything anew. */
const MANY = 100
/** So many cards of a column are kept fresh by reading them anew; who has scrolled further sees changes one by one. */
const FRESH_PAGES = 4

const columnOf = (stageId: string): Column =>
  shallowReactive({
    stageId,
    cards: [],
    isLoaded: false,
    isComplete: false,
    isLoading: false,
    failure: undefined,
    count: undefined,
    sum: undefined,
  })

/**
 * The records of a pipeline by their stages, as far as anybody has scrolled. Pages are read as they are wanted, all
 * that is wanted at one time in one request; what changes is put to its place without reading the rest.
 */
export class Board {
  readonly spec: BoardSpec
  readonly columns: ReadonlyMap<string, Column>
  /** What sums are in; '' until they have been read. */
  readonly totals = shallowReactive({ currencyId: '', failure: undefined as unknown })
  /** Records that are being written: what the server says of them meanwhile is old. */
  readonly pending = shallowReactive(new Set<number>())
  /** Called with cards that have come, for what else is to be read for them. */
  onCards: (cards: readonly Card[]) => void = () => {}
  /** Runs a change of what is shown; who shows it may let cards glide to their new places. */
  around: (ids: readonly number[], change: () => void) => void = (_ids, change) => change()
  readonly #compare: (one: Card, other: Card) => number
  readonly #where = new Map<number, string>()
  readonly #wanted = new Set<string>()
  /** Counts changes to the order of a column: a page that was asked for before one of them may have missed a card. */
  readonly #versions = new Map<string, number>()
  #reading: Promise<void> | undefined

  constructor(spec: BoardSpec) {
    this.spec = spec
    this.columns = new Map(spec.stageIds.map((id) => [id, columnOf(id)]))
    this.#compare = comparing(spec.sorting)
  }

  column(stageId: string): Column | undefined {
    return this.columns.get(stageId)
  }

  card(id: number): Card | undefined {
    return this.column(this.#where.get(id) ?? '')?.cards.find((card) => card.id === id)
  }

  /** All records' condition: the filter, in this pipeline. */
  filter(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
    const { filter, categoryId } = this.spec
    return narrowed(filter, { ...(categoryId === undefined ? {} : { categoryId }), ...more })
  }

  /** Reads the next page of these columns; resolves when it is there, or has failed. */
  want(stageIds: readonly string[]): Promise<void> {
    for (const id of stageIds) {
      const column = this.column(id)
      if (column !== undefined && !column.isComplete && !column.isLoading) this.#wanted.add(id)
    }
    if (this.#wanted.size === 0) return this.#reading ?? Promise.resolve()
    // Whoever else wants something in this turn goes along.
    return Promise.resolve().then(() => this.#readWanted())
  }

  async #readWanted(): Promise<void> {
    const columns = [...this.#wanted].flatMap((id) => this.column(id) ?? [])
    this.#wanted.clear()
    if (columns.length === 0) return this.#reading
    for (const column of columns) Object.assign(column, { isLoading: true, failure: undefined })
    const versions = columns.map(({ stageId }) => this.#versions.get(stageId) ?? 0)
    const reading = this.#pages(columns.map((column) => ({ column, start: this.#offset(column) }))).then((answers) => {
      const missed: Column[] = []
      for (const [index, column] of columns.entries()) {
        const answered = answers[index]
        column.isLoading = false
        if (answered?.cause !== undefined) column.failure = answered.cause
        else if ((this.#versions.get(column.stageId) ?? 0) !== versions[index]) missed.push(column)
        else this.#append(column, answered?.result.items ?? [])
      }
      if (missed.length > 0) return this.want(missed.map(({ stageId }) => stageId))
      return undefined
    })
    this.#reading = reading
    await reading
  }

  #offset({ cards }: Column): number {
    return cards.filter(({ id }) => id > 0).length
  }

  async #pages(
    pages: readonly { readonly column: Column; readonly start: number }[],
  ): Promise<Answered<{ items: Card[] }>[]> {
    const { entityTypeId, select, sorting } = this.spec
    const questions: Question[] = pages.map(({ column, start }) => ({
      method: 'crm.item.list',
      params: {
        entityTypeId,
        select,
        filter: this.filter({ '=stageId': column.stageId }),
        order: orderOf(sorting),
        // Beyond the first page an offset counts along: what is counted is thrown away, the totals are read once.
        start: start === 0 ? -1 : start,
      },
    }))
    try {
      return await askTogether<{ items: Card[] }>(questions)
    } catch (cause) {
      return questions.map(() => ({ cause: cause as Error }))
    }
  }

  #append(column: Column, rows: readonly Card[]): void {
    const fresh = rows.filter(({ id }) => !this.#isHere(id, column.stageId))
    for (const { id } of fresh) this.#where.set(id, column.stageId)
    column.cards = [...column.cards, ...fresh]
    column.isLoaded = true
    column.isComplete = rows.length < PAGE
    this.onCards(fresh)
  }

  /** A card that stands somewhere already: here, or where it is just being moved to. */
  #isHere(id: number, stageId: string): boolean {
    const known = this.#where.get(id)
    if (known === undefined) return false
    if (known === stageId || this.pending.has(id)) return true
    this.#take(id)
    return false
  }

  /** Counts and sums, of all stages or of some. */
  async readTotals(stageIds?: readonly string[]): Promise<void> {
    const { entityTypeId, hasSums } = this.spec
    const some = stageIds === undefined ? {} : { '@stageId': [...new Set(stageIds)] }
    try {
      const { currencyId, groups } = await call<Totals>('portico.item.totals', {
        entityTypeId,
        filter: this.filter(some),
        groupBy: ['stageId'],
        sum: hasSums ? ['opportunity'] : [],
      })
      // While something is being written, what was counted may be from before or after it.
      if (this.pending.size > 0) return
      const found = new Map(groups.map((group) => [String(group.key.stageId), group]))
      for (const column of this.columns.values()) {
        if (stageIds !== undefined && !stageIds.includes(column.stageId)) continue
        const group = found.get(column.stageId)
        column.count = group?.count ?? 0
        column.sum = group?.sums.opportunity ?? 0
      }
      this.totals.currencyId = currencyId
      this.totals.failure = undefined
    } catch (cause) {
      this.totals.failure = cause
    }
  }

  /** Columns that hold other cards than the counts say: something has happened that nobody was told of. */
  #unlike(): Column[] {
    return [...this.columns.values()].filter(
      ({ isLoaded, isComplete, isLoading, count, cards }) =>
        isLoaded && !isLoading && count !== undefined && (isComplete ? count !== cards.length : count < cards.length),
    )
  }

  /** Reads everything that is shown anew, and keeps what is the same. */
  async refresh(): Promise<void> {
    await this.readTotals()
    await this.#reread([...this.columns.values()].filter(({ isLoaded }) => isLoaded))
  }

  async #reread(columns: readonly Column[]): Promise<void> {
    const pages = columns.flatMap((column) => {
      const many = Math.min(FRESH_PAGES, Math.max(1, Math.ceil(column.cards.length / PAGE)))
      return Array.from({ length: many }, (_, page) => ({ column, start: page * PAGE }))
    })
    const answers = await this.#pages(pages)
    for (const column of columns) {
      const mine = answers.filter((_answer, index) => pages[index]?.column === column)
      const rows: Card[] = []
      for (const answered of mine) if (answered.cause === undefined) rows.push(...answered.result.items)
      if (mine.every((each) => each.cause === undefined)) this.#replace(column, rows, mine.length * PAGE)
    }
  }

  /** Puts fresh rows in place of the first `asked` cards of a column. */
  #replace(column: Column, rows: readonly Card[], asked: number): void {
    const ids = new Set(rows.map(({ id }) => id))
    const staying = column.cards.filter(({ id }) => id < 0 || this.pending.has(id))
    const further = rows.length < asked ? [] : column.cards.slice(asked).filter(({ id }) => !ids.has(id))
    const fresh = rows.filter(({ id }) => !this.pending.has(id))
    this.around([...ids], () => {
      for (const { id } of column.cards) if (this.#where.get(id) === column.stageId) this.#where.delete(id)
      for (const { id } of fresh) this.#take(id)
      const cards = [...fresh, ...further]
      for (const card of staying) cards.splice(card.id < 0 ? 0 : placeOf(cards, card, this.#compare), 0, card)
      for (const { id } of cards) this.#where.set(id, column.stageId)
      column.cards = cards
      column.isLoaded = true
      column.isComplete = rows.length < asked
    })
    this.onCards(fresh)
  }

  /** Something has happened to these records: each goes where it belongs now, if it belongs here at all. */
  async touched(ids: readonly number[]): Promise<void> {
    const asked = [...new Set(ids)].filter((id) => !this.pending.has(id))
    if (asked.length === 0) return
    if (asked.length > MANY) return this.refresh()
    const { entityTypeId, select } = this.spec
    const pages = Array.from({ length: Math.ceil(asked.length / PAGE) }, (_, page) =>
      asked.slice(page * PAGE, (page + 1) * PAGE),
    )
    const answers = await askTogether<{ items: Card[] }>(
      pages.map((page) => ({
        method: 'crm.item.list',
        params: { entityTypeId, select, filter: this.filter({ '@id': page }), start: -1 },
      })),
    )
    const failed = answers.find((each) => each.cause !== undefined)
    if (failed?.cause !== undefined) throw failed.cause
    const rows = new Map<number, Card>()
    for (const each of answers) if (each.cause === undefined) for (const row of each.result.items) rows.set(row.id, row)
    const changed = asked.filter((id) => !this.pending.has(id))
    this.around(changed, () => {
      for (const id of changed) {
        const row = rows.get(id)
        if (row === undefined) this.#take(id)
        else this.put(row)
      }
    })
    this.onCards([...rows.values()])
  }

  /** Counts anew, and reads those columns anew that hold other cards than were counted. */
  async check(): Promise<void> {
    await this.readTotals()
    const unlike = this.#unlike()
    if (unlike.length > 0) await this.#reread(unlike)
  }

  /** Puts a record to its place, wherever it stood before; beyond what has been read it is only counted. */
  put(card: Card): void {
    const before = this.card(card.id)
    const column = this.column(card.stageId)
    if (before !== undefined && before.stageId === card.stageId && this.#compare(before, card) === 0 && column) {
      column.cards = column.cards.map((each) => (each.id === card.id ? card : each))
      return
    }
    this.#take(card.id)
    if (column === undefined || !(column.isLoaded || column.count === 0)) return
    const place = card.id < 0 ? 0 : placeOf(column.cards, card, this.#compare)
    if (place === column.cards.length && !column.isComplete && column.isLoaded) return
    column.cards = column.cards.toSpliced(place, 0, card)
    this.#where.set(card.id, column.stageId)
    this.#changed(column.stageId)
  }

  /** Takes a record off the board. */
  #take(id: number): void {
    const column = this.column(this.#where.get(id) ?? '')
    if (column === undefined) return
    this.#where.delete(id)
    column.cards = column.cards.filter((card) => card.id !== id)
    this.#changed(column.stageId)
  }

  remove(id: number): void {
    this.#take(id)
  }

  /** Counts a record in or out of a stage, until the server's own count comes. */
  count(stageId: string, cards: 1 | -1, worth: number): void {
    const column = this.column(stageId)
    if (column === undefined) return
    if (column.count !== undefined) column.count += cards
    if (column.sum !== undefined) column.sum += cards * worth
  }

  #changed(stageId: string): void {
    this.#versions.set(stageId, (this.#versions.get(stageId) ?? 0) + 1)
  }
}
