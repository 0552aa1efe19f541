import { isList, type JudgedCall, mapIn, parameter, type Rule, type Warning, docsOf } from './warning.ts'

/** Calls of a row, and calls of other kinds that may stand between two of them, as in a loop that does several things. */
const LEAST = 10
const BETWEEN = 4
/** Characters of parameters: what is longer is a file or a text that has no place in a command of a batch. */
const LONGEST = 4_000

interface Row {
  readonly first: JudgedCall
  readonly seen: Set<string>
  /** Its place among the calls of its client. */
  last: number
}

/** The same method again and again where one request would do: a batch of 50, or a list of many ids. */
export function oneByOne(): Rule {
  const rows = new Map<string, Row>()
  const places = new Map<string, number>()
  const long = new Map<string, Row>()
  return {
    call(call) {
      if (call.isNested || call.method === 'batch') return
      const place = (places.get(call.credential) ?? 0) + 1
      places.set(call.credential, place)
      const kind = kindOf(call)
      if (kind === undefined || call.error !== null || call.key.length > LONGEST) return
      const key = `${call.credential} ${call.version} ${call.method} ${kind.same}`
      const row = rows.get(key)
      if (row === undefined || place - row.last - 1 > BETWEEN) {
        rows.set(key, { first: call, seen: new Set([kind.differs]), last: place })
        return
      }
      row.last = place
      row.seen.add(kind.differs)
      // Each row that was long enough is told, however many others came after it.
      if (row.seen.size >= LEAST) long.set(`${key} ${row.first.number}`, row)
    },
    found() {
      const byMethod = new Map<string, Row[]>()
      for (const row of long.values()) byMethod.set(row.first.method, [...(byMethod.get(row.first.method) ?? []), row])
      return [...byMethod].map(([method, of]) => warningOf(method, of))
    },
  }
}

function warningOf(method: string, rows: readonly Row[]): Warning {
  const [{ first } = { first: undefined }] = rows
  if (first === undefined) throw new Error('no row is empty')
  const most = Math.max(...rows.map(({ seen }) => seen.size))
  const isGet = /\.get$/i.test(method)
  const list = `${method.replace(/\.get$/i, '.list')} with ${first.version === 2 && method.startsWith('crm.item.') ? '"@id"' : '"@ID"'} in its filter`
  const batches = Math.ceil(most / 50)
  return {
    code: 'one-by-one',
    subject: method,
    text: `${method} was called ${most} times one by one, with only its parameters changing: ${batches === 1 ? 'one batch' : `${batches} batches`} of up to 50 commands ${isGet ? `or ${list} ` : isList(first) ? 'or one list with "@" and all values in its filter ' : ''}would do it.`,
    docs: docsOf('settings/how-to-call-rest-api/batch.md'),
    count: rows.reduce((sum, { seen }) => sum + seen.size, 0),
    first: { number: first.number, method, requestId: first.requestId },
  }
}

/** What calls of a row have in common, and what tells them apart; undefined for what may well be called alone. */
function kindOf(call: JudgedCall): { same: string; differs: string } | undefined {
  if (!isList(call)) return { same: '', differs: call.key }
  // Pages of one list follow from each other: no batch can ask for them before the first is there.
  const filter = Object.entries(mapIn(parameter(call, 'filter')))
  const equal = filter.filter(
    ([key, value]) => /^=?[a-z_]/i.test(key) && (typeof value === 'string' || typeof value === 'number'),
  )
  if (equal.length === 0) return undefined
  const others = Object.entries(call.parameters).filter(([key]) => key.toLowerCase() !== 'filter')
  const rest = filter.filter((each) => !equal.includes(each))
  return {
    same: JSON.stringify([others, rest, equal.map(([key]) => key)]),
    differs: JSON.stringify(equal.map(([, value]) => String(value))),
  }
}
