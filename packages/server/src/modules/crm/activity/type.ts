import { requireApplication } from '../../../methods/application.ts'
import { ApiError, inStyle } from '../../../methods/errors.ts'
import { argument, type Call, method, need } from '../../../methods/method.ts'
import { InvalidValue, isBlank, yesNo } from '../../../schema/kind.ts'
import type { Saved } from '../../../records/files.ts'
import { sql } from '../../../store/sql.ts'
import type { Reader } from '../../../store/store.ts'
import { activity } from './activity.ts'
import { activityStyle } from './errors.ts'
import { diskFile } from './kinds.ts'
import { typeTable } from './tables.ts'

const scope = 'crm'
const table = sql.table(typeTable.name)
const MAX = 100
/** The owner of icons, which are no activity's. */
const iconOwner = { entityTypeId: activity.entityTypeId, recordId: 0, field: 'TYPE_ICON' }

interface Row {
  readonly type_id: string
  readonly name: string
  readonly icon_id: number | null
  readonly is_configurable: string
}

const invalid = (text: string): ApiError => new ApiError('INVALID_ARG_VALUE', 400, text)

/** Types are their application's, and its administrators' to make (api-reference/crm/timeline/activities/types/index.md). */
function requireContext(call: Call): string {
  const application = requireApplication(
    call,
    new ApiError('ACCESS_DENIED', 400, 'Access denied! Application context required'),
  )
  if (!call.person.active || !call.person.admin) throw new ApiError('ACCESS_DENIED', 400, 'Admin permissions required')
  return application
}

const own = (application: string, typeId: string) => sql`application = ${application} and type_id = ${typeId}`

/** Whether the application may make configurable activities of this type. */
export async function isConfigurable(reader: Reader, application: string, typeId: string): Promise<boolean> {
  const rows = await reader.find<{ type_id: string }>(
    sql`select type_id from ${table} where ${own(application, typeId)} and is_configurable = 'Y'`,
  )
  return rows.length > 0
}

const short = (input: unknown): string =>
  typeof input === 'string' || typeof input === 'number' ? String(input).trim().slice(0, MAX) : ''

async function savedIcon(call: Call, input: unknown): Promise<Saved | undefined> {
  try {
    const upload = isBlank(input) ? null : diskFile.decode(input, activity.field('files'), { zone: call.portal.zone })
    return typeof upload === 'object' && upload !== null ? await call.portal.files.save(upload) : undefined
  } catch (cause) {
    if (cause instanceof InvalidValue) throw invalid(`Invalid value of the field \`ICON_FILE\`: ${cause.reason}`)
    throw cause
  }
}

export default [
  method({
    name: 'crm.activity.type.add',
    scope,
    params: { fields: need.map },
    run: ({ fields }, call) =>
      inStyle(activityStyle, 'write', async () => {
        const application = requireContext(call)
        const typeId = short(argument(fields, 'TYPE_ID'))
        if (typeId === '') throw invalid('The required field `TYPE_ID` is not filled')
        const name = short(argument(fields, 'NAME'))
        const configurable = yesNo(argument(fields, 'IS_CONFIGURABLE_TYPE')) === true ? 'Y' : 'N'
        const icon = await savedIcon(call, argument(fields, 'ICON_FILE'))
        const { files } = call.portal
        const now = Math.floor(call.now)
        try {
          await call.session.transaction(async (tx) => {
            const iconId = icon === undefined ? null : await files.own(tx, icon, iconOwner, call.person.id, now)
            const made = await tx.change(
              sql`insert into ${table} (application, type_id, name, icon_id, is_configurable, created) values (${application}, ${typeId}, ${name}, ${iconId}, ${configurable}, ${now}) on conflict (application, type_id) do nothing`,
            )
            if (made === 0) throw invalid('A custom activity type with the specified `TYPE_ID` already exists')
          })
        } catch (cause) {
          if (icon !== undefined) await files.discard([icon.blob])
          throw cause
        }
        return true
      }),
  }),
  method({
    name: 'crm.activity.type.list',
    scope,
    params: {},
    run: (_none, call) =>
      inStyle(activityStyle, 'read', async () => {
        const application = requireContext(call)
        const rows = await call.session.find<Row>(
          sql`select type_id, name, icon_id, is_configurable from ${table} where application = ${application} order by created, type_id`,
        )
        return rows.map((row) => ({
          TYPE_ID: row.type_id,
          NAME: row.name,
          IS_CONFIGURABLE_TYPE: row.is_configurable,
          ICON_ID: String(row.icon_id ?? 0),
        }))
      }),
  }),
  method({
    name: 'crm.activity.type.delete',
    scope,
    params: { TYPE_ID: need.text },
    run: ({ TYPE_ID: typeId }, call) =>
      inStyle(activityStyle, 'write', async () => {
        const application = requireContext(call)
        await call.session.transaction(async (tx) => {
          const gone = await tx.find<{ icon_id: number | null }>(
            sql`delete from ${table} where ${own(application, typeId)} returning icon_id`,
          )
          if (gone.length === 0) throw invalid('Custom activity type with the specified `TYPE_ID` does not exist')
          await call.portal.files.remove(
            tx,
            gone.flatMap((row) => row.icon_id ?? []),
          )
        })
        return true
      }),
  }),
]
