import { expect, it } from 'vitest'
import { commandLine } from '../../support/command-line.ts'
import { examples } from '../../support/documented.ts'
import { listening } from '../../support/listening.ts'
import { testPortal } from '../../support/portal.ts'
import { steps } from '../../../src/cli/clone/steps.ts'
import { readFileSync } from 'node:fs'

const source = await testPortal()
const { hook } = await listening(source)
await source.call('crm.lead.add', { fields: { TITLE: 'A lead' } })
const { inProcess } = commandLine()

it('runs every example of docs/move.md, one after the other', async () => {
  const lines = examples('docs/move.md', 'sh').map((each) => each.trim())
  expect(lines.length).toBe(5)
  for (const line of lines) {
    const [program, ...args] = line.replace('https://example.bitrix24.com/rest/1/CODE/', hook).split(' ')
    expect([program, line, (await inProcess(args)).code]).toEqual(['portico', line, 0])
  }
})

it('names every step in docs/move.md', () => {
  const page = readFileSync(new URL('../../../../../docs/move.md', import.meta.url), 'utf8')
  for (const { name } of steps) expect(page).toContain(`\`${name}\``)
})
