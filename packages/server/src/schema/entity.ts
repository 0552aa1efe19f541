import type { Kind, Scalar } from './kind.ts'
import { camelFromUpper, normaliseName, upperSnake, userFieldAliases } from './user-field-names.ts'

/** Where a field's value lives. */
export type Place =
  /** A column of the entity's own table. */
  | { readonly in: 'column'; readonly column: string }
  /**
   * Rows of `field_value`, one per value: multiple fields. `ids`: values show the ids of their rows and are written
   * under them (properties of products), also where there is only one.
   */
  | { readonly in: 'values'; readonly ids?: true }
  /** Phones, e-mails, sites, messengers: rows of `crm_multifield`, all of them or one type's. */
  | { readonly in: 'multifield'; readonly type?: string }
  /** One text picked from the multifields, e.g. the work phone; read-only. */
  | { readonly in: 'pick'; readonly type: string; readonly valueTypes?: readonly string[] }
  /** Rows of `crm_link`: this record's links in a role, to records of another entity or to people. */
  | { readonly in: 'links'; readonly role: LinkRole; readonly reverse?: boolean; readonly primary?: string }
  /** Nothing is stored: the field exists on the wire only; without a value, in descriptions only. */
  | { readonly in: 'nowhere'; readonly value?: Scalar }

export type Dialect = 'legacy' | 'item'

export type LinkRole = 'contact' | 'company' | 'observer' | 'file'

export interface FieldOptions {
  readonly legacy?: string | null
  readonly upper?: string
  /** False where `crm.item.*` doesn't know the field. */
  readonly item?: boolean
  readonly place?: Place
  /** On every dialect or on one: `crm.item.*` may write some fields that UPPER_CASE methods may not. */
  readonly readOnly?: boolean | Dialect
  /** Written on creation only. */
  readonly immutable?: boolean | Dialect
  readonly multiple?: boolean
  readonly required?: boolean
  readonly deprecated?: boolean
  /** Obsolete: always null on every wire (seed of crm.item.add: "Disabled fields always return null"). */
  readonly disabled?: boolean
  /** Readable only with IMPORT=Y on add: creation dates and authors. */
  readonly importable?: boolean
  /** Described as required although the documentation's own samples leave it out: not enforced. */
  readonly describedRequired?: boolean
  /** A new record gets the first code of the field's directory; `legacy`: only where UPPER_CASE methods create it. */
  readonly firstByDefault?: true | 'legacy'
  readonly max?: number
  readonly statusType?: string
  readonly settings?: Readonly<Record<string, unknown>>
  /** What camelCase rows show for a link or number that is not set: 0 or null, and both occur. */
  readonly absent?: Scalar
  /** Hidden from descriptions but stored and readable. */
  readonly undescribed?: boolean
  readonly index?: boolean
}

/** One field of an entity, declared once: column, both names, validation, description. */
export interface Field extends FieldOptions {
  readonly name: string
  readonly title: string
  readonly kind: Kind
  readonly legacy: string | null
  readonly upper: string
  readonly place: Place
  /** Set on user fields only. */
  readonly userFieldId?: number
  /** The parent whose records alone have the field: the catalogue of a product property. */
  readonly only?: number
  /** What descriptions tell of it beside what they tell of every field. */
  readonly told?: Readonly<Record<string, unknown>>
  readonly labels?: Readonly<Record<'list' | 'form' | 'filter', string>>
  readonly options?: readonly { readonly id: number; readonly value: string }[]
  /** What a new record gets where the request says nothing, as the wire would bring it; `now` is epoch seconds. */
  readonly initial?: (now: number) => readonly unknown[]
}

export type FieldDeclaration = Omit<Field, 'name'>

/** Declares a field; the column is the snake_case of its name unless `place` says otherwise. */
export function field(kind: Kind, title: string, options: FieldOptions = {}): (name: string) => Field {
  return (name) => {
    const upper = options.upper ?? upperSnake(name)
    return {
      ...options,
      name,
      title,
      kind,
      legacy: options.legacy === undefined ? upper : options.legacy,
      upper,
      place:
        options.place ??
        (options.disabled
          ? { in: 'nowhere', value: null }
          : options.multiple
            ? { in: 'values' }
            : { in: 'column', column: upper.toLowerCase() }),
    }
  }
}

/**
 * Who may do what to records: what the roles say (`roles`); everyone reads and administrators write, those of the CRM
 * (`settings`) or those of the portal (`portal`); or whatever the entity's own hooks allow, usually what the rights to
 * the owner are (`owner`).
 */
export type EntityRights = 'roles' | 'settings' | 'portal' | 'owner'

export interface EntityDeclaration {
  readonly name: string
  readonly title: string
  readonly table: string
  readonly entityTypeId: number
  /** The entity's name in user-field methods, e.g. `CRM_LEAD`, `CRM_44`; not given: it has no user fields. */
  readonly userFieldEntityId?: string
  readonly fields: Record<string, (name: string) => Field>
  /** Names of events: `ONCRMLEAD` + ADD / UPDATE / DELETE; not given: nobody is told. */
  readonly event?: string
  /** Something beside the CRM's items (a tax rate, a comment, an activity): `crm.item.*` doesn't know it. */
  readonly part?: boolean
  readonly rights?: EntityRights
  readonly stageField?: string
  /** Whether every record belongs to a pipeline. */
  readonly categories?: boolean
  /** The field before which user fields and links to parents stand in rows; they come last if not given. */
  readonly extrasBefore?: string
  /** The documented order of UPPER_CASE descriptions, where it isn't that of `fields`. */
  readonly legacyOrder?: readonly string[]
  /** The documented order of UPPER_CASE rows, where it isn't that of `fields`; what it does not name follows. */
  readonly legacyRow?: readonly string[]
}

/**
 * A kind of record: what it is called, where it is stored, which fields it has. Static entities, entities extended
 * by user fields and smart processes are all values of this one type.
 */
export class Entity {
  readonly name: string
  readonly title: string
  readonly table: string
  readonly entityTypeId: number
  readonly userFieldEntityId: string
  readonly event: string
  readonly stageField: string | undefined
  readonly categories: boolean
  readonly part: boolean
  readonly rights: EntityRights
  readonly fields: readonly Field[]
  readonly byName: ReadonlyMap<string, Field>
  /** UPPER_CASE names, in the order of descriptions. */
  readonly byLegacy: ReadonlyMap<string, Field>
  /** All fields in the order of UPPER_CASE rows. */
  readonly legacyRow: readonly Field[]
  readonly columns: readonly Field[]
  readonly #loose: ReadonlyMap<string, Field | null>
  readonly #declaration: EntityDeclaration

  constructor(declaration: EntityDeclaration, extra: readonly Field[] = []) {
    this.#declaration = declaration
    this.name = declaration.name
    this.title = declaration.title
    this.table = declaration.table
    this.entityTypeId = declaration.entityTypeId
    this.userFieldEntityId = declaration.userFieldEntityId ?? ''
    this.event = declaration.event ?? ''
    this.stageField = declaration.stageField
    this.categories = declaration.categories ?? false
    this.part = declaration.part ?? false
    this.rights = declaration.rights ?? 'roles'
    this.fields = withExtras(declaration, extra)
    this.byName = new Map(this.fields.map((each) => [each.name, each]))
    this.byLegacy = legacyNames(this.fields, declaration.legacyOrder ?? [])
    this.legacyRow = rowOrder(this.fields, this.byLegacy, declaration.legacyRow)
    this.columns = this.fields.filter((each) => each.place.in === 'column')
    this.#loose = looseNames(this.fields)
  }

  /** The same entity with user fields and parent links added. */
  extend(extra: readonly Field[]): Entity {
    return extra.length === 0 ? this : new Entity(this.#declaration, extra)
  }

  /** A field by its name; throws on a name that was not declared, which is a programming error. */
  field(name: string): Field {
    const found = this.byName.get(name)
    if (found === undefined) throw new Error(`${this.name} has no field ${name}`)
    return found
  }

  /** Any spelling that the documentation or careless clients use, when it is unmistakable (api-reference/crm/universal/index.md, field naming). */
  loosely(name: string): Field | undefined {
    return this.#loose.get(normaliseName(name)) ?? undefined
  }

  columnOf(name: string): string {
    const { place } = this.field(name)
    if (place.in !== 'column') throw new Error(`${this.name}.${name} has no column`)
    return place.column
  }
}

function withExtras({ fields, extrasBefore }: EntityDeclaration, extra: readonly Field[]): Field[] {
  const own = Object.entries(fields).map(([name, make]) => make(name))
  const at = own.findIndex((each) => each.name === extrasBefore)
  const all = at < 0 ? [...own, ...extra] : [...own.slice(0, at), ...extra, ...own.slice(at)]
  // All of one shape: V8 reads a property of a hundred differently made objects many times slower.
  return all.map((each) => ({ ...anyField, ...each }))
}

/** Every property that a field may have, in one order. */
const anyField: { readonly [K in keyof Required<Field>]: undefined } = {
  name: undefined,
  title: undefined,
  kind: undefined,
  legacy: undefined,
  upper: undefined,
  place: undefined,
  item: undefined,
  readOnly: undefined,
  immutable: undefined,
  multiple: undefined,
  required: undefined,
  deprecated: undefined,
  disabled: undefined,
  importable: undefined,
  describedRequired: undefined,
  firstByDefault: undefined,
  max: undefined,
  statusType: undefined,
  settings: undefined,
  absent: undefined,
  undescribed: undefined,
  index: undefined,
  userFieldId: undefined,
  only: undefined,
  told: undefined,
  labels: undefined,
  options: undefined,
  initial: undefined,
}

function legacyNames(fields: readonly Field[], order: readonly string[]): Map<string, Field> {
  const names = new Map(fields.flatMap((each) => (each.legacy === null ? [] : [[each.legacy, each] as const])))
  const ordered = order.flatMap((name) => {
    const found = names.get(name)
    return found === undefined ? [] : [[name, found] as const]
  })
  return new Map([...ordered, ...names])
}

/** Fields that only this portal has stand behind those that every portal has, and phones and e-mails behind all. */
function rowOrder(
  fields: readonly Field[],
  byLegacy: ReadonlyMap<string, Field>,
  order: readonly string[] | undefined,
): readonly Field[] {
  if (order === undefined) return fields
  const named = new Set(order.flatMap((name) => byLegacy.get(name) ?? []))
  const all = [...named, ...fields.filter((each) => !named.has(each))]
  const isContactPoint = ({ place }: Field): boolean => place.in === 'multifield'
  return [...all.filter((each) => !isContactPoint(each)), ...all.filter(isContactPoint)]
}

function looseNames(fields: readonly Field[]): Map<string, Field | null> {
  const names = new Map<string, Field | null>()
  for (const each of fields) {
    const spellings = new Set([each.name, each.upper, ...(each.userFieldId ? userFieldAliases(each.upper) : [])])
    for (const spelling of new Set([...spellings].map(normaliseName)))
      names.set(spelling, names.has(spelling) && names.get(spelling) !== each ? null : each)
  }
  // Clients mix the dialects (`DATE_CREATE` in crm.item.list); where another field has that name, it keeps it.
  for (const each of fields) {
    const spelling = each.legacy === null ? '' : normaliseName(each.legacy)
    if (spelling !== '' && !names.has(spelling)) names.set(spelling, each)
  }
  return names
}

export const defineEntity = (declaration: EntityDeclaration): Entity => new Entity(declaration)

/** The link of a smart process as parent: `parentId1220` / `PARENT_ID_1220`. */
export const parentName = (entityTypeId: number): string => camelFromUpper(`PARENT_ID_${entityTypeId}`)
