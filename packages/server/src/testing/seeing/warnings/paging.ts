import { hasIdCursor, isList, type JudgedCall, listKey, mapIn, parameter, type Rule, Tally } from './warning.ts'

const PAGE = 50
/** Records from which on counting all of them for each page costs more than the page. */
const LARGE = 1_000
const HUGE_DATA = 'settings/performance/huge-data.md'
const LISTS = 'settings/how-to-call-rest-api/list-methods-pecularities.md'

const startOf = (call: JudgedCall): number => Number(parameter(call, 'start') ?? 0) || 0

/** Large lists read page by page by a growing `start`, each page counting everything anew. */
export function offsetPaging(): Rule {
  const tally = new Tally('offset-paging')
  return {
    call(call) {
      if (call.total === undefined || call.total < LARGE || startOf(call) <= 0) return
      tally.add(call.method, call, {
        text: `${call.method} is read page by page with a growing "start" over ${call.total} records, and each page counts them all anew: order by the id, put the last id that you have into the filter (">ID", in crm.item.list ">id") and send "start": -1.`,
        page: HUGE_DATA,
      })
    },
    found: () => tally.found(),
  }
}

/** Lists of which only the first page was read, as if it were everything. */
export function firstPageOnly(): Rule {
  /** By who asks for what, until somebody goes on with it. */
  const open = new Map<string, { readonly call: JudgedCall; count: number }>()
  return {
    call(call) {
      if (!isList(call) || call.error !== null) return
      const key = listKey(call)
      if (startOf(call) > 0 || hasIdCursor(call)) open.delete(key)
      else if ((call.total ?? 0) > PAGE && call.next !== undefined && wantsAll(call))
        open.set(key, { call: open.get(key)?.call ?? call, count: (open.get(key)?.count ?? 0) + 1 })
    },
    found() {
      const tally = new Tally('first-page-only')
      for (const { call, count } of open.values()) {
        const warning = {
          text: `${call.method} has answered with ${PAGE} of ${call.total ?? 0} records, and nobody has asked for the others: go on with "start": ${call.next ?? PAGE}, or by the last id with "start": -1.`,
          page: LISTS,
        }
        tally.add(call.method, call, warning, count)
      }
      return tally.found()
    },
  }
}

/** Whoever gives an order may want the first ones of it, and whoever selects the id alone may want to know how many. */
function wantsAll(call: JudgedCall): boolean {
  const order = Object.keys(mapIn(parameter(call, 'order')))
  if (order.some((name) => name.toLowerCase() !== 'id')) return false
  if (order.length > 0 && /desc/i.test(String(Object.values(mapIn(parameter(call, 'order')))[0]))) return false
  const select = Object.values(mapIn(parameter(call, 'select')))
  return !(select.length === 1 && /^id$/i.test(String(select[0])))
}
