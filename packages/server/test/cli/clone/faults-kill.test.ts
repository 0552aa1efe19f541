import { once } from 'node:events'
import { expect, it } from 'vitest'
import { commandLine } from '../../support/command-line.ts'
import { comparePortals } from '../../support/compare-portals.ts'
import { chance, faultyProxy } from '../../support/faulty-proxy.ts'
import { listening } from '../../support/listening.ts'
import { placeOf, testPortal } from '../../support/portal.ts'
import { fillVaried } from '../../support/varied-portal.ts'

it('is whole after its process was killed again and again', { timeout: 120_000 }, async () => {
  const source = await testPortal()
  const target = await testPortal()
  const { origin } = await listening(source)
  await fillVaried(source)
  const { portico, start } = commandLine()
  const next = chance(7)
  let left = 0
  let kill: () => void = () => {}
  // One and the same address each time: by that a portal is known again.
  const proxy = await faultyProxy(origin, {
    seed: 1,
    rate: 0,
    onRequest: () => {
      if (--left === 0) kill()
    },
  })
  const line = ['clone', `${proxy.origin}/rest/1/${source.code}/`, ...placeOf(target)]
  for (const span of [20, 60, 60]) {
    left = 15 + Math.floor(next() * span)
    const child = await start(line)
    kill = () => child.kill('SIGKILL')
    await once(child, 'exit')
    expect(child.signalCode).toBe('SIGKILL')
  }
  const { code, out, err } = await portico(line)
  expect({ code, out, err }).toMatchObject({ code: 0 })
  expect(await comparePortals(source, target)).toEqual([])
})
