import type { Call, Map } from '../../../methods/method.ts'
import { Failure } from '../../../records/failure.ts'
import type { Saved } from '../../../records/files.ts'
import { InvalidValue, isBlank, textOf } from '../../../schema/kind.ts'
import { file, safeFileName } from '../../../schema/kinds/file.ts'
import type { Stored } from '../../../store/entity-query.ts'
import { load } from '../shown.ts'
import { attach, type FileField, transformLater } from './build.ts'
import { document } from './document.ts'
import { insert, ownerOf } from './new-document.ts'
import { plain } from './words.ts'

/** Keeps a document that was made elsewhere; answers its id (crm-document-generator-document-upload.md). */
export async function upload(call: Call, fields: Map): Promise<Stored> {
  const required = ['entityTypeId', 'fileContent', 'region', 'entityId', 'title', 'number']
  const missing = required.filter((name) => isBlank(fields[name]))
  if (missing.length > 0) throw plain(`Empty required fields: ${missing.join(', ')}`)
  const owner = await ownerOf(call, fields.entityTypeId, fields.entityId, 'read')
  const title = textOf(fields.title)
  const contents = {
    fileId: ['fileContent', 'docx'],
    pdfId: ['pdfContent', 'pdf'],
    imageId: ['imageContent', 'png'],
  } as const
  const saved: Partial<Record<FileField, Saved>> = {}
  let id: number
  try {
    for (const [name, [key, extension]] of Object.entries(contents) as [FileField, readonly [string, string]][])
      if (!isBlank(fields[key]))
        saved[name] = await call.portal.files.save({
          fileName: safeFileName(`${title}.${extension}`),
          bytes: bytesOf(call, fields[key]),
        })
    id = await call.session.transaction(async (tx) => {
      const given = {
        owner,
        templateId: null,
        title,
        number: textOf(fields.number),
        given: { values: {}, fields: {} },
        stamps: false,
      }
      const id = await insert(call, tx, given)
      await attach({ ...call, tx }, id, saved, null)
      if (saved.pdfId === undefined) await transformLater({ ...call, tx }, id)
      return id
    })
  } catch (cause) {
    await call.portal.files.discard(Object.values(saved).map(({ blob }) => blob))
    throw cause
  }
  const stored = await load(call.session, document, id)
  if (stored === undefined) throw new Failure({ why: 'not-found' })
  return stored
}

function bytesOf(call: Call, input: unknown): Buffer {
  try {
    const value = file.decode(Array.isArray(input) ? input : { fileData: input }, document.field('fileId'), {
      zone: call.portal.zone,
    })
    if (typeof value === 'object' && value !== null) return value.bytes
  } catch (cause) {
    if (!(cause instanceof InvalidValue)) throw cause
  }
  throw plain('Missing file content')
}
