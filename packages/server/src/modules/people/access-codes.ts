import { type Call, listOfInput, method, take } from '../../methods/method.ts'
import { codesOf } from '../../records/access-codes.ts'
import { departmentsIn, type DepartmentTree } from '../../records/departments.ts'
import { sql } from '../../store/sql.ts'

interface Named {
  readonly provider: string
  readonly name: string
  readonly provider_id: string
}

const other = (name: string): Named => ({ provider: '', name, provider_id: 'other' })

/** Groups that every portal has. */
const groups: ReadonlyMap<string, Named> = new Map([
  ['G1', other('Administrators')],
  ['G2', other('All visitors')],
  ['AU', other('All authorized users')],
])

const codesIn = (access: unknown): string[] =>
  access === undefined || access === null || access === ''
    ? []
    : listOfInput(access).filter((code): code is string => typeof code === 'string')

const personId = (code: string): number => Number(/^U([1-9]\d{0,14})$/.exec(code)?.[1] ?? 0)

async function namesOfPeople(call: Call, ids: readonly number[]): Promise<ReadonlyMap<number, Named>> {
  if (ids.length === 0) return new Map()
  const rows = await call.session.find<{
    id: number
    name: string | null
    last_name: string | null
    email: string | null
  }>(sql`select id, name, last_name, email from portal_user where id in (${sql.join([...ids])})`)
  return new Map(
    rows.map((row) => {
      const name = [row.name, row.last_name].filter(Boolean).join(' ')
      return [row.id, { provider: 'Users', name: name || (row.email ?? ''), provider_id: 'user' }]
    }),
  )
}

/** Whether one of the codes stands for the caller. */
async function holdsAny({ person, portal, session }: Call, asked: readonly string[]): Promise<boolean> {
  const held = codesOf(person, await departmentsIn(portal.caches).get(session))
  return asked.some((code) => held.has(code))
}

/** `D5` are those of a department, `DR5` those of it and of the departments below it. */
function departmentNamed(code: string, tree: DepartmentTree): Named | undefined {
  const [, prefix, id] = /^(DR?)([1-9]\d{0,14})$/.exec(code) ?? []
  const name = tree.get(Number(id))?.name
  if (name === undefined) return undefined
  return {
    provider: 'Departments',
    name: prefix === 'DR' ? `${name} (with sub-departments)` : name,
    provider_id: 'intranet',
  }
}

export const accessMethods = [
  method({
    name: 'access.name',
    scope: null,
    params: { access: take.any },
    async run({ access }, call) {
      const codes = codesIn(access)
      if (codes.length === 0) return false
      const people = await namesOfPeople(
        call,
        codes.map(personId).filter((id) => id > 0),
      )
      const tree = await departmentsIn(call.portal.caches).get(call.session)
      const names: Record<string, Named> = {}
      for (const code of codes) {
        const named = groups.get(code) ?? people.get(personId(code)) ?? departmentNamed(code, tree)
        if (named !== undefined) names[code] = named
      }
      return names
    },
  }),
  // "Always true" for administrators, whichever codes they ask for (api-reference/common/users/user-access.md).
  method({
    name: 'user.access',
    scope: null,
    params: { access: take.any },
    run: async ({ access }, call) => call.person.admin || holdsAny(call, codesIn(access)),
  }),
  method({
    name: 'user.admin',
    scope: null,
    params: {},
    run: (_none, call) => call.person.admin,
  }),
]
