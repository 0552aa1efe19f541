import type { Client } from 'portico-client'
import { PortalError } from 'portico-client'
import type { Calling } from '../client-command.ts'
import type { LinkValue } from './engine/cells.ts'
import { type Rule, keysOf, keysOfRow } from './engine/duplicates.ts'
import { type FieldInfo, isMultifield, isRow, selectOf } from './engine/field.ts'
import type { LinkUse, ReadRow, RowFault } from './engine/read-row.ts'
import { linkedRows } from './linked-rows.ts'
import { type Subject, typesOfPrefixes } from './subject.ts'

/** Ids that are known to exist; more of them are forgotten and asked for again. */
const MOST = 20_000
const COMMUNICATIONS: Readonly<Record<number, string>> = { 1: 'LEAD', 3: 'CONTACT', 4: 'COMPANY' }

type Row = Readonly<Record<string, unknown>>

/** Asks the portal about the records that rows name: those they link to, and those they may already be. */
export class Lookups {
  readonly #client: Client
  readonly #signal: AbortSignal
  readonly #calling: Calling
  readonly #subject: Subject
  readonly #there = new Map<string, string>()
  readonly #closed = new Set<string>()

  constructor(calling: Calling, subject: Subject) {
    this.#calling = calling
    this.#client = calling.client
    this.#signal = calling.signal
    this.#subject = subject
  }

  /**
   * Looks up what rows link to, puts the ids of records that were named by the id of another system in their place,
   * and answers what leads nowhere. Older methods drop such links without a word.
   */
  async settleLinks(rows: readonly ReadRow[]): Promise<Map<ReadRow, RowFault[]>> {
    const uses = rows.flatMap((row) => row.links.map((use) => ({ row, use })))
    const groups = new Map<string | number, typeof uses>()
    for (const each of uses) groups.set(each.use.link.target, [...(groups.get(each.use.link.target) ?? []), each])
    const faults = new Map<ReadRow, RowFault[]>()
    for (const [target, group] of groups) {
      await this.#learn(
        target,
        group.map(({ use }) => use.link),
      )
      if (this.#closed.has(String(target))) continue
      for (const { row, use } of group) {
        const id = this.#there.get(nameOf(use.link))
        if (id === undefined) faults.set(row, [...(faults.get(row) ?? []), nowhere(row, use)])
        else settle(row, use, id)
      }
    }
    return faults
  }

  async #learn(target: string | number, links: readonly LinkValue[]): Promise<void> {
    if (this.#there.size > MOST) this.#there.clear()
    const wanted = links.filter((link) => !this.#there.has(nameOf(link)))
    if (wanted.length === 0 || this.#closed.has(String(target))) return
    const { method, params, id, originator, origin } = listOf(target)
    const ids = [...new Set(wanted.flatMap((link) => link.id ?? []))]
    const origins = [...new Set(wanted.flatMap((link) => link.origin?.id ?? []))]
    try {
      for (let at = 0; at < ids.length; at += 50) {
        const some = ids.slice(at, at + 50)
        const query = { ...params, filter: { [`@${id}`]: some }, select: [id] }
        for await (const row of this.#client.list(method, query, { signal: this.#signal, limit: some.length }))
          if (isRow(row)) this.#there.set(nameOf({ target, id: String(row[id]) }), String(row[id]))
      }
      for (let at = 0; at < origins.length; at += 50) {
        const query = {
          ...params,
          filter: { [`@${origin}`]: origins.slice(at, at + 50) },
          select: [id, originator, origin],
        }
        for await (const row of this.#client.list(method, query, { signal: this.#signal })) {
          if (!isRow(row)) continue
          const own = { id: String(row[origin]), originator: String(row[originator] ?? '') }
          for (const named of [own, { ...own, originator: undefined }]) {
            const name = nameOf({ target, origin: named })
            if (!this.#there.has(name)) this.#there.set(name, String(row[id]))
          }
        }
      }
    } catch (cause) {
      if (!(cause instanceof PortalError)) throw cause
      this.#closed.add(String(target))
      this.#calling.output.warn(`links to ${String(target)} cannot be checked here: ${cause.text || cause.code}`)
    }
  }

  /** The records that rows already are, by the first rule that finds one; the oldest of several. */
  async existing(rows: readonly ReadRow[], rules: readonly Rule[]): Promise<Map<ReadRow, string>> {
    const found = new Map<ReadRow, string>()
    for (const rule of rules) {
      const open = rows.filter((row) => !found.has(row) && keysOf(row, rule).length > 0)
      if (open.length === 0) continue
      const some = isMultifield(rule[0] ?? fallback)
        ? await this.#byPoint(open, rule)
        : await this.#byFields(open, rule)
      for (const [row, id] of some) found.set(row, id)
    }
    return found
  }

  /** api-reference/crm/duplicates/crm-duplicate-find-by-comm.md: spellings of one number are one. */
  async #byPoint(rows: readonly ReadRow[], rule: Rule): Promise<Map<ReadRow, string>> {
    const type = rule[0]?.key ?? ''
    const entity = COMMUNICATIONS[this.#subject.entityTypeId ?? 0] ?? ''
    const found = new Map<ReadRow, string>()
    const commands = rows.map(({ points }) => ({
      method: 'crm.duplicate.findbycomm',
      params: {
        entity_type: entity,
        type,
        values: points
          .filter((point) => point.type === type)
          .map(({ value }) => value)
          .slice(0, 20),
      },
    }))
    const { results, errors } = await this.#client.batch(commands, { signal: this.#signal })
    for (const error of Object.values(errors)) throw error
    for (const [index, row] of rows.entries()) {
      const answer: unknown = results[index]
      const ids = isRow(answer) && Array.isArray(answer[entity]) ? answer[entity].map(Number) : []
      if (ids.length > 0) found.set(row, String(Math.min(...ids)))
    }
    return found
  }

  async #byFields(rows: readonly ReadRow[], rule: Rule): Promise<Map<ReadRow, string>> {
    const { id } = this.#subject
    const written = (row: ReadRow, key: string): unknown => row.fields[key] ?? row.finding[key]
    const filter = Object.fromEntries(
      rule.map(({ key }) => [`@${key}`, [...new Set(rows.map((row) => plain(written(row, key))))]]),
    )
    const { method, params } = this.#subject.list({ filter, select: [id, ...rule.map(({ key }) => key)] })
    const byKey = new Map<string, string>()
    for await (const row of this.#client.list(method, params, { signal: this.#signal }))
      if (isRow(row)) for (const key of keysOfRow(row, rule)) if (!byKey.has(key)) byKey.set(key, String(row[id]))
    return new Map(
      rows.flatMap((row) => {
        const own = keysOf(row, rule)
          .map((key) => byKey.get(key))
          .find((each) => each !== undefined)
        return own === undefined ? [] : [[row, own] as const]
      }),
    )
  }

  /** Records as they are, by id, with some of their fields. */
  async records(ids: readonly string[], fields: readonly FieldInfo[]): Promise<Map<string, Row>> {
    const { id } = this.#subject
    if (ids.length === 0) return new Map()
    const { method, params } = this.#subject.list({ filter: { [`@${id}`]: ids }, select: [id, ...selectOf(fields)] })
    const found: Record<string, unknown>[] = []
    for await (const row of this.#client.list(method, params, { signal: this.#signal, limit: ids.length }))
      if (isRow(row)) found.push(row)
    const whole = await linkedRows(this.#calling, this.#subject, fields, found)
    return new Map(whole.map((row) => [String(row[id]), row]))
  }
}

const fallback = { type: '', key: '', titles: [], required: false, readOnly: false, multiple: false, settings: {} }
const plain = (value: unknown): unknown => (isRow(value) && 'target' in value ? (value.id ?? '') : value)

const nameOf = ({ target, id, origin }: LinkValue): string =>
  origin === undefined
    ? `${target} ${id}`
    : `${target} origin ${JSON.stringify([origin.originator ?? null, origin.id])}`

function settle(row: ReadRow, { key, place, link }: LinkUse, id: string): void {
  const value = { target: link.target, id }
  const fields = row.fields as Record<string, unknown>
  const list = fields[key]
  if (place === undefined) fields[key] = value
  else if (Array.isArray(list)) list[place] = value
}

const nowhere = ({ line }: ReadRow, { column, link }: LinkUse): RowFault => ({
  line,
  column,
  value: link.id ?? `origin:${link.origin?.id ?? ''}`,
  code: 'UNKNOWN_RECORD',
  reason: `is the id of no ${String(link.target).replace('crm_', '')} that you see`,
})

/** How records of a kind are listed. */
function listOf(target: string | number) {
  const prefix = String(target).replace('crm_', 'crm.')
  return typeof target === 'string' && prefix in typesOfPrefixes
    ? { method: `${prefix}.list`, params: {}, id: 'ID', originator: 'ORIGINATOR_ID', origin: 'ORIGIN_ID' }
    : {
        method: 'crm.item.list',
        params: { entityTypeId: target },
        id: 'id',
        originator: 'originatorId',
        origin: 'originId',
      }
}

/** Whether phones and e-mails of such records can be looked for. */
export const findsByPoint = ({ entityTypeId }: Subject): boolean => (entityTypeId ?? 0) in COMMUNICATIONS
