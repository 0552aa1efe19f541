import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, describe, expect, it } from 'vitest'
import { chromiumPath } from '../../server/test/support/browser.ts'
import { expectAccessible, screens, webCrm } from './support/web-crm.ts'

describe.skipIf(chromiumPath === undefined)('web forms', async () => {
  const crm = await webCrm()
  // A form is not sent within two seconds: robots do that.
  const asPeopleDo = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2_100))

  /** A page of somebody else, on another origin. */
  const site = createServer((request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(
      `<h1>Our shop</h1><script async src="${crm.url}${request.headers['x-form'] ?? form}/embed.js"></script>`,
    )
  })
  let form = ''
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  afterAll(() => site.close())
  const shop = `http://127.0.0.1:${(site.address() as AddressInfo).port}`

  it('builds a form, opens it, and a stranger’s answer on another site becomes a lead', async () => {
    const page = await crm.open('/webforms/')
    await page.getByText('No forms yet').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'New form' }).click()
    await page.getByRole('dialog').getByLabel('Name').fill('Ask us')
    await page.getByRole('button', { name: 'Create the form' }).click()
    await page.waitForURL('**/webforms/*/')
    const preview = page.frameLocator('iframe')
    await preview.getByRole('heading', { name: 'Ask us' }).waitFor()
    await expectAccessible(page)

    await page.getByRole('button', { name: 'Comments', exact: true }).click()
    await page.getByRole('textbox', { name: 'Question' }).fill('What is it about?')
    await preview.getByLabel('What is it about?').waitFor()
    await page.getByRole('tab', { name: 'Words and look' }).click()
    await page.getByLabel('Button').fill('Send it')
    await preview.getByRole('button', { name: 'Send it' }).waitFor()
    await page.getByRole('tab', { name: 'Publish' }).click()
    await page.getByRole('button', { name: 'Open it', exact: true }).click()
    await page.getByText('All changes are saved').waitFor()
    const [made] = (await crm.call<{ forms: { path: string; active: string }[] }>('portico.form.list')).forms
    expect(made?.active).toBe('Y')
    form = String(made?.path)

    const stranger = await crm.browser.newContext({ ignoreHTTPSErrors: true })
    const visit = await stranger.newPage()
    await visit.goto(`${shop}/?utm_source=newsletter`)
    const frame = visit.frameLocator('iframe')
    await frame.getByLabel('First name').fill('Ada')
    await frame.getByLabel('E-mail').fill('ada@example.com')
    await asPeopleDo()
    await frame.getByRole('button', { name: 'Send it' }).click()
    await frame.getByText('Please check what is marked.').waitFor()
    expect(await frame.getByLabel('First name').inputValue()).toBe('Ada')
    await frame.getByLabel('I agree').check()
    await asPeopleDo()
    await frame.getByRole('button', { name: 'Send it' }).click()
    await frame.getByText('Thank you!').waitFor()
    // As high as its content, so that nothing scrolls inside of it.
    await expect.poll(() => visit.locator('iframe').evaluate(({ clientHeight }) => clientHeight)).toBeLessThan(400)
    await stranger.close()

    const { items } = await crm.call<{ items: object[] }>('crm.item.list', { entityTypeId: 1 })
    expect(items).toEqual([
      expect.objectContaining({ title: 'Ask us', name: 'Ada', utmSource: 'newsletter', sourceId: 'WEBFORM' }),
    ])

    await page.goto(`${crm.url}/webforms/`)
    await page.getByText('sent once').waitFor()
    await page.getByRole('switch', { name: 'Ask us takes answers' }).click()
    await expect
      .poll(async () => (await crm.call<{ forms: { active: string }[] }>('portico.form.list')).forms[0]?.active)
      .toBe('N')
    await page.context().close()
  })

  it('is for administrators', async () => {
    crm.expected.push(/403|400/)
    const page = await crm.open('/webforms/', { userId: await crm.employee('Eve') })
    await page.getByText('Forms are built by administrators').waitFor()
    await page.context().close()
  })

  it('looks well', async () => {
    const { form: made } = await crm.call<{ form: { id: number; path: string } }>('portico.form.add', {
      fields: {
        title: 'Order a sample of everything that we make, and of what we shall make next year',
        entityTypeId: 2,
        active: 'Y',
        definition: {
          heading: 'Order a sample',
          text: 'Tell us what you need. We answer within a working day.',
          fields: [
            { name: 'contact.name', required: true },
            { name: 'contact.phone' },
            { name: 'contact.email', required: true, hint: 'We never pass it on.' },
            { name: 'comments', placeholder: 'Sizes, colours, numbers' },
          ],
          consent: 'I agree that my data is used to answer me.',
        },
      },
    })
    await screens(crm, 'webforms', '/webforms/', (page) => page.getByText('Ask us', { exact: true }).waitFor())
    await screens(crm, 'webform-builder', `/webforms/${made.id}/`, (page) =>
      page.frameLocator('iframe').getByRole('heading', { name: 'Order a sample' }).waitFor(),
    )
    await screens(crm, 'webform', made.path, async (page) => {
      await page.getByRole('heading', { name: 'Order a sample' }).waitFor()
      await expectAccessible(page)
    })
  })
})
