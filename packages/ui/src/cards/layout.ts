import { useQuery } from '@tanstack/vue-query'
import { computed, type ComputedRef, type MaybeRefOrGetter, toValue } from 'vue'
import { call } from '../api/portal.ts'
import { queries } from '../api/queries.ts'
import { say } from '../i18n/index.ts'
import type { RecordType } from '../model/record-types.ts'
import { type CardField, fieldsNamed } from './card-fields.ts'

/** A section of a card as `crm.item.details.configuration.*` holds it. */
export interface SectionData {
  readonly name: string
  readonly title: string
  readonly type: 'section'
  readonly elements?: readonly {
    readonly name: string
    readonly optionFlags?: string | number
    readonly options?: Readonly<Record<string, unknown>>
  }[]
}

export interface LayoutField {
  readonly field: CardField
  /** Shown even where it is empty. */
  readonly always: boolean
  readonly options?: Readonly<Record<string, unknown>> | undefined
}

export interface Section {
  readonly name: string
  readonly title: string
  readonly fields: readonly LayoutField[]
}

/** Whose arrangement of the card it is. */
export type Scope = 'P' | 'C'

const DEAL = 2
const LEAD = 1
/** What tells one card of a type from another: pipelines have their own, and so have leads of known clients. */
export function variantOf(type: RecordType, row: Readonly<Record<string, unknown>>): Record<string, number> {
  if (type.entityTypeId === LEAD) return { leadCustomerType: row.isReturnCustomer === 'Y' ? 2 : 1 }
  if (!type.hasCategories) return {}
  const id = Number(row.categoryId ?? type.pipelines[0]?.id ?? 0)
  return type.entityTypeId === DEAL ? { dealCategoryId: id } : { categoryId: id }
}

const query = (entityTypeId: number, extras: Record<string, number>, scope: Scope) => ({
  queryKey: ['card-layout', entityTypeId, extras, scope] as const,
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    call<readonly SectionData[] | null>('crm.item.details.configuration.get', { entityTypeId, extras, scope }, signal),
  staleTime: 5 * 60_000,
})

interface Layout {
  /** The person's own arrangement, else the one for all, else ours. */
  readonly sections: ComputedRef<readonly Section[] | undefined>
  readonly source: ComputedRef<Scope | undefined>
}

/** How a card is arranged for the person who looks at it. */
export function useLayout(
  type: MaybeRefOrGetter<RecordType>,
  fields: MaybeRefOrGetter<readonly CardField[] | undefined>,
  extras: MaybeRefOrGetter<Record<string, number>>,
): Layout {
  const own = useQuery(computed(() => query(toValue(type).entityTypeId, toValue(extras), 'P')))
  const common = useQuery(computed(() => query(toValue(type).entityTypeId, toValue(extras), 'C')))
  const source = computed<Scope | undefined>(() => (own.data.value ? 'P' : common.data.value ? 'C' : undefined))
  return {
    source,
    sections: computed(() => {
      const all = toValue(fields)
      if (all === undefined || own.isPending.value || common.isPending.value) return undefined
      const stored = own.data.value ?? common.data.value
      return stored ? readSections(stored, all) : defaultSections(all)
    }),
  }
}

/** Sections as they are stored, with the fields that the type has; no field stands twice. */
export function readSections(stored: readonly SectionData[], all: readonly CardField[]): Section[] {
  const seen = new Set<string>()
  return stored.map(({ name, title, elements = [] }) => ({
    name,
    title,
    fields: elements.flatMap((element) =>
      fieldsNamed(all, element.name)
        .filter(({ key }) => !seen.has(key) && seen.add(key))
        .map((field) => ({ field, always: String(element.optionFlags) === '1', options: element.options })),
    ),
  }))
}

export const writeSections = (sections: readonly Section[]): SectionData[] =>
  sections.map(({ name, title, fields }) => ({
    name,
    title,
    type: 'section',
    elements: fields.map(({ field, always, options }) => ({
      name: field.key,
      optionFlags: always ? '1' : '0',
      ...(options === undefined ? {} : { options }),
    })),
  }))

/** What cards show first until somebody arranges them, whatever the type; the rest stands below. */
const FIRST = `
  TITLE OPPORTUNITY_WITH_CURRENCY CLOSEDATE HONORIFIC NAME SECOND_NAME LAST_NAME PHOTO LOGO POST PHONE EMAIL WEB IM
  COMPANY_TITLE COMPANY_ID COMPANY_IDS CONTACT_ID CONTACT_IDS MYCOMPANY_ID QUOTE_NUMBER ACCOUNT_NUMBER`
  .trim()
  .split(/\s+/)
const SECOND = `
  CATEGORY_ID ASSIGNED_BY_ID TYPE_ID SOURCE_ID SOURCE_DESCRIPTION BEGINDATE ACTUAL_DATE PROBABILITY INDUSTRY EMPLOYEES
  REVENUE BIRTHDATE COMMENTS CONTENT TERMS OBSERVER LEAD_ID DEAL_ID QUOTE_ID OPENED`
  .trim()
  .split(/\s+/)
/** Worth a line even while they are empty. */
const ALWAYS = new Set(
  'OPPORTUNITY_WITH_CURRENCY NAME LAST_NAME PHONE EMAIL COMPANY_ID COMPANY_IDS CONTACT_IDS CLOSEDATE ASSIGNED_BY_ID SOURCE_ID COMMENTS'.split(
    ' ',
  ),
)

function defaultSections(all: readonly CardField[]): Section[] {
  const pick = (keys: readonly string[]): LayoutField[] =>
    keys
      .flatMap((key) => all.filter((field) => field.key === key))
      .map((field) => ({ field, always: ALWAYS.has(field.key) }))
  const own = all.filter(({ field }) => field.isDynamic || /^parentId\d+$/.test(field.name))
  return [
    // The name stands above all fields already where it is a title.
    { name: 'main', title: say('cards.mainSection'), fields: pick(FIRST.filter((key) => key !== 'TITLE')) },
    {
      name: 'additional',
      title: say('cards.moreSection'),
      fields: [...pick(SECOND), ...own.map((field) => ({ field, always: field.field.isDynamic }))],
    },
  ].filter(({ fields }) => fields.length > 0)
}

/** Fields that no section shows, by title. */
export function hiddenFields(sections: readonly Section[], all: readonly CardField[]): CardField[] {
  const shown = new Set(sections.flatMap(({ fields }) => fields.map(({ field }) => field.key)))
  return all.filter(({ key }) => !shown.has(key)).sort((one, other) => one.title.localeCompare(other.title))
}

const changed = (entityTypeId: number): Promise<void> =>
  queries.invalidateQueries({ queryKey: ['card-layout', entityTypeId] })

/** Keeps an arrangement, for the person or for all. */
export async function saveLayout(
  { entityTypeId }: RecordType,
  extras: Record<string, number>,
  scope: Scope,
  sections: readonly Section[],
): Promise<void> {
  const data = writeSections(sections)
  await call('crm.item.details.configuration.set', { entityTypeId, extras, scope, data })
  queries.setQueryData(['card-layout', entityTypeId, extras, scope], data)
  await changed(entityTypeId)
}

/** Takes an arrangement back. */
export async function resetLayout(
  { entityTypeId }: RecordType,
  extras: Record<string, number>,
  scope: Scope,
): Promise<void> {
  await call('crm.item.details.configuration.reset', { entityTypeId, extras, scope })
  await changed(entityTypeId)
}

/** Everybody sees the common arrangement again: what people have arranged for themselves is forgotten. */
export async function forceLayout({ entityTypeId }: RecordType, extras: Record<string, number>): Promise<void> {
  await call('crm.item.details.configuration.forceCommonScopeForAll', { entityTypeId, extras })
  await changed(entityTypeId)
}
