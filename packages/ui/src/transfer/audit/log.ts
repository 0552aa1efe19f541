import { PortalError } from 'portico-client'
import { useInfiniteQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { boot } from '../../api/boot.ts'
import { i18n, say } from '../../i18n/index.ts'

/** An entry of the audit log, as `main.eventlog.list` tells it. */
export interface Entry {
  readonly id: number
  readonly timestampX: string
  readonly severity: 'SECURITY' | 'ERROR' | 'WARNING' | 'INFO'
  readonly auditTypeId: string
  readonly moduleId: string
  readonly itemId: string
  readonly remoteAddr: string
  readonly userAgent: string
  readonly requestUri: string
  readonly userId: number
  readonly description: string
}

export interface Asked {
  /** Days, both included; '' is an open end. */
  readonly from: string
  readonly to: string
  readonly type: string
  readonly userId: number | undefined
}

export const PAGE = 50

/** A method of REST 3.0, which has addresses and errors of its own. */
async function callV3<Result>(method: string, params: object, signal: AbortSignal): Promise<Result> {
  const response = await fetch(`/rest/api/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-portico-csrf': boot.csrf },
    body: JSON.stringify(params),
    signal,
  })
  const body = (await response.json()) as { result?: Result; error?: { code: string; message: string } }
  if (response.status === 401) location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`)
  if (body.result !== undefined) return body.result
  throw new Error(body.error?.message ?? String(response.status))
}

type Condition = readonly [field: string, operator: string, value: unknown]

function filterOf({ from, to, type, userId }: Asked, before: number | undefined): Condition[] {
  return [
    ...(from === '' ? [] : [['timestampX', '>=', `${from}T00:00:00`] as const]),
    ...(to === '' ? [] : [['timestampX', '<=', `${to}T23:59:59`] as const]),
    ...(type === '' ? [] : [['auditTypeId', '=', type] as const]),
    ...(userId === undefined ? [] : [['userId', '=', userId] as const]),
    ...(before === undefined ? [] : [['id', '<', before] as const]),
  ]
}

/** The log, the newest first, a page at a time. Pages go on by id: what is added meanwhile moves none of them. */
export const useLog = (asked: Ref<Asked>) =>
  useInfiniteQuery({
    queryKey: computed(() => ['audit', asked.value]),
    queryFn: async ({ signal, pageParam }) =>
      (
        await callV3<{ items: Entry[] }>(
          'main.eventlog.list',
          { filter: filterOf(asked.value, pageParam), order: { id: 'DESC' }, pagination: { limit: PAGE } },
          signal,
        )
      ).items,
    enabled: boot.user.admin,
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page: readonly Entry[]) => (page.length < PAGE ? undefined : page.at(-1)?.id),
    staleTime: 10_000,
    retry: (count, cause) => !(cause instanceof PortalError) && count < 1,
  })

/** What happened, in words; kinds that have none are told by their code. */
export const typeText = (type: string): string =>
  i18n.global.te(`transfer.audit.types.${type}`, 'en') ? say(`transfer.audit.types.${type}`) : type

/** What settings a method is about, by the beginning of its name. */
const AREAS: readonly (readonly [beginning: RegExp, area: string])[] = [
  [/^userfieldconfig|\.userfield\./, 'fields'],
  [/^crm\.status/, 'directories'],
  [/^crm\.(?:deal)?category/, 'pipelines'],
  [/^portico\.stage/, 'stages'],
  [/^crm\.currency/, 'currencies'],
  [/^crm\.type|^crm\.automatedsolution/, 'processes'],
  [/details\.configuration/, 'layouts'],
  [/automation|bizproc/, 'automation'],
  [/^portico\.settings|^crm\.settings/, 'mode'],
  [/^department|^humanresources/, 'departments'],
  [/^crm\.requisite/, 'requisites'],
  [/^crm\.documentgenerator/, 'templates'],
  [/^catalog|^crm\.product|^crm\.vat|^crm\.measure/, 'catalogue'],
]

/** Which settings were changed, in words; methods that have none are told by their names. */
export function settingText(method: string): string {
  const area = AREAS.find(([beginning]) => beginning.test(method))?.[1]
  return area === undefined ? method : say(`transfer.audit.areas.${area}`)
}

const named = (name: string): string =>
  i18n.global.te(`transfer.audit.names.${name}`, 'en') ? say(`transfer.audit.names.${name}`) : name

/** The parts of a description, where it is data; else its text. */
export function detailsOf(description: string): readonly (readonly [name: string, value: string])[] {
  if (!description.startsWith('{')) return description === '' ? [] : [['', description]]
  try {
    return Object.entries(JSON.parse(description) as Record<string, unknown>).flatMap(([name, value]) =>
      value === null || value === '' || (Array.isArray(value) && value.length === 0)
        ? []
        : [
            [
              named(name),
              typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean),
            ] as const,
          ],
    )
  } catch {
    return [['', description]]
  }
}
