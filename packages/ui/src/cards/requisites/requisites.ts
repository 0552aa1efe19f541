import { useQuery } from '@tanstack/vue-query'
import { computed, type ComputedRef } from 'vue'
import { call } from '../../api/portal.ts'
import { queries } from '../../api/queries.ts'
import { i18n } from '../../i18n/index.ts'

export type PartRow = Readonly<Record<string, string | null | undefined>>
/** A field of a form: its code and title. */
export interface PartField {
  readonly name: string
  readonly title: string
}

/** What is told of a client's company: who it is, where it banks, where it is. */
export interface Details {
  readonly requisites: readonly PartRow[]
  readonly banks: readonly PartRow[]
  readonly addresses: readonly PartRow[]
}
export interface Preset {
  readonly id: string
  readonly name: string
}

const REQUISITE = 8
const PERSONAL = new Set(['RQ_ADDR', 'RQ_SIGNATURE', 'RQ_STAMP'])

/** Titles of the portal are partly codes; the common ones have names here. */
export function detailTitle(name: string, told: string): string {
  const key = `cards.detail.${name}`
  return i18n.global.te(key, 'en')
    ? i18n.global.t(key)
    : told && told !== name
      ? told
      : name.replace(/^RQ_/, '').replaceAll('_', ' ')
}

const keyOf = (entityTypeId: number, id: number): readonly unknown[] => ['requisites', entityTypeId, id]

export function useDetails(
  entityTypeId: number,
  id: number,
): { details: ComputedRef<Details | undefined>; failure: ComputedRef<Error | null> } {
  const { data, error } = useQuery({
    queryKey: keyOf(entityTypeId, id),
    queryFn: async ({ signal }): Promise<Details> => {
      const filter = { ENTITY_TYPE_ID: entityTypeId, ENTITY_ID: id }
      const requisites = await call<readonly PartRow[]>(
        'crm.requisite.list',
        { filter, order: { SORT: 'ASC', ID: 'ASC' } },
        signal,
      )
      const ids = requisites.map(({ ID }) => ID)
      if (ids.length === 0) return { requisites, banks: [], addresses: [] }
      const [banks, addresses] = await Promise.all([
        call<readonly PartRow[]>('crm.requisite.bankdetail.list', { filter: { '@ENTITY_ID': ids } }, signal),
        call<readonly PartRow[]>(
          'crm.address.list',
          { filter: { ENTITY_TYPE_ID: REQUISITE, '@ENTITY_ID': ids } },
          signal,
        ),
      ])
      return { requisites, banks, addresses }
    },
    staleTime: 30_000,
  })
  return { details: computed(() => data.value), failure: computed(() => error.value) }
}
export const detailsChanged = (entityTypeId: number, id: number): Promise<void> =>
  queries.invalidateQueries({ queryKey: keyOf(entityTypeId, id) })

export function usePresets(): ComputedRef<readonly Preset[]> {
  const { data } = useQuery({
    queryKey: ['requisite-presets'],
    queryFn: ({ signal }) =>
      call<readonly { ID: string; NAME: string; ACTIVE: string }[]>(
        'crm.requisite.preset.list',
        { order: { SORT: 'ASC' } },
        signal,
      ),
    staleTime: 5 * 60_000,
  })
  return computed(() =>
    (data.value ?? []).filter(({ ACTIVE }) => ACTIVE !== 'N').map(({ ID, NAME }) => ({ id: ID, name: NAME })),
  )
}

/** The fields of a preset, in its order. */
export async function presetFields(id: string): Promise<PartField[]> {
  const [own, all] = await Promise.all([
    call<readonly { FIELD_NAME: string; FIELD_TITLE: string }[]>('crm.requisite.preset.field.list', {
      preset: { ID: id },
      order: { SORT: 'ASC' },
    }),
    call<Record<string, { title: string }>>('crm.requisite.fields', {}),
  ])
  return [
    { name: 'NAME', title: detailTitle('NAME', '') },
    ...own
      .filter(({ FIELD_NAME }) => !PERSONAL.has(FIELD_NAME))
      .map(({ FIELD_NAME, FIELD_TITLE }) => ({
        name: FIELD_NAME,
        title: FIELD_TITLE || detailTitle(FIELD_NAME, all[FIELD_NAME]?.title ?? ''),
      })),
  ]
}

const named = (names: readonly string[]): PartField[] => names.map((name) => ({ name, title: detailTitle(name, '') }))
export const bankFields = (): PartField[] =>
  named([
    'NAME',
    'RQ_BANK_NAME',
    'RQ_ACC_NAME',
    'RQ_ACC_NUM',
    'RQ_IBAN',
    'RQ_BIC',
    'RQ_SWIFT',
    'RQ_BANK_ADDR',
    'RQ_ACC_CURRENCY',
    'COMMENTS',
  ])
export const addressFields = (): PartField[] =>
  named(['ADDRESS_1', 'ADDRESS_2', 'POSTAL_CODE', 'CITY', 'REGION', 'PROVINCE', 'COUNTRY'])

/** Kinds of addresses, by their numbers. */
export const ADDRESS_TYPES = [1, 6, 4, 11, 8, 9] as const

/** Values that say something. */
export const filledOf = (row: PartRow, fields: readonly PartField[]): { title: string; value: string }[] =>
  fields.flatMap(({ name, title }) => {
    const value = row[name]
    return value ? [{ title, value }] : []
  })

export const addRequisite = (entityTypeId: number, id: number, presetId: string, values: PartRow): Promise<number> =>
  call('crm.requisite.add', {
    fields: { ENTITY_TYPE_ID: entityTypeId, ENTITY_ID: id, PRESET_ID: presetId, ACTIVE: 'Y', SORT: 500, ...values },
  })
export const changeRequisite = (requisiteId: string, values: PartRow): Promise<boolean> =>
  call('crm.requisite.update', { id: requisiteId, fields: values })
export const removeRequisite = (requisiteId: string): Promise<boolean> =>
  call('crm.requisite.delete', { id: requisiteId })
export const addBank = (requisiteId: string, values: PartRow): Promise<number> =>
  call('crm.requisite.bankdetail.add', { fields: { ENTITY_ID: requisiteId, ...values } })
export const changeBank = (bankId: string, values: PartRow): Promise<boolean> =>
  call('crm.requisite.bankdetail.update', { id: bankId, fields: values })
export const removeBank = (bankId: string): Promise<boolean> => call('crm.requisite.bankdetail.delete', { id: bankId })
/** Of each kind a client has one address: it is added, or takes the place of the one before. */
export const setAddress = (requisiteId: string, typeId: number, values: PartRow, isNew: boolean): Promise<boolean> =>
  call(isNew ? 'crm.address.add' : 'crm.address.update', {
    fields: { TYPE_ID: typeId, ENTITY_TYPE_ID: REQUISITE, ENTITY_ID: requisiteId, ...values },
  })
export const removeAddress = (requisiteId: string, typeId: number): Promise<boolean> =>
  call('crm.address.delete', { fields: { TYPE_ID: typeId, ENTITY_TYPE_ID: REQUISITE, ENTITY_ID: requisiteId } })
