import { defineConfig } from 'vitest/config'

/** Tests that touch no database: they run once, in the project `pure`. Everything else runs on every database. */
const pure = [
  'scripts/test/**/*.test.mjs',
  'packages/client/test/**/*.test.ts',
  ...[
    'schema/**/*',
    'http/**/*',
    'config',
    'tls',
    'cli/{help,failures}',
    'cli/bitrix24/{address,line,transport,wire}',
    'cli/transfer/engine',
    'mcp/descriptions',
  ].map(serverTest),
]

function serverTest(name: string): string {
  return `packages/server/test/${name}.test.ts`
}

function database(name: 'sqlite' | 'postgres', more: { globalSetup: string }) {
  return {
    extends: true as const,
    // Every file makes a portal of its own; loading the server anew for each would take a third of the time.
    test: {
      name,
      include: [serverTest('**/*')],
      exclude: pure,
      env: { PORTICO_TEST_DB: name },
      isolate: false,
      ...more,
    },
  }
}

export default defineConfig({
  // Our own packages are taken from their sources.
  ssr: { resolve: { conditions: ['portico-source', 'module', 'node', 'development|production'] } },
  test: {
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
      database('sqlite', { globalSetup: 'packages/server/test/support/template-sqlite.ts' }),
      {
        extends: true,
        // Journeys through the web CRM in a browser.
        test: {
          name: 'web',
          include: ['packages/ui/test/**/*.test.ts'],
          env: { PORTICO_TEST_DB: 'sqlite' },
          globalSetup: 'packages/ui/test/support/built.ts',
          testTimeout: 120_000,
          // A browser shares two processors with the server and another browser: what fails three times is broken.
          retry: 2,
          expect: { poll: { timeout: 15_000 } },
          isolate: false,
        },
      },
      // `npm test` always sets the URL; a bare `npx vitest` without it runs the other two projects.
      ...(process.env.TEST_DATABASE_URL
        ? [database('postgres', { globalSetup: 'packages/server/test/support/template.ts' })]
        : []),
    ],
  },
})
