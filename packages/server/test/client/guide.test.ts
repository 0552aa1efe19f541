import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { examples } from '../support/documented.ts'
import { listening } from '../support/listening.ts'
import { register, tokensOf } from '../support/oauth.ts'
import { testPortal } from '../support/portal.ts'

const root = new URL('../../../../', import.meta.url)
const directory = mkdtempSync(join(tmpdir(), 'portico-guide-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** What the programs of the guide print, in their order, and then that of the readme. */
const printed: readonly RegExp[] = [
  /ADMIN: true/,
  /ID: '1'/,
  /^\d+ 1$/,
  /^1 A lead of the shop\n2 From the shop$/,
  /^true \{\}$/,
  /^120 0 120$/,
  /^Not found 400$/,
  /^true$/,
  /^\d+ From the shop$/m,
]
const programs = [...examples('docs/client.md', 'js'), ...examples('packages/client/README.md', 'js')]
const outputs: string[] = []
let complaints = ''

beforeAll(async () => {
  const client = new URL('packages/client/src/index.ts', root).pathname
  await build({ entryPoints: [client], outfile: join(directory, 'client.mjs'), bundle: true, format: 'esm' })
  const portal = await testPortal()
  const { hook, origin } = await listening(portal)
  await portal.call('crm.lead.add', { fields: { TITLE: 'A lead of the shop' } })
  const app = await register(portal)
  const tokens = await tokensOf(portal, app)
  // What a reader has: an application, and a place for its tokens.
  const given = `
    const application = ${JSON.stringify({ id: app.clientId, secret: app.secret })}
    const store = { tokens: ${JSON.stringify(tokens)}, read: () => store.tokens, write: (tokens) => (store.tokens = tokens) }
  `
  const names = programs.map((program, index) => {
    const code = program
      .replaceAll('https://portal.example/rest/1/CODE/', hook)
      .replaceAll('https://portal.example', origin)
      .replace("'portico-client'\n", `'./client.mjs'\n${given}`)
    writeFileSync(join(directory, `${index}.mjs`), code)
    return `./${index}.mjs`
  })
  const runner = names.map((name) => `console.log('\\0')\nawait import('${name}')\n`).join('')
  writeFileSync(join(directory, 'all.mjs'), runner)
  const child = spawn(process.execPath, [join(directory, 'all.mjs')])
  let out = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()))
  await new Promise((resolve) => child.on('close', resolve))
  outputs.push(...out.split('\0\n').slice(1))
})

test('the guide has as many programs as are expected here', () => expect(programs).toHaveLength(printed.length))
test.each(programs.map((code, index) => [index, code] as const))('program %i runs as it stands', (index) => {
  expect(complaints).not.toContain('Error')
  expect(outputs[index]?.trim()).toMatch(printed[index] ?? /^$/)
})
