import type { Locator, Page } from 'playwright-core'
import { entityTable } from '../../../server/src/store/entity-table.ts'
import { sql } from '../../../server/src/store/sql.ts'
import type { WebCrm } from './web-crm.ts'

export const column = (page: Page, stageId: string): Locator => page.locator(`.board-column[data-drop="${stageId}"]`)
export const card = (page: Page, title: string): Locator =>
  page.locator('[data-card]').filter({ hasText: title }).first()
export const cardIn = (page: Page, stageId: string, title: string): Locator =>
  column(page, stageId).locator('[data-card]').filter({ hasText: title })
/** Titles from the top of a column, as far as they are drawn. */
export const titles = (page: Page, stageId: string): Promise<string[]> =>
  column(page, stageId).locator('.board-card-title').allInnerTexts()
export const count = async (page: Page, stageId: string): Promise<string> =>
  column(page, stageId).locator('[data-count]').innerText()
export const sum = async (page: Page, stageId: string): Promise<string> =>
  column(page, stageId).locator('[data-sum]').innerText()

/** Carries a card by mouse, and lets go over what `target` is. */
export async function drag(page: Page, from: Locator, target: () => Locator, whileHeld?: () => Promise<void>) {
  const start = await from.boundingBox()
  if (start === null) throw new Error('the card is not to be seen')
  const [x, y] = [start.x + start.width / 2, start.y + start.height - 12]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 8, y + 8, { steps: 3 })
  await page.locator('.board-ghost').waitFor()
  const end = await target().boundingBox()
  if (end === null) throw new Error('there is no such place')
  await page.mouse.move(end.x + end.width / 2, end.y + Math.min(end.height / 2, 300), { steps: 12 })
  await target().and(page.locator('.is-over')).waitFor()
  await whileHeld?.()
  await page.mouse.up()
}

/** A great many leads, written as the store writes them, without a word to anybody. */
export async function manyLeads(crm: WebCrm, many: number, stages: readonly string[]): Promise<void> {
  const like = Number(
    await crm.call('crm.lead.add', { fields: { TITLE: 'Lead 0', OPPORTUNITY: 100, STATUS_ID: stages[0] } }),
  )
  const { portal } = crm
  const session = portal.store.session()
  const entity = await portal.entities.find(session, 1)
  if (entity === undefined) throw new Error('there are no leads')
  const table = entityTable(entity)
  await session.transaction(async (tx) => {
    const [row] = await tx.find<Record<string, string | number | null>>(sql`select * from crm_lead where id = ${like}`)
    const moved = Number(row?.[entity.columnOf('movedTime')])
    for (let n = 1; n < many; n++)
      tx.insert(table, {
        ...row,
        id: await tx.nextId(table),
        title: `Lead ${n}`,
        [entity.columnOf('stageId')]: stages[n % stages.length] ?? 'NEW',
        [entity.columnOf('movedTime')]: moved - n,
      })
    tx.count(entity.table, many - 1)
  })
  await session.settled()
}
