import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../lib/root.mjs'
import { phpunit, pythonWithPytest } from '../lib/runners.mjs'
import { packageServer } from '../package.mjs'

// Each example as somebody copies it, by its own runner, with what npm would install for it: the server as it is shipped,
// and of other packages those that the checkout has.
const examplesHere = join(root, 'examples/testing')
const home = mkdtempSync(join(tmpdir(), 'portico-examples-'))
const directory = join(home, 'testing')
const modules = join(home, 'node_modules')
const node = [process.execPath, '--no-warnings']

const examples = [
  {
    name: 'vitest',
    command: [...node, join(modules, 'vitest/vitest.mjs'), 'run'],
    passed: /Tests +3 passed \(3\)/,
  },
  {
    name: 'jest',
    command: [...node, '--experimental-vm-modules', join(modules, 'jest/bin/jest.js'), '--no-cache'],
    passed: /Tests: +3 passed, 3 total/,
  },
  {
    name: 'pytest',
    command: () => runner(pythonWithPytest(), 'pytest with requests', '-m', 'pytest'),
    passed: /3 passed/,
  },
  {
    name: 'phpunit',
    command: () => runner(phpunit(), 'PHPUnit with curl', '--colors=never'),
    passed: /OK \(3 tests, 5 assertions\)/,
  },
  { name: 'shell', command: ['bash', 'test-orders.sh'], passed: /^ok 5 .*\n1\.\.5\n$/m },
]

beforeAll(async () => {
  cpSync(examplesHere, directory, { recursive: true })
  mkdirSync(join(modules, '.bin'), { recursive: true })
  const others = readdirSync(join(root, 'node_modules')).filter((name) => !/^(\.|portico)/.test(name))
  for (const name of others) symlinkSync(join(root, 'node_modules', name), join(modules, name))
  await packageServer(join(modules, 'portico'))
  symlinkSync('../portico/bin/portico.mjs', join(modules, '.bin/portico'))
}, 240_000)
afterAll(() => rmSync(home, { recursive: true, force: true }))

const runner = (program, what, ...args) => (program === undefined ? `there is no ${what} here` : [program, ...args])

function run([command, ...args], cwd) {
  const child = spawn(command, args, {
    cwd,
    env: {
      PATH: `${join(modules, '.bin')}:${process.env.PATH}`,
      HOME: home,
      TMPDIR: home,
      NO_COLOR: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text))
  return once(child, 'close').then(([code]) => ({ code, said }))
}

test('every example is run here, and named in the table of its README', () => {
  const there = readdirSync(examplesHere, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const names = examples.map(({ name }) => name)
  expect(there.map(({ name }) => name).sort()).toEqual([...names].sort())
  const readme = readFileSync(join(examplesHere, 'README.md'), 'utf8')
  for (const name of names) expect(readme).toContain(`[\`${name}\`](${name}/)`)
})

describe.each(examples)('the example for $name', ({ name, command, passed }) => {
  const wanted = typeof command === 'function' ? command() : command

  test('passes', { timeout: 120_000 }, async ({ skip }) => {
    if (typeof wanted === 'string') skip(`SKIPPED: ${wanted}`)
    const { code, said } = await run(wanted, join(directory, name))
    expect({ code, said }).toEqual({ code: 0, said: expect.stringMatching(passed) })
  })

  test.skipIf(process.platform !== 'linux')('leaves no portal behind', async () => {
    await expect.poll(() => readdirSync('/proc').filter(isOfExamples), { timeout: 20_000 }).toEqual([])
  })
})

function isOfExamples(pid) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`HOME=${home}`)
  } catch {
    return false
  }
}
