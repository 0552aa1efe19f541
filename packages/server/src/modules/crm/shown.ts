import type { Portal } from '../../records/context.ts'
import type { Entity, Field } from '../../schema/entity.ts'
import type { Scalar, TextContext } from '../../schema/kind.ts'
import { type MoneyFormat, moneyText } from '../../schema/money-text.ts'
import { listOf, scalarOf, select, type Stored } from '../../store/entity-query.ts'
import { sql } from '../../store/sql.ts'
import type { Reader } from '../../store/store.ts'
import { localizationsOf } from './currency-rows.ts'
import { stageDirectory } from './stages.ts'

/** A record with all its fields, whoever asks; undefined if there is none. */
export async function load(reader: Reader, entity: Entity, id: number): Promise<Stored | undefined> {
  const test = { is: 'compare', field: entity.field('id'), op: 'eq', values: [id] } as const
  const [stored] = await select(reader, { entity, fields: entity.fields, test })
  return stored
}

/** How a currency is written in the portal's language. Its settings are made for web pages: `&nbsp;` becomes a space. */
export async function moneyFormat(portal: Portal, reader: Reader, currency: string): Promise<MoneyFormat> {
  const languages = (await localizationsOf(reader, currency)).get(currency)
  const local = languages?.get(portal.language) ?? languages?.get('en') ?? [...(languages?.values() ?? [])][0]
  const plain = (text: string): string =>
    text
      .replace(/&nbsp;/g, '\u00a0')
      .replace(/&euro;/g, '€')
      .replace(/&pound;/g, '£')
  return {
    formatString: plain(local?.formatString ?? `# ${currency}`),
    decPoint: local?.decPoint ?? '.',
    // A preset comma is stored as nothing (api-reference/crm/data-types.md#crm_currency_localization).
    thousandsSep: local === undefined ? '' : plain(local.thousandsSep ?? ','),
    decimals: local?.decimals ?? 2,
    hideZero: local?.hideZero ?? false,
  }
}

export async function personName(reader: Reader, id: number): Promise<string> {
  const [row] = await reader.find<{ name: string | null; last_name: string | null; email: string | null }>(
    sql`select name, last_name, email from portal_user where id = ${id}`,
  )
  return [row?.name, row?.last_name].filter(Boolean).join(' ') || (row?.email ?? '')
}

/** What a record is called: its title, or a person's name. */
export function titleOf(entity: Entity, stored: Stored): string {
  const value = (name: string): Scalar => (entity.byName.has(name) ? scalarOf(stored, entity.field(name)) : null)
  const person = ['name', 'secondName', 'lastName'].map(value).filter(Boolean).join(' ')
  return String(value('title') ?? '') || person || `${entity.title} #${value('id')}`
}

/** Whether somebody may be told what a record is called that another one names. */
export type Readable = (entity: Entity, id: number) => Promise<boolean>

/** One record as people read it: names instead of codes and ids, money in its currency, dates by the calendar. */
export class Shown {
  readonly #portal: Portal
  readonly #reader: Reader
  readonly #entity: Entity
  readonly #stored: Stored
  readonly #context: TextContext
  readonly #readable: Readable

  private constructor(
    portal: Portal,
    reader: Reader,
    entity: Entity,
    stored: Stored,
    context: TextContext,
    readable: Readable,
  ) {
    this.#portal = portal
    this.#reader = reader
    this.#entity = entity
    this.#stored = stored
    this.#context = context
    this.#readable = readable
  }

  static async of(
    portal: Portal,
    reader: Reader,
    entity: Entity,
    stored: Stored,
    readable: Readable = async () => true,
  ): Promise<Shown> {
    const currency = entity.byName.has('currencyId') ? scalarOf(stored, entity.field('currencyId')) : null
    const format = await moneyFormat(portal, reader, String(currency ?? ''))
    const context = { zone: portal.zone, money: (hundredths: number): string => moneyText(hundredths, format) }
    return new Shown(portal, reader, entity, stored, context, readable)
  }

  async text(field: Field): Promise<string> {
    const { in: place } = field.place
    if (place === 'column') return this.words(field, scalarOf(this.#stored, field))
    if (place !== 'values') return ''
    const texts: string[] = []
    for (const value of listOf(this.#stored, field)) texts.push(await this.words(field, value as Scalar))
    return texts.join(', ')
  }

  /** Any value that the field could have, as people read it. */
  async words(field: Field, value: Scalar): Promise<string> {
    if (value === null || value === '') return ''
    const reference = field.kind.references?.(value, field)
    if (reference?.to === 'user') return personName(this.#reader, reference.id)
    if (reference?.to === 'record') return this.#linked(reference.entityTypeId, reference.id)
    if (field.options !== undefined) return field.options.find(({ id }) => id === Number(value))?.value ?? ''
    const directory = this.#directory(field)
    if (directory !== undefined)
      return (await this.#portal.directories.status(this.#reader, directory, String(value)))?.name ?? String(value)
    return field.kind.text?.(value, this.#context) ?? String(value)
  }

  async #linked(entityTypeId: number, id: number): Promise<string> {
    const entity = await this.#portal.entities.find(this.#reader, entityTypeId)
    if (entity === undefined || !(await this.#readable(entity, id))) return ''
    const stored = await load(this.#reader, entity, id)
    return stored === undefined ? '' : titleOf(entity, stored)
  }

  #directory(field: Field): string | undefined {
    const { entityTypeId, stageField, categories } = this.#entity
    if (field.name !== stageField) return field.statusType
    return stageDirectory(
      entityTypeId,
      categories ? Number(scalarOf(this.#stored, this.#entity.field('categoryId')) ?? 0) : 0,
    )
  }
}
