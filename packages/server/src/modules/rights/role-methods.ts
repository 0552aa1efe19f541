import { ApiError, inStyle, itemStyle } from '../../methods/errors.ts'
import { argument, type Call, Listing, type Map, method, need, take } from '../../methods/method.ts'
import { audit } from '../../records/audit.ts'
import { NO_CATEGORY, type Permission, type Role } from '../../records/roles.ts'
import { sql } from '../../store/sql.ts'
import type { Transaction } from '../../store/store.ts'
import { role as roleTable, roleAccess, rolePermission, rolePlace } from '../../store/tables.ts'
import { accessOf, nameOf, permissionsOf } from './role-input.ts'

/* Roles, for the portal's administrators alone: whoever may write them may do everything. They need none themselves. */

const scope = 'crm'
const CACHES = ['roles']

const notFound = (): ApiError => new ApiError('NOT_FOUND', 400, 'Role not found')

const administering = <T>(call: Call, body: () => Promise<T>): Promise<T> =>
  inStyle(itemStyle, 'write', async () => {
    await call.portal.access.requireAdministrator(call)
    return body()
  })

async function find(call: Call, id: number): Promise<Role> {
  const found = (await call.portal.access.roles.all(call.session)).find((each) => each.id === id)
  if (found === undefined) throw notFound()
  return found
}

async function shown(call: Call, { id, name, access, permissions }: Role): Promise<object> {
  const numbers = new Map(
    (await call.portal.entities.everything(call.session)).map((each) => [each.name, each.entityTypeId]),
  )
  return {
    id,
    name,
    access,
    permissions: permissions.map(({ entity, action, level, category, stage }) => ({
      entity,
      entityTypeId: numbers.get(entity) ?? null,
      action,
      level,
      categoryId: category,
      stageId: stage,
    })),
  }
}

function writeAccess(tx: Transaction, id: number, codes: readonly string[]): void {
  for (const code of codes) tx.insert(roleAccess, { role_id: id, code })
}

function writePermissions(tx: Transaction, id: number, permissions: readonly Permission[]): void {
  for (const { entity, action, level, category, stage } of permissions) {
    const row = { role_id: id, entity, action, level }
    if (category === null && stage === null) tx.insert(rolePermission, row)
    else tx.insert(rolePlace, { ...row, category_id: category ?? NO_CATEGORY, stage_id: stage ?? '' })
  }
}

/** Holds the role until the end of the transaction: of two who change it, the second finds what the first has left. */
async function hold(tx: Transaction, id: number): Promise<void> {
  if ((await tx.change(sql`update crm_role set name = name where id = ${id}`)) === 0) throw notFound()
}

async function forget(tx: Transaction, id: number, what: 'access' | 'permissions'): Promise<void> {
  const tables = what === 'access' ? [roleAccess] : [rolePermission, rolePlace]
  for (const { name } of tables) await tx.change(sql`delete from ${sql.table(name)} where role_id = ${id}`)
}

/** What an act changed, for the audit log. */
const told = (
  name: string | undefined,
  access: readonly string[] | undefined,
  permissions: readonly Permission[] | undefined,
): Readonly<Record<string, unknown>> => ({
  ...(name === undefined ? {} : { name }),
  ...(access === undefined ? {} : { access }),
  ...(permissions === undefined
    ? {}
    : {
        permissions: permissions.map(({ entity, action, level, category, stage }) =>
          [entity, category, stage, action, level].filter((part) => part !== null).join(' '),
        ),
      }),
})

const read = async (call: Call, fields: Map) => {
  const given = (name: string): unknown => argument(fields, name)
  return {
    name: given('name') === undefined ? undefined : nameOf(given('name')),
    access: given('access') === undefined ? undefined : await accessOf(call, given('access')),
    permissions: given('permissions') === undefined ? undefined : await permissionsOf(call, given('permissions')),
  }
}

async function change(call: Call, id: number, fields: Map, type: 'ROLE_UPDATE' | 'ROLE_ASSIGN'): Promise<object> {
  await find(call, id)
  const { name, access, permissions } = await read(call, fields)
  await call.portal.caches.changing(call.session, CACHES, async (tx) => {
    await hold(tx, id)
    if (name !== undefined) await tx.change(sql`update crm_role set name = ${name} where id = ${id}`)
    if (access !== undefined) {
      await forget(tx, id, 'access')
      writeAccess(tx, id, access)
    }
    if (permissions !== undefined) {
      await forget(tx, id, 'permissions')
      writePermissions(tx, id, permissions)
    }
    await audit(call, tx, { type, module: 'crm', item: `role ${id}`, description: told(name, access, permissions) })
  })
  return { role: await shown(call, await find(call, id)) }
}

export const roleMethods = [
  method({
    name: 'portico.role.list',
    scope,
    params: {},
    run: (_none, call) =>
      administering(call, async () => {
        const roles = await call.portal.access.roles.all(call.session)
        const rows: object[] = []
        for (const role of roles) rows.push(await shown(call, role))
        return new Listing({ roles: rows }, rows.length)
      }),
  }),
  method({
    name: 'portico.role.get',
    scope,
    params: { id: need.id },
    run: ({ id }, call) => administering(call, async () => ({ role: await shown(call, await find(call, id)) })),
  }),
  method({
    name: 'portico.role.add',
    scope,
    params: { fields: need.map },
    run: ({ fields }, call) =>
      administering(call, async () => {
        const { name = nameOf(undefined), access = [], permissions = [] } = await read(call, fields)
        const id = await call.portal.caches.changing(call.session, CACHES, async (tx) => {
          const made = await tx.nextId(roleTable)
          tx.insert(roleTable, { id: made, name })
          writeAccess(tx, made, access)
          writePermissions(tx, made, permissions)
          const description = told(name, access, permissions)
          await audit(call, tx, { type: 'ROLE_ADD', module: 'crm', item: `role ${made}`, description })
          return made
        })
        return { role: await shown(call, await find(call, id)) }
      }),
  }),
  method({
    name: 'portico.role.update',
    scope,
    params: { id: need.id, fields: need.map },
    run: ({ id, fields }, call) => administering(call, () => change(call, id, fields, 'ROLE_UPDATE')),
  }),
  method({
    name: 'portico.role.assign',
    scope,
    params: { id: need.id, access: take.any },
    run: ({ id, access }, call) => administering(call, () => change(call, id, { access: access ?? [] }, 'ROLE_ASSIGN')),
  }),
  method({
    name: 'portico.role.delete',
    scope,
    params: { id: need.id },
    run: ({ id }, call) =>
      administering(call, async () => {
        const { name } = await find(call, id)
        await call.portal.caches.changing(call.session, CACHES, async (tx) => {
          await hold(tx, id)
          await forget(tx, id, 'access')
          await forget(tx, id, 'permissions')
          await tx.change(sql`delete from crm_role where id = ${id}`)
          await audit(call, tx, { type: 'ROLE_DELETE', module: 'crm', item: `role ${id}`, description: { name } })
        })
        return true
      }),
  }),
]
