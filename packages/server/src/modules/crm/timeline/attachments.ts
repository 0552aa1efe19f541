import { type Call, listOfInput } from '../../../methods/method.ts'
import type { Draft } from '../../../records/change.ts'
import { Failure } from '../../../records/failure.ts'
import type { Saved } from '../../../records/files.ts'
import { type Decoded, InvalidValue, isBlank, type Upload } from '../../../schema/kind.ts'
import { formatDateTime } from '../../../schema/time.ts'
import { listOf, scalarOf, type Stored } from '../../../store/entity-query.ts'
import { sql } from '../../../store/sql.ts'
import type { Reader } from '../../../store/store.ts'
import { type ImageSize, imageSize } from './image-size.ts'
import { attachment, timelineItem } from './item.ts'

const filesField = timelineItem.field('files')
const isUpload = (value: Decoded): value is Upload => typeof value === 'object' && value !== null

/**
 * Reads `FILES` into a draft: whole new files, which replace all old ones (api-reference/files/how-to-update-files.md).
 * Numbers of stored files mean nothing here: one could name another comment's.
 */
export async function readAttachments(call: Call, draft: Draft, input: unknown): Promise<void> {
  const given = isBlank(input) || input === false ? [] : attachment.isOne?.(input) ? [input] : listOfInput(input)
  const saved: Saved[] = []
  const sizes: (ImageSize | null)[] = []
  try {
    for (const each of given) {
      const value = attachment.decode(each, filesField, { zone: call.portal.zone })
      if (!isUpload(value)) continue
      saved.push(await call.portal.files.save(value))
      sizes.push(imageSize(value.bytes) ?? null)
    }
  } catch (cause) {
    await call.portal.files.discard(saved.map(({ blob }) => blob))
    if (!(cause instanceof InvalidValue)) throw cause
    throw new Failure({ why: 'invalid', field: filesField, detail: cause.reason })
  }
  draft.lists.set('files', saved)
  draft.values.set('sizes', JSON.stringify(sizes))
}

/** A file of a comment as api-reference/crm/timeline/comments/crm-timeline-comment-get.md shows it. */
export interface Attachment {
  readonly id: number
  readonly date: string
  readonly type: 'image' | 'file'
  readonly name: string
  readonly size: number
  readonly image?: { readonly width: number; readonly height: number }
  readonly authorId: number
  readonly authorName: string
  readonly urlPreview: string
  readonly urlShow: string
  readonly urlDownload: string
}

interface FileRow {
  readonly id: number
  readonly name: string
  readonly size: number
  readonly created: number
  readonly created_by: number
}

/** The files of comments, by number, in their order; for rows that were read with `files` and `sizes`. */
export async function attachmentsOf(
  { session, portal, encode }: Pick<Call, 'session' | 'portal' | 'encode'>,
  rows: readonly Stored[],
): Promise<Record<number, Attachment>[]> {
  const ids = rows.flatMap((row) => listOf(row, filesField).map(Number))
  const files = await byId<FileRow>(session, ids, 'stored_file', ['id', 'name', 'size', 'created', 'created_by'])
  const names = await peopleNames(
    session,
    [...files.values()].map((file) => file.created_by),
  )
  return rows.map((row) => {
    const sizes = JSON.parse(String(scalarOf(row, timelineItem.field('sizes')) ?? '[]')) as (ImageSize | null)[]
    const shown: Record<number, Attachment> = {}
    for (const [index, id] of listOf(row, filesField).map(Number).entries()) {
      const file = files.get(id)
      if (file === undefined) continue
      const [width, height] = sizes[index] ?? []
      const isImage = width !== undefined && height !== undefined
      const { machine } = encode.fileUrls(id)
      shown[id] = {
        id,
        date: formatDateTime(file.created, portal.zone),
        type: isImage ? 'image' : 'file',
        name: file.name,
        size: file.size,
        ...(isImage ? { image: { width, height } } : {}),
        authorId: file.created_by,
        authorName: names.get(file.created_by) ?? '',
        urlPreview: isImage ? `${machine}&show=Y` : '',
        urlShow: `${machine}&show=Y`,
        urlDownload: machine,
      }
    }
    return shown
  })
}

async function byId<R extends { readonly id: number }>(
  reader: Reader,
  ids: readonly number[],
  table: string,
  columns: readonly string[],
): Promise<ReadonlyMap<number, R>> {
  if (ids.length === 0) return new Map()
  const rows = await reader.find<R>(
    sql`select ${sql.join(columns.map((name) => sql.ref(name)))} from ${sql.table(table)} where id in (${sql.join([...new Set(ids)])})`,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

async function peopleNames(reader: Reader, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const people = await byId<{ id: number; name: string | null; last_name: string | null }>(reader, ids, 'portal_user', [
    'id',
    'name',
    'last_name',
  ])
  return new Map(
    [...people.values()].map(({ id, name, last_name }) => [id, [name, last_name].filter(Boolean).join(' ')]),
  )
}
