import { describe, it } from 'vitest'
import { card, column, manyLeads } from '/work/main/packages/ui/test/support/boards.ts'
import { webCrm } from '/work/main/packages/ui/test/support/web-crm.ts'
describe('perf', async () => {
  const crm = await webCrm()
  await manyLeads(crm, 10_000, ['NEW', 'IN_PROCESS', 'PROCESSED'])
  it('measures', async () => {
    const page = await crm.open('/account')
    for (let n = 0; n < 4; n++) {
      const api: string[] = []
      const on = async (r: any) => { if (r.url().includes('/rest/')) { const t = r.timing(); api.push(`${new URL(r.url()).pathname.split('/').pop()}:${Math.round(t.responseEnd)}`) } }
      page.on('requestfinished', on)
      await page.goto(crm.url + '/crm/lead/kanban/')
      await card(page, 'Lead 0').waitFor()
      const at = await page.evaluate(() => new Promise((r) => requestAnimationFrame(() => r(performance.now()))))
      const nav = await page.evaluate(() => { const [n] = performance.getEntriesByType('navigation') as any; return [n.responseEnd, n.domInteractive].map(Math.round) })
      console.log('open', n, Math.round(at as number), nav, api.join(' '))
      page.off('requestfinished', on)
    }
    // frames while dragging
    await page.evaluate(() => { const w = window as any; w.frames_ = []; let last = 0; const f = (t: number) => { if (last) w.frames_.push(t - last); last = t; requestAnimationFrame(f) }; requestAnimationFrame(f) })
    await page.waitForTimeout(1000)
    const idle = await page.evaluate(() => { const w = window as any; const f = w.frames_.splice(0); return [f.length, Math.max(...f), f.filter((d: number) => d > 25).length] })
    const box = (await card(page, 'Lead 0').boundingBox())!
    await page.mouse.move(box.x + 100, box.y + 80); await page.mouse.down(); await page.mouse.move(box.x + 130, box.y + 100, { steps: 4 })
    await page.evaluate(() => { (window as any).frames_.splice(0) })
    const t0 = Date.now()
    for (let n = 0; n < 180; n++) await page.mouse.move(300 + (n * 7) % 900, 200 + Math.sin(n / 9) * 150 + 200)
    const drag = await page.evaluate(() => { const w = window as any; const f = w.frames_.splice(0); return [f.length, Math.max(...f), f.filter((d: number) => d > 25).length] })
    console.log('idle', idle, 'drag', drag, Date.now() - t0)
    const to = (await column(page, 'PROCESSED').boundingBox())!
    await page.mouse.move(to.x + 100, to.y + 200, { steps: 5 })
    await page.evaluate(() => { (window as any).frames_.splice(0) })
    await page.mouse.up(); await page.waitForTimeout(700)
    console.log('drop', await page.evaluate(() => { const f = (window as any).frames_.splice(0); return [f.length, Math.max(...f), f.filter((d: number) => d > 25).length] }))
    const list = column(page, 'NEW').locator('[data-cards]')
    await page.evaluate(() => { (window as any).frames_.splice(0) })
    for (let n = 0; n < 60; n++) { await list.evaluate((e) => { e.scrollTop += 300 }); await page.waitForTimeout(16) }
    console.log('scroll', await page.evaluate(() => { const f = (window as any).frames_.splice(0); return [f.length, Math.max(...f), f.filter((d: number) => d > 25).length, f.filter((d: number) => d > 40).length] }))
  }, 60000)
})
