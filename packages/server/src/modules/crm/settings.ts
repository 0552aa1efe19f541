import { ApiError, inStyle, itemStyle } from '../../methods/errors.ts'
import { method, need } from '../../methods/method.ts'
import { administer } from '../../records/administration.ts'
import { CLASSIC_CRM, SIMPLE_CRM } from './defaults/enumerations.ts'

const NAME = 'crm.mode'

export default [
  method({
    name: 'crm.settings.mode.get',
    scope: 'crm',
    style: 'legacy',
    params: {},
    /** With leads (1) or without (2): api-reference/crm/crm-settings-mode-get.md. */
    run: async (_none, call) => Number((await call.portal.settings.get(call.session, NAME)) ?? CLASSIC_CRM),
  }),
  method({
    name: 'portico.settings.mode.set',
    scope: 'crm',
    params: { mode: need.integer },
    /** What the documented API can tell, but not change. Leads that are there stay as they are. */
    run: ({ mode }, call) =>
      inStyle(itemStyle, 'write', async () => {
        if (mode !== CLASSIC_CRM && mode !== SIMPLE_CRM)
          throw new ApiError('INVALID_ARG_VALUE', 400, "Parameter 'mode' must be 1 (with leads) or 2 (without leads)")
        await administer(call, ['settings'], (tx) => call.portal.settings.set(tx, NAME, String(mode)))
        return mode
      }),
  }),
]
