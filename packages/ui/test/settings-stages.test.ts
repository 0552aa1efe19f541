import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../../server/test/support/browser.ts'
import { expectAccessible, webCrm } from './support/web-crm.ts'

interface Stage {
  readonly STATUS_ID: string
  readonly NAME: string
  readonly COLOR: string
  readonly SEMANTICS: string | null
}

describe.skipIf(chromiumPath === undefined)('the settings of stages', async () => {
  const crm = await webCrm()
  const stagesOf = async (directory: string): Promise<Stage[]> =>
    crm.call('crm.status.list', { order: { SORT: 'ASC' }, filter: { ENTITY_ID: directory } })
  const inProgress = async (directory: string): Promise<string[]> =>
    (await stagesOf(directory)).filter(({ SEMANTICS }) => SEMANTICS === null).map(({ NAME }) => NAME)

  it('adds, renames, colours and orders stages where they stand', async () => {
    const page = await crm.open('/settings/stages/lead/')
    const progress = page.locator('section', { has: page.getByRole('heading', { name: 'In progress' }) })
    await progress.getByRole('button', { name: 'Add a stage' }).click()
    await page.getByRole('textbox', { name: 'Name of the new stage' }).fill('Demo shown')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await expect.poll(() => inProgress('STATUS')).toContain('Demo shown')
    await progress.getByRole('textbox', { name: 'Name of the stage Demo shown' }).fill('Demo')
    await page.keyboard.press('Enter')
    await expect.poll(() => inProgress('STATUS')).toContain('Demo')
    await page.getByRole('button', { name: 'Colour of Demo', exact: true }).click()
    await page.getByRole('button', { name: '#F1608E' }).click()
    await expect.poll(async () => (await stagesOf('STATUS')).find(({ NAME }) => NAME === 'Demo')?.COLOR).toBe('#F1608E')
    await page.keyboard.press('Escape')
    const before = await inProgress('STATUS')
    await progress.getByRole('button', { name: 'Move Demo' }).press('ArrowUp')
    const after = [...before.slice(0, -2), 'Demo', ...before.slice(-2, -1)]
    await expect.poll(() => inProgress('STATUS')).toEqual(after)
    // The handle keeps the focus, so that it goes on.
    await page.keyboard.press('ArrowUp')
    await expect.poll(async () => (await inProgress('STATUS')).indexOf('Demo')).toBe(before.length - 3)
    // Ends come after everything that goes on.
    expect((await stagesOf('STATUS')).at(-1)?.SEMANTICS).toBe('F')
    await expectAccessible(page)
  })

  it('takes a name back that was left empty, with a word beside it', async () => {
    const page = await crm.open('/settings/stages/lead/')
    const [first = ''] = await inProgress('STATUS')
    const field = page.getByRole('textbox', { name: `Name of the stage ${first}` })
    await field.fill('')
    await field.blur()
    await page.getByText('A name is needed').waitFor()
    await field.press('Escape')
    expect(await field.inputValue()).toBe(first)
    expect((await inProgress('STATUS'))[0]).toBe(first)
  })

  it('moves the records of a stage to another one before it goes', async () => {
    await crm.call('crm.status.add', {
      fields: { ENTITY_ID: 'STATUS', STATUS_ID: 'OLD', NAME: 'Old stage', SORT: 15, COLOR: '#39A8EF' },
    })
    const ids: number[] = []
    for (const TITLE of ['One', 'Two'])
      ids.push(await crm.call('crm.lead.add', { fields: { TITLE, STATUS_ID: 'OLD' } }))
    const page = await crm.open('/settings/stages/lead/')
    await page.getByRole('button', { name: 'Delete the stage Old stage' }).click()
    await page.getByText('2 records are in this stage').waitFor()
    await page.getByRole('button', { name: 'Move and delete the stage' }).click()
    await expect.poll(() => inProgress('STATUS')).not.toContain('Old stage')
    const [first] = await stagesOf('STATUS')
    for (const id of ids)
      expect((await crm.call<{ STATUS_ID: string }>('crm.lead.get', { id })).STATUS_ID).toBe(first?.STATUS_ID)
  })

  it('says which fields a stage needs', async () => {
    const page = await crm.open('/settings/stages/deal/')
    await page.getByRole('button', { name: /^Mandatory fields of Final invoice/ }).click()
    await page.getByRole('dialog').getByRole('searchbox').fill('Company')
    await page.getByRole('checkbox', { name: 'Company', exact: true }).check()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Mandatory fields of Final invoice: 1' }).waitFor()
    const { stages } = await crm.call<{ stages: { stageId: string; fields: string[] }[] }>(
      'portico.stage.required.list',
      { entityTypeId: 2 },
    )
    expect(stages).toEqual([expect.objectContaining({ stageId: 'FINAL_INVOICE', fields: ['companyId'] })])
  })

  it('makes a pipeline with stages of its own, renames it, and deletes it only while it is empty', async () => {
    const page = await crm.open('/settings/stages/deal/')
    await page.getByRole('button', { name: 'Add a pipeline' }).click()
    await page.keyboard.type('Partners')
    await page.keyboard.press('Enter')
    const name = page.getByRole('textbox', { name: 'Name of the pipeline' })
    await expect.poll(() => name.inputValue()).toBe('Partners')
    const id = Number(new URL(page.url()).searchParams.get('pipeline'))
    expect((await stagesOf(`DEAL_STAGE_${id}`)).length).toBeGreaterThan(2)
    await name.fill('Resellers')
    await name.press('Enter')
    await expect
      .poll(
        async () =>
          (await crm.call<{ category: { name: string } }>('crm.category.get', { entityTypeId: 2, id })).category.name,
      )
      .toBe('Resellers')
    const deal = await crm.call<number>('crm.deal.add', { fields: { TITLE: 'In it', CATEGORY_ID: id } })
    const remove = async (): Promise<void> => {
      await page.getByRole('button', { name: 'More about the pipeline Resellers' }).click()
      await page.getByRole('menuitem', { name: 'Delete the pipeline' }).click()
      await page.getByRole('button', { name: 'Delete', exact: true }).click()
    }
    await remove()
    await page.getByText('“Resellers” can’t be deleted').first().waitFor()
    await crm.call('crm.deal.delete', { id: deal })
    await remove()
    await expect
      .poll(async () => (await crm.call<{ categories: object[] }>('crm.category.list', { entityTypeId: 2 })).categories)
      .toHaveLength(1)
    crm.expected.push(/status of 400/)
  })

  it('tells somebody without the right kindly that they may not', async () => {
    const page = await crm.open('/settings/stages/lead/', { userId: await crm.employee('Petra') })
    await page.getByRole('heading', { name: 'This page is for administrators' }).waitFor()
    expect(await page.getByRole('textbox').count()).toBe(0)
    await expectAccessible(page)
  })
})
