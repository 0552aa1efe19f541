import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { chromiumPath } from '../../server/test/support/browser.ts'
import { webCrm } from './support/web-crm.ts'

/** Bytes of script, compressed, until the first page can be used. */
const MOST = 300_000

describe.skipIf(chromiumPath === undefined)('the first load', async () => {
  const crm = await webCrm()
  // The page to begin with is data, and browsers look for a picture beside it.
  crm.expected.push(/favicon/)
  await crm.call('crm.lead.add', { fields: { TITLE: 'Bulk order, 400 units' } })

  it.each(['/crm/lead/kanban/', '/crm/lead/list/'])('of %s stays small', async (path) => {
    const page = await crm.open('/session')
    const scripts = new Map<string, Promise<Buffer>>()
    let isCounting = true
    page.on('response', (response) => {
      const { pathname } = new URL(response.url())
      if (isCounting && pathname.endsWith('.js')) scripts.set(pathname, response.body())
    })
    await page.goto(crm.url + path)
    await page.getByText('Bulk order, 400 units').waitFor()
    isCounting = false
    const sizes = await Promise.all(
      [...scripts].map(async ([name, body]) => ({ name, size: gzipSync(await body).length })),
    )
    const total = sizes.reduce((sum, { size }) => sum + size, 0)
    const largest = sizes.sort((a, b) => b.size - a.size).slice(0, 8)
    expect({ total, largest, isSmall: total > 50_000 && total < MOST }).toMatchObject({ isSmall: true })
    await page.context().close()
  })
})
