import { ApiError } from '../../methods/errors.ts'
import { method, need, take } from '../../methods/method.ts'
import { sql } from '../../store/sql.ts'
import type { Table } from '../../store/table.ts'

/** What people have set for themselves in the web CRM, and under person 0 what holds for all. Values are JSON. */
export const preference: Table = {
  name: 'person_preference',
  columns: { user_id: 'integer', name: 'text', value: 'text' },
  key: ['user_id', 'name'],
}

const EVERYONE = 0
const NAME = /^[a-z][\w.:-]{0,99}$/i
/** Characters of one value, and how many values a person has. */
const LONGEST = 100_000
const MOST = 1_000

export const preferenceMethods = [
  method({
    name: 'portico.preference.list',
    scope: null,
    params: {},
    async run(_none, call) {
      const rows = await call.session.find<{ user_id: number; name: string; value: string }>(
        sql`select user_id, name, value from person_preference where user_id in (${EVERYONE}, ${call.person.id}) order by name`,
      )
      const of = (id: number): object =>
        Object.fromEntries(
          rows.filter((row) => row.user_id === id).map(({ name, value }) => [name, JSON.parse(value) as unknown]),
        )
      return { own: of(call.person.id), common: of(EVERYONE) }
    },
  }),
  method({
    name: 'portico.preference.set',
    scope: null,
    params: { name: need.text, value: take.any, common: take.flag },
    async run({ name, value, common }, call) {
      if (!NAME.test(name))
        throw new ApiError(
          'INVALID_ARG_VALUE',
          400,
          'Invalid name: a letter, then up to 99 letters, digits, dots, colons and dashes',
        )
      if (common) await call.portal.access.requireAdministrator(call)
      const text = JSON.stringify(value ?? null)
      if (text.length > LONGEST)
        throw new ApiError('INVALID_ARG_VALUE', 400, `Invalid value: more than ${LONGEST} characters`)
      const userId = common ? EVERYONE : call.person.id
      await call.session.transaction(async (tx) => {
        if (text === 'null') {
          await tx.change(sql`delete from person_preference where user_id = ${userId} and name = ${name}`)
          return
        }
        const [known] = await tx.find<{ many: number }>(
          sql`select count(*) as many from person_preference where user_id = ${userId} and name <> ${name}`,
        )
        if (Number(known?.many ?? 0) >= MOST)
          throw new ApiError('INVALID_ARG_VALUE', 400, `There are ${MOST} preferences already`)
        await tx.change(
          sql`insert into person_preference (user_id, name, value) values (${userId}, ${name}, ${text}) on conflict (user_id, name) do update set value = excluded.value`,
        )
      })
      return true
    },
  }),
]
