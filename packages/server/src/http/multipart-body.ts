import { Readable } from 'node:stream'
import { Busboy } from '@fastify/busboy'
import type { BusboyInstance } from '@fastify/busboy'
import { ParamsError } from '../schema/params-error.ts'
import { checkText, strictUtf8 } from '../schema/wire-text.ts'
import { defaultMaxKeys, tooMany } from '../schema/tree.ts'

/**
 * The parts of a `multipart/form-data` body as pairs, in order. A part with a file name becomes the wire's own form of
 * a file, `[name, base64]`, so that nothing further in has to know how the file came. A file input left empty in a
 * browser (no name, no bytes) is no parameter. Rejects with `bad-encoding`, `nul-byte`, `too-many`, and
 * `unsupported-type` when the boundary is missing.
 */
export async function multipartPairs(
  contentType: string,
  body: Buffer,
  maxParts: number = defaultMaxKeys,
): Promise<[string, unknown][]> {
  const pairs: [string, unknown][] = []
  for (const { name, fileName, bytes } of await readParts(contentType, body, maxParts)) {
    if (fileName === '' && bytes.length === 0) continue
    checkName(name, body)
    if (fileName === undefined) {
      pairs.push([name, checkText(strictUtf8(bytes))])
    } else {
      checkName(fileName, body)
      pairs.push([name, [fileName, bytes.toString('base64')]])
    }
  }
  return pairs
}

type Part = { name: string; fileName: string | undefined; bytes: Buffer }

function readParts(contentType: string, body: Buffer, maxParts: number): Promise<Part[]> {
  const parser = openParser(contentType, maxParts)
  const source = Readable.from(slices(body))
  const parts: Part[] = []
  return new Promise((resolve, reject) => {
    const fail = (error: ParamsError) => {
      source.unpipe(parser).destroy()
      reject(error)
    }
    const failMalformed = () => fail(new ParamsError('bad-encoding', 'The multipart body is malformed or cut short'))
    parser.on('file', (name: string | undefined, stream, fileName: string | undefined) => {
      stream.on('error', failMalformed)
      if (name === undefined) {
        stream.resume()
        return
      }
      const part: Part = { name, fileName, bytes: Buffer.alloc(0) }
      parts.push(part)
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        part.bytes = Buffer.concat(chunks)
      })
    })
    parser.on('partsLimit', () => fail(tooMany(maxParts)))
    parser.on('error', failMalformed)
    parser.on('finish', () => resolve(parts))
    source.pipe(parser)
  })
}

/** In slices, so that a body of a million empty parts is given up at the limit and not parsed to its end. */
function* slices(body: Buffer): Generator<Buffer> {
  for (let start = 0; start < body.length; start += sliceLength) yield body.subarray(start, start + sliceLength)
}

const sliceLength = 64 * 1024

function openParser(contentType: string, maxParts: number): BusboyInstance {
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      limits: { parts: maxParts, headerPairs: 20, headerSize: 16 * 1024 },
      // Read every part as raw bytes: busboy would put U+FFFD in the place of bytes that are not UTF-8.
      isPartAFile: () => true,
    })
  } catch {
    throw new ParamsError('unsupported-type', 'multipart/form-data without a usable boundary')
  }
}

/** Names are decoded by busboy, so a replacement character that the client did not send means bytes that are not UTF-8. */
function checkName(name: string, body: Buffer): void {
  if (name.includes('\ufffd') && !body.includes('\ufffd')) {
    throw new ParamsError('bad-encoding', 'Names of multipart fields and files must be valid UTF-8')
  }
  checkText(name)
}
