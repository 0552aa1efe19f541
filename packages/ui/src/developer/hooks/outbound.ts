import { useQuery, type UseQueryReturnType } from '@tanstack/vue-query'
import { call } from '../../api/portal.ts'
import { queries } from '../../api/queries.ts'

/** An address that is told of what happens in the portal. */
export interface Outbound {
  readonly ID: number
  readonly TITLE: string
  readonly URL: string
  readonly EVENTS: readonly string[]
  readonly ACTIVE: 'Y' | 'N'
  readonly APPLICATION_TOKEN: string
  readonly USER_ID: number
  readonly DATE_CREATE: string
}

const KEY = ['developer', 'outbound'] as const
const changed = (): void => void queries.invalidateQueries({ queryKey: KEY })

export const useOutbound = (enabled = true): UseQueryReturnType<readonly Outbound[], Error> =>
  useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => call<readonly Outbound[]>('portico.outbound.list', {}, signal),
    enabled,
  })

export interface OutboundFields {
  readonly title: string
  readonly url: string
  readonly events: readonly string[]
}

export async function addOutbound(fields: OutboundFields): Promise<{ ID: number; APPLICATION_TOKEN: string }> {
  const made = await call<{ ID: number; APPLICATION_TOKEN: string }>('portico.outbound.add', { ...fields })
  changed()
  return made
}

export async function changeOutbound(
  id: number,
  fields: Partial<OutboundFields> & { active?: 'Y' | 'N' },
): Promise<void> {
  await call('portico.outbound.update', { id, ...fields })
  changed()
}

export async function deleteOutbound(id: number): Promise<void> {
  await call('portico.outbound.delete', { id })
  queries.setQueryData<readonly Outbound[]>(KEY, (known) => known?.filter(({ ID }) => ID !== id))
  changed()
}

/** Sends a test event; answers the delivery. */
export const testOutbound = async (id: number): Promise<number> =>
  (await call<{ DELIVERY_ID: number }>('portico.outbound.test', { id })).DELIVERY_ID

/** Events that an address can be told of. */
export const useEvents = (): UseQueryReturnType<readonly string[], Error> =>
  useQuery({
    queryKey: ['developer', 'events'],
    queryFn: ({ signal }) => call<readonly string[]>('portico.outbound.events', {}, signal),
    staleTime: 60_000,
  })

/** `ONCRMLEADADD` belongs to `LEAD`; the longest known word counts. */
const subjects = [
  'PRODUCTSECTION',
  'PRODUCTPROPERTY',
  'PRODUCT',
  'TIMELINECOMMENT',
  'TIMELINEITEM',
  'INVOICERECURRING',
  'DEALRECURRING',
  'DOCUMENTGENERATORDOCUMENT',
  'DYNAMICITEM',
  'REQUISITE',
  'BANKDETAIL',
  'ADDRESS',
  'CURRENCY',
  'MEASURE',
  'ACTIVITY',
  'CONTACT',
  'COMPANY',
  'INVOICE',
  'QUOTE',
  'LEAD',
  'DEAL',
  'TYPE',
] as const

/** The key of the group that an event belongs to. */
export function subjectOf(event: string): string {
  if (event.startsWith('CATALOG.')) return 'catalog'
  if (event.startsWith('ONUSER')) return 'user'
  const rest = event.replace(/^ONCRM/, '')
  return (subjects.find((each) => rest.startsWith(each)) ?? 'other').toLowerCase()
}
