import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { expect, it } from 'vitest'
import { commandLine } from '../support/command-line.ts'
import { examples } from '../support/documented.ts'
import { database } from '../support/portal.ts'
import { serverProcesses } from '../support/server-process.ts'

const { bash, home } = commandLine()
const processes = await serverProcesses()

// A dozen processes, of which one knows the database.
it.runIf(database === 'sqlite')('the examples of the readme run as they stand', { timeout: 120_000 }, async () => {
  const server = await processes.start()
  const here = (text: string): string =>
    text
      .replaceAll('https://crm.example.com/rest/1/CODE/', `${server.hook}/`)
      .replaceAll('https://crm.example.com', new URL(server.hook).origin)
      .replaceAll('1/CODE', '1/killtest0')
  const scripts = examples('README.md', 'sh').filter((text) => /^(export PORTICO_URL|portico|curl -s) ?/m.test(text))
  expect(scripts).toHaveLength(5)
  const client = examples('README.md', 'js').find((text) => text.includes("from 'portico-client'")) ?? ''
  writeFileSync(join(home, 'client.js'), await bundled(here(client)))

  const lines = ['set -euo pipefail', ...scripts.map(here), `"${process.execPath}" client.js`].join('\n')
  const { code, out, err } = await bash(lines)
  expect({ code, err }).toEqual({ code: 0, err: expect.not.stringMatching(/^(error|portico):/m) })
  expect(out).toContain('"TITLE": "MegaClient"')
  expect(out).toContain('"about": "Adds a lead."')
  expect(out).toContain('"name":"Portal Administrator"')
  expect(out).toMatch(/^1 MegaClient$/m)
  await processes.end(server, 'SIGTERM')
})

async function bundled(code: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    conditions: ['portico-source'],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'node20',
  })
  return outputFiles[0]?.text ?? ''
}
