/** Width and height in pixels. */
export type ImageSize = readonly [width: number, height: number]

/** Where a picture's head may lie at most; photographs carry previews and maps before it. */
const MAX_HEAD = 1_000_000

/** The size of a picture that browsers show, from its head; undefined for other bytes. */
export function imageSize(bytes: Buffer): ImageSize | undefined {
  return pngSize(bytes) ?? gifSize(bytes) ?? jpegSize(bytes) ?? webpSize(bytes)
}

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')

export function pngSize(bytes: Buffer): ImageSize | undefined {
  return bytes.length >= 24 && bytes.subarray(0, PNG.length).equals(PNG)
    ? sized(bytes.readUInt32BE(16), bytes.readUInt32BE(20))
    : undefined
}

function gifSize(bytes: Buffer): ImageSize | undefined {
  return bytes.length >= 10 && /^GIF8[79]a$/.test(bytes.toString('latin1', 0, 6))
    ? sized(bytes.readUInt16LE(6), bytes.readUInt16LE(8))
    : undefined
}

/** A JPEG is a row of segments; the one with the frame tells the size. */
function jpegSize(bytes: Buffer): ImageSize | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined
  const end = Math.min(bytes.length, MAX_HEAD)
  for (let at = 2; at + 9 <= end;) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at++
      continue
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) return sized(bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5))
    // The picture itself begins, or ends: no frame has come before it.
    if (marker === 0xda || marker === 0xd9) return undefined
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  return undefined
}

function webpSize(bytes: Buffer): ImageSize | undefined {
  if (bytes.length < 30 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP')
    return undefined
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return sized(bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff)
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21)
      return sized((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1)
    }
    case 'VP8X':
      return sized(bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1)
    default:
      return undefined
  }
}

const sized = (width: number, height: number): ImageSize | undefined =>
  width > 0 && height > 0 ? [width, height] : undefined
