import { hashPassword } from '../auth/password.ts'
import type { Portal } from '../records/context.ts'
import type { Session, Transaction } from '../store/store.ts'
import { sql } from '../store/sql.ts'
import {
  category,
  currency,
  currencyLocalization,
  role,
  roleAccess,
  rolePermission,
  setting,
  status,
  user,
} from '../store/tables.ts'
import { localizationRow } from './crm/currency-rows.ts'
import { currencies } from './crm/defaults/currencies.ts'
import { directories, invoiceStages } from './crm/defaults/directories.ts'
import type { StatusDefault } from './crm/defaults/stages.ts'
import type { Module } from './module.ts'

/** The first person of a portal, with a password or with what is stored of one. */
export type Administrator = { readonly email: string } & (
  { readonly password: string } | { readonly storedPassword: string }
)

/** Writes the entries of a directory. */
export async function insertStatuses(
  tx: Transaction,
  entityId: string,
  items: readonly StatusDefault[],
  categoryId: number | null,
): Promise<void> {
  for (const item of items)
    tx.insert(status, {
      id: await tx.nextId(status),
      entity_id: entityId,
      status_id: item.statusId,
      name: item.name,
      name_init: item.system === true ? item.name : '',
      sort: item.sort,
      system: item.system === true ? 'Y' : 'N',
      category_id: categoryId,
      color: item.color ?? '',
      semantics: item.semantics ?? null,
    })
}

/** The setting that says that a module has written what it begins with. */
export const preparedMark = (module: string): string => `prepared.${module}`

/** Lets every module that the portal hasn't met yet write what it begins with. */
export async function prepareModules(portal: Portal, session: Session, modules: readonly Module[]): Promise<void> {
  for (const module of modules) {
    const mark = preparedMark(module.name)
    if (module.prepare === undefined || (await portal.settings.get(session, mark)) !== undefined) continue
    await portal.caches.changing(session, ['settings'], async (tx) => {
      // Another server may have been here meanwhile.
      const [done] = await tx.find<{ value: string }>(sql`select value from setting where name = ${mark}`)
      if (done !== undefined) return
      await module.prepare?.(tx, portal)
      tx.insert(setting, { name: mark, value: 'Y' })
    })
    await session.settled()
    portal.caches.drop()
  }
}

/** A new portal gets its directories, currencies, the first person and a role for everyone. Answers false if it has them. */
export async function prepare(portal: Portal, session: Session, administrator: Administrator): Promise<boolean> {
  const [known] = await session.find<{ id: number }>(sql`select id from portal_user where id = 1`)
  if (known !== undefined) return false
  const password =
    'storedPassword' in administrator ? administrator.storedPassword : await hashPassword(administrator.password)
  const now = Math.floor(portal.sources.now())
  await session.transaction(async (tx) => {
    const adminId = await tx.nextId(user)
    tx.insert(user, {
      id: adminId,
      active: 'Y',
      email: administrator.email,
      login: administrator.email,
      name: 'Portal',
      last_name: 'Administrator',
      is_admin: 'Y',
      password,
      date_register: now,
      timestamp_x: now,
      uf_department: '[1]',
      user_type: 'employee',
      time_zone: '',
    })
    for (const directory of directories) await insertStatuses(tx, directory.entityId, directory.items, null)
    const invoices = await tx.nextId(category)
    tx.insert(category, {
      id: invoices,
      entity_type_id: 31,
      name: 'General',
      sort: 500,
      is_default: 'Y',
      is_system: 'N',
      code: '',
      created_by: adminId,
      created: now,
    })
    const stages = invoiceStages(invoices)
    await insertStatuses(tx, stages.entityId, stages.items, invoices)
    for (const each of currencies) {
      tx.insert(currency, {
        currency: each.currency,
        base: each.base ? 'Y' : 'N',
        amount_cnt: each.amountCnt,
        amount: each.amount,
        sort: each.sort,
        date_update: now,
        current_base_rate: each.amount,
        created_by: adminId,
        modified_by: adminId,
        date_create: now,
      })
      for (const [lang, local] of Object.entries(each.lang))
        tx.insert(currencyLocalization, localizationRow(each.currency, lang, local))
    }
    const everyone = await tx.nextId(role)
    tx.insert(role, { id: everyone, name: 'Everyone' })
    tx.insert(roleAccess, { role_id: everyone, code: 'AU' })
    for (const action of ['read', 'add', 'update', 'delete', 'import', 'export'])
      tx.insert(rolePermission, { role_id: everyone, entity: '*', action, level: 'all' })
    tx.insert(setting, { name: 'crm.mode', value: '1' })
    tx.insert(setting, { name: 'link.key', value: portal.sources.token(48) })
  })
  await session.settled()
  portal.caches.drop()
  return true
}
