/** What stands for a secret. */
export const MASK = '***'

/** Characters of one text, and of everything that is kept of one value. */
const LONGEST_TEXT = 4_000
/** A text of base64 from this length on is a file's and not somebody's word. */
const SHORTEST_FILE = 400
const DEEPEST = 32

/** Keys in lower case, without what separates their words. */
const WORDS = /password|passwd|secret|token|apikey|privatekey|accesskey|signature/
const NAMES: ReadonlySet<string> = new Set([
  'auth',
  'authorization',
  'cookie',
  'csrf',
  'otp',
  'passphrase',
  'pin',
  'pwd',
  'sessid',
  'sign',
  'totp',
])
const FILES: ReadonlySet<string> = new Set(['filedata', 'filecontent', 'contentbase64', 'base64'])

const plain = (key: string): string => key.toLowerCase().replace(/[^a-z\d]/g, '')

/** Keys come again and again; anybody may send others without end. */
const known = new Map<string, boolean>()
const MOST_KNOWN = 5_000

/** Whether what stands under a key is never shown. `auth_connector` is a name that its author has chosen for itself. */
export function isSecretKey(key: string): boolean {
  let isSecret = known.get(key)
  if (isSecret === undefined) {
    const name = plain(key)
    isSecret = NAMES.has(name) || WORDS.test(name)
    if (key.length <= 64 && known.size < MOST_KNOWN) known.set(key, isSecret)
  }
  return isSecret
}

/** `PASSWORD=…`, `fields[PASSWORD]=…` in addresses and in the commands of a batch, decoded or not. */
const PAIR = /([?&;]|^)((?:[^=&?#\s"'<>]|%[\da-f]{2}){1,200})=([^&#\s"'<>]*)/gi
/** The code of a webhook in an address. */
const WEBHOOK = /(\/rest\/\d+\/)[\w-]{8,}(?=[/?#]|$)/gi
const BEARER = /\b(Bearer\s+)[\w.~+/=-]+/gi
/** `"password": "…"` in a text that is JSON itself. */
const MEMBER = /"([^"\\]{1,100})"(\s*:\s*)"(?:[^"\\]|\\.)*"/g

/** A text without the secrets that addresses, headers and commands in it carry. */
export function maskText(text: string): string {
  let masked = text
  if (masked.includes('/rest/')) masked = masked.replace(WEBHOOK, `$1${MASK}`)
  if (masked.includes('earer')) masked = masked.replace(BEARER, `$1${MASK}`)
  if (masked.includes('":') || masked.includes('" :'))
    masked = masked.replace(MEMBER, (whole, name: string, colon: string) =>
      isSecretKey(name) ? `"${name}"${colon}"${MASK}"` : whole,
    )
  if (masked.includes('='))
    masked = masked.replace(PAIR, (whole, start: string, name: string) =>
      isSecretPath(name) ? `${start}${name}=${MASK}` : whole,
    )
  return masked
}

/** Of `fields[auth][PASSWORD]` each part is a key. */
function isSecretPath(name: string): boolean {
  let decoded = name
  try {
    decoded = decodeURIComponent(name)
  } catch {
    // A lone per cent sign: it is read as it is.
  }
  return decoded.split(/[[\]]+/).some((part) => part !== '' && isSecretKey(part))
}

const BASE64 = /^(?:data:[\w/+.;=-]{1,100},)?[A-Za-z\d+/_-][A-Za-z\d+/_\r\n-]+={0,2}\s*$/

const isFile = (text: string): boolean => text.length >= SHORTEST_FILE && BASE64.test(text)
const fileWords = (text: string): string => `(a file of about ${Math.floor((text.length * 3) / 4)} bytes is not kept)`

/** `[name, base64]`: how files come, whether they were sent as such or in parts of a form. */
const isFilePair = (list: readonly unknown[]): boolean =>
  list.length === 2 &&
  typeof list[0] === 'string' &&
  /\.[a-z\d]{1,8}$/i.test(list[0]) &&
  typeof list[1] === 'string' &&
  list[1].length >= 8 &&
  BASE64.test(list[1])

export interface Masked {
  /** JSON. */
  readonly text: string
  /** Something is left out because it is long. */
  readonly cut: boolean
}

/** How much may still be kept, and whether anything was left out. */
interface Budget {
  left: number
  cut: boolean
}

/**
 * A value as JSON without secrets and without the contents of files, and not longer than about `most` characters: what
 * is too much is left out, and the rest says so.
 *
 * @param secrets further keys of maps whose values are secrets here
 */
export function masked(value: unknown, most: number, secrets: ReadonlySet<string> = new Set()): Masked {
  const budget: Budget = { left: most, cut: false }
  const copy = copied(value, budget, secrets, 0)
  return { text: JSON.stringify(copy ?? null), cut: budget.cut }
}

function copied(value: unknown, budget: Budget, secrets: ReadonlySet<string>, depth: number): unknown {
  if (typeof value === 'string') return copiedText(value, budget)
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) {
    budget.left -= 8
    return value
  }
  if (depth >= DEEPEST) {
    budget.cut = true
    return '…'
  }
  if (Array.isArray(value)) return copiedList(value, budget, secrets, depth)
  if ('toJSON' in value && typeof value.toJSON === 'function') return copied(value.toJSON(), budget, secrets, depth + 1)
  const copy: Record<string, unknown> = {}
  const keys = Object.keys(value)
  for (const [index, key] of keys.entries()) {
    if (budget.left <= 0) {
      budget.cut = true
      copy['…'] = `${keys.length - index} more`
      break
    }
    budget.left -= key.length + 4
    define(copy, key, memberOf(key, (value as Record<string, unknown>)[key], budget, secrets, depth))
  }
  return copy
}

/** A key may be `__proto__`, as anybody may send anything. */
function define(copy: Record<string, unknown>, key: string, value: unknown): void {
  if (value === undefined) return
  if (key === '__proto__') Object.defineProperty(copy, key, { value, enumerable: true })
  else copy[key] = value
}

function memberOf(key: string, value: unknown, budget: Budget, secrets: ReadonlySet<string>, depth: number): unknown {
  if (value === undefined) return undefined
  if ((isSecretKey(key) || secrets.has(key)) && value !== null && value !== '' && typeof value !== 'boolean')
    return MASK
  const mayBeFile = (typeof value === 'string' && value !== '') || Array.isArray(value)
  if (mayBeFile && key.length >= 6 && key.length <= 20 && FILES.has(plain(key)))
    return typeof value === 'string' ? fileWords(value) : (value as unknown[]).map((each, at) => fileMember(each, at))
  return copied(value, budget, secrets, depth + 1)
}

const fileMember = (value: unknown, at: number): unknown =>
  Array.isArray(value)
    ? value.map(fileMember)
    : typeof value === 'string'
      ? at === 0
        ? value.slice(0, 255)
        : fileWords(value)
      : null

function copiedList(list: readonly unknown[], budget: Budget, secrets: ReadonlySet<string>, depth: number): unknown[] {
  if (isFilePair(list)) return list.map(fileMember)
  const copy: unknown[] = []
  for (const [index, each] of list.entries()) {
    if (budget.left <= 0) {
      budget.cut = true
      copy.push(`… ${list.length - index} more`)
      break
    }
    copy.push(copied(each, budget, secrets, depth + 1))
  }
  return copy
}

function copiedText(text: string, budget: Budget): string {
  if (isFile(text)) return fileWords(text)
  const most = Math.max(Math.min(LONGEST_TEXT, budget.left), 40)
  // Cut first: nobody's long text may cost the time of a search through all of it.
  const short = text.length > most ? text.slice(0, most) : text
  const safe = maskText(short)
  budget.left -= safe.length + 2
  if (short.length === text.length) return safe
  budget.cut = true
  return `${safe}… (${text.length} characters)`
}
