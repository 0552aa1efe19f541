import { execFile } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { loadConfig } from '../../src/config.ts'
import { startServer } from '../../src/server.ts'
import { realSources } from '../../src/sources.ts'
import { administrator } from '../support/administrator.ts'
import { commandLine } from '../support/command-line.ts'
import { examples } from '../support/documented.ts'
import { database } from '../support/portal.ts'
import { program } from '../support/program.ts'

const { home } = commandLine()

// Some fifteen processes on a data directory; on PostgreSQL the lines are the same.
it.runIf(database === 'sqlite')(
  'the examples of docs/operating.md run as they stand',
  { timeout: 120_000 },
  async () => {
    const bin = join(home, 'bin')
    mkdirSync(bin)
    symlinkSync(await program(), join(bin, 'portico'))
    const [seed = ''] = examples('docs/operating.md', 'yaml')
    writeFileSync(join(home, 'portal.yaml'), seed)
    const config = loadConfig([`--data=${join(home, 'data')}`, '--port=0', '--https-port=off'], {})
    const log = { error: () => {}, warn: () => {}, info: () => {} }
    const server = await startServer(config, { sources: realSources, log, administrator })
    try {
      const lines = examples('docs/operating.md', 'sh')
      expect(lines.length).toBeGreaterThanOrEqual(6)
      const { stdout, stderr } = await promisify(execFile)(
        'bash',
        ['--norc', '-euo', 'pipefail', '-c', lines.join('\n')],
        {
          cwd: home,
          env: {
            PATH: `${bin}:${dirname(process.execPath)}:${process.env.PATH ?? ''}`,
            HOME: home,
            PORTICO_PORT: new URL(server.httpUrl).port,
          },
        },
      )
      expect(stdout).toContain('Everything is as it must be.')
      expect(stdout).toContain('/rest/1/s3cretc0de/')
      expect(stderr).toContain('9 created, 0 updated, 0 unchanged.')
      expect(stderr).not.toMatch(/^(error|portico|warning):/m)
    } finally {
      await server.close()
    }
  },
)
