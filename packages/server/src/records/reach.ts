import type { Entity, Field } from '../schema/entity.ts'
import type { Scalar } from '../schema/kind.ts'
import { and, type Test } from '../store/entity-test.ts'
import { type Grant, type Level, levelAt } from './levels.ts'

/** Whose a record is: its responsible person's, or its author's where nobody is responsible. */
export const ownerOf = (entity: Entity): Field | undefined =>
  entity.byName.get('assignedById') ?? entity.byName.get('createdBy')

/** The people that a level speaks of, from one person's point of view. */
export interface Colleagues {
  readonly own: number
  readonly department: ReadonlySet<number>
  readonly departments: ReadonlySet<number>
}

const never: Test = { is: 'constant', value: false }
const always: Test = { is: 'constant', value: true }
const either = (members: readonly Test[]): Test =>
  members.length === 1 && members[0] !== undefined ? members[0] : { is: 'group', logic: 'OR', members }

/** Which records of an entity somebody may do something to: one condition for SQL, and the same for a record at hand. */
export class Reach {
  /** What lists, totals and searches must fulfil beside what they ask for; undefined where all records do. */
  readonly test: Test | undefined
  /** No record at all. */
  readonly none: boolean
  readonly #entity: Entity
  readonly #grant: Grant
  readonly #colleagues: Colleagues

  constructor(entity: Entity, grant: Grant, colleagues: Colleagues) {
    const category = entity.categories
    const stage = entity.stageField !== undefined
    // What was said of pipelines and stages that an entity doesn't have is of no account.
    const cells = grant.cells.filter(
      (cell) => (cell.category !== undefined) === category && (cell.stage === undefined || stage),
    )
    this.#entity = entity
    this.#grant = simplest({ base: grant.base, cells })
    this.#colleagues = colleagues
    const test = this.#whole()
    this.none = test.is === 'constant' && !test.value
    this.test = test.is === 'constant' && test.value ? undefined : test
  }

  /** Every record there is and will be. */
  get all(): boolean {
    return this.test === undefined
  }

  /** Whether it holds a record with these values. */
  covers(value: (name: string) => Scalar): boolean {
    const { categories, stageField } = this.#entity
    const category = categories ? Number(value('categoryId') ?? 0) : undefined
    const stage = stageField === undefined ? undefined : String(value(stageField) ?? '')
    const level = levelAt(this.#grant, category, stage)
    if (level === 'all') return true
    const owner = ownerOf(this.#entity)
    if (level === 'none' || owner === undefined) return false
    const person = Number(value(owner.name) ?? 0)
    if (level === 'own') return person === this.#colleagues.own
    if (level === 'department') return this.#colleagues.department.has(person)
    if (this.#colleagues.departments.has(person)) return true
    return level === 'opened' && this.#entity.byName.has('opened') && value('opened') === 'Y'
  }

  /** Whether it holds some records of a pipeline, if there are any. */
  touches(category: number): boolean {
    if (this.none || !this.#entity.categories) return !this.none
    const stages = this.#grant.cells.filter((cell) => cell.category === category)
    return [levelAt(this.#grant, category, undefined), ...stages.map(({ level }) => level)].some(
      (level) => level !== 'none',
    )
  }

  /** The level that holds in a place, to tell people what they may do there. */
  levelAt(category: number | undefined, stage: string | undefined): Level {
    return levelAt(this.#grant, category, stage)
  }

  #whole(): Test {
    const { base, cells } = this.#grant
    if (cells.length === 0) return this.#of(base)
    if (!this.#entity.categories) return this.#inStages(undefined)
    const named = [...new Set(cells.map((cell) => cell.category ?? 0))]
    const field = this.#entity.field('categoryId')
    const tests: Test[] = []
    // Pipelines that are alike share a condition.
    const alike = new Map<Level, number[]>()
    for (const category of named) {
      if (cells.some((cell) => cell.category === category && cell.stage !== undefined))
        tests.push(both({ is: 'compare', field, op: 'eq', values: [category] }, this.#inStages(category)))
      else {
        const level = levelAt(this.#grant, category, undefined)
        alike.set(level, [...(alike.get(level) ?? []), category])
      }
    }
    for (const [level, values] of alike) tests.push(both({ is: 'compare', field, op: 'in', values }, this.#of(level)))
    tests.push(both({ is: 'compare', field, op: 'notIn', values: named }, this.#of(base)))
    return anyOf(tests)
  }

  /** What holds in a pipeline whose stages differ; `undefined`: records have stages without pipelines. */
  #inStages(category: number | undefined): Test {
    const { cells } = this.#grant
    const field = this.#entity.field(this.#entity.stageField ?? '')
    const alike = new Map<Level, string[]>()
    const named: string[] = []
    for (const { stage, level, ...cell } of cells) {
      if (stage === undefined || cell.category !== category) continue
      named.push(stage)
      alike.set(level, [...(alike.get(level) ?? []), stage])
    }
    const rest = levelAt(this.#grant, category, undefined)
    return anyOf([
      ...[...alike].map(([level, values]) => both({ is: 'compare', field, op: 'in', values }, this.#of(level))),
      both(named.length === 0 ? always : { is: 'compare', field, op: 'notIn', values: named }, this.#of(rest)),
    ])
  }

  /** What a level means for this entity. */
  #of(level: Level): Test {
    if (level === 'all') return always
    const owner = ownerOf(this.#entity)
    if (level === 'none' || owner === undefined) return never
    const { own, department, departments } = this.#colleagues
    if (level === 'own') return { is: 'compare', field: owner, op: 'eq', values: [own] }
    const among = (people: ReadonlySet<number>): Test => ({
      is: 'compare',
      field: owner,
      op: 'in',
      values: [...people],
    })
    if (level === 'department') return among(department)
    const opened = this.#entity.byName.get('opened')
    return level === 'departments' || opened === undefined
      ? among(departments)
      : either([among(departments), { is: 'compare', field: opened, op: 'eq', values: ['Y'] }])
  }
}

/** Without cells that say what holds there anyway. */
function simplest({ base, cells }: Grant): Grant {
  const plain = (category: number | undefined): Level => levelAt({ base, cells }, category, undefined)
  const stages = cells.filter(({ category, stage, level }) => stage !== undefined && level !== plain(category))
  const pipelines = cells.filter(
    ({ category, stage, level }) =>
      stage === undefined && (level !== base || stages.some((cell) => cell.category === category)),
  )
  return { base, cells: [...pipelines, ...stages] }
}

const isConstant = (test: Test, value: boolean): boolean => test.is === 'constant' && test.value === value

function both(a: Test, b: Test): Test {
  if (isConstant(a, true)) return b
  if (isConstant(b, true)) return a
  return isConstant(a, false) || isConstant(b, false) ? never : and([a, b])
}

function anyOf(tests: readonly Test[]): Test {
  if (tests.some((test) => isConstant(test, true))) return always
  const kept = tests.filter((test) => !isConstant(test, false))
  return kept.length === 0 ? never : either(kept)
}
