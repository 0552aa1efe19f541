import { beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath } from '../../server/test/support/browser.ts'
import { expectAccessible, screens, webCrm } from './support/web-crm.ts'

describe.skipIf(chromiumPath === undefined)('duplicates', async () => {
  const crm = await webCrm()
  const point = (typeId: string, value: string) => ({ typeId, valueType: 'WORK', value })
  const add = async (entityTypeId: number, fields: object): Promise<number> =>
    (await crm.call<{ item: { id: number } }>('crm.item.add', { entityTypeId, fields })).item.id
  const ids: number[] = []
  let deal = 0

  beforeAll(async () => {
    ids.push(
      await add(3, { name: 'Maria', lastName: 'Lopez', post: 'CEO', fm: [point('PHONE', '+49 30 123456')] }),
      await add(3, {
        name: 'Maria',
        lastName: 'Lopez',
        post: 'Head of purchasing',
        fm: [point('PHONE', '+4930123456'), point('EMAIL', 'maria@example.com')],
      }),
    )
    deal = await add(2, { title: 'Big order', contactIds: [ids[1]] })
    await crm.call('crm.timeline.comment.add', {
      fields: { ENTITY_TYPE: 'contact', ENTITY_ID: ids[1], COMMENT: 'Wants a call' },
    })
  })

  it('are seen while somebody writes down a client', async () => {
    const page = await crm.open('/crm/contact/details/0/')
    const name = (which: string) => page.getByRole('textbox', { name: new RegExp(`^${which} name`) })
    // The first field may open its list by itself.
    await expect
      .poll(
        async () => {
          await page.keyboard.press('Escape')
          await name('First')
            .fill('Maria', { timeout: 2_000 })
            .catch(() => {})
          return name('First')
            .inputValue({ timeout: 2_000 })
            .catch(() => '')
        },
        { timeout: 15_000 },
      )
      .toBe('Maria')
    await name('Last').fill('Lopez')
    const hint = page.getByRole('region', { name: 'There are 2 that it may be' })
    await hint.getByRole('link', { name: 'Maria Lopez' }).first().waitFor()
    await hint.getByText('same name').first().waitFor()
    await expectAccessible(page)
    await hint.getByRole('button', { name: 'It is somebody else' }).click()
    await expect.poll(() => hint.count()).toBe(0)
    await page.context().close()
  })

  it('are listed by what they have in common', async () => {
    const page = await crm.open('/crm/contact/duplicates/')
    await page.getByRole('heading', { name: '+4930123456' }).waitFor()
    await expectAccessible(page)
    await page.getByRole('tab', { name: 'Same name' }).click()
    await page.getByRole('heading', { name: 'maria lopez' }).waitFor()
    await page.getByRole('tab', { name: 'Same e-mail' }).click()
    await page.getByText('No two records have the same e-mail address.').waitFor()
    await page.context().close()
    await screens(crm, 'duplicates', '/crm/contact/duplicates/', (shown) =>
      shown.getByRole('heading', { name: '+4930123456' }).waitFor(),
    )
    await screens(crm, 'merge', `/crm/contact/merge/?ids=${ids.join(',')}`, (shown) =>
      shown.getByRole('region', { name: 'Records side by side' }).waitFor(),
    )
  })

  it('become one record, with the values that were chosen and all that belongs to them', async () => {
    const page = await crm.open('/crm/contact/duplicates/')
    await page.getByRole('link', { name: 'Merge 2' }).click()
    const table = page.getByRole('region', { name: 'Records side by side' })
    await table.getByText('differs').first().waitFor()
    await page.getByText('In one field they say different things').waitFor()
    await expectAccessible(page)
    await table
      .getByRole('row', { name: /^Position/ })
      .getByRole('radio')
      .nth(1)
      .check()
    await page.getByRole('button', { name: 'Merge', exact: true }).click()
    const question = page.getByRole('dialog').or(page.getByRole('alertdialog'))
    await question.getByText(/one comment, Deals: 1/).waitFor()
    await question.getByRole('button', { name: 'Merge', exact: true }).click()
    await page.waitForURL(`**/crm/contact/details/${ids[0]}/`)
    const { item } = await crm.call<{ item: Record<string, unknown> }>('crm.item.get', { entityTypeId: 3, id: ids[0] })
    expect(item).toMatchObject({ name: 'Maria', post: 'Head of purchasing' })
    expect((item.fm as { value: string }[]).map(({ value }) => value)).toEqual(['+49 30 123456', 'maria@example.com'])
    const order = await crm.call<{ item: { contactIds: number[] } }>('crm.item.get', { entityTypeId: 2, id: deal })
    expect(order.item.contactIds).toEqual([ids[0]])
    await page.getByText('Wants a call').first().waitFor()
    await page.context().close()
  })
})
