// What a container is, without an engine: a root directory, namespaces for mounts and processes, an account. The base
// image is this machine's own system, which nobody can write to.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** Directories of the system that a base image would bring. */
const SYSTEM = ['/usr', '/etc']
/** Node may be installed elsewhere. */
const NODE = dirname(dirname(process.execPath))

/** Why there can be no containers here; undefined where there can. */
export const obstacle = findObstacle()

function findObstacle() {
  if (process.platform !== 'linux') return 'they need Linux'
  if (process.getuid() !== 0) return 'they need root'
  const tried = spawnSync('unshare', ['--mount', '--pid', '--fork', 'true'], { encoding: 'utf8' })
  return tried.status === 0 ? undefined : `unshare refuses: ${tried.stderr ?? tried.error}`
}

/** Makes an empty directory the root of a system. */
export function makeRoot(root) {
  for (const name of ['proc', 'dev', 'tmp', 'root', ...SYSTEM]) mkdirSync(join(root, name), { recursive: true })
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) symlinkSync(`usr/${name}`, join(root, name))
  spawnSync('chmod', ['1777', join(root, 'tmp')])
  if (!NODE.startsWith('/usr')) mkdirSync(join(root, NODE), { recursive: true })
}

/**
 * Starts a program as process 1 of a container.
 * @param {object} container
 * @param {string} container.root
 * @param {string[]} container.command
 * @param {Record<string, string>} container.env all that it gets
 * @param {string} container.cwd
 * @param {string} container.user `uid:gid`
 * @param {Record<string, string>} [container.mounts] directories of this machine by the path at which they are seen,
 * read-only where they end in `:ro`
 * @param {boolean} [container.readOnly] the root directory, all but `/tmp` and the mounts, as `docker run --read-only`
 */
export function start({ root, command, env, cwd, user, mounts = {}, readOnly = false }) {
  const lines = ['set -e', 'mount --make-rprivate /', `mount --bind "$ROOT" "$ROOT"`]
  const bind = (source, target, isReadOnly) => {
    lines.push(`mkdir -p '${root}${target}'`, `mount --bind '${source}' '${root}${target}'`)
    if (isReadOnly) lines.push(`mount -o remount,bind,ro '${root}${target}'`)
  }
  for (const path of SYSTEM) bind(path, path, true)
  if (!NODE.startsWith('/usr')) bind(NODE, NODE, true)
  for (const [target, source] of Object.entries(mounts))
    bind(source.replace(/:ro$/, ''), target, source.endsWith(':ro'))
  lines.push(`mount --rbind /dev "$ROOT/dev"`, `mount -t proc proc "$ROOT/proc"`)
  if (readOnly) lines.push('mount -t tmpfs -o mode=1777 tmpfs "$ROOT/tmp"', 'mount -o remount,bind,ro "$ROOT"')
  lines.push('exec chroot --userspec="$ACCOUNT" --groups= "$ROOT" /usr/bin/env -i -C "$DIRECTORY" "$@"')
  const variables = Object.entries({ PATH: defaultPath, ...env }).map(([name, value]) => `${name}=${value}`)
  const child = spawn(
    'unshare',
    [
      '--mount',
      '--pid',
      '--fork',
      '--kill-child',
      'bash',
      '-c',
      lines.join('\n'),
      'container',
      ...variables,
      ...command,
    ],
    {
      env: { PATH: process.env.PATH, ROOT: resolve(root), ACCOUNT: user, DIRECTORY: cwd },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text))
  const ended = once(child, 'close').then(([code]) => code)
  return {
    /** Everything that it has printed up to now. */
    said: () => said,
    /** Its exit code. */
    ended,
    /** As an engine does it: to process 1, and to no other. */
    signal: (name) => process.kill(firstProcess(child.pid), name),
    /** Ends it, whatever it does; nothing happens where it has ended. With process 1, all of a container ends. */
    kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      try {
        process.kill(firstProcess(child.pid), 'SIGKILL')
      } catch {
        child.kill('SIGKILL')
      }
    },
  }
}

/** Where a base image for Node has it, and where this machine has it. */
export const defaultPath = [join(NODE, 'bin'), '/usr/local/bin', '/usr/sbin', '/usr/bin'].join(':')

/** Waits for the end. @throws {Error} with all that was printed, unless the program ends with 0 */
export async function run(container) {
  const running = start(container)
  const code = await running.ended
  if (code !== 0) throw new Error(`${container.command.join(' ')} ended with ${code}\n${running.said()}`)
  return running.said()
}

const firstProcess = (pid) => Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0])
