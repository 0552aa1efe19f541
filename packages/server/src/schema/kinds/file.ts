import { exactOps, InvalidValue, integerOf, isBlank, type Kind, type Upload } from '../kind.ts'

const isList = (input: unknown): input is unknown[] => Array.isArray(input)

/** `data:` prefixes are no part of the documented form, but careless clients send them. */
function bytesOf(base64: unknown): Buffer {
  if (typeof base64 !== 'string' || base64 === '') throw new InvalidValue('the file has no content')
  const clean = base64.replace(/^data:[^,]*,/, '').replace(/\s+/g, '')
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(clean) || clean.replace(/=+$/, '').length % 4 === 1)
    throw new InvalidValue('the file is not valid base64')
  return Buffer.from(clean, 'base64')
}

/** A file's name without a path, control characters or what a file system refuses. */
export function safeFileName(input: unknown): string {
  const name = typeof input === 'string' ? input : ''
  const bare = name.split(/[\\/]/).at(-1) ?? ''
  // eslint-disable-next-line no-control-regex -- control characters are what is removed here
  return bare.replace(/[\u0000-\u001f\u007f"<>|:*?]/g, '_').slice(-200) || 'file'
}

function decodeFile(input: unknown): number | Upload | null {
  if (isBlank(input) || input === false) return null
  if (isList(input)) {
    if (input.length === 0) return null
    if (input.length === 1) return { fileName: 'file', bytes: bytesOf(input[0]) }
    return { fileName: safeFileName(input[0]), bytes: bytesOf(input[1]) }
  }
  if (typeof input === 'object') {
    const map = input as Record<string, unknown>
    const data = map.fileData ?? map.FILEDATA ?? map.filedata
    if (map.remove === 'Y' || map.REMOVE === 'Y') return null
    if (data !== undefined) {
      // The documented cURL sample of crm.contact.add sends the bare base64 text here.
      return typeof data === 'string' ? { fileName: 'file', bytes: bytesOf(data) } : decodeFile(data)
    }
    if (map.id !== undefined || map.ID !== undefined) return integerOf(map.id ?? map.ID)
    const values = Object.values(map)
    if (values.length === 2) return { fileName: safeFileName(values[0]), bytes: bytesOf(values[1]) }
    throw new InvalidValue('a file is expected')
  }
  if (typeof input === 'number' || /^\d+$/.test(String(input))) return integerOf(input)
  throw new InvalidValue('a file is expected')
}

/**
 * A stored file, by its id. On the wire a new file is `["name", "BASE64"]` in camelCase methods and
 * `{"fileData": ["name", "BASE64"]}` in UPPER_CASE ones (api-reference/files/how-to-upload-files.md);
 * a number or `{"id": N}` keeps a stored one.
 */
export const file: Kind = {
  name: 'file',
  holdsFile: true,
  isOne: (input) =>
    isList(input)
      ? input.length === 2 &&
        input.every((each) => typeof each === 'string') &&
        !input.every((each) => /^\d+$/.test(each))
      : typeof input === 'object' && input !== null && ('fileData' in input || 'id' in input),
  type: { legacy: 'file', item: 'file' },
  column: 'integer',
  decode: decodeFile,
  legacy: (value, _field, context) => {
    if (!value) return null
    const urls = context.fileUrls(Number(value))
    return { id: Number(value), showUrl: urls.show, downloadUrl: urls.download }
  },
  item: (value, _field, context) => {
    if (!value) return null
    const urls = context.fileUrls(Number(value))
    return { id: Number(value), url: urls.show, urlMachine: urls.machine }
  },
  ops: exactOps,
  empty: 0,
  json: { type: 'array', items: { type: 'string' }, minItems: 2, maxItems: 2 },
}
