import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { freshDatabase } from '../support/portal.ts'
import { program } from '../support/program.ts'

// The command as people run it: a process of its own, with nothing of ours in its environment.
const root = new URL('../../../../', import.meta.url)
const main = await program()
const home = mkdtempSync(join(tmpdir(), 'portico-cli-'))
const { url: databaseUrl, drop } = await freshDatabase()
const data = join(home, 'data')
const place = [`--data=${data}`, ...(databaseUrl === null ? [] : [`--database-url=${databaseUrl}`])]
const running = new Set<ChildProcess>()

function run(args: readonly string[], env: Record<string, string> = {}): ChildProcess {
  const child = spawn(process.execPath, [main, ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

async function portico(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const child = run(args, env)
  let out = ''
  let err = ''
  child.stdout?.on('data', (text: Buffer) => (out += text.toString()))
  child.stderr?.on('data', (text: Buffer) => (err += text.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, out, err }
}

/** Starts a server and waits until it has said all that it says at its start. */
async function server(
  args: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<{ text: string; url: string; stop: () => Promise<void> }> {
  const child = run(['start', ...place, '--port=0', '--https-port=off', ...args], env)
  let text = ''
  let failure = ''
  child.stderr?.on('data', (chunk: Buffer) => (failure += chunk.toString()))
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk)
    // The last line of a first start and of a later one.
    if (/only their hashes are stored/.test(text) || (/ready at \S+\n/.test(text) && !/Sign-in/.test(text))) break
  }
  const url = /ready at (\S+)/.exec(text)?.[1]
  if (url === undefined) throw new Error(`the server did not start: ${failure}`)
  return {
    text,
    url,
    async stop() {
      child.kill('SIGTERM')
      const [code] = (await once(child, 'exit')) as [number | null]
      expect(code).toBe(0)
    },
  }
}

async function answers(url: string): Promise<{ status: number; body: { result?: unknown; error?: string } }> {
  const response = await fetch(url)
  return { status: response.status, body: (await response.json()) as { result?: unknown; error?: string } }
}

afterAll(async () => {
  for (const child of running) child.kill('SIGKILL')
  await drop()
  rmSync(home, { recursive: true, force: true })
})

describe('before there is a portal', () => {
  it.each(['webhook list', 'token create'])('%s says so and makes none', async (command) => {
    const { code, out, err } = await portico([...command.split(' '), ...place])
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(/^portico: there is no portal in .+\n$/)
    expect(err.trimEnd()).not.toContain('\n')
  })
})

describe('a portal of two processes', () => {
  it('starts with its secrets, once, and serves what other processes decide', async () => {
    const first = await server()
    const hook = /^ {2}Webhook +(\S+)$/m.exec(first.text)?.[1] ?? ''
    expect(first.text).toMatch(/^ {2}Sign-in +admin@portico\.local {2}[a-z0-9]{20}$/m)
    expect(hook).toMatch(new RegExp(`^${first.url}/rest/1/[a-z0-9]{16}/$`))
    expect(first.text).toContain(`curl '${hook}crm.lead.add'`)
    expect((await answers(`${hook}profile`)).body.result).toMatchObject({ ID: '1', ADMIN: true })

    const created = await portico(['webhook', 'create', ...place, '--scope=user,crm', '--title=A script', '--port=9'])
    expect(created).toMatchObject({ code: 0, err: expect.stringContaining('only its hash is stored') })
    const path = /^http:\/\/127\.0\.0\.1:9(\/rest\/1\/[a-z0-9]{16}\/)\n$/.exec(created.out)?.[1] ?? ''
    const call = (): ReturnType<typeof answers> => answers(`${first.url}${path}scope`)
    await expect.poll(call, { timeout: 20_000 }).toMatchObject({ status: 200, body: { result: ['crm', 'user'] } })
    expect(await answers(`${first.url}${path}no.such.method`)).toMatchObject({ status: 404 })

    const listed = await portico(['webhook', 'list', ...place])
    const rows = listed.out
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/ {2,}/))
    expect(rows).toEqual([
      ['ID', 'USER', 'SCOPE', 'CREATED', 'TITLE'],
      ['1', '1', '*', expect.stringMatching(/^\d{4}-\d\d-\d\d$/), 'First webhook'],
      [expect.any(String), '1', 'user,crm', expect.any(String), 'A script'],
    ])
    const id = rows[2]?.[0] ?? ''

    expect(await portico(['webhook', 'revoke', id, ...place])).toMatchObject({ code: 0, out: '' })
    await expect.poll(call, { timeout: 20_000 }).toMatchObject({ status: 401, body: { error: 'INVALID_CREDENTIALS' } })
    expect(await portico(['webhook', 'revoke', id, ...place])).toEqual({
      code: 1,
      out: '',
      err: `portico: there is no webhook ${id}\n`,
    })

    const token = await portico(['token', 'create', ...place, '--scope', 'crm'])
    expect(token).toMatchObject({ code: 0, out: expect.stringMatching(/^[a-z0-9]{70}\n$/) })
    expect(await answers(`${first.url}/rest/crm.lead.list?auth=${token.out.trim()}`)).toMatchObject({ status: 200 })
    expect(await answers(`${first.url}/rest/user.get?auth=${token.out.trim()}`)).toMatchObject({ status: 403 })

    const password = await portico(['user', 'password', ...place])
    expect(password).toMatchObject({ code: 0, out: expect.stringMatching(/^[a-z0-9]{20}\n$/) })

    const check = await portico(['check', ...place])
    expect(check).toEqual({ code: 0, out: 'Everything is as it must be.\n', err: '' })

    await first.stop()
    const second = await server()
    expect(second.text).toBe(`Portico is ready at ${second.url}\n`)
    expect((await answers(hook.replace(first.url, second.url) + 'profile')).status).toBe(200)
    await second.stop()
  })

  it('knows the webhook that the configuration fixes, now and from now on', async () => {
    const started = await server([], { PORTICO_WEBHOOK: '1/fixedc0de' })
    expect(started.text).not.toContain('fixedc0de')
    expect((await answers(`${started.url}/rest/1/fixedc0de/profile`)).status).toBe(200)
    await started.stop()
    const { code, err } = await portico([...place, '--port=0', '--https-port=off', '--webhook=77/fixedc0de'])
    expect({ code, err }).toEqual({ code: 1, err: 'portico: there is no user 77 (--webhook or PORTICO_WEBHOOK)\n' })
  })

  it('tells where tests steer it from, and what that means for what it holds', async () => {
    const started = await server(['--testing'])
    const [, url, key] = /For tests\s+(\S+)\s+(\S+)/.exec(started.text) ?? []
    expect(started.text).toContain('whoever has the key may delete all that this portal holds')
    const clock = await fetch(`${url}/clock`, { method: 'POST', headers: { authorization: `Bearer ${key}` } })
    expect(clock.status).toBe(200)
    await started.stop()
  })

  it('issues nothing to somebody who is not there', async () => {
    for (const command of ['webhook create', 'token create', 'user password', 'user reset-2fa'])
      expect(await portico([...command.split(' '), ...place, '--user=99'])).toEqual({
        code: 1,
        out: '',
        err: 'portico: there is no user 99 (--user)\n',
      })
  })
})

describe('applications', () => {
  it('are added, listed, changed and removed', async () => {
    const fields = ['--title=A shop', '--handler=https://shop.example/', '--scope=user,crm']
    const added = await portico(['app', 'add', ...place, ...fields, '--install-url=https://shop.example/install'])
    expect(added).toMatchObject({ code: 0, err: expect.stringContaining('only its hash is stored') })
    const printed = /^id +(\d+)\nclient_id +(local\.[0-9a-f]{14}\.\d{8})\nclient_secret +([a-z0-9]{50})\n$/.exec(
      added.out,
    )
    const [id = '', clientId = '', secret = ''] = printed?.slice(1) ?? []
    expect(await portico(['app', 'finish', id, ...place])).toMatchObject({
      code: 0,
      err: expect.stringContaining('is installed'),
    })
    expect(await portico(['app', 'edit', id, ...place, '--title=The shop'])).toMatchObject({ code: 0 })
    const listed = await portico(['app', 'list', ...place])
    expect(listed.out.trimEnd().split('\n').at(-1)?.split(/ {2,}/)).toEqual([
      id,
      clientId,
      'crm,user',
      '2',
      'yes',
      'The shop',
    ])
    const renewed = await portico(['app', 'secret', id, ...place])
    expect(renewed).toMatchObject({ code: 0, out: expect.stringMatching(/^[a-z0-9]{50}\n$/) })
    expect(renewed.out.trimEnd()).not.toBe(secret)
    expect(await portico(['app', 'remove', id, ...place])).toMatchObject({ code: 0, out: '' })
    expect(await portico(['app', 'remove', id, ...place])).toEqual({
      code: 1,
      out: '',
      err: 'portico: Application not found\n',
    })
  })

  it('are refused in the words of the server', async () => {
    const refused = await portico(['app', 'add', ...place, '--title=x', '--handler=ftp://shop.example'])
    expect(refused).toEqual({
      code: 1,
      out: '',
      err: 'portico: HANDLER must be an address that begins with http:// or https://\n',
    })
  })
})

describe('a start that cannot be', () => {
  it('names the port that is taken and its option, and makes no portal', async () => {
    const blocker = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void blocker.close())
    await once(blocker, 'listening')
    const { port } = blocker.address() as { port: number }
    const fresh = `--data=${join(home, 'never')}`
    expect(await portico([fresh, `--port=${port}`, '--https-port=off'])).toEqual({
      code: 1,
      out: '',
      err: `portico: port ${port} is in use; choose another one with --port or PORTICO_PORT\n`,
    })
    const { err } = await portico([fresh, '--port=0', `--https-port=${port}`])
    expect(err).toBe(`portico: port ${port} is in use; choose another one with --https-port or PORTICO_HTTPS_PORT\n`)
    expect((await portico(['webhook', 'list', fresh])).err).toContain('there is no portal')
  })

  it('names the address, the directory or the database that is wrong, and never the password', async () => {
    const file = join(home, 'file')
    writeFileSync(file, '')
    mkdirSync(join(home, 'garbage'))
    writeFileSync(join(home, 'garbage/portico.db'), 'no database at all, but long enough to be looked at'.repeat(9))
    const wrong: [string[], RegExp][] = [
      [['--host=192.0.2.1', `--data=${home}/x`], /192\.0\.2\.1 is no address of this machine.*--host/],
      [[`--data=${file}/below`], /file\/below cannot be written to.*--data/],
      [[`--data=${home}/garbage`], /the database in .*garbage \(--data\) cannot be used/],
      [['--database-url=postgres://me:geheim@127.0.0.1:1/x', `--data=${home}/x`], /--database-url .*ECONNREFUSED/],
    ]
    for (const [args, expected] of wrong) {
      const { code, out, err } = await portico([...args, '--port=0', '--https-port=off'])
      expect({ code, out }).toEqual({ code: 1, out: '' })
      expect(err).toMatch(expected)
      expect(err.trimEnd()).not.toContain('\n')
      expect(err).not.toContain('geheim')
    }
  })
})

describe('a line that makes no sense', () => {
  it.each([
    ['wehook list', 'there is no command "wehook list"; did you mean "webhook list"?'],
    ['webhook lsit', 'there is no command "webhook lsit"; did you mean "webhook list"?'],
    ['webhook frobnicate', 'there is no command "webhook frobnicate"; there are create, list, revoke'],
    ['frobnicate', 'there is no command "frobnicate"; portico --help lists them'],
    ['--prot=1', 'Unknown option --prot; did you mean --port?'],
    ['webhook create --titel=x', 'Unknown option --titel; did you mean --title?'],
    ['webhook create --user=0', '--user "0" is refused: expected the id of a user'],
    ['webhook create --scope=crm,all', /^--scope "crm,all" is refused: expected \* or some of bizproc, /],
    ['webhook list extra', 'Unexpected argument "extra"'],
    ['webhook revoke', 'ID is missing'],
    ['token create --lifetime=-5', '--lifetime "-5" is refused: expected a whole number of seconds, 1 or more'],
    ['token create --memory', '--help lists the known ones'],
    ['user password --user', '--user needs a value: the id of a user'],
  ])('%s is refused by name, with code 2', async (line, expected) => {
    const { code, out, err } = await portico(line.split(' '))
    expect({ code, out }).toEqual({ code: 2, out: '' })
    const message = /^portico: (.*)\n$/.exec(err)?.[1]
    if (typeof expected === 'string' && !expected.startsWith('--help')) expect(message).toBe(expected)
    else expect(message).toMatch(expected)
  })

  it('refuses a bad variable of a start by its name, and a portal that is in the memory of another process', async () => {
    expect(await portico([], { PORTICO_PORT: 'http' })).toEqual({
      code: 2,
      out: '',
      err: 'portico: PORTICO_PORT "http" is refused: expected a port from 0 to 65535\n',
    })
    expect(await portico(['webhook', 'list'], { PORTICO_MEMORY: '1' })).toEqual({
      code: 2,
      out: '',
      err: 'portico: PORTICO_MEMORY: no other process can reach a portal in memory\n',
    })
  })
})

describe('help', () => {
  it('lists the commands, those of a family in one line', async () => {
    for (const args of [['--help'], ['help'], ['-h']]) {
      const { code, out } = await portico(args)
      expect(code).toBe(0)
      expect(out).toMatch(/^ {2}check +Look for data/m)
      expect(out).toMatch(/^ {2}webhook +Inbound webhooks: create, list, revoke$/m)
    }
  })

  it('lists the commands of a family, and the settings of start', async () => {
    for (const args of [['webhook'], ['webhook', '--help'], ['help', 'webhook']]) {
      const { code, out } = await portico(args)
      expect(code).toBe(0)
      expect(out).toMatch(/^ {2}portico webhook revoke ID +Take a webhook back/m)
    }
    expect((await portico(['start', '--help'])).out).toContain('PORTICO_HTTPS_PORT')
  })

  it('explains one command, wherever it is asked for', async () => {
    const { code, out } = await portico(['token', 'create', '--user=1', '--help'])
    expect(code).toBe(0)
    expect(out).toMatch(/^portico token create \[options\]\n/)
    for (const flag of ['--user <id>', '--scope <a,b>', '--lifetime <seconds>', '--data <directory>'])
      expect(out).toContain(flag)
    expect((await portico(['start', '--help'])).out).toMatch(/^portico \[start\] \[options\]\n/)
  })

  it('tells the version of the package', async () => {
    expect((await portico(['--version'])).out).toBe(`portico ${packageJson.version}\n`)
  })
})
