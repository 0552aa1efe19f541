// Makes packages/client/dist of its sources: ES modules as they are, and their types. `npm run build` calls it; the
// server's own bundle takes the sources.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './lib/root.mjs'

const client = join(root, 'packages/client')

/**
 * @param {string} directory where to; tests build into one of their own
 * @throws {Error} with what the compiler says
 */
export function buildClient(directory = join(client, 'dist')) {
  rmSync(directory, { recursive: true, force: true })
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  const done = spawnSync(
    process.execPath,
    [compiler, '-p', join(client, 'tsconfig.build.json'), '--outDir', directory],
    {
      encoding: 'utf8',
    },
  )
  if (done.status !== 0) throw new Error(`the client could not be compiled:\n${done.stdout}${done.stderr}`)
  // The compiler lets declarations name the sources that they were made of, which are not there.
  for (const name of readdirSync(directory).filter((each) => each.endsWith('.d.ts'))) {
    const path = join(directory, name)
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(/(from '\.\/[\w.-]+)\.ts'/g, "$1.js'"))
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) buildClient()
