// The floor on SQLite: the server's own statements through the same driver, with the same durability and the same
// commit for all requests of one turn of the event loop.
import Database from 'libsql'
import { hidden, rowsOf } from './floor-rows.mjs'

export function openSqlite(path) {
  const db = new Database(path)
  db.exec('PRAGMA journal_mode = WAL')
  db.exec('PRAGMA synchronous = FULL')
  db.exec('PRAGMA cache_size = -32000')
  db.exec('PRAGMA temp_store = MEMORY')

  const columns = db
    .prepare('SELECT name FROM pragma_table_info(?)')
    .all('crm_lead')
    .map(({ name }) => name)
    .filter((name) => !hidden.has(name))
    .map((name) => `t."${name}"`)
    .join(', ')
  const points =
    '(select json_group_array(json_array(id, type_id, value_type, value) order by id) from crm_multifield where entity_type_id = 1 and record_id = t.id) as points'
  const get = db.prepare(`select ${columns}, ${points} from crm_lead as t where t.id = ?`)
  const byStage = db.prepare(`select ${columns} from crm_lead as t where t.stage_id = ? order by t.id asc limit 50`)
  const byOffset = db.prepare(
    `select ${columns} from crm_lead as t where t.id in (select t.id from crm_lead as t order by t.id asc limit 50 offset ?) order by t.id asc`,
  )
  const byCursor = db.prepare(`select ${columns} from crm_lead as t where t.id > ? order by t.id asc limit 50`)
  const total = db.prepare('SELECT coalesce(sum(n), 0) AS n FROM counter WHERE key = ?')
  const savepoint = db.prepare('SAVEPOINT unit')
  const release = db.prepare('RELEASE unit')
  const saveSequence = db.prepare('UPDATE sequence SET next = ? WHERE name = ?')
  const addCount = db.prepare('UPDATE counter SET n = n + ? WHERE key = ?')
  const sequences = new Map(
    db
      .prepare('SELECT name, next FROM sequence')
      .all()
      .map(({ name, next }) => [name, next]),
  )
  const inserts = new Map()
  let queue = []

  const nextId = (name) => {
    const id = sequences.get(name)
    sequences.set(name, id + 1)
    return id
  }
  const insert = (table, row) => {
    let statement = inserts.get(table)
    if (statement === undefined) {
      const names = Object.keys(row)
      statement = db.prepare(
        `INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
      )
      inserts.set(table, statement)
    }
    statement.run(Object.values(row))
  }
  const flush = () => {
    const group = queue
    queue = []
    const counts = new Map()
    const now = Math.floor(Date.now() / 1000)
    db.exec('BEGIN IMMEDIATE')
    for (const unit of group) {
      unit.ids = unit.leads.map((fields) => {
        savepoint.run()
        const { id, rows, counters } = rowsOf(fields, now, nextId)
        for (const [table, each] of Object.entries(rows)) for (const row of each) insert(table, row)
        release.run()
        for (const key of counters) counts.set(key, (counts.get(key) ?? 0) + 1)
        return id
      })
    }
    for (const name of inserts.keys()) saveSequence.run([sequences.get(name), name])
    for (const [key, by] of counts) addCount.run([by, key])
    db.exec('COMMIT')
    for (const { ids, resolve } of group) resolve(ids)
  }

  return {
    create: (leads) =>
      new Promise((resolve) => {
        queue.push({ leads, resolve })
        if (queue.length === 1) setImmediate(flush)
      }),
    get: async (id) => get.get([id]),
    byStage: async (stage) => ({ rows: byStage.all([stage]), total: total.get([`crm_lead|s|${stage}`]).n }),
    byOffset: async (offset) => ({ rows: byOffset.all([offset]), total: total.get(['crm_lead']).n }),
    byCursor: async (id) => ({ rows: byCursor.all([id]), total: 0 }),
  }
}
