import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { escapeFormula as serverRule } from '../../server/src/cli/transfer/engine/formula.ts'
import { sql } from '../../server/src/store/sql.ts'
import { chromiumPath } from '../../server/test/support/browser.ts'
import { csvLine, escapeFormula } from '../src/model/csv.ts'
import { webCrm } from './support/web-crm.ts'

describe('a line of a CSV file', () => {
  it('holds no formula, by the rule of the command line', () => {
    const texts = [
      '=1+1',
      '+49 170',
      '-5',
      '-5,5',
      '-cmd',
      '@SUM(A1)',
      '\t=1',
      '\r=1',
      "'=1",
      "''@x",
      '＝1',
      'a=b',
      '',
      'plain',
      "'quoted",
    ]
    for (const text of texts) expect([text, escapeFormula(text)]).toEqual([text, serverRule(text)])
    expect(csvLine(['=1+1', '-5'], 'comma')).toBe("'=1+1,-5\r\n")
  })
  it('keeps separators, quotes and lines within a cell', () => {
    expect(csvLine(['a,b', 'c"d', 'e\nf', 'g;h'], 'comma')).toBe('"a,b","c""d","e\nf",g;h\r\n')
    expect(csvLine(['a,b', 'g;h'], 'semicolon')).toBe('a,b;"g;h"\r\n')
  })
})

describe.skipIf(chromiumPath === undefined)('the export of a list', async () => {
  const crm = await webCrm()
  const company = await crm.call<number>('crm.company.add', { fields: { TITLE: 'Müller & Söhne' } })
  await crm.call('crm.deal.add', {
    fields: { TITLE: '=HYPERLINK("http://evil")', OPPORTUNITY: 1234.5, CURRENCY_ID: 'USD', COMPANY_ID: company },
  })
  for (let n = 0; n < 70; n++) await crm.call('crm.deal.add', { fields: { TITLE: `Deal ${n}`, OPPORTUNITY: n } })

  async function exported(locale: string, button: RegExp, begin: string, query = ''): Promise<string> {
    const page = await crm.open(`/crm/deal/list/${query}`, { locale })
    await page.locator('.grid-row').first().waitFor()
    await page.getByRole('button', { name: button }).click()
    await page.getByRole('menuitem').first().click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: begin }).click(),
    ])
    const text = readFileSync(await download.path(), 'utf8')
    await page.context().close()
    return text
  }

  it('holds every record that was found, in words, and no formula', async () => {
    const text = await exported('en-US', /More for this list/, 'Export as CSV')
    expect(text.startsWith('\uFEFFTitle,Stage,Amount,Currency,Company,')).toBe(true)
    const lines = text.trim().split('\r\n')
    expect(lines).toHaveLength(72)
    expect(lines.find((line) => line.includes('HYPERLINK'))).toMatch(/^"'=HYPERLINK\(""http:\/\/evil""\)",New,1234\.5,/)
    expect(text).toContain('Müller & Söhne')
  })

  it('is written as spreadsheets of one’s language read it, and only what was found', async () => {
    const text = await exported('de-DE', /Mehr zu dieser Liste/, 'Als CSV exportieren', '?f.opportunity=range:1000..')
    const lines = text.trim().split('\r\n')
    expect(lines).toHaveLength(2)
    expect(lines[1]).toContain(';1234,5;')
  })

  it('is told in the audit log, with how many and by what, and not for whom', async () => {
    const log = await crm.portal.store
      .session()
      .find<{ item: string; description: string }>(
        sql`select item, description from audit_log where audit_type = 'EXPORT' order by id`,
      )
    expect(log.map(({ item }) => item)).toEqual(['deal', 'deal'])
    expect(log[1]?.description).toContain('>=opportunity')
    expect(log[1]?.description).not.toContain('1000')
  })
})
