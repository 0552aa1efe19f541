import { requireApplication } from '../../../methods/application.ts'
import { ApiError } from '../../../methods/errors.ts'
import { type Call, method, take } from '../../../methods/method.ts'
import { sql } from '../../../store/sql.ts'
import { codeOf, invalid, newRobot, robotChanges, upperCase } from './robot-fields.ts'
import { findRobot } from './robot-row.ts'
import { robot as table } from './tables.ts'

const scope = 'bizproc'

const denied = (text: string): ApiError => new ApiError('ACCESS_DENIED', 400, text)

/** The application whose robots they are: its administrators' to make (api-reference/bizproc/bizproc-robot/index.md). */
function contextOf(call: Call): string {
  const application = requireApplication(call, denied('Application context required'))
  if (!call.person.active || !call.person.admin) throw denied('Access denied!')
  return application
}

const partial = 'Placements are kept and not shown.'

/** Deleting and updating word it differently. */
const notFound = (what: string): ApiError =>
  new ApiError('ERROR_ACTIVITY_NOT_FOUND', 400, `Activity or ${what} not found!`)

export default [
  method({
    name: 'bizproc.robot.add',
    scope,
    partial,
    params: {},
    async run(_none, call) {
      const owner = contextOf(call)
      const fields = upperCase(call.raw)
      if (Object.keys(fields).length === 0) throw invalid('Empty data!')
      const code = codeOf(fields.CODE)
      const columns = newRobot(fields)
      await call.session.transaction(async (tx) => {
        if ((await findRobot(tx, owner, code)) !== undefined)
          throw new ApiError('ERROR_ACTIVITY_ALREADY_INSTALLED', 400, 'Activity or Automation rule already installed!')
        const made = { created: Math.floor(call.now), created_by: call.person.id }
        tx.insert(table, { id: await tx.nextId(table), owner, code, ...columns, ...made })
      })
      return true
    },
  }),
  method({
    name: 'bizproc.robot.update',
    scope,
    partial,
    params: { code: take.any, fields: take.any },
    async run({ code: given, fields }, call) {
      const owner = contextOf(call)
      const code = codeOf(given)
      if ((await findRobot(call.session, owner, code)) === undefined) throw notFound('Automation Rule')
      const changes = robotChanges(upperCase(fields))
      const sets = Object.entries(changes).map(([column, value]) => sql`${sql.ref(column)} = ${value}`)
      await call.session.transaction((tx) =>
        tx.change(sql`update bizproc_robot set ${sql.join(sets)} where owner = ${owner} and code = ${code}`),
      )
      return true
    },
  }),
  method({
    name: 'bizproc.robot.list',
    scope,
    params: {},
    async run(_none, call) {
      const owner = contextOf(call)
      const rows = await call.session.find<{ code: string }>(
        sql`select code from bizproc_robot where owner = ${owner} order by id`,
      )
      return rows.map(({ code }) => code)
    },
  }),
  method({
    name: 'bizproc.robot.delete',
    scope,
    params: { code: take.any },
    async run({ code: given }, call) {
      const owner = contextOf(call)
      const code = codeOf(given)
      const removed = await call.session.transaction((tx) =>
        tx.change(sql`delete from bizproc_robot where owner = ${owner} and code = ${code}`),
      )
      if (removed === 0) throw notFound('Robot')
      return true
    },
  }),
]
