import { method } from '../../methods/method.ts'
import { CLASSIC_CRM } from './defaults/enumerations.ts'

export default [
  method({
    name: 'crm.settings.mode.get',
    scope: 'crm',
    style: 'legacy',
    params: {},
    /** With leads (1) or without (2): api-reference/crm/crm-settings-mode-get.md. */
    run: async (_none, call) => Number((await call.portal.settings.get(call.session, 'crm.mode')) ?? CLASSIC_CRM),
  }),
]
