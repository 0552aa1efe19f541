import type { IncomingHttpHeaders } from 'node:http'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'
import { fromXml } from './xml-tree.ts'

/** Bytes of an answer that is packed: what is more is not kept. */
const LARGEST = 64 * 2 ** 20

const unpackers = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
}

/**
 * What an answer says, where it is JSON or the XML of `method.xml`.
 * @param body undefined where it was too large to be kept
 */
export async function answerOf(
  headers: IncomingHttpHeaders,
  body: Buffer | undefined,
): Promise<{ readonly value: unknown } | undefined> {
  const type = (headers['content-type'] ?? '').toLowerCase()
  if (body === undefined || body.length === 0 || !/json|xml|^$/.test(type) || 'content-disposition' in headers)
    return undefined
  const text = await unpacked(headers['content-encoding'] ?? '', body)
  if (text === undefined) return undefined
  if (type.includes('xml')) {
    const value = fromXml(text)
    return value === undefined ? undefined : { value }
  }
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}

async function unpacked(encoding: string, body: Buffer): Promise<string | undefined> {
  if (encoding === '' || encoding === 'identity') return body.toString('utf8')
  if (!Object.hasOwn(unpackers, encoding)) return undefined
  try {
    const bytes = await unpackers[encoding as keyof typeof unpackers](body, { maxOutputLength: LARGEST })
    return bytes.toString('utf8')
  } catch {
    return undefined
  }
}
