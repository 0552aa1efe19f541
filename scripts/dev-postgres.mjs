// Keeps a throwaway PostgreSQL running until Ctrl+C and prints its URL, for single test files during development:
//   TEST_DATABASE_URL=<the printed URL> npx vitest run --project postgres packages/server/test/…
import { startPostgres } from './lib/postgres.mjs'

const postgres = await startPostgres()
console.log(postgres.url)
console.error(`${postgres.origin}; Ctrl+C ends it`)

const keepAlive = setInterval(() => {}, 2 ** 30)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, async () => {
    clearInterval(keepAlive)
    await postgres.stop()
  })
}
