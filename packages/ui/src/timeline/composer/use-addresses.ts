import { useQuery } from '@tanstack/vue-query'
import { computed, type ComputedRef } from 'vue'
import { call } from '../../api/portal.ts'
import type { Item, Owner } from '../entries.ts'

/** A phone or an e-mail address, and whose it is. */
export interface Address {
  readonly value: string
  readonly kind: 'PHONE' | 'EMAIL'
  readonly entityTypeId: number
  readonly entityId: number
  readonly name: string
}

/** Somebody whom a call, a letter or a meeting is with. */
export interface Client {
  readonly entityTypeId: number
  readonly id: number
  readonly name: string
}

interface Row {
  readonly id: number
  readonly title?: string
  readonly name?: string
  readonly lastName?: string
  readonly fm?: readonly { readonly typeId: string; readonly value: string }[]
}

const [LEAD, CONTACT, COMPANY] = [1, 3, 4] as const
const nameOf = ({ title, name, lastName, id }: Row, entityTypeId: number): string =>
  (entityTypeId === COMPANY ? title : [name, lastName].filter(Boolean).join(' ') || title) || `#${id}`

const ids = (...values: unknown[]): number[] => [
  ...new Set(
    values
      .flatMap((value) => (Array.isArray(value) ? value : [value]))
      .map(Number)
      .filter((id) => id > 0),
  ),
]

/** So many of a record's contacts are looked at. */
const MOST = 10

/** Each by itself: lists of records tell no phones and no addresses. Who may not be seen is left out. */
async function read(entityTypeId: number, wanted: readonly number[], signal: AbortSignal): Promise<Row[]> {
  const rows = await Promise.all(
    wanted.slice(0, MOST).map((id) =>
      call<{ item: Row }>('crm.item.get', { entityTypeId, id }, signal).then(
        ({ item }) => [item],
        () => [],
      ),
    ),
  )
  return rows.flat()
}

export interface Addresses {
  readonly phones: ComputedRef<readonly Address[]>
  readonly emails: ComputedRef<readonly Address[]>
  readonly clients: ComputedRef<readonly Client[]>
}

/** Phones and addresses of a record and of the contacts and the company that it names. */
export function useAddresses(owner: () => Owner, item: () => Item): Addresses {
  const contacts = computed(() => ids(item().contactIds, item().contactId))
  const companies = computed(() => ids(item().companyId))
  const { data } = useQuery(
    computed(() => ({
      queryKey: ['item', owner().entityTypeId, owner().id, 'addresses', contacts.value, companies.value, item().fm],
      queryFn: async ({ signal }: { signal: AbortSignal }): Promise<(Client & { row: Row })[]> => {
        const { entityTypeId, id } = owner()
        const own = item() as unknown as Row
        const isClient = [LEAD, CONTACT, COMPANY].some((each) => each === entityTypeId)
        const [people, firms] = await Promise.all([
          read(CONTACT, contacts.value, signal),
          read(COMPANY, companies.value, signal),
        ])
        return [
          ...(isClient ? [{ entityTypeId, id, row: own }] : []),
          ...people.map((row) => ({ entityTypeId: CONTACT, id: row.id, row })),
          ...firms.map((row) => ({ entityTypeId: COMPANY, id: row.id, row })),
        ].map((each) => ({ ...each, name: nameOf(each.row, each.entityTypeId) }))
      },
    })),
  )
  const of = (kind: Address['kind']) =>
    computed(() =>
      (data.value ?? []).flatMap(({ entityTypeId, id, name, row }) =>
        (row.fm ?? [])
          .filter(({ typeId }) => typeId === kind)
          .map(({ value }) => ({ value, kind, entityTypeId, entityId: id, name })),
      ),
    )
  return {
    phones: of('PHONE'),
    emails: of('EMAIL'),
    clients: computed(() => (data.value ?? []).map(({ entityTypeId, id, name }) => ({ entityTypeId, id, name }))),
  }
}
