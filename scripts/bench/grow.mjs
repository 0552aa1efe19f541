// Makes a database of ten thousand leads one of a million, by copying rows with SQL: through the API it would take a
// quarter of an hour. Ids, kept totals and sequences stay right, so both servers go on as if they had written it all.
// The outbox is left out: nobody listens, so that it is empty.

const tables = ['crm_lead', 'crm_multifield', 'history', 'crm_stage_history']

/** Columns that hold a lead's id, beside each table's own id. */
const leadIds = { crm_multifield: ['record_id'], history: ['record_id'], crm_stage_history: ['owner_id'] }

/**
 * @param {import('./databases.mjs').Databases} databases
 * @param {string} name of the database that grows
 * @param {number} times how many times as many rows there shall be, at most 100
 */
export async function grow(databases, name, times) {
  const statements = ['CREATE TABLE bench_copy (n bigint)']
  statements.push(`INSERT INTO bench_copy SELECT (a.n * 10 + b.n) FROM ${digits('a')}, ${digits('b')}`)
  statements.push('CREATE TABLE bench_size (name text, size bigint)')
  for (const table of tables) statements.push(`INSERT INTO bench_size SELECT '${table}', max(id) FROM ${table}`)
  const size = (table) => `(SELECT size FROM bench_size WHERE name = '${table}')`
  for (const table of tables) {
    const names = await databases.columns(name, table)
    const selected = names.map((name) => {
      if (name === 'id') return `t.id + c.n * ${size(table)}`
      return leadIds[table]?.includes(name) ? `t."${name}" + c.n * ${size('crm_lead')}` : `t."${name}"`
    })
    const list = names.map((name) => `"${name}"`).join(', ')
    statements.push(
      `INSERT INTO ${table} (${list}) SELECT ${selected.join(', ')} FROM bench_copy c, ${table} t WHERE c.n > 0 AND c.n < ${times} ORDER BY c.n, t.id`,
      `UPDATE sequence SET next = (SELECT max(id) + 1 FROM ${table}) WHERE name = '${table}'`,
    )
  }
  statements.push(`UPDATE counter SET n = n * ${times}`, 'DROP TABLE bench_copy', 'DROP TABLE bench_size')
  await databases.run(name, statements)
  await databases.settle(name)
}

const digits = (alias) =>
  `(${Array.from({ length: 10 }, (_, n) => `SELECT ${n} AS n`).join(' UNION ALL ')}) AS ${alias}`
