import { spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { buildClient } from '../../../scripts/build-client.mjs'
import { chromiumPath, launch } from '../../server/test/support/browser.ts'

const root = join(import.meta.dirname, '../../..')
const work = mkdtempSync(join(tmpdir(), 'portico-client-'))
const bare = join(work, 'bare')
const installed = join(bare, 'node_modules/portico-client')
afterAll(() => rmSync(work, { recursive: true, force: true }))

/** What npm would publish of a folder, by its paths. */
function packed(folder: string): string[] {
  const done = spawnSync('npm', ['pack', '--dry-run', '--json'], { cwd: folder, encoding: 'utf8' })
  const [{ files }] = JSON.parse(done.stdout) as [{ files: { path: string }[] }]
  return files.map(({ path }) => path).toSorted()
}

const run = (args: string[], cwd: string): string => {
  const done = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' })
  expect(`${done.stderr}${done.status === 0 ? '' : done.stdout}`).toBe('')
  return done.stdout.trim()
}

beforeAll(() => {
  const source = join(root, 'packages/client')
  const folder = join(work, 'client')
  mkdirSync(folder)
  for (const name of ['package.json', 'README.md', 'LICENSE']) copyFileSync(join(source, name), join(folder, name))
  // What must stay at home.
  for (const name of ['src', 'test']) cpSync(join(source, name), join(folder, name), { recursive: true })
  buildClient(join(folder, 'dist'))
  for (const path of packed(folder)) {
    mkdirSync(join(installed, path, '..'), { recursive: true })
    copyFileSync(join(folder, path), join(installed, path))
  }
  writeFileSync(join(bare, 'package.json'), JSON.stringify({ type: 'module' }))
})

describe('the package of the client', () => {
  test('holds what is built, the readme, the licence and nothing else', () => {
    const paths = packed(join(work, 'client'))
    expect(paths.filter((path) => !path.startsWith('dist/'))).toEqual(['LICENSE', 'README.md', 'package.json'])
    expect(paths.filter((path) => !/^dist\/[a-z-]+(\.gen)?(\.d\.ts|\.js)$|^[A-Z]|^package/.test(path))).toEqual([])
    const sources = readdirSync(join(root, 'packages/client/src')).map((name) => name.replace(/\.ts$/, ''))
    expect(paths.filter((path) => path.endsWith('.js'))).toHaveLength(sources.length)
  })
  test('needs nothing, and is made of modules that every runtime can load', () => {
    for (const name of readdirSync(join(installed, 'dist'))) {
      const imports = [...readFileSync(join(installed, 'dist', name), 'utf8').matchAll(/from '([^']+)'/g)]
      for (const [, path] of imports) expect(path).toMatch(/^\.\/[\w.-]+\.js$/)
    }
    expect(JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))).not.toHaveProperty('dependencies')
  })
  test('is loaded by Node from a folder that has nothing else', () => {
    writeFileSync(
      join(bare, 'run.js'),
      "import { Client, ref, version } from 'portico-client'\nconsole.log(typeof Client, ref('a', 0), version)\n",
    )
    const { version } = JSON.parse(readFileSync(join(root, 'packages/client/package.json'), 'utf8')) as {
      version: string
    }
    expect(run(['run.js'], bare)).toBe(`function $result[a][0] ${version}`)
  })
  test('brings its types along', () => {
    writeFileSync(
      join(bare, 'use.ts'),
      `import { Client, type Lead } from 'portico-client'
const client = new Client({ webhook: 'https://portal.example/rest/1/c0de/' })
export const lead: Promise<Lead> = client.call('crm.lead.get', { id: 1 })
// @ts-expect-error there is no such field
void client.call('crm.lead.add', { fields: { TITEL: 'A' } })
`,
    )
    const tsc = join(root, 'node_modules/typescript/bin/tsc')
    const common = ['--noEmit', '--strict', '--target', 'es2023', '--ignoreConfig', 'use.ts']
    run([tsc, '--module', 'nodenext', '--lib', 'es2023,dom', ...common], bare)
  })
  test.skipIf(chromiumPath === undefined)('runs in a page and in a worker', async () => {
    const portal = await serve((path) =>
      path.startsWith('/rest/')
        ? { type: 'application/json', text: `{"result":"${path.slice(path.lastIndexOf('/') + 1)}"}` }
        : undefined,
    )
    const pages = await serve((path) => {
      if (path === '/') return { type: 'text/html', text: '<!doctype html><title>A page</title>' }
      const script = `import { Client } from '/dist/index.js'
        new Client({ webhook: '${portal}/rest/1/c0de/' }).call('server.time').then((result) => postMessage(result))`
      if (path === '/worker.js') return { type: 'text/javascript', text: script }
      return path.startsWith('/dist/')
        ? { type: 'text/javascript', text: readFileSync(join(installed, path), 'utf8') }
        : undefined
    })
    const browser = await launch()
    onTestFinished(() => browser.close())
    const page = await browser.newPage()
    await page.goto(`${pages}/`)
    const inPage = page.evaluate(`import('/dist/index.js').then(({ Client }) =>
      new Client({ webhook: '${portal}/rest/1/c0de/' }).call('profile'))`)
    expect(await inPage).toBe('profile')
    const inWorker = page.evaluate(`new Promise((resolve, reject) => {
      const worker = new Worker('/worker.js', { type: 'module' })
      worker.onmessage = ({ data }) => resolve(data)
      worker.onerror = ({ message }) => reject(new Error(message))
    })`)
    expect(await inWorker).toBe('server.time')
  })
})

test('the package of the server holds the command, what is built, the licence and nothing else', () => {
  const source = join(root, 'packages/server')
  const folder = join(work, 'server')
  for (const path of ['dist/web', 'dist/chunks', 'src', 'test', 'web'])
    mkdirSync(join(folder, path), { recursive: true })
  for (const path of ['package.json', 'LICENSE']) copyFileSync(join(source, path), join(folder, path))
  cpSync(join(source, 'bin'), join(folder, 'bin'), { recursive: true })
  const built = ['dist/portico.mjs', 'dist/chunks/a.mjs', 'dist/web/frame.js', 'dist/web/frame.css', 'dist/web/bx24.js']
  for (const path of [...built, 'src/main.ts', 'test/x.test.ts', 'web/frame.ts', 'tsconfig.json'])
    writeFileSync(join(folder, path), '')
  const others = ['LICENSE', 'package.json', ...readdirSync(join(source, 'bin')).map((name) => `bin/${name}`)]
  const isReadme = (path: string): boolean => path === 'README.md'
  expect(packed(folder).filter((path) => !isReadme(path))).toEqual([...others, ...built].toSorted())
})

/** Serves what is asked for to every origin, until the test ends. */
async function serve(answer: (path: string) => { type: string; text: string } | undefined): Promise<string> {
  const server = createServer((request, response) => {
    const found = answer(request.url ?? '/')
    response.writeHead(found === undefined ? 404 : 200, {
      'content-type': found?.type ?? 'text/plain',
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'content-type',
    })
    response.end(request.method === 'OPTIONS' ? '' : found?.text)
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
