// Makes packages/server/dist/types: the types of `portico/testing`, and of what they are made of, for those who have the
// package and not its sources. `npm run build` calls it; within the checkout the sources themselves are read.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { root } from './lib/root.mjs'

const server = join(root, 'packages/server')
/** Relative imports in declarations name the sources that they were made of. */
const IMPORT = /(from |import\()(['"])(\.\.?\/[^'"]+)\.ts\2/g

/**
 * @param {string} directory where to; tests build into one of their own
 * @throws {Error} with what the compiler says
 */
export function buildTestingTypes(directory = join(server, 'dist/types')) {
  const made = mkdtempSync(join(tmpdir(), 'portico-types-'))
  try {
    const compiler = join(root, 'node_modules/typescript/bin/tsc')
    const args = [compiler, '-p', join(server, 'tsconfig.types.json'), '--outDir', made]
    const done = spawnSync(process.execPath, args, { encoding: 'utf8' })
    if (done.status !== 0) throw new Error(`the types could not be made:\n${done.stdout}${done.stderr}`)
    rmSync(directory, { recursive: true, force: true })
    const from = join(made, 'packages/server/src')
    const wanted = ['testing/index.d.ts']
    for (const path of wanted) {
      const text = readFileSync(join(from, path), 'utf8')
      const target = join(directory, path)
      mkdirSync(dirname(target), { recursive: true })
      writeFileSync(target, text.replaceAll(IMPORT, '$1$2$3.js$2'))
      for (const [, , , name] of text.matchAll(IMPORT)) {
        const next = relative(from, join(from, dirname(path), `${name}.d.ts`))
        if (!wanted.includes(next) && existsSync(join(from, next))) wanted.push(next)
      }
    }
    return wanted
  } finally {
    rmSync(made, { recursive: true, force: true })
  }
}
