// `npm run bench`: loads the built server over HTTP on loopback and prints, next to the floor measured in the same run,
// what it does (docs/benchmarks.md). The floor is a bare HTTP server that runs the same statements by hand, on a copy of
// the same data; the two take turns, so that a slow minute of the machine hits both. Nothing is asserted here.
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { ensureInstalled } from './lib/install.mjs'

const { values: options } = parseArgs({
  options: {
    /** Ten thousand leads, two seconds. */
    quick: { type: 'boolean', default: false },
    /** `sqlite` or `postgres`; both when left out. */
    only: { type: 'string' },
    /** That each line runs on either side, in turns of half a second. */
    seconds: { type: 'string' },
    rows: { type: 'string' },
    /** Lines whose names hold this text; `events`: only those figures. */
    line: { type: 'string', default: '' },
    /** Also a million leads against ten thousand: some ten minutes more. */
    large: { type: 'boolean', default: false },
  },
})
if (options.only !== undefined && !['sqlite', 'postgres'].includes(options.only)) {
  console.error('--only takes sqlite or postgres')
  process.exit(2)
}
ensureInstalled()
const { ensureBuilt } = await import('./build.mjs')
const { openDatabases } = await import('./bench/databases.mjs')
const { measureEvents } = await import('./bench/events.mjs')
const { compareSizes, measureLines, measureMemory, measureStart, seed } = await import('./bench/measure.mjs')
const { figureHead, figureRow, lineHead, lineRow, table } = await import('./bench/report.mjs')

const plan = {
  rows: Number(options.rows ?? (options.quick ? 10_000 : 100_000)),
  seconds: Number(options.seconds ?? (options.quick ? 2 : 10)),
  line: options.line,
  events: options.quick ? 2_000 : 10_000,
}

await ensureBuilt()
console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${plan.rows} leads`)
for (const kind of options.only === undefined ? ['sqlite', 'postgres'] : [options.only]) {
  const databases = await openDatabases(kind)
  try {
    console.log(`\n## ${kind === 'postgres' ? databases.origin.replace(/ from .*/, '') : 'SQLite'}\n`)
    if (options.line === 'events') {
      console.log(table(figureHead, (await measureEvents(databases, plan.events)).map(figureRow)))
      continue
    }
    await seed(databases, 'seed', plan.rows)
    console.log(`${table(lineHead, (await measureLines(kind, databases, 'seed', plan)).map(lineRow))}\n`)
    if (options.line !== '') continue
    const figures = [
      ...(await measureStart(databases, 'seed', plan)),
      ...(await measureMemory(databases, 'seed', plan)),
      ...(await measureEvents(databases, plan.events)),
      ...(options.large ? await compareSizes(databases, plan) : []),
    ]
    console.log(table(figureHead, figures.map(figureRow)))
  } finally {
    await databases.close()
  }
}
