import { expect, it } from 'vitest'
import { imageSize } from '../../../src/modules/crm/timeline/image-size.ts'
import { gif, png } from './tools.ts'

const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ''), 'hex')
const riff = (chunk: string): Buffer =>
  Buffer.concat([Buffer.from('RIFF'), hex('16000000'), Buffer.from('WEBP'), hex(chunk)])

const jpegHead = 'ffd8 ffe0 0010 4a46494600010100000100010000 ffc4 0003 00'

it.each([
  { format: 'GIF', bytes: Buffer.from(gif, 'base64'), size: [3, 2] },
  { format: 'PNG', bytes: Buffer.from(png(640, 480), 'base64'), size: [640, 480] },
  { format: 'JPEG behind other segments', bytes: hex(`${jpegHead} ffc0 0011 08 01e0 0280 03`), size: [640, 480] },
  { format: 'progressive JPEG with fill bytes', bytes: hex('ffd8 ffff ffc2 0011 08 01e0 0280 03'), size: [640, 480] },
  { format: 'WebP, lossy', bytes: riff('56503820 0a000000 000000 9d012a 8002 e001'), size: [640, 480] },
  { format: 'WebP, lossless', bytes: riff('5650384c 0a000000 2f 7fc27700 0000000000'), size: [640, 480] },
  { format: 'WebP, extended', bytes: riff('56503858 0a000000 00000000 7f0200 df0100'), size: [640, 480] },
])('reads the size of $format', ({ bytes, size }) => {
  expect(imageSize(bytes)).toEqual(size)
})

it.each([
  { what: 'nothing', bytes: Buffer.alloc(0) },
  { what: 'text', bytes: Buffer.from('<svg width="3" height="2"/>') },
  { what: 'a PNG that ends early', bytes: Buffer.from(png(3, 2), 'base64').subarray(0, 20) },
  { what: 'a PNG without width', bytes: Buffer.from(png(0, 2), 'base64') },
  { what: 'a JPEG whose segments lead out of it', bytes: hex('ffd8 ffe0 ffff 00 00 00 00 00 00') },
  { what: 'a JPEG without a frame', bytes: hex('ffd8 ffda 0003 00 00 00 00 00 00') },
])('reads none from $what', ({ bytes }) => {
  expect(imageSize(bytes)).toBeUndefined()
})
