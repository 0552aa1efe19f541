import { type Entity, type Field, parentName } from '../schema/entity.ts'
import { link } from '../schema/kinds/link.ts'
import { toCamel } from '../schema/user-field-names.ts'
import { initialValue, userFieldTypeOf } from '../schema/user-field-kinds.ts'
import { sql } from '../store/sql.ts'
import type { Reader } from '../store/store.ts'
import type { Cached, Caches } from './cache.ts'

export interface UserFieldRow {
  readonly id: number
  readonly entity_id: string
  readonly field_name: string
  readonly user_type_id: string
  readonly xml_id: string | null
  readonly sort: number
  readonly multiple: string
  readonly mandatory: string
  readonly show_filter: string
  readonly show_in_list: string
  readonly edit_in_list: string
  readonly is_searchable: string
  readonly settings: string
  readonly edit_form_label: string | null
  readonly list_column_label: string | null
  readonly list_filter_label: string | null
  readonly error_message: string | null
  readonly help_message: string | null
}

export interface UserFieldOptionRow {
  readonly id: number
  readonly user_field_id: number
  readonly value: string
  readonly def: string
  readonly sort: number
  readonly xml_id: string | null
}

export interface TypeRow {
  readonly id: number
  readonly entity_type_id: number
  readonly title: string
  readonly code: string | null
  readonly created_by: number
  readonly created_time: number
  readonly updated_by: number
  readonly updated_time: number
  readonly custom_section_id: number | null
  readonly settings: string
  /** Of a type whose pipelines exist already. */
  readonly default_category_id?: number | null
}

export interface RelationRow {
  readonly parent_type_id: number
  readonly child_type_id: number
  readonly is_children_list_enabled: string
  readonly is_predefined: string
}

interface Contents {
  readonly byId: ReadonlyMap<number, Entity>
  readonly byUserFieldEntity: ReadonlyMap<string, Entity>
  readonly types: readonly TypeRow[]
  readonly relations: readonly RelationRow[]
}

/**
 * The column of a user field in its entity's table. The id is part of it, so that a field that is deleted and made
 * anew with another type never meets a statement that was prepared for the old one.
 */
export const userFieldColumn = (row: Pick<UserFieldRow, 'id' | 'field_name'>): string =>
  `${row.field_name.toLowerCase()}_${row.id}`

/** Fields of an entity that a module makes from rows of its own; read again whenever `entities` has changed. */
export type Extension = (reader: Reader) => Promise<readonly Field[]>

/** The field that a row of `user_field` describes, for the entity it extends. */
export function userField(
  row: UserFieldRow,
  options: readonly UserFieldOptionRow[],
  language: string,
  taken: ReadonlySet<string>,
): Field | undefined {
  const type = userFieldTypeOf(row.user_type_id)
  if (type === undefined) return undefined
  const settings = JSON.parse(row.settings) as Record<string, unknown>
  const label = (text: string | null): string | undefined => {
    const labels = (text === null ? {} : JSON.parse(text)) as Record<string, string>
    return labels[language] || labels.en || Object.values(labels).find(Boolean)
  }
  const title = label(row.edit_form_label) ?? row.field_name
  const multiple = row.multiple === 'Y'
  const camel = toCamel(row.field_name)
  const presets = options.filter((option) => option.def === 'Y').map((option) => option.id)
  return {
    // "If the result is already used by another field, the original name is kept" (api-reference/crm/universal/index.md, field naming).
    name: taken.has(camel) ? row.field_name : camel,
    title,
    kind: type.kind,
    legacy: row.field_name,
    upper: row.field_name,
    place: multiple ? { in: 'values' } : { in: 'column', column: userFieldColumn(row) },
    multiple,
    required: row.mandatory === 'Y',
    // Looked through whenever a record goes that it could point at.
    index: type.kind.mention !== undefined,
    settings,
    userFieldId: row.id,
    labels: {
      list: label(row.list_column_label) ?? title,
      form: title,
      filter: label(row.list_filter_label) ?? title,
    },
    ...(row.user_type_id === 'enumeration' ? { options: options.map(({ id, value }) => ({ id, value })) } : {}),
    initial: (now) => (row.user_type_id === 'enumeration' ? presets : [initialValue(settings, now)]),
  }
}

export function parentField(parentTypeId: number, title: string): Field {
  const name = parentName(parentTypeId)
  return {
    name,
    title,
    kind: link(parentTypeId, 'crm_entity'),
    legacy: `PARENT_ID_${parentTypeId}`,
    upper: `PARENT_ID_${parentTypeId}`,
    place: { in: 'column', column: `parent_id_${parentTypeId}` },
    index: true,
    settings: { parentEntityTypeId: parentTypeId },
  }
}

/**
 * Every entity of the portal as it is now: declared ones extended by user fields and parent links, and one per smart
 * process. They are values; a change makes new ones.
 */
export class Entities {
  readonly #contents: Cached<Contents>

  constructor(
    caches: Caches,
    declared: readonly Entity[],
    dynamic: (type: TypeRow) => Entity,
    language: string,
    extensions: Readonly<Record<string, Extension>> = {},
  ) {
    const numbers = new Set(declared.map(({ entityTypeId }) => entityTypeId))
    if (numbers.size < declared.length) throw new Error('two entities have one entityTypeId')
    this.#contents = caches.define('entities', async (reader) => {
      const types = await reader.find<TypeRow>(
        sql`select t.*, (select min(c.id) from crm_category c where c.entity_type_id = t.entity_type_id and c.is_default = 'Y') as default_category_id from crm_type t order by t.id`,
      )
      const relations = await reader.find<RelationRow>(
        sql`select * from crm_relation order by parent_type_id, child_type_id`,
      )
      const fields = await reader.find<UserFieldRow>(sql`select * from user_field order by sort, id`)
      const options = await reader.find<UserFieldOptionRow>(sql`select * from user_field_option order by sort, id`)
      const plain = [...declared, ...types.map(dynamic)]
      const more = new Map<string, readonly Field[]>()
      for (const [name, extension] of Object.entries(extensions)) more.set(name, await extension(reader))
      const titles = new Map(plain.map((entity) => [entity.entityTypeId, entity.title]))
      const extended = plain.map((entity) => {
        const taken = new Set(entity.byName.keys())
        const own = fields.filter((row) => row.entity_id === entity.userFieldEntityId)
        const added = own.flatMap((row) => {
          const made = userField(
            row,
            options.filter((option) => option.user_field_id === row.id),
            language,
            taken,
          )
          if (made === undefined) return []
          taken.add(made.name)
          return [made]
        })
        const parents = relations
          .filter((relation) => relation.child_type_id === entity.entityTypeId && relation.is_predefined !== 'Y')
          .map((relation) => parentField(relation.parent_type_id, titles.get(relation.parent_type_id) ?? ''))
          .filter((parent) => !taken.has(parent.name))
        return entity.extend([...(more.get(entity.name) ?? []), ...added, ...parents])
      })
      return {
        byId: new Map(extended.map((entity) => [entity.entityTypeId, entity])),
        byUserFieldEntity: new Map(
          extended.flatMap((entity) => (entity.userFieldEntityId === '' ? [] : [[entity.userFieldEntityId, entity]])),
        ),
        types,
        relations,
      }
    })
  }

  /** The CRM items of that type. */
  async find(reader: Reader, entityTypeId: number): Promise<Entity | undefined> {
    const entity = (await this.#contents.get(reader)).byId.get(entityTypeId)
    return entity?.part === true ? undefined : entity
  }

  /** An entity, an item or a part, that must exist because the program says so. */
  async get(reader: Reader, entityTypeId: number): Promise<Entity> {
    const entity = (await this.#contents.get(reader)).byId.get(entityTypeId)
    if (entity === undefined) throw new Error(`no entity ${entityTypeId}`)
    return entity
  }

  /** Every kind of record, a part too. */
  async any(reader: Reader, entityTypeId: number): Promise<Entity | undefined> {
    return (await this.#contents.get(reader)).byId.get(entityTypeId)
  }

  async ofUserFields(reader: Reader, entityId: string): Promise<Entity | undefined> {
    return (await this.#contents.get(reader)).byUserFieldEntity.get(entityId)
  }

  /** Every kind of CRM item. */
  async all(reader: Reader): Promise<readonly Entity[]> {
    return (await this.everything(reader)).filter((entity) => !entity.part)
  }

  /** Every kind of record, the parts beside the items too. */
  async everything(reader: Reader): Promise<readonly Entity[]> {
    return [...(await this.#contents.get(reader)).byId.values()]
  }

  async types(reader: Reader): Promise<readonly TypeRow[]> {
    return (await this.#contents.get(reader)).types
  }

  async relations(reader: Reader): Promise<readonly RelationRow[]> {
    return (await this.#contents.get(reader)).relations
  }
}
