import { isEmpty, listOf } from '../kind.ts'

/** A file that the portal has, as rows show it. */
export interface StoredFile {
  readonly id: number
  readonly url: string
  readonly urlMachine?: string
}

/** A file that is to be sent with the next save. */
export interface NewFile {
  readonly name: string
  /** Base64. */
  readonly data: string
  readonly size: number
}

export const isStored = (value: unknown): value is StoredFile =>
  typeof value === 'object' && value !== null && 'id' in value && 'url' in value
export const isNew = (value: unknown): value is NewFile =>
  typeof value === 'object' && value !== null && 'name' in value && 'data' in value
export const isFile = (value: unknown): value is StoredFile | NewFile => isStored(value) || isNew(value)

/** The portal may know itself by another address than the one it is visited at: its files are asked for at this one. */
export function localUrl(address: string): string {
  try {
    const { pathname, search } = new URL(address, location.origin)
    return pathname + search
  } catch {
    return address
  }
}

const written = (value: unknown): unknown =>
  isNew(value) ? [value.name, value.data] : isStored(value) ? { id: value.id } : value

/** What a write takes: new files as name and base64, those that stay by their ids. */
export const writeFile = (value: unknown): unknown =>
  Array.isArray(value) ? listOf(value).map(written) : isEmpty(value) ? null : written(value)

/** Bytes that a portal takes in one request, as base64, with room for the rest. */
export const LARGEST = 20 * 1024 * 1024

/** Reads a file for sending; tells how far it is, from 0 to 1. */
export function readFile(file: File, onProgress: (share: number) => void): Promise<NewFile> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('progress', ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0))
    reader.addEventListener('error', () => reject(reader.error ?? new Error('the file could not be read')))
    reader.addEventListener('load', () => {
      const url = String(reader.result)
      resolve({ name: file.name, data: url.slice(url.indexOf(',') + 1), size: file.size })
    })
    reader.readAsDataURL(file)
  })
}

export interface FileFacts {
  readonly name: string
  readonly type: string
  readonly size: number
}

/** Rows tell only where a file is: its name, type and size are in the head of the answer there. */
export async function factsOf(url: string, signal: AbortSignal): Promise<FileFacts | null> {
  const answer = await fetch(url, { method: 'HEAD', signal })
  if (!answer.ok) return null
  const disposition = answer.headers.get('content-disposition') ?? ''
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1]
  return {
    name: encoded === undefined ? 'file' : decodeURIComponent(encoded),
    type: answer.headers.get('content-type') ?? '',
    size: Number(answer.headers.get('content-length') ?? 0),
  }
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** `1.4 MB`, in the person's language. */
export function sizeText(bytes: number, language: string): string {
  const power = Math.min(Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)), UNITS.length - 1)
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: UNITS[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power < 2 ? 0 : 1,
  }).format(bytes / 1024 ** power)
}
