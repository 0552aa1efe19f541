import { execFile } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import { chromiumPath } from '../../server/test/support/browser.ts'
import { expectAccessible, webCrm } from './support/web-crm.ts'

const run = promisify(execFile)
/** Where Node finds the SDK. */
const scratch = join(import.meta.dirname, '../../../node_modules/.portico-snippets')

/** What comes by itself, on a machine that others work on, too. */
const SOON = { timeout: 15_000 }

describe.skipIf(chromiumPath === undefined)('the pages for developers', async () => {
  const crm = await webCrm()
  // What the portal refuses is seen in the browser's console, too.
  crm.expected.push(/status of 40\d/)
  mkdirSync(scratch, { recursive: true })
  afterAll(() => rmSync(scratch, { recursive: true, force: true }))
  const employee = await crm.employee('Tom')

  const environment = {
    ...process.env,
    CURL_CA_BUNDLE: String(crm.caPath),
    NODE_EXTRA_CA_CERTS: String(crm.caPath),
    NO_PROXY: '*',
  }
  const code = async (page: Page, label: string): Promise<string> => {
    await page.getByRole('group', { name: 'Language' }).getByRole('button', { name: label, exact: true }).click()
    return String(await page.getByRole('group', { name: label, exact: true }).textContent())
  }
  let hook = ''

  it('makes a webhook by hand, whose code is shown once and works at once', async () => {
    const page = await crm.open('/developer/webhooks/', { userId: employee })
    await page.getByText('No webhooks yet').waitFor()
    await expectAccessible(page, '#content')
    await page.keyboard.press('c')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('What it is for').fill('Shop')
    await dialog.getByRole('button', { name: 'None' }).click()
    await dialog.getByRole('button', { name: 'Make the webhook' }).click()
    await dialog.getByText('Choose at least one scope.').waitFor()
    await dialog.getByLabel('Search scopes').fill('names alone')
    await dialog.getByRole('checkbox', { name: /user_brief/ }).check()
    await dialog.getByLabel('Search scopes').fill('')
    await dialog.getByRole('checkbox', { name: /^crm / }).check()
    await dialog.getByText('2 chosen').waitFor()
    await dialog.getByRole('button', { name: 'Make the webhook' }).click()
    await dialog.getByText('The code is shown this once').waitFor()
    await expectAccessible(page, '[role="dialog"]')
    const command = String(await dialog.getByRole('group', { name: 'Try it' }).textContent())
    hook = /\/rest\/(\d+\/[a-z\d]{16})\//.exec(command)?.[1] ?? ''
    expect(hook).toMatch(new RegExp(`^${employee}/`))
    const { stdout } = await run('bash', ['-c', command], { env: environment })
    expect(JSON.parse(stdout)).toHaveProperty('result')
    await dialog.getByRole('button', { name: 'I have kept it' }).click()
    await page.getByText('Shop').waitFor()
    expect(await page.content()).not.toContain(hook.split('/')[1])
    await page.reload()
    await page.getByText('Used this minute').waitFor()
    const other = await crm.open('/developer/webhooks/', { userId: await crm.employee('Eve') })
    await other.getByText('No webhooks yet').waitFor()
    await page.getByRole('button', { name: 'Delete Shop' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await page.getByText('No webhooks yet').waitFor()
    await expect(run('bash', ['-c', command], { env: environment }).then((done) => done.stdout)).resolves.toContain(
      'INVALID_CREDENTIALS',
    )
  })

  it('finds a method, fills it in by form and as JSON, and runs it', async () => {
    const page = await crm.open('/developer/console/')
    await page.getByLabel('Search methods').fill('add lead')
    await page.getByRole('link', { name: /^crm\.lead\.add/ }).click()
    await page.getByRole('heading', { name: 'crm.lead.add' }).waitFor()
    await page.getByText('Changes data').waitFor()
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await page.getByRole('dialog').getByText('It changes real data of this portal.').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('This is required.').waitFor()
    await page.getByLabel('fields').fill('{"TITLE": "From the console"')
    await page.getByText(/This is no JSON yet: line 1/).waitFor()
    await page.getByLabel('fields').fill('{"TITLE": "From the console"}')
    await page.getByRole('button', { name: 'JSON', exact: true }).click()
    const editor = page.getByLabel('Parameters', { exact: true })
    expect(JSON.parse(await editor.inputValue())).toEqual({ fields: { TITLE: 'From the console' } })
    await editor.fill('{"fields": {"TITLE": "From the console", "OPPORTUNITY": 12.5}}')
    await page.getByRole('button', { name: 'Form', exact: true }).click()
    await expect.poll(() => page.getByLabel('fields').inputValue(), SOON).toContain('"OPPORTUNITY": 12.5')
    await page.waitForURL(/params=.*OPPORTUNITY/)
    await page.keyboard.press('Control+Enter')
    await page.getByRole('dialog').getByRole('button', { name: 'Run' }).click()
    const answer = page.getByRole('group', { name: 'Answer', exact: true })
    await answer.getByText('result').waitFor()
    const [lead] = await crm.call<{ ID: string; OPPORTUNITY: string }[]>('crm.lead.list', {
      filter: { TITLE: 'From the console' },
      select: ['ID', 'OPPORTUNITY'],
    })
    expect(lead?.OPPORTUNITY).toBe('12.50')
    await answer.getByText(String(lead?.ID), { exact: true }).waitFor()
    await page.getByText('Credential').waitFor()
    await expectAccessible(page, '#content')
    // The address is the call.
    const { search } = new URL(page.url())
    const again = await crm.open(`/developer/console/${search}`)
    await expect.poll(() => again.getByLabel('fields').inputValue(), SOON).toContain('From the console')
  })

  it('keeps what was called and what is liked at hand', async () => {
    const page = await crm.open('/developer/console/?method=crm.contact.list')
    await page.getByRole('button', { name: 'Keep among the favourites' }).click()
    await page.getByRole('heading', { name: 'Favourites' }).waitFor()
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await page.getByRole('heading', { name: 'Called here last' }).waitFor()
    await page.getByText(/rows in all|1 row in all|No rows/).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'Favourites' }).waitFor()
    expect(
      await crm.open('/developer/console/').then((other) => other.getByText('crm.contact.list').first().textContent()),
    ).toBe('crm.contact.list')
  })

  it('runs as a webhook with no more than its scopes, and shows what was refused', async () => {
    const { URL: address } = await crm.call<{ URL: string }>('portico.webhook.add', {
      title: 'Narrow',
      scope: ['user_brief'],
    })
    const page = await crm.open('/developer/console/?method=crm.lead.list')
    await page.getByRole('button', { name: 'A webhook' }).click()
    await page.getByLabel('Address of the webhook').fill('nonsense')
    await page.getByText('This is no address of a webhook').waitFor()
    await page.getByLabel('Address of the webhook').fill(address)
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await page.getByText('insufficient_scope', { exact: true }).first().waitFor()
    const shown = await code(page, 'cURL')
    expect(shown).toContain(new URL(address).pathname)
  })

  it('writes calls as code that runs as it is', async () => {
    const params = {
      filter: { '>ID': 0, TITLE: "It's “quoted”\n\\ $HOME `x`" },
      select: ['ID', 'TITLE'],
      order: { ID: 'DESC' },
    }
    const { ID, CODE } = await crm.call<{ ID: number; CODE: string }>('portico.webhook.add', {
      title: 'Code',
      scope: ['crm'],
    })
    expect(ID).toBeGreaterThan(0)
    const id = await crm.call<number>('crm.lead.add', { fields: { TITLE: params.filter.TITLE } })
    const page = await crm.open(
      `/developer/console/?method=crm.lead.list&params=${encodeURIComponent(JSON.stringify(params))}`,
    )
    await page.getByText('Put the code').waitFor()
    const curl = (await code(page, 'cURL')).replace('YOUR_CODE', CODE)
    const { stdout } = await run('bash', ['-c', curl], { env: environment })
    expect(JSON.parse(stdout)).toMatchObject({ result: [{ ID: String(id) }], total: 1 })
    const script = join(scratch, 'call.mjs')
    writeFileSync(script, (await code(page, 'b24jssdk')).replace('YOUR_CODE', CODE))
    const ran = await run('node', [script], { env: environment, timeout: 20_000 })
    expect(ran.stdout).toContain(`ID: '${id}'`)
    expect(await code(page, 'B24PhpSdk')).toContain(`'TITLE' => 'It\\'s “quoted”\n\\\\ $HOME \`x\`'`)
    expect(await code(page, 'b24pysdk')).toContain(`"TITLE": "It's “quoted”\\n\\\\ $HOME \`x\`"`)
    expect(await code(page, 'CRest')).toContain(`CRest::call('crm.lead.list', [`)
    expect(await code(page, 'portico')).toContain(`portico call crm.lead.list --params '{"filter":`)
  })

  it('shows a delivery that fails with its attempts, and sends it again', async () => {
    const page = await crm.open('/developer/outbound/')
    await page.getByRole('button', { name: 'New outbound webhook' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Make the webhook' }).click()
    await dialog.getByText('An address that begins with').waitFor()
    // Addresses of the server's own network are refused, so that this one fails.
    await dialog.getByLabel('Address that is called').fill('http://127.0.0.1:8181/hook')
    await dialog.getByLabel('Title').fill('Warehouse')
    await dialog.getByLabel('Search events').fill('lead')
    await dialog.getByRole('checkbox', { name: 'ONCRMLEADADD' }).check()
    await dialog.getByRole('button', { name: 'Make the webhook' }).click()
    await dialog.getByText('application_token', { exact: true }).waitFor()
    await expectAccessible(page, '[role="dialog"]')
    await dialog.getByRole('button', { name: 'I have kept it' }).click()
    await page.getByRole('heading', { name: 'Warehouse' }).waitFor()
    await crm.call('crm.lead.add', { fields: { TITLE: 'Heard by nobody' } })
    await page.getByRole('link', { name: 'Deliveries', exact: true }).click()
    await page.getByRole('button', { name: /ONCRMLEADADD/ }).click()
    await page.getByRole('heading', { name: 'ONCRMLEADADD' }).waitFor()
    const detail = page.getByRole('region', { name: /^Delivery \d+/ })
    await detail.getByText('Failed').waitFor()
    expect(await detail.getByRole('listitem').filter({ hasText: 'No answer' }).count()).toBe(1)
    await expectAccessible(page, '#content')
    await detail.getByRole('button', { name: 'Send again' }).click()
    await expect.poll(() => detail.getByRole('listitem').filter({ hasText: 'No answer' }).count(), SOON).toBe(2)
    await page.getByRole('button', { name: 'Send failed ones again' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Send failed ones again' }).click()
    await page.getByText('1 delivery is sent again', { exact: true }).waitFor()
    const [delivery] = await crm.call<{ ID: string }[]>('portico.delivery.list', { filter: { EVENT: 'ONCRMLEADADD' } })
    await expect
      .poll(async () => {
        const { ATTEMPTS_MADE } = await crm.call<{ ATTEMPTS_MADE: unknown[] }>('portico.delivery.get', {
          id: delivery?.ID,
        })
        return ATTEMPTS_MADE.length
      }, SOON)
      .toBe(3)
  })

  it('shows requests as they come, with their exact parameters and without secrets, once that is wanted', async () => {
    const page = await crm.open('/developer/log/?method=crm.contact')
    await page.getByText('Only who called what is kept').waitFor()
    await crm.call('crm.contact.list', { filter: { NAME: 'Before' } })
    await page.getByRole('button', { name: /crm\.contact\.list/ }).click()
    await page.getByText('was not kept').waitFor()
    await page.getByRole('button', { name: '15 min' }).click()
    await page.getByText('are kept for 15 more minutes').waitFor()
    await crm.call('crm.contact.add', {
      fields: { NAME: 'Ada', COMMENTS: 'call?password=hunter2', PASSWORD: 'hunter3' },
    })
    await page.getByRole('button', { name: /crm\.contact\.add/ }).click()
    const tree = page.getByRole('group', { name: 'Parameters', exact: true })
    await tree.getByText('"Ada"').waitFor()
    await tree.getByText('"call?password=***"').waitFor()
    await page.getByText('Program').waitFor()
    expect(await page.getByText('SQL statements', { exact: true }).locator('xpath=../dd').textContent()).toMatch(
      /^\d+$/,
    )
    await page
      .getByTitle(/^\d+ SQL statements$/)
      .first()
      .waitFor({ state: 'attached' })
    expect(await page.content()).not.toMatch(/hunter/)
    await expectAccessible(page, '#content')
    await page.getByRole('button', { name: 'cURL' }).click()
    await page.getByText('YOUR_CODE').waitFor()
    await page.getByLabel('Text', { exact: true }).fill('no such words')
    await page.getByText('No request fits the filter').waitFor()
    await page.getByLabel('Text', { exact: true }).fill('ada')
    await page.getByRole('button', { name: /crm\.contact\.add/ }).waitFor()
    await page.getByRole('link', { name: 'Run in the console' }).click()
    await expect.poll(() => page.getByLabel('fields').inputValue(), SOON).toContain('"Ada"')
    await page.goto(`${crm.url}/developer/log/`)
    await page.getByRole('button', { name: 'Stop and forget all' }).click()
    await page.getByText('Only who called what is kept').waitFor()
  })

  it('keeps the pages of administrators from others, who still have the console and webhooks', async () => {
    const page = await crm.open('/developer/log/', { userId: employee })
    await page.getByRole('heading', { name: 'For administrators' }).waitFor()
    await expectAccessible(page, '#content')
    await page.getByRole('link', { name: 'To the start' }).click()
    await page.getByRole('heading', { name: 'Where the API is' }).waitFor()
    expect(await page.getByRole('link', { name: 'Request log' }).count()).toBe(0)
    await page.getByRole('navigation', { name: 'Developer' }).getByRole('link', { name: 'API console' }).click()
    await page.getByRole('link', { name: 'user.current' }).click()
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await page.getByText('"Tom"').waitFor()
  })
})
