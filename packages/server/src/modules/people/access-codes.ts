import { type Call, listOfInput, method, take } from '../../methods/method.ts'
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

const codesOf = (access: unknown): string[] =>
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

/** Whether a code stands for the caller, who is no administrator. */
const holds = ({ person }: Call, code: string): boolean =>
  code === 'AU' || code === 'G2' || personId(code) === person.id

export const accessMethods = [
  method({
    name: 'access.name',
    scope: null,
    params: { access: take.any },
    async run({ access }, call) {
      const codes = codesOf(access)
      if (codes.length === 0) return false
      const people = await namesOfPeople(
        call,
        codes.map(personId).filter((id) => id > 0),
      )
      const names: Record<string, Named> = {}
      for (const code of codes) {
        const named = groups.get(code) ?? people.get(personId(code))
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
    run: ({ access }, call) => call.person.admin || codesOf(access).some((code) => holds(call, code)),
  }),
  method({
    name: 'user.admin',
    scope: null,
    params: {},
    run: (_none, call) => call.person.admin,
  }),
]
