import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessToken } from '../../support/documented-clients.ts'
import { examples } from '../../support/documented.ts'
import { listening } from '../../support/listening.ts'
import { testPortal } from '../../support/portal.ts'
import { program } from '../../support/program.ts'
import { openIntegrationsLead } from '../../portal/seeds/samples.ts'

const portal = await testPortal()
const { origin } = await listening(portal)
const home = mkdtempSync(join(tmpdir(), 'portico-oint-'))
const installed = join(home, 'package')
afterAll(() => rmSync(home, { recursive: true, force: true }))

/** The package as it is installed: its commands, and the bundle beside them. */
beforeAll(async () => {
  cpSync(fileURLToPath(new URL('../../../bin', import.meta.url)), join(installed, 'bin'), { recursive: true })
  symlinkSync(dirname(await program()), join(installed, 'dist'))
  mkdirSync(join(home, 'bin'))
  symlinkSync(join(installed, 'bin/portico.mjs'), join(home, 'bin/portico'))
})

/** Runs a line of the shell as somebody would who has filled in the placeholders. */
async function shell(line: string): Promise<{ code: number; out: string; err: string }> {
  const filled = line
    .replaceAll('http://localhost:3000', origin)
    .replaceAll('localhost:3000', new URL(origin).host)
    .replaceAll('/CODE/', `/${portal.code}/`)
    .replaceAll('"TOKEN"', `"${await accessToken(portal)}"`)
    .replaceAll('$(npm root --global)/portico', installed)
  const child = spawn('sh', ['-ec', filled], {
    cwd: home,
    env: { PATH: `${join(home, 'bin')}:${process.env.PATH}`, HOME: home, LANG: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, err] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  const [code] = (await once(child, 'close')) as [number]
  return { code, out, err }
}

const titles = async (): Promise<string[]> =>
  (await portal.call('crm.lead.list', { select: ['TITLE'], order: { ID: 'ASC' } })).body.result.map(
    ({ TITLE }: { TITLE: string }) => TITLE,
  )

describe('the guide', () => {
  const [create = '', list = '', help = '', fields = '', secret = '', test = '', fail = '', link = '', ...more] =
    examples('docs/openintegrations.md', 'sh')

  it('has examples that do what it says, as they stand', async () => {
    expect(more).toEqual([])
    const made = await shell(create)
    expect(made).toMatchObject({ code: 0, err: '' })
    expect(made.out).toMatch(/^\{\n "result": 1,\n "time": \{\n {2}"start": [\d.]+,\n/)
    expect(JSON.parse((await shell(list)).out)).toMatchObject({
      result: [{ ID: '1', TITLE: 'MegaClient', NAME: 'John' }],
    })
    const explained = (await shell(help)).out
    expect(explained).toContain('Calls crm.deal.update with POST')
    expect(await shell(fields)).toMatchObject({ code: 0, err: '' })
    expect(await titles()).toEqual(['MegaClient', 'From a file', 'From a file'])
    expect((await shell(secret)).out).toMatch(/^File with size 0\.0\d+ MB was recorded in fields\.json\n$/)
    expect(JSON.parse(readFileSync(join(home, 'fields.json'), 'utf8'))).toHaveProperty('result.PHONE')
    expect((await shell(test)).out).toContain('/rest/1/***/crm.lead.delete\n')
    expect(await titles()).toHaveLength(3)
    const failed = await shell(fail)
    expect(failed.out).toContain('"error_description": "Not found"')
    expect(failed.out).toMatch(/no such lead\n$/)
    expect(failed.err).toContain('Not found (HTTP 400)')
    expect(await shell(link)).toEqual({ code: 0, out: '', err: '' })
    expect((await shell('oint bitrix24 UpdateDeal')).out).toBe(explained)
  })

  it('is right about which functions are there', async () => {
    const text = readFileSync(new URL('../../../../../docs/openintegrations.md', import.meta.url), 'utf8')
    const { functions } = await import('../../../src/cli/bitrix24/functions/index.ts')
    expect(text).toContain(`lists the ${functions.length} functions`)
  })
})

describe('the page of OpenIntegrations about CreateLead', () => {
  it('has a command that makes its lead with its answer, but for the placeholders', async () => {
    await shell('mkdir -p bin; ln -sf "$(npm root --global)/portico/bin/oint.mjs" bin/oint')
    const before = await titles()
    // The Windows variable %fields% holds what the page’s script builds; the domain and the token are placeholders.
    const documented = `
  oint bitrix24 CreateLead --url "b24-ar17wx.bitrix24.by" --fields %fields% --token "ec4dc366006e9f06006b12e400000001000..."
`
    const fields = `"${JSON.stringify(openIntegrationsLead).replaceAll('"', "'")}"`
    const { code, out, err } = await shell(
      documented
        .replace('b24-ar17wx.bitrix24.by', 'localhost:3000')
        .replace('%fields%', fields)
        .replace(/"ec4dc\w+\.\.\."/, '"TOKEN"'),
    )
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(
      /^\{\n "result": \d+,\n "time": \{\n {2}"start": [\d.]+,\n {2}"finish": [\d.]+,\n {2}"duration": [\d.e-]+,\n {2}"processing": [\d.e-]+,\n {2}"date_start": "[^"]+",\n {2}"date_finish": "[^"]+",\n {2}"operating_reset_at": \d+,\n {2}"operating": [\d.e-]+\n \}\n\}\n$/,
    )
    expect(await titles()).toEqual([...before, 'MegaClient'])
  })
})
