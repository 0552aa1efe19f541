import type { Field } from '../entity.ts'
import { exactOps, InvalidValue, integerOf, isBlank, yesNo, type Kind, type Upload } from '../kind.ts'
import { flagSetting, setting, size, type Setting } from '../setting.ts'

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

/** No file has the number 0 or one below; it keeps nothing. */
function idOf(input: unknown): number | null {
  const id = integerOf(input)
  return id > 0 ? id : null
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
    if (yesNo(map.remove ?? map.REMOVE) === true) return null
    if (data !== undefined) {
      // The documented cURL sample of crm.contact.add sends the bare base64 text here.
      return typeof data === 'string' ? { fileName: 'file', bytes: bytesOf(data) } : decodeFile(data)
    }
    if (map.id !== undefined || map.ID !== undefined) return idOf(map.id ?? map.ID)
    const values = Object.values(map)
    if (values.length === 2) return { fileName: safeFileName(values[0]), bytes: bytesOf(values[1]) }
    throw new InvalidValue('a file is expected')
  }
  if (typeof input === 'number' || /^\d+$/.test(String(input))) return idOf(input)
  throw new InvalidValue('a file is expected')
}

/** Refuses a file that its field's EXTENSIONS and MAX_ALLOWED_SIZE (in bytes) don't allow. */
function checkUpload({ fileName, bytes }: Upload, { settings }: Field): void {
  const max = Number(settings?.MAX_ALLOWED_SIZE ?? 0)
  if (max > 0 && bytes.length > max) throw new InvalidValue(`the file is larger than ${max} bytes`)
  const extensions = settings?.EXTENSIONS
  if (!Array.isArray(extensions) || extensions.length === 0) return
  const dot = fileName.lastIndexOf('.')
  if (dot < 0 || !extensions.includes(fileName.slice(dot + 1).toLowerCase()))
    throw new InvalidValue(`only files of these types are allowed: ${extensions.join(', ')}`)
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
  decode(input, field) {
    const value = decodeFile(input)
    if (typeof value === 'object' && value !== null) checkUpload(value, field)
    return value
  },
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

/** `["jpg", "png"]`, `"jpg, .png"` or PHP's `{"jpg": true}`. */
function readExtensions(input: unknown): string[] {
  const names =
    typeof input === 'string'
      ? input.split(/[\s,;]+/)
      : Array.isArray(input)
        ? input.filter((each): each is string => typeof each === 'string')
        : Object.entries(typeof input === 'object' && input !== null ? input : {}).map(([key, value]) =>
            typeof value === 'string' && !/^[YN01]?$/.test(value) ? value : key,
          )
  return [...new Set(names.map((name) => name.trim().replace(/^\./, '').toLowerCase()).filter(Boolean))]
}

export const fileSettings: readonly Setting[] = [
  size('SIZE', 20, 1),
  size('LIST_WIDTH', 0, 0),
  size('LIST_HEIGHT', 0, 0),
  size('MAX_SHOW_SIZE', 0, 0),
  size('MAX_ALLOWED_SIZE', 0, 0),
  setting('EXTENSIONS', [], readExtensions, undefined),
  flagSetting('TARGET_BLANK', 'Y'),
]
