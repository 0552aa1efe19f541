// `node scripts/package.mjs DIRECTORY`: what runs a portal and nothing else, in a directory that can be copied to another
// machine of the same kind. The image, the GitHub Action and the devcontainer feature all carry what this makes.
// `--fingerprint` instead says what it would be made of, in one word, for a cache; it needs no package.
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { fingerprint as fingerprintOfUi } from './build-ui.mjs'
import { ensureBuilt, external, fingerprint } from './build.mjs'
import { root } from './lib/root.mjs'

const server = join(root, 'packages/server')

/**
 * The server as it was built, and the packages that are not in the bundle. `DIRECTORY/bin/portico` runs it with any Node
 * that the project supports.
 * @param {string} directory must be empty or missing
 * @throws {Error} where there is something in the directory
 */
export async function packageServer(directory) {
  const target = resolve(directory)
  if (existsSync(target) && readdirSync(target).length > 0) throw new Error(`${target} is not empty`)
  await ensureBuilt()
  mkdirSync(target, { recursive: true })
  for (const name of ['bin', 'dist', 'LICENSE'])
    cpSync(join(server, name), join(target, name), {
      recursive: true,
      filter: (path) => !/\.(map|stamp|d\.m?ts)$/.test(path),
    })
  chmodSync(join(target, 'bin/portico.mjs'), 0o755)
  symlinkSync('portico.mjs', join(target, 'bin/portico'))
  const { name, version, description, license, type, bin, exports, engines, dependencies } = read(server)
  const outside = Object.keys(dependencies).filter((each) => external.includes(each))
  // Exactly those that it was built and tested with.
  const needed = Object.fromEntries(outside.map((each) => [each, read(join(root, 'node_modules', each)).version]))
  const described = { name, version, description, license, type, bin, exports, engines, dependencies: needed }
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(described, null, 2)}\n`)
  for (const each of outside) carry(join(root, 'node_modules', each), join(target, 'node_modules', each))
}

/** A package and what it needs: its own copies stay within it, the shared ones stand beside it. */
function carry(source, target) {
  if (existsSync(target)) return
  cpSync(source, target, { recursive: true, filter: (path) => !/\.(md|d\.ts)$/.test(path) })
  const { dependencies = {}, optionalDependencies = {} } = read(source)
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    const shared = join(root, 'node_modules', name)
    if (existsSync(join(source, 'node_modules', name)) || !existsSync(shared)) continue
    // npm brings the binaries of both C libraries of Linux; one of them is never loaded.
    if (!isForThisSystem(name)) continue
    carry(shared, join(target.slice(0, target.lastIndexOf('node_modules')), 'node_modules', name))
  }
}

function isForThisSystem(name) {
  if (process.platform !== 'linux') return true
  const isGlibc = process.report.getReport().header.glibcVersionRuntime !== undefined
  return !name.startsWith('@libsql/linux-') || name.includes('musl') !== isGlibc
}

const read = (directory) => JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [directory] = process.argv.slice(2)
  if (directory === '--fingerprint') {
    const script = readFileSync(join(root, 'scripts/package.mjs'))
    console.log(createHash('sha256').update(fingerprint()).update(fingerprintOfUi()).update(script).digest('hex'))
  } else if (directory === undefined || directory.startsWith('-')) {
    console.error('Usage: node scripts/package.mjs DIRECTORY | --fingerprint')
    process.exitCode = 2
  } else await packageServer(directory)
}
