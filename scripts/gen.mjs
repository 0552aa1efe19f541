// Writes every generated file: each scripts/gen/*.mjs exports
//   outputs(): Promise<Map<path, content>>      (paths from the root of the checkout)
// `node scripts/gen.mjs --check` writes nothing and fails where a committed file differs.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { register } from 'tsx/esm/api'
import { root } from './lib/root.mjs'

const onlyCheck = process.argv.includes('--check')

// Generators read the server's own TypeScript: its tables are their source.
register()

const directory = join(root, 'scripts/gen')
const generators = readdirSync(directory)
  .filter((name) => name.endsWith('.mjs'))
  .sort()
let stale = 0
for (const name of generators) {
  for (const [path, content] of await outputsOf(name)) {
    if (read(join(root, path)) === content) continue
    stale++
    if (onlyCheck) {
      console.error(`${path} is not what scripts/gen/${name} makes of the sources: run \`npm run gen\` and commit it`)
    } else {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), content)
      console.log(`wrote ${path}`)
    }
  }
}
if (onlyCheck && stale > 0) process.exitCode = 1

async function outputsOf(name) {
  try {
    const { outputs } = await import(pathToFileURL(join(directory, name)).href)
    return await outputs()
  } catch (error) {
    console.error(`scripts/gen/${name} failed: ${error.message}`)
    process.exitCode = 1
    return []
  }
}

function read(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
