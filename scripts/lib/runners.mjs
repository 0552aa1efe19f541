// Runners of other languages, for examples/testing: the tests look for them here, and `npm test` brings those that miss.
import { spawnSync } from 'node:child_process'
import { install, mayInstall } from './debian.mjs'

const runs = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0

/** Pythons that may have what the example needs; the distribution's own packages are for its own. */
const pythons = ['python3', '/usr/bin/python3']

/** A Python that has pytest and requests. */
export const pythonWithPytest = () => pythons.find((python) => runs(python, ['-c', 'import pytest, requests']))

/** PHPUnit, on a PHP that has curl. */
export const phpunit = () =>
  runs('php', ['-r', 'exit(extension_loaded("curl") ? 0 : 1);']) && runs('phpunit', ['--version'])
    ? 'phpunit'
    : undefined

/** Installs what is not there, where that is possible; elsewhere it says which tests will be skipped. */
export function ensureRunners() {
  for (const { name, found, packages } of [
    { name: 'pytest with requests', found: pythonWithPytest, packages: ['python3-pytest', 'python3-requests'] },
    { name: 'PHPUnit with curl', found: phpunit, packages: ['php-cli', 'php-curl', 'phpunit'] },
  ]) {
    if (found() !== undefined) continue
    if (mayInstall()) {
      console.log(`Installing ${name} for the examples…`)
      install(...packages)
      if (found() !== undefined) continue
    }
    console.warn(
      `There is no ${name} here: the example for it will be SKIPPED. Install it (Debian and Ubuntu: apt-get install ${packages.join(' ')}).`,
    )
  }
}
