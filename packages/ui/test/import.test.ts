import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../../server/test/support/browser.ts'
import { expectAccessible, screens, webCrm } from './support/web-crm.ts'

/** As spreadsheets of half of Europe save it: semicolons, commas in numbers, a code page of Windows, foreign names. */
const MESSY = `Vorname;Nachname;Telefon;E-Mail;Quelle;Kommentar;Geburtstag;Kundennummer
Jürgen;Müller;+49 30 1234567;juergen@example.com;Call;"sagt: ""gern""";03.02.1980;17

Zoë;Ø'Brien;0049 30 7654321;zoe@example.com;WEB;;31.02.1980;18
;Nobody;;;unbekannt;;;19
Jürgen;Müller;+49 (30) 123-45-67;;;zweimal;;20
`

describe.skipIf(chromiumPath === undefined)('importing', async () => {
  const crm = await webCrm()
  const messy = { name: 'kunden.csv', mimeType: 'text/csv', buffer: Buffer.from(MESSY, 'latin1') }
  const count = (page: Page, name: string): Promise<string | null> => page.locator(`[data-count=${name}]`).textContent()
  const start = async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: /^Import \d/ }).click()
    await page.getByRole('heading', { name: 'Import is done' }).waitFor()
  }

  it('takes a messy file apart, shows what would be stored, and says of each refused row why', async () => {
    const page = await crm.open('/crm/contact/import/')
    await page.locator('input[type=file]').setInputFiles(messy)
    await page.getByRole('heading', { name: 'kunden.csv' }).waitFor()
    // What was understood by itself.
    await page.getByLabel('Field for Vorname').getByText('First name', { exact: false }).waitFor()
    const preview = page.getByRole('region', { name: 'Preview' })
    await preview.getByText('sagt: "gern"').waitFor()
    await preview.getByText('Feb 3, 1980').waitFor()
    await preview.getByText('No date, or in another order than chosen').waitFor()
    await preview.getByText('Not among the choices').waitFor()
    await page.getByText('2 of 4 rows can’t be stored as they are: they will stand in a report.').waitFor()
    await expectAccessible(page, '#content')

    await start(page)
    expect(await count(page, 'added')).toBe('1')
    expect(await count(page, 'skipped')).toBe('1')
    expect(await count(page, 'failed')).toBe('2')
    await expectAccessible(page, '#content')

    const found = await crm.call<{ items: { name: string; sourceId: string; birthdate: string }[] }>('crm.item.list', {
      entityTypeId: 3,
      filter: { lastName: 'Müller' },
    })
    expect(found.items).toMatchObject([{ name: 'Jürgen', sourceId: 'CALL' }])

    const [report] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download the report' }).click(),
    ])
    expect(report.suggestedFilename()).toBe('kunden-refused.csv')
    const lines = readFileSync(await report.path(), 'utf8').split('\r\n')
    expect(lines[0]).toBe(
      '\ufeffVorname;Nachname;Telefon;E-Mail;Quelle;Kommentar;Geburtstag;Kundennummer;Line;Why it was refused',
    )
    expect(lines[1]).toContain('Geburtstag: No date')
    expect(lines[2]).toContain('Quelle: Not among the choices')
    expect(lines).toHaveLength(4)

    // Everything that was made goes again.
    await page.getByRole('button', { name: 'Undo the import' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('heading', { name: 'The import was taken back' }).waitFor()
    const left = await crm.call<{ items: unknown[] }>('crm.item.list', {
      entityTypeId: 3,
      filter: { lastName: 'Müller' },
    })
    expect(left.items).toEqual([])
  })

  it('updates what is there by its phone, and adds the rest', async () => {
    await crm.call('crm.contact.add', {
      fields: { NAME: 'Ann', LAST_NAME: 'Old', PHONE: [{ VALUE: '+1 555 010 0100', VALUE_TYPE: 'WORK' }] },
    })
    const page = await crm.open('/crm/contact/import/')
    const csv = 'First name,Last name,Phone,E-mail\nAnn,New,+15550100100,ann@example.com\nBob,Fresh,+15550100101,\n'
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
    await page.getByRole('radio', { name: 'Update it' }).click()
    await start(page)
    expect(await count(page, 'added')).toBe('1')
    expect(await count(page, 'updated')).toBe('1')
    const ann = await crm.call<Record<string, unknown>[]>('crm.contact.list', {
      filter: { PHONE: '+1 555 010 0100' },
      select: ['ID', 'LAST_NAME', 'PHONE', 'EMAIL'],
    })
    expect(ann).toMatchObject([{ LAST_NAME: 'New', EMAIL: [{ VALUE: 'ann@example.com' }] }])
  })

  it('takes thousands of leads without a name of columns, into a stage, and can be halted and stopped', async () => {
    const page = await crm.open('/crm/lead/import/')
    const rows = Array.from({ length: 1500 }, (_each, index) => `Lead ${index};${index},50`)
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from(`titel;Betrag\n${rows.join('\n')}`) })
    await page.getByText('1,500 rows').first().waitFor()
    await page.getByRole('button', { name: 'Import 1,500 rows' }).click()
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByRole('heading', { name: 'Import is done' }).waitFor({ timeout: 80_000 })
    expect(await count(page, 'added')).toBe('1,500')
    const { groups } = await crm.call<{ groups: unknown }>('portico.item.totals', {
      entityTypeId: 1,
      sum: ['opportunity'],
    })
    expect(groups).toEqual([{ key: {}, count: 1500, sums: { opportunity: (1499 * 1500) / 2 + 750 } }])
    const log = await crm.call<{ groups: unknown }>('portico.item.totals', { entityTypeId: 1, groupBy: ['stageId'] })
    expect(log.groups).toMatchObject([{ count: 1500 }])
  }, 100_000)

  it('refuses what is no text, and tells people without the right so', async () => {
    const page = await crm.open('/crm/lead/import/')
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'x.xlsx', mimeType: 'application/zip', buffer: Buffer.from('PK\u0003\u0004') })
    await page.getByRole('alert').getByText('This is no text file').waitFor()
    await expectAccessible(page, '#content')
  })

  it('looks as it should', async () => {
    await screens(crm, 'import-file', '/crm/lead/import/', async (page) => {
      await page.getByRole('heading', { name: 'Drop a file here' }).waitFor()
    })
    await screens(crm, 'import-columns', '/crm/contact/import/', async (page) => {
      await page.locator('input[type=file]').setInputFiles(messy)
      await page.getByRole('region', { name: 'Preview' }).waitFor()
    })
  })
})
