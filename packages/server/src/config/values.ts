// Readers of single start-up values: each gives the value, or undefined when the text does not hold one.
import { isIP } from 'node:net'

function integer(text: string, least: number, most: number): number | undefined {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN
  return value >= least && value <= most ? value : undefined
}

export function port(text: string): number | undefined {
  return integer(text, 0, 65_535)
}

export function megabytes(text: string): number | undefined {
  const count = integer(text, 1, 2048)
  return count === undefined ? undefined : count * 2 ** 20
}

export function yesOrNo(text: string): boolean | undefined {
  return new Map([
    ['1', true],
    ['true', true],
    ['0', false],
    ['false', false],
  ]).get(text)
}

export function host(text: string): string | undefined {
  const isName = text.length <= 253 && /^(?!-)[a-z\d-]{1,63}(\.[a-z\d-]{1,63})*$/i.test(text) && !/^[\d.]+$/.test(text)
  return isName || isIP(text) > 0 ? text : undefined
}

/** Names and addresses, with commas between them. */
export function hosts(text: string): string[] | undefined {
  const list = text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
  return list.length > 0 && list.every((each) => host(each) !== undefined) ? list : undefined
}

export function emailAddress(text: string): string | undefined {
  return /^[^\s@]+@[^\s@]+$/.test(text) && text.length <= 254 ? text : undefined
}

export function postgresUrl(text: string): string | undefined {
  return ['postgres:', 'postgresql:'].includes(url(text)?.protocol ?? '') ? text : undefined
}

export function smtpUrl(text: string): string | undefined {
  return ['smtp:', 'smtps:'].includes(url(text)?.protocol ?? '') ? text : undefined
}

function url(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined
}

export function origin(text: string): string | undefined {
  const parsed = url(text)
  if (!parsed || !['http:', 'https:'].includes(parsed.protocol)) return undefined
  // Whatever the URL holds besides its origin would be lost without a word.
  return parsed.href === `${parsed.origin}/` && !/[?#]/.test(text) ? parsed.origin : undefined
}

/** Plain HTTP shows everything to the network: only this machine's own may be plain. */
export function issuer(text: string): string | undefined {
  const parsed = url(text)
  if (!parsed || parsed.search !== '' || parsed.hash !== '' || parsed.username !== '') return undefined
  const isOwn = ['localhost', '127.0.0.1', '[::1]'].includes(parsed.hostname)
  return parsed.protocol === 'https:' || (parsed.protocol === 'http:' && isOwn) ? text : undefined
}

/** Addresses and `address/bits`, with commas between them. */
export function networks(text: string): string[] | undefined {
  const list = text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
  const isNetwork = (each: string): boolean => {
    const [address = '', bits, more] = each.split('/')
    const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
    return more === undefined && most > 0 && (bits === undefined || integer(bits, 0, most) !== undefined)
  }
  return list.length > 0 && list.every(isNetwork) ? list : undefined
}

export function timeZone(text: string): string | undefined {
  // Intl also takes bare offsets such as +03:00, which know no summer time.
  if (!/^[a-z]/i.test(text)) return undefined
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone ? text : undefined
  } catch {
    return undefined
  }
}

/** `1/s3cretc0de`, or the whole address: a shell that has taken over what a start has told (`-o env`) may start again. */
export function webhook(text: string): { userId: number; code: string } | undefined {
  const path = text.replace(/^https?:\/\/[^\s/]+\/rest\/(.+)\/$/, '$1')
  const [, userId, code] = /^([1-9]\d{0,8})\/([A-Za-z0-9]{8,64})$/.exec(path) ?? []
  return userId !== undefined && code !== undefined ? { userId: Number(userId), code } : undefined
}
