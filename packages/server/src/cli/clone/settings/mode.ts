import type { Step } from '../step.ts'
import { numberOf } from '../values.ts'

const name = 'mode'

/** Whether the CRM works with leads. A portal that has been in use keeps to its own way. */
export const mode: Step = {
  name,
  count: () => Promise.resolve(1),
  async run({ source, state, target, page, tick }) {
    if (state.isDone(name)) return
    const value = numberOf(await source.call('crm.settings.mode.get'))
    await page({ step: name, cursor: '', done: true, caches: ['settings'] }, async ({ tx, count }) => {
      const known = await target.portal.settings.get(tx, 'crm.mode')
      const wanted = value === undefined || !state.keepsIds ? known : String(value)
      if (wanted !== undefined && wanted !== known) await target.portal.settings.set(tx, 'crm.mode', wanted)
      count(wanted === known ? 'same' : 'changed')
    })
    tick(1)
  },
}
