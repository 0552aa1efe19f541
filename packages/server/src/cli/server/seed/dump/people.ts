import { person } from '../../../../modules/person.ts'
import { legacyWire } from '../../../../schema/wire.ts'
import { literal, literally } from '../references.ts'
import type { Dumping } from './dumping.ts'
import { userFieldsIn } from './item-value.ts'
import { isNothing, present, type Row, same, textOf } from './look.ts'

/** What of a profile is written: no numbers of files, and nothing that the portal knows itself. */
const PROFILE = person.fields
  .filter(
    ({ legacy, readOnly, kind, name }) =>
      legacy !== null && readOnly !== true && !kind.holdsFile && name !== 'ufDepartment',
  )
  .flatMap((field) => legacyWire.key(field) ?? [])
  .filter((key) => key !== 'ACTIVE')
const PICTURES = ['PERSONAL_PHOTO', 'WORK_LOGO']

const idOf = (row: Row): number => Number(row.ID ?? row.id)

/** Gives departments and people their names. The company and the first administrator are in every portal. */
export function namePeople({ state, names }: Dumping): void {
  for (const row of state.departments) names.give('departments', idOf(row), textOf(row.NAME), 'department')
  for (const row of state.users) {
    const title = [row.NAME, row.LAST_NAME].map(textOf).join(' ').trim()
    names.give('users', idOf(row), title || (textOf(row.EMAIL).split('@')[0] ?? ''), 'user')
  }
  for (const row of state.roles) names.give('roles', idOf(row), textOf(row.name), 'role')
}

export function dumpDepartments(dumping: Dumping): void {
  const { state, fresh, names } = dumping
  const before = new Map(fresh.state.departments.map((row) => [idOf(row), row]))
  for (const row of state.departments) {
    const known = before.get(idOf(row))
    if (same(row, known)) continue
    const { name = '' } = names.find('departments', idOf(row)) ?? {}
    const parent = Number(row.PARENT ?? 0)
    const fields = {
      ...(known === undefined ? {} : { ID: idOf(row) }),
      ...(known?.NAME === row.NAME ? {} : { NAME: literal(textOf(row.NAME)) }),
      ...(Number(row.SORT) === Number(known?.SORT ?? 500) ? {} : { SORT: Number(row.SORT) }),
      ...(parent === 0 ? {} : { PARENT: dumping.department(parent) }),
    }
    // Whoever leads a department is in one, mostly in that one.
    const later = isNothing(row.UF_HEAD) ? undefined : { UF_HEAD: dumping.user(row.UF_HEAD) }
    dumping.add({ section: 'departments', entity: '', name, fields, later })
  }
}

export async function dumpUsers(dumping: Dumping): Promise<void> {
  const { state, fresh, names, left } = dumping
  const [first = {}] = fresh.state.users
  for (const row of state.users) {
    const { name = '' } = names.find('users', idOf(row)) ?? {}
    if (PICTURES.some((key) => !isNothing(row[key]))) left.add(`pictures of people (${name})`)
    const isFirst = idOf(row) === 1
    const departments = (row.UF_DEPARTMENT as number[] | undefined) ?? []
    const profile = literally(present(row, PROFILE)) as Row
    const fields = {
      ...(isFirst ? changes(profile, present(first, PROFILE), ['EMAIL']) : profile),
      ...(isFirst && same(departments, first.UF_DEPARTMENT)
        ? {}
        : { UF_DEPARTMENT: departments.map((id) => dumping.department(id)) }),
      ...(row.admin === isFirst ? {} : { admin: row.admin }),
    }
    const own = await userFieldsIn(dumping, person.entityTypeId, row)
    const later = { ...own.later, ...(row.ACTIVE === true ? {} : { ACTIVE: 'N' }) }
    const whole = { ...(isFirst ? { ID: 1 } : {}), ...fields, ...own.fields }
    if (isFirst && Object.keys(later).length === 0 && Object.keys(whole).length === 1) continue
    dumping.add({ section: 'users', entity: '', name, fields: whole, later })
  }
}

/** What is another value now; what is gone is said to be nothing. */
function changes(row: Row, before: Row, without: readonly string[]): Row {
  const keys = [...new Set([...Object.keys(row), ...Object.keys(before)])].filter((key) => !without.includes(key))
  return Object.fromEntries(keys.flatMap((key) => (same(row[key], before[key]) ? [] : [[key, row[key] ?? '']])))
}

interface Permission {
  readonly entity: string
  readonly entityTypeId: number | null
  readonly action: string
  readonly level: string
  readonly categoryId: number | null
  readonly stageId: string | null
}

export function dumpRoles(dumping: Dumping): void {
  const { state, fresh, names } = dumping
  const plain = ({ id: _id, ...row }: Row): Row => row
  const before = new Map(fresh.state.roles.map((row) => [textOf(row.name), row]))
  for (const row of state.roles) {
    const { name = '' } = names.find('roles', idOf(row)) ?? {}
    const title = textOf(row.name)
    const known = before.get(title)
    before.delete(title)
    if (known !== undefined && same(plain(known), plain(row))) continue
    const fields = {
      name: literal(title),
      // By what they say: in another portal the numbers that they were in order of are others.
      access: (row.access as string[]).map((code) => accessCode(dumping, code)).sort(),
      permissions: sorted((row.permissions as Permission[]).map((each) => permissionOf(dumping, each))),
    }
    dumping.add({ section: 'roles', entity: '', name, fields })
  }
  for (const [title, row] of before) {
    const name = names.give('roles', `absent ${idOf(row)}`, title, 'role')
    dumping.add({ section: 'roles', entity: '', name, fields: { name: title }, absent: true })
  }
}

/** `U5`, `DR7`: a person, a department with those below it; groups are the same everywhere. */
function accessCode(dumping: Dumping, code: string): string {
  const [, head = '', id] = /^(U|DR?)(\d+)$/.exec(code) ?? []
  if (id === undefined || id === '1') return code
  const named = head === 'U' ? dumping.names.find('users', id) : dumping.names.find('departments', id)
  return named === undefined ? code : `${head}@{${named.name}}`
}

function permissionOf(dumping: Dumping, permission: Permission): Row {
  const { entity, entityTypeId, action, level, categoryId, stageId } = permission
  const reference = entityTypeId === null ? undefined : dumping.type(entityTypeId)
  return {
    ...(typeof reference === 'string' ? { entityTypeId: reference } : { entity }),
    action,
    level,
    ...(categoryId === null ? {} : { categoryId: dumping.pipeline(categoryId) }),
    ...(stageId === null ? {} : { stageId: dumping.stage(stageId) }),
  }
}

function sorted(rows: readonly Row[]): Row[] {
  const keyed = rows.map((row) => [JSON.stringify(row), row] as const)
  return keyed.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}
