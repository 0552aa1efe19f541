import { useQuery, type UseQueryReturnType } from '@tanstack/vue-query'
import { call } from '../../api/portal.ts'
import { queries } from '../../api/queries.ts'

/** An inbound webhook, without its code, which nobody knows any more. */
export interface Webhook {
  readonly ID: number
  readonly USER_ID: number
  readonly TITLE: string
  readonly SCOPE: readonly string[]
  readonly DATE_CREATE: string
  readonly LAST_USED: string | null
}

/** What is shown this once. */
export interface MadeWebhook {
  readonly ID: number
  readonly CODE: string
  readonly URL: string
}

const KEY = ['developer', 'webhooks'] as const

export const useWebhooks = (): UseQueryReturnType<readonly Webhook[], Error> =>
  useQuery({ queryKey: KEY, queryFn: ({ signal }) => call<readonly Webhook[]>('portico.webhook.list', {}, signal) })

export async function addWebhook(title: string, scope: readonly string[]): Promise<MadeWebhook> {
  const made = await call<MadeWebhook>('portico.webhook.add', { title, scope })
  void queries.invalidateQueries({ queryKey: KEY })
  return made
}

export async function deleteWebhook(id: number): Promise<void> {
  await call('portico.webhook.delete', { id })
  queries.setQueryData<readonly Webhook[]>(KEY, (known) => known?.filter(({ ID }) => ID !== id))
  void queries.invalidateQueries({ queryKey: KEY })
}
