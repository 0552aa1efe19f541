// The floor on PostgreSQL: the server's own statements, prepared, through the same driver, with the same grouping of
// inserts into one statement per round trip.
import pg from 'pg'
import { hidden, rowsOf } from './floor-rows.mjs'

/** As in `store/dialect/postgres-append.ts`: statements under way at once. */
const lanes = 3
const group = 200
/** What the server's blocks of ids grow to under load. */
const block = 1024

export async function openPostgres(url) {
  pg.types.setTypeParser(20, Number)
  const pool = new pg.Pool({ connectionString: url, max: 12, keepAlive: true })
  const query = async (name, text, values) => (await pool.query({ name, text, values })).rows
  const tables = ['crm_lead', 'crm_multifield', 'history', 'crm_stage_history', 'outbox']
  const columns = new Map()
  for (const table of tables) {
    const { rows } = await pool.query(
      'SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position',
      [table],
    )
    columns.set(
      table,
      rows.map((row) => row.column_name),
    )
  }
  const shown = columns
    .get('crm_lead')
    .filter((name) => !hidden.has(name))
    .map((name) => `t."${name}"`)
    .join(', ')
  const points =
    '(select json_agg(json_build_array(id, type_id, value_type, value) order by id) from crm_multifield where entity_type_id = 1 and record_id = t.id) as points'
  const inserts = tables.map((table, index) => {
    const names = columns
      .get(table)
      .map((name) => `"${name}"`)
      .join(', ')
    return `i${index} AS (INSERT INTO "${table}" (${names}) SELECT ${names} FROM json_populate_recordset(NULL::"${table}", $${index + 1}::json))`
  })
  const append = `WITH ${inserts.join(', ')}, ic AS (INSERT INTO counter (id, key, n) SELECT (random() * 9007199254740991)::bigint, d.key, d.n FROM json_to_recordset($${tables.length + 1}::json) AS d(key text, n bigint)) SELECT 1`
  const total = 'SELECT coalesce(sum(n), 0)::bigint AS n FROM counter WHERE key = ANY($1)'
  const totalOf = async (key) => (await query('total', total, [[key]]))[0].n

  const sequences = new Map(tables.map((table) => [table, { next: 0, end: 0 }]))
  const reserve = async (table, wanted) => {
    const rows = await query(
      'ids',
      'INSERT INTO sequence (name, next) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET next = sequence.next + $3 RETURNING next',
      [table, wanted + 1, wanted],
    )
    sequences.set(table, { next: rows[0].next - wanted, end: rows[0].next })
  }
  const take = async (table, count) => {
    const ids = []
    while (ids.length < count) {
      const known = sequences.get(table)
      if (known.next < known.end) ids.push(known.next++)
      else await (known.pending ??= reserve(table, block))
    }
    return ids
  }

  const waiting = []
  let underWay = 0
  let scheduled = false
  const schedule = () => {
    if (scheduled || underWay >= lanes || waiting.length === 0) return
    scheduled = true
    setImmediate(() => {
      scheduled = false
      void send(waiting.splice(0, group))
      schedule()
    })
  }
  const send = async (units) => {
    underWay++
    const rows = Object.fromEntries(tables.map((table) => [table, []]))
    const counts = new Map()
    for (const { made } of units)
      for (const each of made) {
        for (const table of tables) rows[table].push(...each.rows[table])
        for (const key of each.counters) counts.set(key, (counts.get(key) ?? 0) + 1)
      }
    const values = tables.map((table) => JSON.stringify(rows[table]))
    await query('append', append, [...values, JSON.stringify([...counts].map(([key, n]) => ({ key, n })))])
    underWay--
    schedule()
    for (const { resolve } of units) resolve()
  }

  return {
    async create(leads) {
      const needed = { crm_lead: 1, crm_multifield: 2, history: 1, crm_stage_history: 1, outbox: 1 }
      const ids = {}
      for (const table of tables) ids[table] = await take(table, needed[table] * leads.length)
      const now = Math.floor(Date.now() / 1000)
      const made = leads.map((fields) => rowsOf(fields, now, (table) => ids[table].shift()))
      await new Promise((resolve) => {
        waiting.push({ made, resolve })
        schedule()
      })
      return made.map(({ id }) => id)
    },
    get: async (id) => (await query('get', `select ${shown}, ${points} from crm_lead as t where t.id = $1`, [id]))[0],
    byStage: async (stage) => ({
      rows: await query(
        'stage',
        `select ${shown} from crm_lead as t where t.stage_id = $1 order by t.id asc limit 50`,
        [stage],
      ),
      total: await totalOf(`crm_lead|s|${stage}`),
    }),
    byOffset: async (offset) => ({
      rows: await query(
        'offset',
        `select ${shown} from crm_lead as t where t.id in (select t.id from crm_lead as t order by t.id asc limit 50 offset $1) order by t.id asc`,
        [offset],
      ),
      total: await totalOf('crm_lead'),
    }),
    byCursor: async (id) => ({
      rows: await query('cursor', `select ${shown} from crm_lead as t where t.id > $1 order by t.id asc limit 50`, [
        id,
      ]),
      total: 0,
    }),
  }
}
