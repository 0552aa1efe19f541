import { bankDetail } from '../../../../../modules/crm/requisite/bank-detail.ts'
import { requisite } from '../../../../../modules/crm/requisite/requisite.ts'
import { sql } from '../../../../../store/sql.ts'
import type { Entity } from '../../../../../schema/entity.ts'
import { holdsOn, legacyWire } from '../../../../../schema/wire.ts'
import type { Dumping } from '../dumping.ts'
import { userFieldsIn } from '../item-value.ts'
import { type Row, textOf } from '../look.ts'
import { listed, nameIn, ownerIn, type Part, REQUISITE, told } from './part.ts'

const PRESETS = { ACTIVE: 'Y', ADDRESS_ONLY: 'N', SORT: 500, RQ_VAT_PAYER: 'N' }

/** What methods may write of it, beside whose it is. */
const keysOf = (entity: Entity, without: readonly string[]): string[] =>
  entity.fields
    .filter(({ readOnly }) => !holdsOn(legacyWire, readOnly))
    .flatMap((field) => legacyWire.key(field) ?? [])
    .filter((key) => !without.includes(key))

/** Templates of requisites, with the fields that each shows. */
export const presets: Part = {
  name: 'crm.requisite.preset',
  when: 'before',
  pages: listed('crm.requisite.preset.list'),
  titleOf: (row) => textOf(row.NAME),
  known: ({ fresh }) => fresh.presets,
  async tell({ look }, row) {
    const fields = await look.rows('crm.requisite.preset.field.list', { preset: { ID: row.ID } })
    const shown = ['FIELD_NAME', 'FIELD_TITLE', 'IN_SHORT_LIST', 'SORT']
    return {
      ...told(row, ['ENTITY_TYPE_ID', 'COUNTRY_ID', 'NAME', 'ACTIVE', 'SORT', 'XML_ID'], { ACTIVE: 'Y', SORT: 500 }),
      ...(fields.length === 0 ? {} : { FIELDS: fields.map((each) => told(each, shown, { IN_SHORT_LIST: 'N' })) }),
    }
  },
}

export const requisites: Part = {
  name: 'crm.requisite',
  when: 'after',
  pages: listed('crm.requisite.list', ['*', 'UF_*']),
  titleOf: (row) => textOf(row.NAME),
  async tell(dumping, row) {
    const owner = ownerIn(dumping, row.ENTITY_TYPE_ID, row.ENTITY_ID)
    if (owner === undefined) return undefined
    const own = await userFieldsIn(dumping, REQUISITE, row)
    return {
      ENTITY_TYPE_ID: Number(row.ENTITY_TYPE_ID),
      ENTITY_ID: owner,
      PRESET_ID: nameIn(dumping, 'crm.requisite.preset', row.PRESET_ID) ?? Number(row.PRESET_ID),
      ...told(row, keysOf(requisite, ['ENTITY_TYPE_ID', 'ENTITY_ID', 'PRESET_ID']), PRESETS),
      // Requisites come after everything that their fields may name.
      ...own.fields,
      ...own.later,
    }
  },
}

export const bankDetails: Part = {
  name: 'crm.requisite.bankdetail',
  when: 'after',
  pages: listed('crm.requisite.bankdetail.list'),
  titleOf: (row) => textOf(row.NAME),
  tell(dumping, row) {
    const owner = nameIn(dumping, 'crm.requisite', row.ENTITY_ID)
    return owner === undefined
      ? undefined
      : { ENTITY_ID: owner, ...told(row, keysOf(bankDetail, ['ENTITY_ID']), PRESETS) }
  },
}

const TEXTS = ['ADDRESS_1', 'ADDRESS_2', 'CITY', 'POSTAL_CODE', 'REGION', 'PROVINCE', 'COUNTRY', 'COUNTRY_CODE']

/** Of leads, clients and their requisites. */
export const addresses: Part = {
  name: 'crm.address',
  when: 'after',
  async *pages({ look }) {
    for await (const page of look.pages('crm.address.list', { select: ['*'] }, 'LOC_ADDR_ID'))
      yield page.map((row) => ({ ...row, ID: row.LOC_ADDR_ID }))
  },
  titleOf: (row) => textOf(row.ADDRESS_1) || textOf(row.CITY),
  keyOf: (row) => [row.TYPE_ID, row.ENTITY_TYPE_ID, row.ENTITY_ID].map(textOf).join(':'),
  tell(dumping, row) {
    const owner = ownerIn(dumping, row.ENTITY_TYPE_ID, row.ENTITY_ID)
    const type = { TYPE_ID: Number(row.TYPE_ID), ENTITY_TYPE_ID: Number(row.ENTITY_TYPE_ID) }
    return owner === undefined ? undefined : { ...type, ENTITY_ID: owner, ...told(row, TEXTS) }
  },
}

const CHOICES = {
  REQUISITE_ID: 'crm.requisite',
  BANK_DETAIL_ID: 'crm.requisite.bankdetail',
  MC_REQUISITE_ID: 'crm.requisite',
  MC_BANK_DETAIL_ID: 'crm.requisite.bankdetail',
} as const

/** Which requisites an item is written with. */
export const requisiteLinks: Part = {
  name: 'crm.requisite.link',
  when: 'after',
  pages: ({ look }) => linksIn(look.session),
  titleOf: () => '',
  keyOf: (row) => [row.ENTITY_TYPE_ID, row.ENTITY_ID].map(textOf).join(':'),
  tell(dumping, row) {
    const owner = ownerIn(dumping, row.ENTITY_TYPE_ID, row.ENTITY_ID)
    if (owner === undefined) return undefined
    const choice = Object.entries(CHOICES).map(([key, kind]) => [key, nameIn(dumping, kind, row[key]) ?? 0])
    return {
      ENTITY_TYPE_ID: dumping.type(Number(row.ENTITY_TYPE_ID)),
      ENTITY_ID: owner,
      ...Object.fromEntries(choice),
    } as Row
  },
}

/** Their list knows no order by which it could be read in pages. */
async function* linksIn(session: Dumping['look']['session']): AsyncGenerator<readonly Row[]> {
  const rows = await session.find<Record<string, number>>(
    sql`select id, entity_type_id, entity_id, requisite_id, bank_detail_id, mc_requisite_id, mc_bank_detail_id from crm_requisite_link order by id`,
  )
  yield rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([key, value]) => [key.toUpperCase(), Number(value)])),
  )
}
