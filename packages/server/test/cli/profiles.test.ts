import { once } from 'node:events'
import { chmodSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { ensureCertificates } from '../../src/http/tls.ts'
import { commandLine } from '../support/command-line.ts'
import { listening } from '../support/listening.ts'
import { register, tokensOf } from '../support/oauth.ts'
import { testPortal } from '../support/portal.ts'

const portal = await testPortal()
const { hook, origin } = await listening(portal)
const { home, inProcess } = commandLine()
const file = join(home, 'config/portico/config.json')
const run = (args: string[], given: Parameters<typeof inProcess>[1] = {}) => inProcess(args, given)
const kept = () => JSON.parse(readFileSync(file, 'utf8'))
const keep = (profiles: object, current?: string): void => {
  mkdirSync(join(home, 'config/portico'), { recursive: true })
  writeFileSync(file, JSON.stringify({ ...(current === undefined ? {} : { current }), profiles }), { mode: 0o600 })
  chmodSync(file, 0o600)
}
const token = async (): Promise<string> => {
  const session = portal.portal.store.session()
  const made = await portal.credentials.createToken(session, { userId: 1, scope: '*', lifetime: 3600 })
  await session.settled()
  return made
}
/** The portal that a line calls, and why. */
const shown = async (args: string[], given: Parameters<typeof inProcess>[1] = {}) => {
  const { code, out, err } = await run(['profile', 'show', ...args], given)
  return code === 0 ? JSON.parse(out) : err
}

beforeEach(() => keep({}))

describe('portico profile add', () => {
  it('reads the secret from stdin, tries it, and keeps it for nobody else to read', async () => {
    const added = await run(['profile', 'add', 'shop', '--secret-stdin'], { input: `${hook}\n` })
    expect(added).toEqual({
      code: 0,
      out: '',
      err: `Profile shop: ${origin}, as Portal Administrator (administrator)\n`,
    })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(kept()).toEqual({ current: 'shop', profiles: { shop: { webhook: hook } } })
    expect(await run(['call', 'profile'])).toMatchObject({ code: 0 })
    expect(await run(['profile', 'add', 'shop', '--secret-stdin'], { input: hook })).toMatchObject({
      code: 1,
      err: expect.stringContaining('Replace it with --force.'),
    })
  })

  it('takes a token for the address of a portal', async () => {
    const secret = await token()
    await run(['profile', 'add', 'second', origin, '--secret-stdin', '--use'], { input: secret })
    expect(kept()).toEqual({ current: 'second', profiles: { second: { portal: origin, token: secret } } })
    expect(JSON.parse((await run(['call', 'profile'])).out)).toMatchObject({ result: { ID: '1' } })
  })

  it('warns of a secret in the line, and never shows it', async () => {
    const added = await run(['profile', 'add', 'shop', hook])
    expect(added).toMatchObject({
      code: 0,
      err: expect.stringMatching(/^warning: the address of a webhook is a secret/),
    })
    for (const args of [['list'], ['show'], ['show', 'shop']]) {
      const { out, err } = await run(['profile', ...args])
      expect(out).toContain(origin)
      expect(out + err).not.toContain(portal.code)
    }
  })

  it('keeps nothing that does not work, unless it is told not to try', async () => {
    const wrong = await run(['profile', 'add', 'bad', '--secret-stdin'], { input: `${origin}/rest/1/nothingof/` })
    expect(wrong.code).toBe(4)
    expect(wrong.err).not.toContain('nothingof')
    expect(kept().profiles).toEqual({})
    expect(
      await run(['profile', 'add', 'bad', '--secret-stdin', '--no-check'], { input: `${origin}/rest/1/nothingof/` }),
    ).toMatchObject({ code: 0 })
    expect(await run(['profile', 'add', '../x', hook])).toMatchObject({ code: 2 })
    expect(await run(['profile', 'add', 'x'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--secret-stdin'),
    })
    expect(await run(['profile', 'add', 'x', '--secret-stdin'], { input: '\n' })).toMatchObject({ code: 2 })
  })
})

describe('which portal is called', () => {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => `https://${name}.example/rest/1/secretcode/`)
  it('is decided by flags, then the environment, then the linked directory, then the current profile', async () => {
    keep({ one: { webhook: a }, two: { webhook: b }, three: { webhook: c } }, 'one')
    expect(await shown([])).toMatchObject({ from: 'profile one' })
    const below = join(home, 'project/src')
    mkdirSync(below, { recursive: true })
    expect(await run(['profile', 'link', 'two'], { cwd: join(home, 'project') })).toMatchObject({ code: 0 })
    expect(JSON.parse(readFileSync(join(home, 'project/.portico.json'), 'utf8'))).toEqual({ profile: 'two' })
    const cwd = below
    expect(await shown([], { cwd })).toEqual({ from: 'profile two', webhook: 'https://b.example/rest/1/***/' })
    expect(await shown([], { cwd, env: { BITRIX24_WEBHOOK_URL: d ?? '' } })).toMatchObject({
      from: 'BITRIX24_WEBHOOK_URL',
    })
    expect(await shown([], { cwd, env: { BITRIX_WEBHOOK_URL: d ?? '', PORTICO_PROFILE: 'three' } })).toMatchObject({
      from: 'profile three',
    })
    const env = { PORTICO_URL: d ?? '', PORTICO_PROFILE: 'three' }
    expect(await shown([], { cwd, env })).toEqual({ from: 'PORTICO_URL', webhook: 'https://d.example/rest/1/***/' })
    expect(await shown(['--profile', 'one'], { cwd, env })).toMatchObject({ from: 'profile one' })
    expect(await shown(['--url', c ?? ''], { cwd, env })).toMatchObject({
      from: '--url',
      webhook: 'https://c.example/rest/1/***/',
    })
    expect(await shown(['--url', c ?? '', '--profile', 'one'])).toBe(
      'portico: --url and --profile exclude each other\n',
    )
  })

  it('may have a token of its own, which no other portal gets', async () => {
    keep({ one: { webhook: a } }, 'one')
    expect(await shown(['--url', 'b.example', '--token', 'abc'])).toEqual({
      from: '--url',
      portal: 'https://b.example',
      token: '***',
    })
    expect(await shown([], { env: { PORTICO_URL: 'localhost:8080', PORTICO_TOKEN: 'abc' } })).toMatchObject({
      portal: 'http://localhost:8080',
      token: '***',
    })
    expect(await shown([], { env: { PORTICO_TOKEN: 'abc' } })).toEqual({
      from: 'profile one',
      webhook: 'https://a.example/rest/1/***/',
    })
    expect(await shown(['--url', a ?? '', '--token', 'abc'])).toContain('--token needs the address of a portal')
    expect(await shown(['--url', 'b.example'])).toContain('names a portal, but no credential')
    expect(await shown(['--url', 'ftp://b.example'])).toBe(
      'portico: --url is refused: expected https://PORTAL/rest/1/CODE/, or https://PORTAL with a token\n',
    )
  })

  it('is told where it is not known', async () => {
    keep({ shop: { webhook: a } })
    expect(await run(['call', 'profile'])).toMatchObject({
      code: 4,
      err: 'portico: no portal is known\nportico profile add NAME keeps one; --url or PORTICO_URL names one for now.\n',
    })
    expect(await run(['call', 'profile', '--profile', 'shpo'])).toMatchObject({
      code: 4,
      err: 'portico: there is no profile "shpo" (--profile)\nDid you mean shop?\n',
    })
    writeFileSync(file, '{"profiles": ')
    expect(await run(['profile', 'list'])).toMatchObject({ code: 1, err: expect.stringContaining('holds no profiles') })
  })
})

describe('the file of profiles', () => {
  it('changes the current one and forgets', async () => {
    keep({ one: { webhook: hook }, two: { webhook: hook } }, 'one')
    expect(await run(['profile', 'use', 'two'])).toMatchObject({ code: 0 })
    expect(JSON.parse((await run(['profile', 'list'])).out)).toEqual([
      { used: '', name: 'one', portal: origin, kind: 'webhook' },
      { used: '*', name: 'two', portal: origin, kind: 'webhook' },
    ])
    expect(await run(['profile', 'remove', 'two'])).toMatchObject({ code: 0 })
    expect(kept()).toEqual({ profiles: { one: { webhook: hook } } })
    expect(await run(['profile', 'use', 'two'])).toMatchObject({ code: 4 })
  })

  it('loses nothing when many write at once, and does not wait for the dead', async () => {
    writeFileSync(`${file}.lock`, '999999999')
    utimesSync(`${file}.lock`, 0, 0)
    const names = Array.from({ length: 8 }, (_, index) => `p${index}`)
    const all = await Promise.all(
      names.map((name) => run(['profile', 'add', name, '--secret-stdin', '--no-check'], { input: hook })),
    )
    expect(all.map(({ code }) => code)).toEqual(names.map(() => 0))
    expect(Object.keys(kept().profiles).sort()).toEqual(names)
  })

  it('is complained of when others can read it', async () => {
    chmodSync(file, 0o644)
    expect((await run(['profile', 'list'])).err).toMatch(/^warning: others can read .*config\.json: chmod 600 it\n/)
  })
})

describe('the profile of an application', () => {
  it('renews its tokens, once however many commands need them, and keeps the new ones', async () => {
    const app = await register(portal)
    const { refresh_token } = await tokensOf(portal, app)
    const input = `${app.secret}\n${refresh_token}\n`
    const added = await run(['profile', 'add', 'app', origin, '--client-id', app.clientId, '--secret-stdin'], { input })
    expect(added).toMatchObject({ code: 0, err: expect.stringContaining(`Profile app: ${origin}`) })
    const { oauth } = kept().profiles.app
    expect(oauth).toMatchObject({ clientId: app.clientId, tokenUrl: '/oauth/token/' })
    expect([oauth.accessToken, oauth.refreshToken]).not.toContain(refresh_token)

    await run(['profile', 'use', 'app'])
    portal.clock.at = Math.floor(Date.now() / 1000) + 7200
    onTestFinished(() => void (portal.clock.at = undefined))
    const all = await Promise.all([1, 2, 3].map(() => run(['call', 'app.info'])))
    expect(all.map(({ code, err }) => ({ code, err }))).toEqual(Array.from({ length: 3 }, () => ({ code: 0, err: '' })))
    const renewed = kept().profiles.app.oauth
    expect([renewed.accessToken, renewed.refreshToken]).not.toContain(oauth.refreshToken)
    expect(await run(['call', 'app.info'])).toMatchObject({ code: 0 })
    expect(JSON.parse((await run(['profile', 'show', 'app'])).out)).toEqual({
      name: 'app',
      portal: origin,
      client_id: app.clientId,
      client_secret: '***',
      refresh_token: '***',
    })
  })

  it('is not kept where its secret is wrong', async () => {
    const app = await register(portal)
    const { refresh_token } = await tokensOf(portal, app)
    keep({ one: { webhook: hook } }, 'one')
    const wrong = await run(['profile', 'add', 'app', origin, '--client-id', app.clientId, '--secret-stdin', '--use'], {
      input: `notthesecret\n${refresh_token}\n`,
    })
    expect(wrong).toMatchObject({ code: 4, out: '' })
    expect(wrong.err).not.toContain('notthesecret')
    expect(kept()).toEqual({ current: 'one', profiles: { one: { webhook: hook } } })
  })
})

describe('a portal with an authority of its own', () => {
  it('is trusted by --ca or the profile, and named otherwise', async () => {
    const { caPath, cert, key } = await ensureCertificates(join(home, 'tls'), ['localhost', '127.0.0.1'], new Date())
    const server = createServer({ cert, key }, (request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        void portal.app
          .inject({ method: 'POST', url: request.url ?? '', headers: request.headers, payload: Buffer.concat(chunks) })
          .then(({ statusCode, headers, body }) =>
            response.writeHead(statusCode, { 'content-type': String(headers['content-type']) }).end(body),
          )
      })
    }).listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await once(server, 'listening')
    const webhook = `https://127.0.0.1:${(server.address() as AddressInfo).port}/rest/1/${portal.code}/`
    const distrusted = await run(['call', 'profile', '--url', webhook])
    expect(distrusted).toMatchObject({ code: 5, err: expect.stringContaining('name the authority with --ca FILE') })
    writeFileSync(join(home, 'ca.pem'), readFileSync(caPath))
    const trusted = await run([
      'call',
      'crm.lead.add',
      '-f',
      'fields[TITLE]=größer',
      '--url',
      webhook,
      '--ca',
      'ca.pem',
    ])
    expect(trusted).toMatchObject({ code: 0, err: '' })
    await run(['profile', 'add', 'tls', webhook, '--ca', 'ca.pem'])
    expect(kept().profiles.tls).toEqual({ webhook, ca: join(home, 'ca.pem') })
    expect(JSON.parse((await run(['lead', 'list', '--select', 'TITLE'])).out)).toEqual([{ TITLE: 'größer' }])
    expect(await run(['call', 'profile', '--ca', 'absent.pem'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('cannot be read (ENOENT)'),
    })
  })
})
