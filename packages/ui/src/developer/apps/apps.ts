import { useQuery, type UseQueryReturnType } from '@tanstack/vue-query'
import { computed, type MaybeRefOrGetter, toValue } from 'vue'
import { call } from '../../api/portal.ts'
import { queries } from '../../api/queries.ts'

export interface App {
  readonly ID: number
  /** The client_id. */
  readonly CODE: string
  readonly TITLE: string
  readonly HANDLER: string
  readonly INSTALL_URL: string
  readonly SCOPE: readonly string[]
  /** It has no pages: it works through the API alone. */
  readonly SCRIPT_ONLY: boolean
  /** Its name in the menu, by language. */
  readonly MENU: Readonly<Record<string, string>>
  readonly VERSION: number
  readonly INSTALLED: boolean
  readonly CREATED_BY: number
}

/** With what it has put into the portal. */
export interface AppInFull extends App {
  readonly PLACEMENTS: readonly {
    readonly PLACEMENT: string
    readonly HANDLER: string
    readonly TITLE: string
    readonly USER_ID: number
  }[]
  readonly EVENTS: readonly {
    readonly ID: number
    readonly EVENT: string
    readonly HANDLER: string
    readonly OFFLINE: 'Y' | 'N'
  }[]
}

export interface AppFields {
  readonly TITLE: string
  readonly HANDLER: string
  readonly INSTALL_URL: string
  readonly SCOPE: readonly string[]
  readonly SCRIPT_ONLY: 'Y' | 'N'
  readonly MENU: Readonly<Record<string, string>>
}

const KEY = ['developer', 'apps'] as const
const changed = (): void => void queries.invalidateQueries({ queryKey: KEY })

export const useApps = (enabled = true): UseQueryReturnType<readonly App[], Error> =>
  useQuery({
    queryKey: [...KEY, 'list'],
    queryFn: ({ signal }) => call<readonly App[]>('portico.app.list', {}, signal),
    enabled,
  })

export const useApp = (id: MaybeRefOrGetter<number>): UseQueryReturnType<AppInFull, Error> =>
  useQuery({
    queryKey: computed(() => [...KEY, toValue(id)]),
    queryFn: ({ signal }) => call<AppInFull>('portico.app.get', { id: toValue(id) }, signal),
  })

/** The secret is shown this once. */
export async function addApp(fields: AppFields): Promise<App & { readonly SECRET: string }> {
  const made = await call<App & { SECRET: string }>('portico.app.add', { fields })
  changed()
  return made
}

export async function changeApp(id: number, fields: AppFields): Promise<void> {
  await call('portico.app.update', { id, fields })
  changed()
}

export async function newSecret(id: number): Promise<string> {
  return (await call<{ SECRET: string }>('portico.app.secret', { id })).SECRET
}

export async function finishApp(id: number): Promise<void> {
  await call('portico.app.finish', { id })
  changed()
}

export async function deleteApp(id: number, clean: boolean): Promise<void> {
  await call('portico.app.delete', { id, clean: clean ? 'Y' : 'N' })
  changed()
}

/** After something outside of these pages may have changed them, such as the application itself. */
export const appsChanged = changed
