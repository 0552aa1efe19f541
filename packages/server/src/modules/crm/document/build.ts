import { isMap } from '../../../methods/method.ts'
import type { Context } from '../../../records/context.ts'
import type { Saved } from '../../../records/files.ts'
import type { JobHandler } from '../../../records/jobs.ts'
import { locked, type Within } from '../../../records/records.ts'
import { isBlank } from '../../../schema/kind.ts'
import { safeFileName } from '../../../schema/kinds/file.ts'
import { scalarOf, type Stored } from '../../../store/entity-query.ts'
import { sql } from '../../../store/sql.ts'
import { load, Shown } from '../shown.ts'
import { givenOf } from './answer.ts'
import { document } from './document.ts'
import { fillTemplate } from './docx.ts'
import { type DocumentFields, documentFields, readableBy } from './fields.ts'
import { productLines } from './product-fields.ts'
import { template } from './template.ts'
import { convert, TransformError } from './transform.ts'

export type FileField = 'fileId' | 'imageId' | 'pdfId'

export const BUILD = 'document.build'
export const TRANSFORM = 'document.transform'
/** Seconds after which a document whose server has died is built by another. */
export const ABANDONED = 60

const keyOf = (id: number): string => `document:${id}`

/** The fields of a document with what requests gave in place of what they would be: `values` first, then `fields`. */
export async function fieldsOf(
  context: Context,
  stored: Stored,
  given?: Record<string, unknown>,
): Promise<DocumentFields> {
  const { portal, session: reader } = context
  const value = (name: string) => scalarOf(stored, document.field(name))
  const entity = await portal.entities.get(reader, Number(value('entityTypeId')))
  const record = await load(reader, entity, Number(value('entityId')))
  if (record === undefined) return new Map()
  const shown = await Shown.of(portal, reader, document, stored)
  const fields = await documentFields(
    { portal, reader, entity, stored: record, readable: readableBy(context) },
    {
      number: String(value('number')),
      title: String(value('title')),
      created: (await shown.text(document.field('createTime'))).slice(0, 10),
    },
  )
  const { values, fields: exact } = givenOf(stored)
  return override(override(fields, { ...values, ...given }), exact)
}

/** A value under a name that no field has is a field of its own: templates may ask for anything. */
export function override(fields: DocumentFields, values: Readonly<Record<string, unknown>>): DocumentFields {
  for (const [name, given] of Object.entries(values)) {
    const value = isMap(given) ? (given.VALUE ?? given.value) : given
    if (typeof value === 'object' && value !== null) continue
    const known = fields.get(name)
    if (name === 'SOURCE' || name === 'DOCUMENT' || isBlank(value)) continue
    fields.set(name, {
      ...(known ?? { title: name, group: ['Document'], chain: `this.${name}` }),
      value: String(value),
    })
  }
  return fields
}

/** Fills a document's template in, keeps the file, and asks for its PDF. */
export async function build(context: Context, stored: Stored): Promise<void> {
  const { portal, session } = context
  const value = (name: string) => scalarOf(stored, document.field(name))
  const id = Number(value('id'))
  const made = await load(session, template, Number(value('templateId')))
  const source =
    made === undefined ? undefined : await portal.files.bytes(session, Number(scalarOf(made, template.field('file'))))
  if (source === undefined) throw new Error(`document ${id} has no template`)
  const fields = await fieldsOf(context, stored)
  const data = Object.fromEntries([...fields].map(([name, { value: text }]) => [name, text ?? '']))
  const lines = await productLines(portal, session, Number(value('entityTypeId')), Number(value('entityId')))
  const bytes = await fillTemplate(source, { ...data, Products: lines })
  const file = await portal.files.save({ fileName: `${safeFileName(String(value('title')))}.docx`, bytes })
  await session.transaction(async (tx) => {
    await attach({ ...context, tx }, id, { fileId: file, pdfId: null, imageId: null }, null)
    await portal.jobs.cancel(tx, BUILD, keyOf(id))
    await transformLater({ ...context, tx }, id)
  })
}

export async function transformLater({ tx, portal, person, now }: Within, id: number): Promise<void> {
  await portal.jobs.cancel(tx, TRANSFORM, keyOf(id))
  await portal.jobs.schedule(tx, { kind: TRANSFORM, key: keyOf(id), due: now, userId: person.id, payload: { id } })
}

export async function buildLater({ tx, portal, person, now }: Within, id: number): Promise<void> {
  const due = now + ABANDONED
  await portal.jobs.schedule(tx, { kind: BUILD, key: keyOf(id), due, userId: person.id, payload: { id } })
}

/** Puts files in their places, in those of older ones. It is part of making a document, so that nobody is told of a change. */
export async function attach(
  { tx, portal, person, now }: Within,
  id: number,
  files: Readonly<Partial<Record<FileField, Saved | null>>>,
  error: string | null,
): Promise<void> {
  const stored = await locked(tx, document, id)
  for (const [name, saved] of Object.entries(files) as [FileField, Saved | null][]) {
    const field = document.field(name)
    const old = scalarOf(stored, field)
    if (old !== null) await portal.files.remove(tx, [Number(old)])
    const owner = { entityTypeId: document.entityTypeId, recordId: id, field: field.upper }
    const own = saved === null ? null : await portal.files.own(tx, saved, owner, person.id, Math.floor(now))
    await tx.change(sql`update crm_document set ${sql.ref(document.columnOf(name))} = ${own} where id = ${id}`)
  }
  await tx.change(sql`update crm_document set transform_error = ${error} where id = ${id}`)
}

/** Builds what the request that made the document could not: its server died. */
export const buildJob: JobHandler = async (context) => {
  const stored = await load(context.session, document, Number(context.job.payload.id))
  if (stored !== undefined && scalarOf(stored, document.field('fileId')) === null) await build(context, stored)
}

/** Makes the PDF and the picture of the first page; why there are none is told with the document. */
export const transformJob: JobHandler = async (context) => {
  const { portal, session } = context
  const id = Number(context.job.payload.id)
  const stored = await load(session, document, id)
  const fileId = stored === undefined ? null : scalarOf(stored, document.field('fileId'))
  const docx = fileId === null ? undefined : await portal.files.bytes(session, Number(fileId))
  if (stored === undefined || docx === undefined) return
  const name = safeFileName(String(scalarOf(stored, document.field('title'))))
  const made: Partial<Record<FileField, Saved | null>> = {}
  let error: string | null = null
  try {
    const pdf = await convert(docx, 'pdf', portal.outside.office)
    made.pdfId = await portal.files.save({ fileName: `${name}.pdf`, bytes: pdf })
    made.imageId = await picture(context, docx, name)
  } catch (cause) {
    if (!(cause instanceof TransformError)) throw cause
    error = `${cause.code}: ${cause.message}`
  }
  await session.transaction(async (tx) => {
    await attach({ ...context, tx }, id, made, error)
    await context.finish(tx)
  })
}

/** The first page. A LibreOffice without its drawing part makes PDF but no pictures. */
async function picture({ portal }: Pick<Context, 'portal'>, docx: Buffer, name: string): Promise<Saved | null> {
  try {
    const bytes = await convert(docx, 'png', portal.outside.office)
    return await portal.files.save({ fileName: `${name}.png`, bytes })
  } catch (cause) {
    if (cause instanceof TransformError) return null
    throw cause
  }
}
