import { boot } from '../../api/boot.ts'
import { portal } from '../../api/portal.ts'
import { typeOfPath, type RecordType } from '../../model/record-types.ts'

/** A card that was opened: the type as its address names it, and the id. */
type Opened = readonly [type: string, id: number]

const KEY = `portico-recent-${boot.user.id}`
const MOST = 8

function read(): Opened[] {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '[]') as Opened[]
  } catch {
    return []
  }
}

/** Remembers the card that an address names, if it names one. */
export function rememberCard(path: string): void {
  const [, type, id] = /^\/crm\/(.+)\/details\/([1-9]\d*)\/$/.exec(path) ?? []
  if (type === undefined || id === undefined) return
  const rest = read().filter(([otherType, otherId]) => otherType !== type || otherId !== Number(id))
  localStorage.setItem(KEY, JSON.stringify([[type, Number(id)], ...rest].slice(0, MOST)))
}

export interface Recent {
  readonly type: RecordType
  readonly id: number
  readonly title: string
}

interface Row {
  readonly id: number
  readonly title?: string | null
  readonly name?: string | null
  readonly lastName?: string | null
}

/** The cards that were opened last, the latest first, as they are called now; without those that are gone. */
export async function recentCards(types: readonly RecordType[], signal?: AbortSignal): Promise<readonly Recent[]> {
  const opened = read().flatMap(([path, id]) => {
    const type = typeOfPath(types, path)
    return type === undefined ? [] : [{ type, id }]
  })
  const asked = [...new Set(opened.map(({ type }) => type))]
  if (asked.length === 0) return []
  const titles = new Map<string, string>()
  await Promise.all(
    asked.map(async ({ entityTypeId, name }) => {
      const ids = opened.filter(({ type }) => type.entityTypeId === entityTypeId).map(({ id }) => id)
      const params = {
        entityTypeId,
        filter: { '@id': ids },
        select: name === 'contact' ? ['id', 'name', 'lastName'] : ['id', 'title'],
        start: -1,
      }
      const { result } = await portal.request('crm.item.list' as never, params as never, { signal })
      for (const row of (result as { items: Row[] }).items)
        titles.set(
          `${entityTypeId}:${row.id}`,
          row.title || [row.name, row.lastName].filter(Boolean).join(' ') || `#${row.id}`,
        )
    }),
  )
  return opened.flatMap(({ type, id }) => {
    const title = titles.get(`${type.entityTypeId}:${id}`)
    return title === undefined ? [] : [{ type, id, title }]
  })
}
