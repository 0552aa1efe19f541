import { expect, it } from 'vitest'
import { commandLine } from '../support/command-line.ts'
import { examples } from '../support/documented.ts'
import { listening } from '../support/listening.ts'
import { database, testPortal } from '../support/portal.ts'

const portal = await testPortal()
const { hook } = await listening(portal)
const { bash } = commandLine()

// Some twenty processes, of which none knows the database.
it.runIf(database === 'sqlite')('the examples of docs/cli.md run as they stand', { timeout: 120_000 }, async () => {
  await portal.call('crm.lead.add', { fields: { TITLE: 'Waste', STATUS_ID: 'JUNK' } })
  const all = examples('docs/cli.md', 'sh')
  const script = ['set -euo pipefail', ...all].join('\n').replaceAll('https://crm.example.com/rest/1/CODE/', hook)
  const { code, out, err } = await bash(script)
  expect({ code, err }).toEqual({ code: 0, err: expect.not.stringMatching(/^(error|portico|warning):/m) })
  expect(out).toContain('"TITLE": "MegaClient"')
  expect(out).toContain('{"line":2,"method":"crm.deal.add","result":')
  const titles = (await portal.call('crm.lead.list', { select: ['TITLE'] })).body.result as { TITLE: string }[]
  expect(titles.map(({ TITLE }) => TITLE).sort()).toEqual(['From JSON', 'One'])
})
