import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { chromiumPath } from '../../server/test/support/browser.ts'
import { expectAccessible, screens, webCrm } from './support/web-crm.ts'

/** What others could write to run in a reader's page; each with words that must still be read. */
const HOSTILE = [
  '[URL=javascript:globalThis.hacked=1]one[/URL]',
  '[URL=JaVa\tScRiPt:globalThis.hacked=1]two[/URL]',
  '[URL]data:text/html,<script>globalThis.hacked=1</script>three[/URL]',
  '[URL="https://example.com" onclick="globalThis.hacked=1"]four[/URL]',
  '[URL=https://example.com" onmouseover="globalThis.hacked=1]five[/URL]',
  '[IMG]x" onerror="globalThis.hacked=1[/IMG]six',
  '[IMG]javascript:globalThis.hacked=1[/IMG]seven',
  '[COLOR=red;background:url(javascript:globalThis.hacked=1)]eight[/COLOR]',
  '[COLOR=#fff" style="x]nine[/COLOR]',
  '[QUOTE][B][I][URL=vbscript:x]ten[/B][/QUOTE]',
  '[CODE]<img src=x onerror=globalThis.hacked=1>eleven[/CODE]',
  '[USER=1" onclick="globalThis.hacked=1]twelve[/USER]',
  '[EMAIL=javascript:globalThis.hacked=1]thirteen[/EMAIL]',
  `${'[B]'.repeat(500)}fourteen`,
  '[SPOILER=<svg/onload=globalThis.hacked=1>]fifteen[/SPOILER]',
  '&lt;script&gt;globalThis.hacked=1&lt;/script&gt;sixteen',
] as const
const WORDS = [
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
] as const

describe.skipIf(chromiumPath === undefined)('the timeline', async () => {
  const crm = await webCrm()
  let deal = 0
  const path = (): string => `/crm/deal/details/${deal}/`
  const stream = (page: Page) => page.getByRole('region', { name: 'Timeline' })
  const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString()

  beforeAll(async () => {
    const company = await crm.call<number>('crm.company.add', {
      fields: {
        TITLE: 'Engines Ltd',
        EMAIL: [{ VALUE: 'ada@example.com', VALUE_TYPE: 'WORK' }],
        PHONE: [{ VALUE: '+49 30 1234', VALUE_TYPE: 'WORK' }],
      },
    })
    deal = await crm.call<number>('crm.deal.add', { fields: { TITLE: 'Ten engines', COMPANY_ID: company } })
  })

  it('takes a comment with markup and a mention, keeps a draft, and lets it be changed and deleted', async () => {
    const page = await crm.open(path())
    await stream(page).getByRole('button', { name: 'Write a comment' }).click()
    const editor = stream(page).getByRole('textbox', { name: 'Comment' })
    await editor.fill('Half a thought')
    await page.reload()
    await expect.poll(() => stream(page).getByRole('textbox', { name: 'Comment' }).inputValue()).toBe('Half a thought')
    await editor.fill('')
    await editor.pressSequentially('The offer is ')
    await editor.press('Control+b')
    await editor.pressSequentially('firm')
    await editor.press('End')
    await editor.pressSequentially(', @adm')
    await stream(page).getByRole('option').first().waitFor()
    await editor.press('Enter')
    await stream(page).getByRole('button', { name: 'Preview' }).click()
    await stream(page).locator('.bb-text strong', { hasText: 'firm' }).waitFor()
    await stream(page).getByRole('button', { name: 'Preview' }).click()
    await editor.press('Control+Enter')
    await stream(page).locator('article, li').locator('strong', { hasText: 'firm' }).waitFor()
    const [written] = await crm.call<{ ID: string; COMMENT: string }[]>('crm.timeline.comment.list', {
      filter: { ENTITY_TYPE: 'deal', ENTITY_ID: deal },
    })
    expect(written?.COMMENT).toMatch(/^The offer is \[B\]firm\[\/B\], \[USER=1\].+\[\/USER\]$/)

    const entry = stream(page).getByRole('listitem').filter({ hasText: 'The offer is' })
    await entry.getByRole('button', { name: /^More for/ }).click()
    await page.getByRole('menuitem', { name: 'Edit', exact: true }).click()
    await stream(page).getByRole('textbox', { name: 'Edit the comment' }).fill('The offer stands')
    await stream(page).getByRole('button', { name: 'Save' }).click()
    const changed = stream(page).getByRole('listitem').filter({ hasText: 'The offer stands' })
    await changed.getByRole('button', { name: /^More for/ }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await expect.poll(() => changed.count()).toBe(0)
    await page.getByRole('button', { name: 'Undo' }).click()
    await changed.waitFor()
    expect(await crm.call('crm.timeline.comment.get', { id: written?.ID })).toMatchObject({
      COMMENT: 'The offer stands',
    })
    await page.context().close()
  })

  it('shows what strangers write as words, whatever they write', async () => {
    const lead = await crm.call<number>('crm.lead.add', { fields: { TITLE: 'Hostile' } })
    for (const COMMENT of HOSTILE)
      await crm.call('crm.timeline.comment.add', { fields: { ENTITY_TYPE: 'lead', ENTITY_ID: lead, COMMENT } })
    await crm.call('crm.activity.add', {
      fields: {
        OWNER_TYPE_ID: 1,
        OWNER_ID: lead,
        TYPE_ID: 4,
        SUBJECT: 'A letter',
        DIRECTION: 1,
        COMPLETED: 'Y',
        DESCRIPTION_TYPE: 3,
        DESCRIPTION:
          '<p>Dear <b>Ada</b></p><script>parent.hacked=1</script><img src="https://evil.example/t.gif" onerror="parent.hacked=1" alt="logo"><a href="javascript:parent.hacked=1">link</a><style>body{background:url(https://evil.example/x)}</style><iframe src="https://evil.example"></iframe><form action="https://evil.example"><input name="a"></form><div style="background:url(https://evil.example/y)" onclick="parent.hacked=1">end</div><svg onload="parent.hacked=1"></svg>',
        COMMUNICATIONS: [{ VALUE: 'eve@example.com' }],
      },
    })
    const page = await crm.open(`/crm/lead/details/${lead}/`)
    for (const word of WORDS) await stream(page).locator('.bb-text', { hasText: word }).first().waitFor()
    for (const link of await stream(page).locator('.bb-text a').all()) {
      expect(await link.getAttribute('href')).toMatch(/^(https?:|mailto:)/)
      expect(await link.getAttribute('rel')).toContain('noopener')
    }
    expect(
      await stream(page)
        .locator('.bb-text :is(script, img, iframe, svg, object, [onclick], [onerror], [onmouseover])')
        .count(),
    ).toBe(0)
    await stream(page).getByRole('button', { name: 'Show the e-mail' }).click()
    const letter = page.frameLocator('iframe[title="A letter"]')
    await letter.getByText('Dear Ada').waitFor()
    await letter.getByText('end').waitFor()
    expect(await letter.locator('script, img, iframe, form, input, svg, [onclick], [href^="javascript"]').count()).toBe(
      0,
    )
    await stream(page).getByText('One picture from another server was left out.').waitFor()
    await page.locator('.bb-text').first().click()
    expect(await page.evaluate(() => (globalThis as { hacked?: number }).hacked)).toBeUndefined()
    await page.context().close()
  })

  it('plans a to-do, moves it, ticks it off and takes that back', async () => {
    // Another try finds what the one before it has left.
    const title = `Send the offer ${Date.now()}`
    const page = await crm.open(path())
    await stream(page).getByRole('tab', { name: 'To-do' }).click()
    await stream(page).getByRole('textbox', { name: 'What is to be done?' }).fill(title)
    await stream(page).getByRole('button', { name: 'In an hour' }).click()
    await stream(page).getByRole('button', { name: 'Add to-do' }).click()
    const planned = stream(page).getByRole('region', { name: 'Planned' })
    const todo = planned.getByRole('article', { name: title })
    await todo.waitFor()
    const rows = () =>
      crm.call<{ ID: string; DEADLINE: string; COMPLETED: string; SUBJECT: string }[]>('crm.activity.list', {
        filter: { OWNER_TYPE_ID: 2, OWNER_ID: deal, PROVIDER_ID: 'CRM_TODO', SUBJECT: title },
      })
    const before = new Date((await rows())[0]?.DEADLINE ?? '').getTime()
    expect(before).toBeGreaterThan(Date.now() + 30 * 60_000)
    await todo.getByRole('button', { name: /^Deadline:/ }).click()
    await page.getByRole('menuitem', { name: 'In a week' }).click()
    await expect
      .poll(async () => new Date((await rows())[0]?.DEADLINE ?? '').getTime())
      .toBeGreaterThan(before + 5 * 86_400_000)
    await todo.getByRole('button', { name: `Mark “${title}” as done` }).click()
    await expect.poll(async () => (await rows())[0]?.COMPLETED).toBe('Y')
    await expect.poll(() => todo.count()).toBe(0)
    const said = page.getByRole('alert').or(page.getByRole('status')).or(page.getByRole('listitem'))
    await said
      .filter({ hasText: `Done: ${title}` })
      .getByRole('button', { name: 'Undo' })
      .click()
    await todo.waitFor()
    expect((await rows())[0]?.COMPLETED).toBe('N')
    await page.context().close()
  })

  it('says what is overdue, logs a call, and keeps a letter where nothing can be sent', async () => {
    await crm.call('crm.activity.todo.add', {
      ownerTypeId: 2,
      ownerId: deal,
      deadline: inHours(-30),
      title: 'Long ago',
    })
    const page = await crm.open(path())
    await stream(page).getByRole('article', { name: 'Long ago' }).getByText('overdue').waitFor()
    await stream(page).getByRole('tab', { name: 'Call' }).click()
    const phone = stream(page).getByRole('combobox', { name: 'Phone' }).or(stream(page).getByLabel('Phone').last())
    await expect.poll(() => phone.first().inputValue(), { timeout: 10_000 }).toBe('+49 30 1234')
    await stream(page).getByRole('textbox', { name: 'What was said?' }).fill('She will [B]decide[/B]')
    await stream(page).getByRole('button', { name: 'Log call' }).click()
    await stream(page).getByText('Outgoing call: Engines Ltd').first().waitFor()
    await stream(page).getByRole('tab', { name: 'E-mail' }).click()
    await stream(page).getByText('E-mails can’t be sent from here yet').waitFor()
    await stream(page).getByRole('textbox', { name: 'Subject' }).fill('Our offer')
    await stream(page).getByRole('textbox', { name: 'Write your e-mail…' }).fill('Dear [B]Ada[/B] <3')
    await stream(page).getByRole('button', { name: 'Keep without sending' }).click()
    await stream(page).getByText('Our offer').first().waitFor()
    const [letter] = await crm.call<Record<string, string>[]>('crm.activity.list', {
      filter: { TYPE_ID: 4, OWNER_TYPE_ID: 2, OWNER_ID: deal },
      select: ['*', 'COMMUNICATIONS'],
    })
    expect(letter).toMatchObject({
      COMPLETED: 'Y',
      DESCRIPTION: 'Dear <b>Ada</b> &lt;3',
      COMMUNICATIONS: [{ VALUE: 'ada@example.com' }],
    })
    const [logged] = await crm.call<Record<string, unknown>[]>('crm.activity.list', {
      filter: { TYPE_ID: 2, OWNER_TYPE_ID: 2, OWNER_ID: deal },
    })
    expect(logged).toMatchObject({ COMPLETED: 'Y', SETTINGS: { CALL_RESULT: 'reached' } })
    await stream(page).getByRole('button', { name: 'Calls', exact: true }).click()
    await page.waitForURL('**show=calls**')
    await expect.poll(() => stream(page).getByText('Our offer').count()).toBe(0)
    await page.context().close()
  })

  it('shows at once what somebody else writes, and who has changed what', async () => {
    const ben = await crm.employee('Ben')
    const page = await crm.open(path())
    await stream(page).getByText('Created').first().waitFor()
    const other = await crm.open(path(), { userId: ben })
    await stream(other).getByRole('button', { name: 'Write a comment' }).click()
    await stream(other).getByRole('textbox', { name: 'Comment' }).fill('Ben was here')
    await stream(other).getByRole('textbox', { name: 'Comment' }).press('Control+Enter')
    await stream(page).getByText('Ben was here').waitFor()
    await other.context().close()
    await crm.call('crm.item.update', {
      entityTypeId: 2,
      id: deal,
      fields: { title: 'Twelve engines', opportunity: 1200 },
    })
    await stream(page).getByText('Twelve engines').first().waitFor()
    await page.getByRole('tab', { name: 'History' }).click()
    const row = page.getByRole('row').filter({ hasText: 'Twelve engines' })
    await row.getByText('Ten engines').waitFor()
    await expectAccessible(page)
    await page.context().close()
  })

  it('is accessible, and looks well', async () => {
    const settle = async (page: Page): Promise<void> => {
      await stream(page).getByText('Created').first().waitFor()
      await stream(page).getByRole('tab', { name: 'To-do' }).click()
      await stream(page).getByRole('textbox', { name: 'What is to be done?' }).waitFor()
    }
    const page = await crm.open(path())
    await settle(page)
    await expectAccessible(page)
    await stream(page).getByRole('tab', { name: 'Comment' }).click()
    await stream(page).getByRole('button', { name: 'Write a comment' }).click()
    await stream(page).getByRole('toolbar').waitFor()
    await expectAccessible(page)
    await page.context().close()
    await screens(crm, 'timeline', path(), settle)
  })
})
