import { ApiError, inStyle } from '../../../methods/errors.ts'
import { type Call, Listing, method, type Method, need } from '../../../methods/method.ts'
import type { Saved } from '../../../records/files.ts'
import { InvalidValue } from '../../../schema/kind.ts'
import { sql } from '../../../store/sql.ts'
import type { Reader } from '../../../store/store.ts'
import { timelineStyle } from './errors.ts'
import { pngSize } from './image-size.ts'
import { attachment, timelineItem } from './item.ts'
import { imageTable } from './tables.ts'

const scope = 'crm'
const table = sql.table(imageTable.name)
const CODE = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/

/** What a family of pictures is called, and its largest side in pixels. */
interface Purpose {
  readonly name: 'icon' | 'logo'
  readonly title: string
  readonly side: number
}

/** The codes that the pages of log messages and configurable activities use without adding them first. */
const SYSTEM = ['call', 'call-completed', 'call-incoming', 'arrow-down', 'document', 'info', 'notification'] as const

const icon: Purpose = { name: 'icon', title: 'Icon', side: 24 }
const logo: Purpose = { name: 'logo', title: 'Logo', side: 60 }

const isSystem = (code: string): boolean => (SYSTEM as readonly string[]).includes(code)

interface Row {
  readonly code: string
  readonly file_id: number
}

async function exists(reader: Reader, purpose: Purpose, code: string): Promise<boolean> {
  return isSystem(code) || (await own(reader, purpose, code)) !== undefined
}

/** Whether log messages and configurable activities may show an icon of this code. */
export const iconExists = (reader: Reader, code: string): Promise<boolean> => exists(reader, icon, code)

/** Whether configurable activities may show a logo of this code. */
export const logoExists = (reader: Reader, code: string): Promise<boolean> => exists(reader, logo, code)

async function own(reader: Reader, purpose: Purpose, code: string): Promise<Row | undefined> {
  const [row] = await reader.find<Row>(
    sql`select code, file_id from ${table} where purpose = ${purpose.name} and code = ${code}`,
  )
  return row
}

const shown = (call: Call, code: string, fileId?: number): Record<string, unknown> => ({
  code,
  isSystem: fileId === undefined,
  fileUri: fileId === undefined ? '' : call.encode.fileUrls(fileId).show,
})

/** A PNG of that size at most: the documented request for a logo of 60 pixels sends one of 24. */
async function savedPicture(call: Call, { name, side }: Purpose, code: string, content: string): Promise<Saved> {
  const invalid = new ApiError('INVALID_ARG_VALUE', 400, 'Invalid `fileContent` parameter specified')
  try {
    const upload = attachment.decode([`${code}.png`, content], timelineItem.field('files'), { zone: call.portal.zone })
    if (typeof upload !== 'object' || upload === null) throw invalid
    const [width, height] = pngSize(upload.bytes) ?? []
    if (width === undefined || height === undefined || width > side || height > side) throw invalid
    return await call.portal.files.save({ fileName: `${name}-${code}.png`, bytes: upload.bytes })
  } catch (cause) {
    if (cause instanceof InvalidValue) throw invalid
    throw cause
  }
}

/** `crm.timeline.icon.*` and `crm.timeline.logo.*`. One's own picture hides the system's of the same code. */
function images(purpose: Purpose): Method[] {
  const { name, title } = purpose
  const prefix = `crm.timeline.${name}`
  const notFound = (code: string): ApiError => new ApiError('NOT_FOUND', 400, `${title} not found for code \`${code}\``)
  const mine = (code: string) => sql`purpose = ${name} and code = ${code}`
  return [
    method({
      name: `${prefix}.add`,
      scope,
      params: { code: need.text, fileContent: need.text },
      run: ({ code, fileContent }, call) =>
        inStyle(timelineStyle, 'write', async () => {
          await call.portal.access.requireAdministrator(call)
          if (!CODE.test(code)) throw new ApiError('INVALID_ARG_VALUE', 400, 'Invalid `code` parameter specified')
          const { files } = call.portal
          const saved = await savedPicture(call, purpose, code, fileContent)
          const now = Math.floor(call.now)
          const by = call.person.id
          const fileId = await call.session
            .transaction(async (tx) => {
              const owner = { entityTypeId: timelineItem.entityTypeId, recordId: 0, field: name.toUpperCase() }
              const id = await files.own(tx, saved, owner, by, now)
              // Written first, so that two who add the same code wait here for each other.
              const made = await tx.change(
                sql`insert into ${table} (purpose, code, file_id, created_by, created) values (${name}, ${code}, ${id}, ${by}, ${now}) on conflict (purpose, code) do nothing`,
              )
              if (made > 0) return id
              const before = await tx.find<Row>(
                sql`select code, file_id from ${table} where ${mine(code)}${tx.dialect === 'postgres' ? sql` for update` : sql``}`,
              )
              await tx.change(
                sql`update ${table} set file_id = ${id}, created_by = ${by}, created = ${now} where ${mine(code)}`,
              )
              await files.remove(
                tx,
                before.map((row) => row.file_id),
              )
              return id
            })
            .catch(async (cause: unknown) => {
              await files.discard([saved.blob])
              throw cause
            })
          return { [name]: shown(call, code, fileId) }
        }),
    }),
    method({
      name: `${prefix}.get`,
      scope,
      params: { code: need.text },
      run: async ({ code }, call) => {
        const row = await own(call.session, purpose, code)
        if (row === undefined && !isSystem(code)) throw notFound(code)
        return { [name]: shown(call, code, row?.file_id) }
      },
    }),
    method({
      name: `${prefix}.list`,
      scope,
      params: {},
      run: async (_none, call) => {
        const rows = await call.session.find<Row>(
          sql`select code, file_id from ${table} where purpose = ${name} order by created, code`,
        )
        const all = [
          ...SYSTEM.filter((code) => !rows.some((row) => row.code === code)).map((code) => shown(call, code)),
          ...rows.map((row) => shown(call, row.code, row.file_id)),
        ]
        return new Listing({ [`${name}s`]: all }, all.length)
      },
    }),
    method({
      name: `${prefix}.delete`,
      scope,
      params: { code: need.text },
      run: ({ code }, call) =>
        inStyle(timelineStyle, 'write', async () => {
          await call.portal.access.requireAdministrator(call)
          await call.session.transaction(async (tx) => {
            const gone = await tx.find<Row>(sql`delete from ${table} where ${mine(code)} returning code, file_id`)
            if (gone.length === 0) throw notFound(code)
            await call.portal.files.remove(
              tx,
              gone.map((row) => row.file_id),
            )
          })
          return true
        }),
    }),
  ]
}

export default [...images(icon), ...images(logo)]
