import { spawnSync } from 'node:child_process'

let isUpdated = false

/** Whether this process may install what the distribution has: as root, where there is apt-get. */
export const mayInstall = () =>
  process.platform === 'linux' && process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0

/** Installs packages of the distribution; whoever calls it looks afterwards whether they are there. */
export function install(...packages) {
  const options = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  if (!isUpdated) spawnSync('apt-get', ['update', '-qq'], options)
  isUpdated = true
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options)
}
