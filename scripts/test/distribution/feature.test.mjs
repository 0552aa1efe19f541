import { spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { root } from '../../lib/root.mjs'
import { packageServer } from '../../package.mjs'
import { copyCheckout, standInForNpm } from './checkout.mjs'
import { end } from './end.mjs'

const source = join(root, 'devcontainer-feature/portico')
const feature = JSON.parse(readFileSync(join(source, 'devcontainer-feature.json'), 'utf8'))
const directory = mkdtempSync(join(tmpdir(), 'portico-feature-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

describe('devcontainer-feature.json', () => {
  // The specification's schema comes in no package; these are its rules for what is used here.
  test('has the properties that the specification knows, with values of their types', () => {
    const types = {
      id: 'string',
      version: 'string',
      name: 'string',
      description: 'string',
      licenseURL: 'string',
      keywords: 'object',
      options: 'object',
      installsAfter: 'object',
      postStartCommand: 'string',
    }
    for (const [name, value] of Object.entries(feature)) expect([name, typeof value]).toEqual([name, types[name]])
    expect(feature.id).toBe('portico')
    expect(feature.version).toMatch(/^\d+\.\d+\.\d+$/)
    for (const id of feature.installsAfter) expect(id).toMatch(/^[\w.-]+(\/[\w.-]+)+$/)
    for (const [name, { type, default: standard, description, ...more }] of Object.entries(feature.options)) {
      expect(name).toMatch(/^[a-z][A-Za-z]*$/)
      expect([name, typeof standard]).toEqual([name, type])
      expect(description).toMatch(/\w/)
      expect(Object.keys(more).filter((each) => !['proposals', 'enum'].includes(each))).toEqual([])
    }
  })

  test('has options that install.sh reads, all of them, with the same values where nothing is said', () => {
    const script = readFileSync(join(source, 'install.sh'), 'utf8')
    const read = Object.fromEntries(
      [...script.matchAll(/^([A-Z]+)=\$\{\1:-(.*)\}$/gm)].map(([, name, value]) => [name, value]),
    )
    const declared = Object.entries(feature.options).map(([name, { default: standard }]) => [
      name.toUpperCase(),
      String(standard),
    ])
    expect(read).toEqual(Object.fromEntries(declared))
  })
})

test.each(['install.sh', 'portico-testing'])('%s is a script that shells understand', (name) => {
  for (const shell of ['sh', 'bash'])
    expect(spawnSync(shell, ['-n', join(source, name)], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' })
})

test.for(['install.sh', 'portico-testing'])('shellcheck has nothing to say about %s', (name, { skip }) => {
  if (spawnSync('shellcheck', ['--version']).status !== 0) skip('there is no shellcheck here')
  const done = spawnSync('shellcheck', ['--exclude=SC1091', join(source, name)], { encoding: 'utf8' })
  expect(done.stdout).toBe('')
})

describe('install.sh', () => {
  const repository = join(directory, 'repository')

  beforeAll(async () => {
    const packaged = join(directory, 'packaged')
    await packageServer(packaged)
    spawnSync('tar', ['-czf', join(directory, 'portico.tgz'), '-C', packaged, '.'])
    copyCheckout(repository)
  }, 240_000)

  /** As the build of a devcontainer runs it, into a place of its own. */
  function install(options, { packaged = true, path = process.env.PATH } = {}) {
    const home = mkdtempSync(join(directory, 'container-'))
    const here = join(home, 'feature')
    cpSync(source, here, { recursive: true })
    if (packaged) copyFileSync(join(directory, 'portico.tgz'), join(here, 'portico.tgz'))
    const prefix = join(home, 'usr')
    const env = { PATH: path, HOME: home, PORTICO_PREFIX: prefix, ...options }
    return { prefix, home, ...spawnSync('sh', [join(here, 'install.sh')], { env, encoding: 'utf8' }) }
  }

  /** As the start of the container runs it, in the workspace. */
  function begin({ prefix, home }, args = ['--autostart']) {
    const env = { PATH: process.env.PATH, HOME: home, DATABASE_URL: 'postgres://of-the-project@db.example/app' }
    return spawnSync(join(prefix, 'bin/portico-testing'), args, { cwd: home, env, encoding: 'utf8' })
  }

  const factsOf = ({ home }) =>
    Object.fromEntries(
      [...readFileSync(join(home, '.portico/env'), 'utf8').matchAll(/^export (\w+)='(.*)'$/gm)].map(
        ([, ...pair]) => pair,
      ),
    )

  test(
    'installs what lies beside it, and the container starts with a portal on its seed',
    { timeout: 60_000 },
    async () => {
      const container = install({ PORT: '0', HTTPSPORT: '0', SEED: "it's the seed.yaml" })
      expect(container).toMatchObject({
        status: 0,
        stderr: '',
        stdout: expect.stringMatching(/portico \d+\.\d+\.\d+ is installed/),
      })
      writeFileSync(join(container.home, "it's the seed.yaml"), 'records: { lead: { one: { title: Seeded } } }')
      expect(begin(container)).toMatchObject({ status: 0, stderr: '' })
      const facts = factsOf(container)
      onTestFinished(() => end(facts.PORTICO_PID))
      const leads = await (await fetch(`${facts.PORTICO_WEBHOOK_HTTP}crm.lead.list`)).json()
      expect(leads.result).toMatchObject([{ TITLE: 'Seeded' }])
      // A second window of the editor starts no second portal.
      expect(begin(container, [])).toMatchObject({ status: 0, stdout: expect.stringContaining('runs already') })
      expect(factsOf(container)).toEqual(facts)
      await end(facts.PORTICO_PID)
      // The next start of the container does, whatever the last one has left.
      expect(begin(container)).toMatchObject({ status: 0, stdout: expect.stringContaining('ready at') })
      const next = factsOf(container)
      onTestFinished(() => end(next.PORTICO_PID))
      expect(next.PORTICO_PID).not.toBe(facts.PORTICO_PID)
    },
  )

  test('builds a commit of the repository where nothing lies beside it', { timeout: 120_000 }, () => {
    const git = (...args) => spawnSync('git', args, { cwd: repository, encoding: 'utf8' })
    git('init', '--quiet', '--initial-branch=main')
    git('add', '--all', '--force')
    const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com']
    expect(git(...author, 'commit', '--quiet', '--message', 'A checkout')).toMatchObject({ status: 0, stderr: '' })
    git('tag', 'v9')
    const path = `${standInForNpm(join(directory, 'bin'))}:${process.env.PATH}`
    const container = install(
      { REPOSITORY: `file://${repository}`, REF: 'v9', AUTOSTART: 'false' },
      { packaged: false, path },
    )
    expect(container).toMatchObject({ status: 0, stderr: expect.any(String) })
    expect(readdirSync(join(container.prefix, 'lib/portico')).sort()).toEqual(
      ['LICENSE', 'bin', 'dist', 'node_modules', 'package.json'].sort(),
    )
    expect(begin(container)).toMatchObject({ status: 0, stdout: '', stderr: '' })
  })

  test('says what is missing instead of installing half of it', () => {
    expect(install({}, { packaged: false })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('the option repository'),
    })
    const tools = join(directory, 'tools')
    mkdirSync(tools)
    for (const name of ['sh', 'dirname']) spawnSync('ln', ['-s', `/bin/${name}`, join(tools, name)])
    spawnSync('ln', ['-s', '/usr/bin/dirname', join(tools, 'dirname')])
    expect(install({}, { path: tools })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('there is no Node here'),
    })
  })
})
