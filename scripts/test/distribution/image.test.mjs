import { once } from 'node:events'
import { existsSync, chownSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import https from 'node:https'
import { createServer } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { validate } from 'dockerfile-utils'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { ensureUi } from '../../build-ui.mjs'
import { root as checkout } from '../../lib/root.mjs'
import { composition } from './compose.mjs'
import { defaultPath, obstacle, run, start } from './container.mjs'
import { readStages } from './dockerfile.mjs'
import { buildImage, ignoring } from './image.mjs'

const text = readFileSync(join(checkout, 'Dockerfile'), 'utf8')
const stages = readStages(text)
const last = stages.at(-1)
const of = (stage, keyword) => stage.instructions.filter((each) => each.keyword === keyword)

describe('The Dockerfile', () => {
  test('has nothing that a linter objects to', () => {
    expect(validate(text).map(({ message, range }) => `${range.start.line + 1}: ${message}`)).toEqual([])
  })

  test('stands on one exact version of Node, the oldest that we promise or a later one', () => {
    const bases = stages.map(({ base }) => base)
    expect(new Set(bases).size).toBe(1)
    const [, major, minor] = /^node:(\d+)\.(\d+)\.\d+-bookworm-slim$/.exec(bases[0])
    const engines = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')).engines.node
    const [, leastMajor, leastMinor] = /^>=(\d+)\.(\d+)$/.exec(engines)
    expect(Number(major) * 1000 + Number(minor)).toBeGreaterThanOrEqual(Number(leastMajor) * 1000 + Number(leastMinor))
  })

  test('names the version of the server', () => {
    const { version } = JSON.parse(readFileSync(join(checkout, 'packages/server/package.json'), 'utf8'))
    const labels = of(last, 'LABEL').flatMap(({ args }) => args)
    expect(labels).toContain(`org.opencontainers.image.version=${version}`)
    expect(labels).toContain('org.opencontainers.image.licenses=MIT')
  })

  test('ends as an account that is not root, named by its number', () => {
    const [user, ...others] = of(last, 'USER')
    expect(others).toEqual([])
    expect(user.args[0]).toMatch(/^[1-9]\d*:[1-9]\d*$/)
  })

  test('starts the server without a shell between it and the signals', () => {
    expect(of(last, 'ENTRYPOINT')).toMatchObject([{ list: true, args: ['portico'] }])
    expect(of(last, 'CMD')).toMatchObject([{ list: true }])
    expect(of(last, 'HEALTHCHECK')).toMatchObject([{ list: true }])
  })

  test('holds no secret and fetches nothing by itself', () => {
    for (const { keyword, text: line } of stages.flatMap(({ instructions }) => instructions)) {
      expect(keyword).not.toBe('ADD')
      expect(line).not.toMatch(/curl|wget|https?:\/\/(?!127\.0\.0\.1)/)
      if (keyword === 'ENV' || keyword === 'ARG') expect(line).not.toMatch(/PASSWORD|SECRET|TOKEN|KEY|WEBHOOK/i)
    }
  })
})

test('the .dockerignore keeps data, secrets and what is not built from out of the build', () => {
  const ignored = ignoring(readFileSync(join(checkout, '.dockerignore'), 'utf8'))
  for (const path of [
    'data/portico.db',
    '.env',
    'deploy/.env.production',
    '.git/config',
    'node_modules/libsql/index.js',
    'packages/ui/node_modules/vue/index.js',
    'packages/server/dist/portico.mjs',
    'tls/ca-key.pem',
    'packages/server/test/support/portal.ts',
    'README.md',
  ])
    expect([path, ignored(path)]).toEqual([path, true])
  for (const path of ['package-lock.json', '.npmrc', 'catalogue/methods.json', 'packages/server/src/testing/index.ts'])
    expect([path, ignored(path)]).toEqual([path, false])
})

// PORTICO_TEST_IMAGE=whole installs the packages and builds the web CRM in the container, too: minutes, and a registry.
const whole = process.env.PORTICO_TEST_IMAGE === 'whole'

if (obstacle !== undefined) console.warn(`SKIPPED: containers for the tests of the image: ${obstacle}`)

describe.skipIf(obstacle !== undefined)('The image, built and run without an engine', () => {
  const directory = mkdtempSync(join(tmpdir(), 'portico-image-'))
  let image

  beforeAll(async () => {
    if (!whole) ensureUi()
    image = await buildImage({
      context: checkout,
      directory,
      replace: (command) => (whole || !/\bnpm ci$/.test(command) ? undefined : installed()),
    })
  }, 600_000)
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  /** What `npm ci` would make is what it has made in the checkout; the web CRM is the one that was built there. */
  function installed() {
    const directories = ['node_modules', 'packages/server/node_modules', 'packages/ui/node_modules', 'packages/ui/dist']
    // A workspace has packages of its own only where versions differ from those of the others.
    const there = directories.filter((each) => existsSync(join(checkout, each)))
    return Object.fromEntries(there.map((each) => [`/build/${each}`, `${join(checkout, each)}:ro`]))
  }

  test('takes nothing of the checkout but what is built from', () => {
    const taken = readdirSync(join(directory, 'build/build'))
    expect(taken).toEqual(expect.arrayContaining(['LICENSE', 'catalogue', 'package-lock.json', 'packages', 'scripts']))
    const unwanted = /^(\.git|\.env.*|data|docs|examples|test-artifacts|Dockerfile|.*\.(md|ya?ml|log|pem|backup))$/
    expect(taken.filter((name) => unwanted.test(name))).toEqual([])
    expect(readdirSync(join(directory, 'build/build/packages/server'))).not.toContain('test')
  })

  test('is the server, its binary of the database, and nothing else: less than 30 MB above its base', () => {
    const own = readdirSync(join(image.root, 'opt/portico'), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    )
    const bytes = own.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
    console.log(`The image is ${(bytes / 1e6).toFixed(1)} MB above its base.\n${image.log.join('\n')}`)
    expect(bytes).toBeLessThan(30e6)
    expect(own.filter(({ name }) => /\.(map|ts)$/.test(name))).toEqual([])
    const packages = readdirSync(join(image.root, 'opt/portico/node_modules'))
    expect(packages.sort()).toEqual(['@libsql', '@neon-rs', 'libsql'])
  })

  test(
    'serves, is healthy, keeps its data in the volume, and ends with 0 at SIGTERM',
    { timeout: 60_000 },
    async () => {
      const { config } = image
      const volume = join(image.root, 'data')
      expect(config.volumes).toEqual(['/data'])
      expect(statSync(volume)).toMatchObject({ uid: 1000, gid: 1000, mode: 0o40700 })
      const [port, httpsPort] = [await freePort(), await freePort()]
      const env = {
        ...config.env,
        PATH: `${config.env.PATH}:${defaultPath}`,
        PORTICO_PORT: String(port),
        PORTICO_HTTPS_PORT: String(httpsPort),
        PORTICO_WEBHOOK: '1/distribution0',
      }
      // As `docker run --read-only --tmpfs /tmp -v …:/data` would.
      const container = { root: image.root, env, cwd: config.cwd, user: config.user, mounts: { '/data': volume } }
      const server = start({ ...container, readOnly: true, command: [...config.entrypoint, ...config.command] })
      onTestFinished(() => server.kill())
      await healthy({ ...container, command: config.health }, server)
      const call = await fetch(`http://127.0.0.1:${port}/rest/1/distribution0/crm.lead.add?fields[TITLE]=Container`)
      expect(await call.json()).toMatchObject({ result: 1 })
      const [asset] = readdirSync(join(image.root, 'opt/portico/dist/ui/assets'))
      for (const path of ['login', `ui/assets/${asset}`])
        expect([path, (await fetch(`http://127.0.0.1:${port}/${path}`)).status]).toEqual([path, 200])
      const status = await run({ ...container, command: [...config.entrypoint, 'status', '-o', 'json'] })
      expect(status).toContain('"running"')
      server.signal('SIGTERM')
      expect({ code: await server.ended, said: server.said() }).toMatchObject({
        code: 0,
        said: expect.stringContaining('Portico is ready'),
      })
      expect(readdirSync(volume)).toContain('tls')
    },
  )

  test('runs as compose.testing.yaml says: on another address over HTTP, by its name over HTTPS, steered', async () => {
    const { config } = image
    const { environment, command } = composition('compose.testing.yaml', {}).services.portico
    const volume = mkdtempSync(join(directory, 'data-'))
    chownSync(volume, 1000, 1000)
    const [port, httpsPort] = [await freePort(), await freePort()]
    const env = {
      ...config.env,
      PATH: `${config.env.PATH}:${defaultPath}`,
      ...environment,
      PORTICO_PORT: String(port),
      PORTICO_HTTPS_PORT: String(httpsPort),
    }
    const container = { root: image.root, env, cwd: config.cwd, user: config.user, mounts: { '/data': volume } }
    const server = start({ ...container, readOnly: true, command: [...config.entrypoint, ...command] })
    onTestFinished(() => server.kill())
    await healthy({ ...container, command: config.health }, server)
    // As other containers see it, where this machine has such an address.
    const elsewhere = Object.values(networkInterfaces())
      .flat()
      .find(({ internal, family }) => !internal && family === 'IPv4')
    const hook = `rest/${environment.PORTICO_WEBHOOK}`
    const answer = await fetch(`http://${elsewhere?.address ?? '127.0.0.1'}:${port}/${hook}/profile`)
    expect(await answer.json()).toMatchObject({ result: { ADMIN: true } })
    const ca = readFileSync(join(volume, '.cache/portico/testing-tls/ca.pem'))
    expect(await get({ ca, port: httpsPort, path: `/${hook}/profile`, servername: 'portico' })).toBe(200)
    const headers = { authorization: `Bearer ${environment.PORTICO_CONTROL_KEY}` }
    const reset = await fetch(`http://127.0.0.1:${port}/_portico/reset`, { method: 'POST', headers })
    expect(reset.status).toBe(200)
    server.signal('SIGTERM')
    expect({ code: await server.ended, said: server.said() }).toMatchObject({ code: 0 })
  }, 60_000)

  test('refuses to be healthy while nothing is served', async () => {
    const { config } = image
    const env = { ...config.env, PATH: `${config.env.PATH}:${defaultPath}`, PORTICO_PORT: String(await freePort()) }
    const check = start({ root: image.root, env, cwd: '/', user: config.user, command: config.health })
    expect(await check.ended).toBe(1)
  })
})

/** Asks as an engine does, until the answer is 0. */
async function healthy(check, server) {
  for (;;) {
    if ((await start(check).ended) === 0) return
    const ended = await Promise.race([server.ended, sleep(200, undefined)])
    if (ended !== undefined) throw new Error(`the server ended with ${ended}\n${server.said()}`)
  }
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address()
  probe.close()
  await once(probe, 'close')
  return port
}

/** The status of an answer over HTTPS; the certificate must be of the authority, and for the name. */
function get({ ca, port, path, servername }) {
  return new Promise((resolve, reject) => {
    const request = https.get({ host: '127.0.0.1', port, path, servername, ca, agent: false }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    request.on('error', reject)
  })
}
