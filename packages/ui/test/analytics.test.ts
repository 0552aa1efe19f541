import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../../server/test/support/browser.ts'
import { expectAccessible, screens, webCrm } from './support/web-crm.ts'

describe.skipIf(chromiumPath === undefined)('analytics', async () => {
  const crm = await webCrm()
  const anna = await crm.employee('Anna')
  const lead = (stage: string, amount: number, more: object = {}): Promise<unknown> =>
    crm.call('crm.lead.add', {
      fields: { TITLE: `${stage} ${amount}`, STATUS_ID: stage, OPPORTUNITY: amount, SOURCE_ID: 'WEB', ...more },
    })
  for (const [stage, amount, more] of [
    ['NEW', 1000, {}],
    ['NEW', 2500, { ASSIGNED_BY_ID: anna }],
    ['IN_PROCESS', 400, { SOURCE_ID: 'CALL' }],
    ['CONVERTED', 7000, { ASSIGNED_BY_ID: anna }],
    ['JUNK', 50, { SOURCE_ID: 'CALL' }],
  ] as const)
    await lead(stage, amount, more)

  const open = async (query = '', look = {}): Promise<Page> => {
    const page = await crm.open(`/analytics/${query}`, look)
    await page.getByRole('link', { name: /^(Conversion|Konversion) \d/ }).waitFor()
    return page
  }
  const card = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true })
  /** The link's list asks the API with the very filter that it was counted by. */
  const listed = async (page: Page): Promise<number> => {
    const [answer] = await Promise.all([
      page.waitForResponse((response) => /crm\.item\.list|batch/.test(response.url()) && response.ok()),
      page.waitForURL('**/crm/lead/list/**'),
    ])
    void answer
    const found = new URL(page.url()).searchParams
    const filter: Record<string, unknown> = {}
    for (const [key, value] of found) {
      const field = key.slice(2)
      const [op, rest = ''] = value.split(/:(.*)/s)
      if (op === 'any') filter[`@${field}`] = rest.split(',')
      if (op === 'range') {
        const [from, to] = rest.split('..')
        filter[`>=${field}`] = `${from}T00:00:00`
        filter[`<=${field}`] = `${to}T23:59:59`
      }
    }
    const { groups } = await crm.call<{ groups: { count: number }[] }>('portico.item.totals', {
      entityTypeId: 1,
      filter,
    })
    return groups[0]?.count ?? 0
  }

  it('counts and adds up what the API knows, and leads from each number to the list behind it', async () => {
    const page = await open()
    await page.getByRole('link', { name: /^Leads, all 5/ }).waitFor()
    await page.getByRole('link', { name: /^In progress \$3,900/ }).waitFor()
    await page.getByRole('link', { name: /^Won \$7,000/ }).waitFor()
    await page.getByRole('link', { name: /^Conversion 20%/ }).waitFor()
    const { groups } = await crm.call<{ groups: { key: { stageId: string }; count: number }[] }>(
      'portico.item.totals',
      {
        entityTypeId: 1,
        groupBy: ['stageId'],
      },
    )
    const fresh = groups.find(({ key }) => key.stageId === 'NEW')?.count
    const row = card(page, 'Funnel').getByRole('row').nth(1)
    expect(await row.getByRole('link').textContent()).toBe(String(fresh))
    const opened = listed(page)
    await row.getByRole('link').click()
    expect(await opened).toBe(fresh)
  })

  it('has every chart as a table whose numbers are links, and remembers that one wants it so', async () => {
    const page = await open()
    const people = card(page, 'Amount by person')
    await people.getByRole('img', { name: /^Amount by person\./ }).waitFor()
    await people.getByRole('button', { name: 'Amount by person: show as a table' }).click()
    const row = people.getByRole('row', { name: /^Anna Employee/ })
    expect(await row.getByRole('cell').allTextContents()).toEqual(['$7,000', '$2,500', '$0'])
    await page.reload()
    const opened = listed(page)
    await people
      .getByRole('row', { name: /^Anna Employee/ })
      .getByRole('link', { name: '$2,500' })
      .click()
    expect(await opened).toBe(1)
  })

  it('keeps what is looked at in its address', async () => {
    const page = await open(`?person=${anna}&period=this-year`)
    await page.getByRole('link', { name: /^Leads, all 2/ }).waitFor()
    await page.getByRole('combobox', { name: 'Period', exact: true }).click()
    await page.getByRole('option', { name: 'Last year' }).click()
    await page.waitForURL('**period=last-year**')
    await page.getByRole('link', { name: /^Leads, all 0/ }).waitFor()
    await page.goBack()
    await page.getByRole('link', { name: /^Leads, all 2/ }).waitFor()
  })

  it('shows other types and nothing at all calmly', async () => {
    const page = await open('?type=deal')
    await page.getByText('There is nothing in this period.').first().waitFor()
    await expectAccessible(page, '#content')
  })

  it('can be used by everyone, in both languages', async () => {
    const page = await open()
    await page.getByRole('img', { name: /^Amount by source\./ }).waitFor()
    await expectAccessible(page, '#content')
    const german = await open('', { locale: 'de-DE', dark: true })
    await german.getByRole('img', { name: /^Betrag nach Quelle\./ }).waitFor()
    await expectAccessible(german, '#content')
  })

  it('looks as it should', async () => {
    await screens(crm, 'analytics', '/analytics/', async (page) => {
      await page.getByRole('link', { name: /^Leads, all 5/ }).waitFor()
      await page.getByRole('img').first().waitFor()
    })
  })
})
