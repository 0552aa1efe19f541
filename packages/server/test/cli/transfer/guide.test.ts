import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { examples } from '../../support/documented.ts'
import { transfers } from './tools.ts'

const PAGE = 'docs/import-export.md'
const { portal, line, read, run } = await transfers()

/** The words of a line as a shell takes them, without those of a redirection. */
function words(command: string): { args: string[]; to: string | undefined } {
  const found = [...command.matchAll(/'([^']*)'|[^\s']+/g)].map(([word, quoted]) => quoted ?? word)
  const at = found.indexOf('>')
  return at < 0 ? { args: found, to: undefined } : { args: found.slice(0, at), to: found[at + 1] }
}

it('the examples of the guide run as they stand, one after the other', async () => {
  const [shop = ''] = examples(PAGE, 'csv')
  writeFileSync(join(line.home, 'shop.csv'), shop)
  writeFileSync(join(line.home, 'more.csv'), 'TITLE,PHONE,POST\nAcme again,+49301,Owner\n')
  await portal.call('crm.lead.add', { fields: { TITLE: 'First' } })
  await portal.call('crm.deal.add', { fields: { TITLE: 'First' } })
  const lines = examples(PAGE, 'sh').flatMap((block) => block.trim().split('\n'))
  expect(lines.length).toBeGreaterThan(7)
  for (const command of lines) {
    const { args, to } = words(command)
    expect(args.shift()).toBe('portico')
    const ended = await run(args)
    expect({ command, code: ended.code, err: ended.code === 0 ? '' : ended.err }).toEqual({ command, code: 0, err: '' })
    if (to !== undefined) writeFileSync(join(line.home, to), ended.out)
  }
  expect(read('leads.csv')).toMatch(/^ID,TITLE,/)
  expect(JSON.parse(read('new.ndjson'))).toMatchObject({ TITLE: 'First' })
  expect(read('deals.csv')).toMatch(/^ID,/)
  expect(read('empty.csv')).toContain('TITLE')
  const { result } = (
    await portal.call('crm.lead.list', {
      filter: { ORIGINATOR_ID: 'shop' },
      select: ['*', 'PHONE', 'EMAIL'],
      order: { ID: 'ASC' },
    })
  ).body
  expect(result).toMatchObject([
    { TITLE: 'Acme', OPPORTUNITY: '1234.50', ORIGIN_ID: 'S-1', POST: 'Owner', EMAIL: [{ VALUE_TYPE: 'HOME' }] },
    { TITLE: 'Example Ltd', STATUS_ID: 'NEW', ORIGIN_ID: 'S-2' },
  ])
  expect(result[0].PHONE).toHaveLength(3)
})
