import { expect, it } from 'vitest'
import type { Module } from '../../../src/modules/module.ts'
import { testPortal } from '../../support/portal.ts'

/** Leads named `slow` are written only when the test says so. */
let release = (): void => {}
const slow: Module = {
  name: 'test.slow',
  methods: [],
  hooks: {
    lead: {
      async complete({ draft }) {
        if (draft.values.get('title') === 'slow') await new Promise<void>((resolve) => (release = resolve))
      },
    },
  },
}
const portal = await testPortal({ modules: [slow], limits: { rate: null, operating: null, duration: 1 } })

it('answers a request that takes too long as a gateway does, and begins nothing more of it', async () => {
  const cmd = { a: 'crm.lead.add?fields[TITLE]=slow', b: 'crm.lead.add?fields[TITLE]=after' }
  const { status, body } = await portal.call('batch', { cmd })
  expect(status).toBe(504)
  expect(body).toEqual({
    error: 'ERROR_UNEXPECTED_ANSWER',
    error_description: 'Server returned an unexpected response',
  })
  // What was being written goes on, as everywhere behind a gateway: the answer is lost, and not the lead.
  release()
  const titles = async (): Promise<string[]> =>
    (await portal.call('crm.lead.list', { select: ['TITLE'] })).body.result.map(({ TITLE }: { TITLE: string }) => TITLE)
  await expect.poll(titles, { timeout: 10_000 }).toEqual(['slow'])
})

it('does not touch requests that end in time', async () => {
  expect((await portal.call('crm.lead.add', { fields: { TITLE: 'quick' } })).status).toBe(200)
})
