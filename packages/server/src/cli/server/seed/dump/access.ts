import { literal, literally } from '../references.ts'
import type { Dumping } from './dumping.ts'
import { mapOf, type Row, textOf } from './look.ts'

const idOf = (row: Row): number => Number(row.ID)

/** Applications, without their secrets: a seed makes new ones. */
export function dumpApps(dumping: Dumping): void {
  for (const row of dumping.state.apps) {
    const name = dumping.names.give('apps', idOf(row), textOf(row.TITLE), 'app')
    const menu = mapOf(row.MENU)
    const fields = {
      TITLE: literal(textOf(row.TITLE)),
      ...(textOf(row.HANDLER) === '' ? {} : { HANDLER: row.HANDLER }),
      ...(textOf(row.INSTALL_URL) === '' ? {} : { INSTALL_URL: row.INSTALL_URL }),
      SCOPE: row.SCOPE,
      ...(row.SCRIPT_ONLY === true ? { SCRIPT_ONLY: 'Y' } : {}),
      ...(Object.keys(menu).length === 0 ? {} : { MENU: literally(menu) }),
    }
    dumping.add({ section: 'apps', entity: '', name, fields })
  }
}

/** Inbound webhooks, without their codes, which nobody knows: a seed makes new ones and tells them. */
export function dumpWebhooks(dumping: Dumping): void {
  for (const row of dumping.state.webhooks) {
    const name = dumping.names.give('webhooks', idOf(row), textOf(row.TITLE), 'webhook')
    const scope = row.SCOPE as string[]
    const user = dumping.user(row.USER_ID)
    const fields = {
      ...(user === 1 ? {} : { user }),
      ...(scope.includes('*') ? {} : { scope }),
      title: literal(textOf(row.TITLE)),
    }
    dumping.add({ section: 'webhooks', entity: '', name, fields })
  }
}

export function dumpOutbound(dumping: Dumping): void {
  for (const row of dumping.state.outbound) {
    const name = dumping.names.give('outbound', idOf(row), textOf(row.TITLE), 'outbound')
    const title = textOf(row.TITLE)
    const fields = { url: row.URL, events: row.EVENTS, ...(title === '' ? {} : { title: literal(title) }) }
    const later = row.ACTIVE === 'N' ? { active: 'N' } : undefined
    dumping.add({ section: 'outbound', entity: '', name, fields, later })
  }
}
