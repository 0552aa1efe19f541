import { requireApplication } from '../../methods/application.ts'
import { ApiError } from '../../methods/errors.ts'
import { type Call, isMap, type Map, method, type Method, take } from '../../methods/method.ts'
import { sql } from '../../store/sql.ts'
import type { Table } from '../../store/table.ts'

/** What applications remember: each for itself (person 0), or for one person. Values are JSON. */
export const option: Table = {
  name: 'app_option',
  columns: { application: 'text', user_id: 'integer', name: 'text', value: 'text' },
  key: ['application', 'user_id', 'name'],
}

const closed = (text: string): ApiError => new ApiError('AccessException', 400, text)

/** The application in whose context the call is made; webhooks and people themselves are none. */
const contextOf = (call: Call): string => requireApplication(call, closed('Application context required'))

/** An application's settings, by name: a null-prototype map, because any name may be given. */
async function read(call: Call, userId: number): Promise<Map> {
  const rows = await call.session.find<{ name: string; value: string }>(
    sql`select name, value from app_option where application = ${contextOf(call)} and user_id = ${userId} order by name`,
  )
  const options = Object.create(null) as Record<string, unknown>
  for (const { name, value } of rows) options[name] = JSON.parse(value)
  return options
}

async function write(call: Call, userId: number, options: Map): Promise<void> {
  const application = contextOf(call)
  await call.session.transaction(async (tx) => {
    // In one order, so that two calls that write the same names don't wait for each other.
    for (const name of Object.keys(options).sort()) {
      const value = JSON.stringify(options[name] ?? null)
      await tx.change(
        sql`insert into app_option (application, user_id, name, value) values (${application}, ${userId}, ${name}, ${value}) on conflict (application, user_id, name) do update set value = excluded.value`,
      )
    }
  })
}

interface Family {
  readonly prefix: string
  readonly userId: (call: Call) => number
  /** Only administrators write what holds for everyone (api-reference/common/settings/app-option-set.md). */
  readonly administrators: boolean
}

const family = ({ prefix, userId, administrators }: Family): Method[] => [
  method({
    name: `${prefix}.get`,
    scope: null,
    params: { option: take.text },
    async run({ option: name }, call) {
      const options = await read(call, userId(call))
      return name === undefined || name === '' ? options : (options[name] ?? null)
    },
  }),
  method({
    name: `${prefix}.set`,
    scope: null,
    params: { options: take.any },
    async run({ options }, call) {
      const given = Array.isArray(options) ? { ...(options as unknown[]) } : options
      if (!isMap(given) || Object.keys(given).length === 0)
        throw new ApiError('ArgumentNullException', 400, 'options is empty')
      contextOf(call)
      if (administrators && !call.person.admin) throw closed('Administrator authorization required')
      await write(call, userId(call), given)
      return true
    },
  }),
]

/** `app.option.*` and `user.option.*` (api-reference/common/settings/index.md). */
export const optionMethods = [
  ...family({ prefix: 'app.option', userId: () => 0, administrators: true }),
  ...family({ prefix: 'user.option', userId: (call) => call.person.id, administrators: false }),
]
