import { type Choice, pick, type PickerTab } from './picker.ts'
import type { Portal } from './portal.ts'

interface Item {
  readonly id: number
  readonly title?: string | null
  readonly name?: string | null
  readonly lastName?: string | null
  readonly post?: string | null
}

interface Kind {
  readonly type: string
  readonly entityTypeId: number
  readonly code: string
  readonly title: string
  readonly select: readonly string[]
  readonly find: (text: string) => object
  readonly image: boolean
}

const byTitle = (text: string): object => ({ '%title': text })
const common = { select: ['id', 'title'], find: byTitle, image: false }

/** What a person may choose from (sdk/bx24-js-sdk/system-dialogues/bx24-select-crm.md). */
const kinds: readonly Kind[] = [
  { ...common, type: 'lead', entityTypeId: 1, code: 'L', title: 'Leads', select: ['id', 'title', 'name', 'lastName'] },
  {
    type: 'contact',
    entityTypeId: 3,
    code: 'C',
    title: 'Contacts',
    select: ['id', 'name', 'lastName', 'post'],
    find: (text) => ({ 0: { logic: 'OR', 0: { '%name': text }, 1: { '%lastName': text } } }),
    image: true,
  },
  { ...common, type: 'company', entityTypeId: 4, code: 'CO', title: 'Companies', image: true },
  { ...common, type: 'deal', entityTypeId: 2, code: 'D', title: 'Deals' },
  { ...common, type: 'quote', entityTypeId: 7, code: 'Q', title: 'Estimates' },
]

function choiceOf({ type, code, image }: Kind, item: Item): Choice {
  const person = [item.name, item.lastName].filter(Boolean).join(' ')
  const title = item.title || person || `#${item.id}`
  const desc = (item.title ? person : item.post) || ''
  const url = `/crm/${type}/details/${item.id}/`
  const id = `${code}_${item.id}`
  return {
    id,
    title,
    note: desc,
    value: { id, type, place: type, title, desc, url, ...(image ? { image: '' } : {}) },
  }
}

async function items(portal: Portal, kind: Kind, filter: object): Promise<Choice[]> {
  const { entityTypeId, select } = kind
  const found = await portal.rest<{ items: Item[] }>('crm.item.list', {
    entityTypeId,
    select,
    filter,
    order: { id: 'DESC' },
  })
  return found.items.map((item) => choiceOf(kind, item))
}

const listOf = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : typeof value === 'object' && value !== null ? Object.values(value) : []

/** Records of the CRM, by kind: every kind that was asked for has a list, which may be empty. */
export async function pickCrm(portal: Portal, wish: Readonly<Record<string, unknown>>): Promise<unknown> {
  const wanted = listOf(wish.entityType)
  const offered = wanted.length === 0 ? kinds : kinds.filter(({ type }) => wanted.includes(type))
  const multiple = wish.multiple === true || wish.multiple === 'true'
  const given = (typeof wish.value === 'object' && wish.value !== null ? wish.value : {}) as Record<string, unknown>
  const chosen: Choice[] = []
  if (multiple)
    for (const kind of offered) {
      // As numbers, or as what this dialog answers: `L_1`.
      const ids = listOf(given[kind.type]).map((id) => Number(String(id).replace(/^[A-Z]+_/, '')))
      if (ids.length > 0) chosen.push(...(await items(portal, kind, { '@id': ids })))
    }
  const tabs = offered.map((kind): PickerTab => ({
    title: kind.title,
    find: (text) => items(portal, kind, text === '' ? {} : kind.find(text)),
  }))
  const picked = (await pick({ title: 'Choose from the CRM', multiple, tabs, chosen })) ?? []
  return Object.fromEntries(
    offered.map((kind) => [
      kind.type,
      picked.map(({ value }) => value as { type: string }).filter(({ type }) => type === kind.type),
    ]),
  )
}
