import { type Dialect, type FieldInfo, isRow } from './field.ts'

/** A choice by its code and by its name. */
export interface Choice {
  readonly code: string
  readonly name: string
}

/** What a portal knows that values of fields name. Undefined where it was not asked, or did not tell. */
export interface Facts {
  readonly dialect: Dialect
  readonly entityTypeId: number | undefined
  readonly fields: readonly FieldInfo[]
  /** Directories by their name: `SOURCE`, `DEAL_STAGE_5`. */
  readonly statuses?: ReadonlyMap<string, readonly Choice[]> | undefined
  readonly users?: Users | undefined
  readonly currencies?: ReadonlySet<string> | undefined
  readonly categories?: readonly Category[] | undefined
}

export interface Category {
  readonly id: number
  readonly name: string
  readonly isDefault: boolean
}

/** People by id and by e-mail. */
export interface Users {
  readonly ids: ReadonlySet<string>
  readonly byEmail: ReadonlyMap<string, string>
}

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

/** Directories, from rows of `crm.status.list`. */
export function readStatuses(rows: readonly unknown[]): Map<string, Choice[]> {
  const all = new Map<string, Choice[]>()
  for (const row of rows) {
    if (!isRow(row)) continue
    const directory = text(row.ENTITY_ID)
    const choices = all.get(directory) ?? []
    choices.push({ code: text(row.STATUS_ID), name: text(row.NAME) })
    all.set(directory, choices)
  }
  return all
}

/** People, from rows of `user.get`. */
export function readUsers(rows: readonly unknown[]): Users {
  const people = rows.filter(isRow)
  return {
    ids: new Set(people.map(({ ID }) => text(ID))),
    byEmail: new Map(
      people.flatMap(({ ID, EMAIL }) => (text(EMAIL) === '' ? [] : [[text(EMAIL).toLowerCase(), text(ID)]])),
    ),
  }
}

/** Pipelines, from the `categories` of `crm.category.list`. */
export function readCategories(rows: readonly unknown[]): Category[] {
  return rows
    .filter(isRow)
    .map(({ id, name, isDefault }) => ({ id: Number(id), name: text(name), isDefault: isDefault === 'Y' }))
}

/** A choice by its code, or else by its name; undefined where there is none, or where the name stands for several. */
export function choose(choices: readonly Choice[], written: string): Choice | undefined {
  const wanted = written.trim()
  const exact = choices.find(({ code }) => code === wanted)
  if (exact !== undefined) return exact
  const lower = wanted.toLowerCase()
  const named = choices.filter(({ code, name }) => name.toLowerCase() === lower || code.toLowerCase() === lower)
  return new Set(named.map(({ code }) => code)).size === 1 ? named[0] : undefined
}

/** The directory of the stages of a pipeline (`api-reference/crm/status/index.md`). */
export function stageDirectory({ entityTypeId, fields }: Facts, category: number): string | undefined {
  if (entityTypeId === 1) return 'STATUS'
  if (entityTypeId === 2) return category === 0 ? 'DEAL_STAGE' : `DEAL_STAGE_${category}`
  if (entityTypeId === 7) return 'QUOTE_STATUS'
  if (entityTypeId === 31) return `SMART_INVOICE_STAGE_${category}`
  const told = fields.find(isStage)?.statusType
  return entityTypeId !== undefined && entityTypeId >= 128 ? `DYNAMIC_${entityTypeId}_STAGE_${category}` : told
}

/** Whether a field holds the stage of its record. */
export const isStage = ({ key, type }: FieldInfo): boolean =>
  type === 'crm_status' && /^(stageid|statusid)$/.test(key.toLowerCase().replaceAll('_', ''))

/** Every stage of every pipeline of the entity. */
export function allStages(facts: Facts): Choice[] {
  const directory = stageDirectory(facts, 0)?.replace(/_\d+$/, '')
  if (directory === undefined || facts.statuses === undefined) return []
  const ours = new RegExp(`^${directory}(_\\d+)?$`)
  // A smart process of number 13 is no pipeline of number 1.
  return [...facts.statuses].flatMap(([name, choices]) => (ours.test(name) ? choices : []))
}
