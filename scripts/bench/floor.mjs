// The floor of the bench: a bare HTTP server that runs by hand the statements that Portico runs, and nothing else: no
// rights, no validation, no dialects. `node floor.mjs sqlite <file>` or `node floor.mjs postgres <url>`; prints its port.
// Its answers are the rows as the driver gives them, through JSON.stringify.
import { createServer } from 'node:http'
import { parse } from 'node:querystring'

const [kind = '', target = ''] = process.argv.slice(2)
const store =
  kind === 'postgres'
    ? await (await import('./floor-postgres.mjs')).openPostgres(target)
    : (await import('./floor-sqlite.mjs')).openSqlite(target)

const methods = {
  'crm.lead.add': async ({ fields }) => ({ result: (await store.create([fields]))[0] }),
  async 'crm.lead.get'({ id }) {
    const row = await store.get(id)
    if (typeof row.points === 'string') row.points = JSON.parse(row.points)
    return { result: row }
  },
  async 'crm.lead.list'({ filter = {}, start = 0 }) {
    const { rows, total } =
      filter.STATUS_ID !== undefined
        ? await store.byStage(filter.STATUS_ID)
        : start < 0
          ? await store.byCursor(filter['>ID'])
          : await store.byOffset(start)
    return { result: rows, total }
  },
  async batch({ cmd }) {
    const keys = Object.keys(cmd)
    const ids = await store.create(keys.map((key) => fieldsOf(parse(cmd[key].slice(cmd[key].indexOf('?') + 1)))))
    return { result: { result: Object.fromEntries(keys.map((key, index) => [key, ids[index]])) } }
  },
}

function fieldsOf(pairs) {
  const fields = {}
  for (const name of scalars) fields[name] = pairs[`fields[${name}]`]
  for (const name of ['PHONE', 'EMAIL'])
    fields[name] = [{ VALUE: pairs[`fields[${name}][0][VALUE]`], VALUE_TYPE: pairs[`fields[${name}][0][VALUE_TYPE]`] }]
  return fields
}
const scalars = [
  'TITLE',
  'NAME',
  'LAST_NAME',
  'COMPANY_TITLE',
  'STATUS_ID',
  'SOURCE_ID',
  'OPPORTUNITY',
  'CURRENCY_ID',
  'COMMENTS',
  'POST',
  'ADDRESS_CITY',
  'UTM_SOURCE',
]

const server = createServer((request, response) => {
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', async () => {
    try {
      const method = request.url.slice(request.url.lastIndexOf('/') + 1)
      const body = JSON.stringify(await methods[method](JSON.parse(Buffer.concat(chunks).toString('utf8'))))
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
      response.end(body)
    } catch (error) {
      response.writeHead(500).end(String(error))
    }
  })
})
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
process.on('SIGTERM', () => process.exit(0))
