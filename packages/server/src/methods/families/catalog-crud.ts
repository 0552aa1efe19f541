import { Failure } from '../../records/failure.ts'
import * as records from '../../records/records.ts'
import type { Entity, Field } from '../../schema/entity.ts'
import { splitKey } from '../../schema/filter.ts'
import { isBlank } from '../../schema/kind.ts'
import { catalogWire, holdsOn } from '../../schema/wire.ts'
import { scalarOf, type Stored } from '../../store/entity-query.ts'
import { and, type Test } from '../../store/entity-test.ts'
import { sql } from '../../store/sql.ts'
import { readFilter, readOrder } from '../conditions.ts'
import { readDraft } from '../draft.ts'
import { ApiError, inStyle } from '../errors.ts'
import { type Call, Listing, type Map, method, type Method, need, take } from '../method.ts'
import { encodeRow, itemSelection } from '../rows.ts'
import { catalogStyle, type CatalogVerb, type CatalogWords } from './catalog-style.ts'

/** One family of camelCase methods: `catalog.vat.*` and its siblings, on the same records as `crm.vat.*`. */
export interface CatalogFamily {
  readonly prefix: string
  readonly entityTypeId: number
  /** The keys around a record and around a list of them; `made`: around one that was written, where that differs. */
  readonly one: string
  readonly many: string
  readonly made?: string
  /** The methods that it has; all six if not given. */
  readonly verbs?: readonly CatalogVerb[]
  readonly words: CatalogWords
  /** Whoever may read these may read what the family shows. */
  readonly readersOf: number
  /** Whose rights to change count, where they are not the entity's own. */
  readonly writersOf?: number
  /** What a record belongs to, by its field: whoever may not read or change that may not read or change the record. */
  readonly owner?: { readonly field: string; readonly entity: Entity }
  /** Writes that refuse, as reading does, whoever may not read. */
  readonly readFirst?: ReadonlySet<CatalogVerb>
  /** Fields that a new record must have and that no change may empty; those that every change must name. */
  readonly required: readonly string[]
  readonly demanded?: readonly string[]
  /** What lists must select, and what they must filter by. */
  readonly selected?: readonly string[]
  readonly filtered?: readonly string[]
  /** The fields that the family knows, if not all. */
  readonly knows?: (field: Field) => boolean
  /** Fields that a single record doesn't show, and those that descriptions leave out. */
  readonly unshown?: ReadonlySet<string>
  readonly undescribed?: ReadonlySet<string>
  /** New records get this value, and those with another are not of the family. */
  readonly is?: { readonly field: string; readonly value: number }
  /** What a single record looks like in the end. */
  readonly finish?: (row: Record<string, unknown>) => Record<string, unknown>
  readonly partial?: Partial<Record<CatalogVerb, string>>
}

export interface CatalogList {
  readonly select: readonly unknown[] | undefined
  readonly filter: Map
  readonly order: unknown
  readonly start: number
}

const scope = 'catalog'
const wire = catalogWire
const nameOf = (of: Entity, key: unknown): string | undefined =>
  typeof key === 'string' ? wire.find(of, key)?.name : undefined

/** The description of a field as `getFields` has it. */
export const catalogField = (field: Field, required: readonly string[]): Record<string, unknown> => ({
  isImmutable: holdsOn(wire, field.immutable),
  isReadOnly: holdsOn(wire, field.readOnly),
  isRequired: required.includes(field.name),
  type: wire.type(field),
})

/** Refuses fields that are required and blank; `all`: those that aren't given as well. */
export function requireNamed(of: Entity, fields: Map, required: readonly string[], all: boolean): void {
  const given = new Map(Object.entries(fields).map(([key, value]) => [nameOf(of, key), value]))
  const missing = required.filter((name) => (given.has(name) ? isBlank(given.get(name)) : all))
  if (missing.length > 0) throw new Failure({ why: 'required', fields: missing.map((name) => of.field(name)) })
}

/** The use cases of a family, for its six methods and those that it has beside them. */
export class CatalogCrud {
  readonly family: CatalogFamily

  constructor(family: CatalogFamily) {
    this.family = family
  }

  /** Runs the body of a method, in the family's words, if the caller may do what it does. */
  async run<T>(call: Call, verb: CatalogVerb, body: (of: Entity) => Promise<T> | T): Promise<T> {
    const { words, writersOf, readFirst, readersOf, entityTypeId } = this.family
    const { entities, access } = call.portal
    const reads = verb === 'get' || verb === 'list' || verb === 'getFields'
    if (reads || readFirst?.has(verb))
      await inStyle(catalogStyle(words, verb, true), 'read', async () =>
        access.require(call, await entities.get(call.session, readersOf), 'read'),
      )
    return inStyle(catalogStyle(words, verb, reads), reads ? 'read' : 'write', async () => {
      if (!reads) {
        const writers = await entities.get(call.session, writersOf ?? entityTypeId)
        await access.require(call, writers, writersOf === undefined ? verb : 'update')
      }
      return body(await entities.get(call.session, entityTypeId))
    })
  }

  /** A record; one of another family is as if it weren't there. */
  async stored(call: Call, of: Entity, id: number): Promise<Stored> {
    const { is } = this.family
    const stored = await records.get(call, of, id)
    if (is !== undefined && scalarOf(stored, of.field(is.field)) !== is.value) throw new Failure({ why: 'not-found' })
    return stored
  }

  /** Refuses whoever may not do this to the owner of a record. */
  async requireOwner(call: Call, id: unknown, action: 'read' | 'update'): Promise<void> {
    const { owner } = this.family
    const number = Number(id)
    if (owner === undefined || !Number.isSafeInteger(number)) return
    await records.requireRecord(call, call.session, owner.entity, number, action).catch((cause: unknown) => {
      // That it isn't there is told by the field that names it.
      if (!(cause instanceof Failure && cause.reason.why === 'not-found')) throw cause
    })
  }

  /** The record's owner, as {@link requireOwner} asks for it. */
  async #requireOwnerOf(call: Call, of: Entity, id: number, action: 'read' | 'update'): Promise<void> {
    const { owner } = this.family
    if (owner === undefined) return
    const stored = await this.stored(call, of, id)
    await this.requireOwner(call, scalarOf(stored, of.field(owner.field)), action)
  }

  /** Of records with an owner, lists show those whose owner the caller may read. */
  async #readable(call: Call, of: Entity): Promise<Test | undefined> {
    const { owner } = this.family
    const test = owner === undefined ? undefined : (await call.portal.access.reach(call, owner.entity, 'read')).test
    if (owner === undefined || test === undefined) return undefined
    const column = sql.ref(`o.${of.columnOf(owner.field)}`)
    return {
      is: 'among',
      shape: `owned:${of.table}`,
      values: [],
      of: [{ entity: owner.entity, test }],
      ids: (_none, [readable]) =>
        sql`select o.id from ${sql.table(of.table)} as o join ${sql.table(owner.entity.table)} as t on t.id = ${column} where ${readable}`,
    }
  }

  async one(call: Call, of: Entity, id: number, isWritten = false): Promise<Record<string, unknown>> {
    const { unshown, knows, finish } = this.family
    const stored = isWritten ? await records.written(call, of, id) : await this.stored(call, of, id)
    const parent = of.byName.has('iblockId') ? scalarOf(stored, of.field('iblockId')) : null
    const fields = itemSelection(of, wire, undefined).filter(
      (field) =>
        unshown?.has(field.name) !== true &&
        knows?.(field) !== false &&
        (field.only === undefined || field.only === parent),
    )
    const row = encodeRow(stored, fields, wire, call.encode)
    return finish?.(row) ?? row
  }

  async list(call: Call, of: Entity, { select = [], filter, order, start }: CatalogList): Promise<Listing> {
    const { many, is, knows, selected = [], filtered = [], words } = this.family
    const chosen = new Set(select.map((name) => nameOf(of, name)).filter((name) => name !== undefined))
    const everything = chosen.size === 0
    const unselected = everything ? [] : selected.filter((name) => !chosen.has(name))
    if (unselected.length > 0) throw new ApiError(words.other, 400, `Required select fields: ${unselected.join(', ')}`)
    const names = new Set(Object.keys(filter).map((key) => nameOf(of, splitKey(key).field)))
    const unfiltered = filtered.filter((name) => !names.has(name))
    if (unfiltered.length > 0) throw new ApiError(words.other, 400, `Required filter fields: ${unfiltered.join(', ')}`)
    const own: Test | undefined =
      is === undefined ? undefined : { is: 'compare', field: of.field(is.field), op: 'eq', values: [is.value] }
    const asked = readFilter(of, wire, filter, { zone: call.portal.zone })
    const tests = [asked, own, await this.#readable(call, of)].filter((test) => test !== undefined)
    // Of properties, a list shows those of its catalogue.
    const parent = filter.iblockId
    const fields = itemSelection(of, wire, select).filter(
      (field) =>
        knows?.(field) !== false &&
        (everything || chosen.has(field.name)) &&
        (field.only === undefined || Array.isArray(parent) || field.only === Number(parent)),
    )
    const page = await records.list(call, of, {
      fields,
      test: tests.length > 1 ? and(tests) : tests[0],
      order: readOrder(of, wire, order),
      start: pageAt(start),
    })
    const rows = page.rows.map((row) => encodeRow(row, fields, wire, call.encode))
    return new Listing({ [many]: rows }, page.total, page.next)
  }

  async add(call: Call, of: Entity, fields: Map): Promise<number> {
    const { required, is } = this.family
    requireNamed(of, fields, required, true)
    const { owner } = this.family
    if (owner !== undefined) await this.requireOwner(call, fields[owner.field], 'update')
    const draft = await readDraft(call, of, wire, fields, { isNew: true, strict: false })
    if (is !== undefined) draft.values.set(is.field, is.value)
    return records.create(call, of, draft, { missing: 'refuse' })
  }

  async update(call: Call, of: Entity, id: number, fields: Map): Promise<void> {
    const { required, demanded = [] } = this.family
    await this.stored(call, of, id)
    await this.#requireOwnerOf(call, of, id, 'update')
    requireNamed(of, fields, demanded, true)
    requireNamed(of, fields, required, false)
    const draft = await readDraft(call, of, wire, fields, { isNew: false, strict: false })
    await records.update(call, of, id, draft, { missing: 'refuse' })
  }

  methods(): Method[] {
    const { prefix, one, many, made = one, required, undescribed, verbs, partial, entityTypeId } = this.family
    const about = (verb: CatalogVerb) => ({
      name: `${prefix}.${verb}`,
      scope,
      ...(partial?.[verb] === undefined ? {} : { partial: partial[verb] }),
    })
    const methods = [
      method({
        ...about('add'),
        params: { fields: need.map },
        run: ({ fields }, call) =>
          this.run(call, 'add', async (of) => {
            const id = await this.add(call, of, fields)
            return { [made]: await this.one(call, of, id, true) }
          }),
      }),
      method({
        ...about('get'),
        params: { id: need.id },
        run: ({ id }, call) =>
          this.run(call, 'get', async (of) => {
            await this.#requireOwnerOf(call, of, id, 'read')
            return { [one]: await this.one(call, of, id) }
          }),
      }),
      method({
        ...about('list'),
        params: { select: take.list, filter: take.map, order: take.map, start: take.start },
        run: ({ select, filter = {}, order, start }, call) =>
          this.run(call, 'list', (of) => this.list(call, of, { select, filter, order, start })),
      }),
      method({
        ...about('update'),
        params: { id: need.id, fields: need.map },
        run: ({ id, fields }, call) =>
          this.run(call, 'update', async (of) => {
            await this.update(call, of, id, fields)
            return { [made]: await this.one(call, of, id, true) }
          }),
      }),
      method({
        ...about('delete'),
        params: { id: need.id },
        run: ({ id }, call) =>
          this.run(call, 'delete', async (of) => {
            if (this.family.is !== undefined) await this.stored(call, of, id)
            await this.#requireOwnerOf(call, of, id, 'update')
            await records.remove(call, of, id)
            return true
          }),
      }),
      method({
        ...about('getFields'),
        params: {},
        run: (_none, call) =>
          this.run(call, 'getFields', (of) => {
            const fields = itemSelection(of, wire, undefined).filter(({ name }) => undescribed?.has(name) !== true)
            return { [one]: Object.fromEntries(fields.map((field) => [field.name, catalogField(field, required)])) }
          }),
      }),
    ]
    return methods.flatMap((each) => {
      const verb = each.name.slice(prefix.length + 1)
      if (verbs?.some((wanted) => wanted === verb) === false) return []
      const key = verb === 'get' || verb === 'getFields' ? one : made
      return [{ ...each, records: { entityTypeId, verb, wire, one: key, many } }]
    })
  }
}

/** These methods give whole pages: the official PHP SDK asks for `start: 1` and expects the first 50. */
const pageAt = (start: number): number => start - (Math.max(start, 0) % records.PAGE)

export const catalogCrud = (family: CatalogFamily): Method[] => new CatalogCrud(family).methods()
