import { describe, expect, it } from 'vitest'
import { cloning } from '../../support/cloning.ts'
import { comparePortals } from '../../support/compare-portals.ts'
import { chance, faults, faultyProxy } from '../../support/faulty-proxy.ts'
import { listening } from '../../support/listening.ts'
import { testPortal } from '../../support/portal.ts'
import { fillVaried } from '../../support/varied-portal.ts'

const source = await testPortal()
const { origin } = await listening(source)
const hookAt = (place: string): string => `${place}/rest/1/${source.code}/`
await fillVaried(source)

describe('with faults on the way', async () => {
  const target = await testPortal()

  it('comes over whole in one run that meets all of them', { timeout: 60_000 }, async () => {
    const proxy = await faultyProxy(origin, { seed: 1, rate: 0.3 })
    const report = await cloning(hookAt(proxy.origin), target)
    expect(faults.filter((fault) => !proxy.happened.has(fault))).toEqual([])
    expect(report).toMatchObject({ refused: 0, left: 0 })
    expect(await target.faults()).toEqual([])
    expect(await comparePortals(source, target)).toEqual([])
  })
})

it('goes on where it was ended, however often that happens', { timeout: 60_000 }, async () => {
  const target = await testPortal()
  const next = chance(3)
  let [ended, left] = [0, 0]
  let controller = new AbortController()
  // One and the same address each time: by that a portal is known again.
  const proxy = await faultyProxy(origin, {
    seed: 30,
    rate: 0.1,
    onRequest: () => {
      if (--left === 0) controller.abort()
    },
  })
  for (let isDone = false; !isDone;) {
    left = 40 + Math.floor(next() * 40)
    controller = new AbortController()
    isDone = await cloning(hookAt(proxy.origin), target, { signal: controller.signal }).then(
      () => true,
      (cause: unknown) => {
        // Ended from outside, as by Ctrl-C; any other end is a failure.
        if (!controller.signal.aborted) throw cause
        ended++
        return false
      },
    )
  }
  expect(ended).toBeGreaterThan(2)
  expect(await comparePortals(source, target)).toEqual([])
})
