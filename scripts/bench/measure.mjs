// The measurements of the bench, each on copies of one seeded database.
import { setTimeout as sleep } from 'node:timers/promises'
import { grow } from './grow.mjs'
import { batch, linesOf } from './lines.mjs'
import { load } from './load.mjs'
import { startFloor, startPortico } from './processes.mjs'
import { median, merged } from './report.mjs'

/** Fills a new database with leads, through the API: fifty in a request. */
export async function seed(databases, name, rows) {
  const portico = await startPortico((await databases.create(name)).env)
  try {
    await load({ port: portico.port, connections: 4, count: Math.ceil(rows / 50), request: batch })
  } finally {
    await portico.stop()
  }
  await databases.settle(name)
}

/** Of one turn: short ones, so that a slow moment of the machine hits both sides. */
const turn = 0.5

/** Every line on Portico and on the floor, turn by turn; the medians of each. */
export async function measureLines(kind, databases, from, { rows, seconds, line: wanted }) {
  const portico = await startPortico((await databases.copy(from, 'portico')).env)
  const floor = await startFloor(kind, (await databases.copy(from, 'floor')).target)
  try {
    const results = []
    for (const line of linesOf(rows).filter(({ name }) => name.includes(wanted))) {
      const turns = await alternate([portico, floor], seconds, (server) => {
        const before = server.cpu()
        return load({ ...line, port: server.port, seconds: turn }).then((result) => ({
          ...result,
          cpu: (server.cpu() - before) / result.answered,
          rss: server.rss(),
        }))
      })
      results.push({ ...line, portico: merged(turns[0]), floor: merged(turns[1]) })
    }
    return results
  } finally {
    await portico.stop()
    await floor.stop()
  }
}

/** Measures the servers in turn, again and again; the first turns of each only warm it up. */
async function alternate(servers, seconds, measure) {
  const turns = servers.map(() => [])
  for (let n = -2; n < seconds / turn; n++)
    for (const [index, server] of servers.entries()) {
      const result = await measure(server)
      if (n >= 0) turns[index].push(result)
    }
  return turns
}

/** From the start of the process to its first answer on existing data, and the memory of a server with nothing to do. */
export async function measureStart(databases, from) {
  const { env } = await databases.copy(from, 'start')
  const starts = []
  let idle = 0
  for (let round = 0; round < 5; round++) {
    const portico = await startPortico(env)
    starts.push(portico.startMs)
    if (round === 4) {
      await sleep(3000)
      idle = portico.rss()
    }
    await portico.stop()
  }
  const start = median(starts)
  return [
    { name: 'start to first answer', text: `${start.toFixed(0)} ms`, target: '≤ 1000 ms', good: start <= 1000 },
    { name: 'idle memory', text: `${idle.toFixed(0)} MiB`, target: '≤ 110 MiB', good: idle <= 110 },
  ]
}

/** The memory of a server that has worked, half-way and at the end: the same work must not need more of it. */
export async function measureMemory(databases, from, { rows }) {
  const portico = await startPortico((await databases.copy(from, 'memory')).env)
  const lines = linesOf(rows)
  const create = lines.find(({ name }) => name === 'create')
  const list = lines.find(({ name }) => name === 'list by stage')
  const lists = rows / 10
  const work = async () => {
    await load({ ...create, port: portico.port, count: rows / 2 })
    await load({ ...list, port: portico.port, count: lists / 2 })
    return portico.rss()
  }
  try {
    const half = await work()
    const end = await work()
    return [
      {
        name: `memory after ${rows} creates, ${lists} lists`,
        text: `${end.toFixed(0)} MiB (half-way ${half.toFixed(0)} MiB)`,
        target: '≤ 200 MiB',
        good: end <= 200,
      },
    ]
  } finally {
    await portico.stop()
  }
}

/** The same lines with ten thousand and with a million leads: how much slower the large portal is. */
export async function compareSizes(databases, { seconds }) {
  const small = 10_000
  const times = 100
  await seed(databases, 'small', small)
  const large = await databases.copy('small', 'large')
  await grow(databases, 'large', times)
  const sizes = [
    { rows: small, server: await startPortico((await databases.copy('small', 'small_used')).env) },
    { rows: small * times, server: await startPortico(large.env) },
  ]
  try {
    const figures = []
    for (const name of ['list by stage', 'list by id cursor', 'create']) {
      const turns = await alternate(sizes, seconds, ({ rows, server }) =>
        load({ ...linesOf(rows).find((line) => line.name === name), port: server.port, seconds: turn }),
      )
      const [few, many] = turns.map((each) => merged(each).rate)
      figures.push({
        name: `${name}: 1 M leads to 10 k`,
        text: `${(many / few).toFixed(2)} (${many.toFixed(0)} to ${few.toFixed(0)}/s)`,
        target: '≥ 0.8',
        good: many / few >= 0.8,
      })
    }
    return figures
  } finally {
    for (const { server } of sizes) await server.stop()
  }
}
