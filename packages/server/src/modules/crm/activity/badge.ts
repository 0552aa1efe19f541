import { ApiError, inStyle } from '../../../methods/errors.ts'
import { isMap, method, need, take } from '../../../methods/method.ts'
import { Failure } from '../../../records/failure.ts'
import { languages } from '../../../schema/languages.ts'
import { sql } from '../../../store/sql.ts'
import { activityStyle } from './errors.ts'
import { badgeTable } from './tables.ts'

const scope = 'crm'
const table = sql.table(badgeTable.name)
const MAX_CODE = 100
const MAX_TEXT = 255
/** The colours (api-reference/crm/timeline/activities/configurable/badges/index.md, "Badge Type"). */
const types = ['success', 'failure', 'warning', 'primary', 'secondary']

interface Row {
  readonly code: string
  readonly title: string
  readonly value: string
  readonly type: string
}

const shown = ({ code, title, value, type }: Row): Record<string, unknown> => ({
  code,
  title: JSON.parse(title) as unknown,
  value: JSON.parse(value) as unknown,
  type,
})

const wrong = (name: string): ApiError =>
  new ApiError('INVALID_ARG_VALUE', 400, `Invalid value of parameter \`${name}\``)

const isText = (input: unknown): input is string =>
  typeof input === 'string' && input !== '' && input.length <= MAX_TEXT

/** A text, or texts by language, as JSON. */
function textOf(name: string, input: unknown): string {
  if (isText(input)) return JSON.stringify(input)
  const texts = isMap(input) ? Object.entries(input) : []
  if (
    texts.length === 0 ||
    !texts.every(([language, text]) => (languages as readonly string[]).includes(language) && isText(text))
  )
    throw wrong(name)
  return JSON.stringify(Object.fromEntries(texts))
}

const isMissing = (input: unknown): boolean => input === undefined || input === null || input === ''

export default [
  method({
    name: 'crm.activity.badge.add',
    scope,
    params: { code: take.any, title: take.any, value: take.any, type: take.any },
    run: ({ code, title, value, type }, call) =>
      inStyle(activityStyle, 'write', async () => {
        await call.portal.access.requireSettings(call)
        if ([code, title, value, type].some(isMissing))
          throw new ApiError('REQUIRED_ARG_MISSING', 400, 'Required fields are not filled')
        if (!isText(code) || code.length > MAX_CODE) throw wrong('code')
        const known = types.find((each) => each === type)
        if (known === undefined) throw wrong('type')
        const row: Row = { code, title: textOf('title', title), value: textOf('value', value), type: known }
        const made = await call.session.transaction((tx) =>
          tx.change(
            sql`insert into ${table} (code, title, value, type, created) values (${row.code}, ${row.title}, ${row.value}, ${row.type}, ${Math.floor(call.now)}) on conflict (code) do nothing`,
          ),
        )
        if (made === 0) throw new ApiError('INVALID_ARG_VALUE', 400, `A badge with the code \`${code}\` already exists`)
        return { badge: shown(row) }
      }),
  }),
  method({
    name: 'crm.activity.badge.get',
    scope,
    params: { code: need.text },
    run: ({ code }, call) =>
      inStyle(activityStyle, 'read', async () => {
        const [row] = await call.session.find<Row>(
          sql`select code, title, value, type from ${table} where code = ${code}`,
        )
        if (row === undefined) throw new Failure({ why: 'not-found' })
        return { badge: shown(row) }
      }),
  }),
  method({
    name: 'crm.activity.badge.list',
    scope,
    params: {},
    run: async (_none, call) => {
      const rows = await call.session.find<Row>(
        sql`select code, title, value, type from ${table} order by created, code`,
      )
      return { badges: rows.map(shown) }
    },
  }),
  method({
    name: 'crm.activity.badge.delete',
    scope,
    params: { code: need.text },
    run: ({ code }, call) =>
      inStyle(activityStyle, 'write', async () => {
        await call.portal.access.requireSettings(call)
        const gone = await call.session.transaction((tx) => tx.change(sql`delete from ${table} where code = ${code}`))
        if (gone === 0) throw new Failure({ why: 'not-found' })
        return true
      }),
  }),
]
