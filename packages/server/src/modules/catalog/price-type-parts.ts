import type { Change } from '../../records/change.ts'
import { Failure } from '../../records/failure.ts'
import type { Hooks } from '../../records/hooks.ts'
import { defineEntity, field } from '../../schema/entity.ts'
import { integer } from '../../schema/kinds/integer.ts'
import { string } from '../../schema/kinds/string.ts'
import { languages } from '../../schema/languages.ts'
import { sql } from '../../store/sql.ts'
import { choice, reference } from './kinds.ts'
import { ids } from './numbers.ts'

const common = { part: true, rights: 'settings' } as const
const id = field(integer, 'ID', { immutable: true })

/** Names of price types in other languages. */
export const priceTypeLang = defineEntity({
  ...common,
  name: 'priceTypeLang',
  title: 'Translation of a price type',
  table: 'crm_price_type_lang',
  entityTypeId: ids.priceTypeLang,
  fields: {
    id,
    catalogGroupId: field(reference(ids.priceType), 'Price type', { index: true }),
    lang: field(string, 'Language', { max: 2 }),
    name: field(string, 'Name'),
  },
})

/** Which groups of customers see or pay prices of a type. */
export const priceTypeGroup = defineEntity({
  ...common,
  name: 'priceTypeGroup',
  title: 'Access to a price type',
  table: 'crm_price_type_group',
  entityTypeId: ids.priceTypeGroup,
  fields: {
    id,
    catalogGroupId: field(reference(ids.priceType), 'Price type', { index: true }),
    groupId: field(integer, 'Group of customers'),
    access: field(choice(['Y', 'N'], null), 'Access'),
  },
})

export const NO_LANGUAGE = 'Language does not exist'
export const NO_PRICE_TYPE = 'The specified price type does not exist'
export const TRANSLATED = 'The price type has a translation into this language already'

/** Refuses a record that another is like, in these fields. */
async function requireOnly(change: Change, names: readonly string[], text: string): Promise<void> {
  const same = names.map((name) => sql`${sql.ref(change.entity.columnOf(name))} = ${change.value(name)}`)
  const rows = await change.tx.find<{ id: number }>(
    sql`select id from ${sql.table(change.entity.table)} where ${sql.join(same, sql` and `)} and id <> ${change.id}`,
  )
  if (rows.length > 0) throw new Failure({ why: 'rule', text })
}

async function requireType(change: Change): Promise<void> {
  const type = change.value('catalogGroupId')
  const rows = await change.tx.find<{ id: number }>(sql`select id from crm_price_type where id = ${type}`)
  if (rows.length === 0) throw new Failure({ why: 'rule', text: NO_PRICE_TYPE })
}

export const priceTypeLangHooks: Hooks = {
  async check(change) {
    await requireType(change)
    if (!languages.some((language) => language === change.value('lang')))
      throw new Failure({ why: 'rule', text: NO_LANGUAGE })
    await requireOnly(change, ['catalogGroupId', 'lang'], TRANSLATED)
  },
}

export const priceTypeGroupHooks: Hooks = {
  async check(change) {
    await requireType(change)
    if (!(Number(change.value('groupId')) > 0))
      throw new Failure({ why: 'rule', text: 'The specified group does not exist' })
    await requireOnly(
      change,
      ['catalogGroupId', 'groupId', 'access'],
      'The specified access type for this group already exists',
    )
  },
}

/** The languages, of which two have names of their own (catalog-price-type-lang-get-languages.md). */
export const languageRows = languages.map((lid) => ({
  active: 'Y',
  lid,
  name: { en: 'English', de: 'German' }[lid as string] ?? lid,
}))
