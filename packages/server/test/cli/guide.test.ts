import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { commandLine } from '../support/command-line.ts'
import { examples } from '../support/documented.ts'
import { listening } from '../support/listening.ts'
import { database, testPortal } from '../support/portal.ts'
import { program } from '../support/program.ts'

const portal = await testPortal()
const { hook } = await listening(portal)
const { home } = commandLine()

// Some twenty processes, of which none knows the database.
it.runIf(database === 'sqlite')('the examples of docs/cli.md run as they stand', { timeout: 120_000 }, async () => {
  const bin = join(home, 'bin')
  mkdirSync(bin)
  symlinkSync(await program(), join(bin, 'portico'))
  await portal.call('crm.lead.add', { fields: { TITLE: 'Waste', STATUS_ID: 'JUNK' } })
  const all = examples('docs/cli.md', 'sh')
  const script = ['set -euo pipefail', ...all].join('\n').replaceAll('https://crm.example.com/rest/1/CODE/', hook)
  const child = spawn('bash', ['--norc', '-c', script], {
    cwd: home,
    env: { PATH: `${bin}:${dirname(process.execPath)}:${process.env.PATH ?? ''}`, HOME: home },
  })
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  const [code] = (await once(child, 'close')) as [number]
  expect({ code, err }).toEqual({ code: 0, err: expect.not.stringMatching(/^(error|portico|warning):/m) })
  expect(out).toContain('"TITLE": "MegaClient"')
  expect(out).toContain('{"line":2,"method":"crm.deal.add","result":')
  const titles = (await portal.call('crm.lead.list', { select: ['TITLE'] })).body.result as { TITLE: string }[]
  expect(titles.map(({ TITLE }) => TITLE).sort()).toEqual(['From JSON', 'One'])
})
