import type { Upload, Values } from './function.ts'
import type { Answer } from './transport.ts'

/** `disk.folder.getfields` describes every field: only those are told that a filter may name, with their types. */
export async function folderFilter(answer: Answer, { empty }: Values): Promise<Answer> {
  const fields = resultOf(answer)
  if (fields === undefined) return answer
  const filter = Object.entries(fields).flatMap(([name, field]) =>
    isMap(field) && field.USE_IN_FILTER === true ? [[name, empty === true ? '' : field.TYPE] as const] : [],
  )
  return { ...answer, body: Buffer.from(JSON.stringify(Object.fromEntries(filter))) }
}

/**
 * `disk.folder.uploadFile` without a file answers where the file is to be sent, and under which name
 * (api-reference/disk/folder/disk-folder-upload-file.md).
 */
export async function uploadFile(answer: Answer, { title, file }: Values, upload: Upload): Promise<Answer> {
  const { field, uploadUrl } = resultOf(answer) ?? {}
  if (typeof field !== 'string' || typeof uploadUrl !== 'string') return answer
  const form = new FormData()
  form.append(field.trim(), new Blob([new Uint8Array(file as Buffer)]), String(title))
  return upload(uploadUrl.trim(), form)
}

function resultOf({ body }: Answer): Record<string, unknown> | undefined {
  try {
    const answer: unknown = JSON.parse(body.toString())
    return isMap(answer) && isMap(answer.result) ? answer.result : undefined
  } catch {
    return undefined
  }
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
