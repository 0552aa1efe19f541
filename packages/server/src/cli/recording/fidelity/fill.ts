import { extensionOf, placeholderIn } from '../placeholders.ts'

/** A picture of one point. */
const PICTURE = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'
const DAY = 86_400_000

/** Parameters with something that can be sent in the place of each placeholder: the same for the same one. */
export function filled(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) {
    const [first] = value as unknown[]
    return value.map((each) => filled(each, typeof first === 'string' ? first : ''))
  }
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [String(filledOne(key, '')), filled(member)]),
    )
  return filledOne(value, name)
}

function filledOne(value: unknown, name: string): unknown {
  const found = placeholderIn(value)
  if (found === undefined) return value
  const { kind, number } = found
  switch (kind) {
    case 'digits':
      return String(1_000_000 + number)
    case 'number':
      return 1_000 + number
    case 'secret':
      return 'secret1'
    case 'key':
      return `key${number}`
    case 'ip':
      return `192.0.2.${(number % 254) + 1}`
    case 'date':
      return dateIn(String(value), number)
    case 'content':
      return /\.(gif|png|jpe?g|bmp|webp)$/.test(extensionOf(name))
        ? PICTURE
        : Buffer.from(`File ${number}\n`).toString('base64')
    default:
      // Addresses, phones, names of files and texts are what they look like.
      return value
  }
}

/** In the same form: a birthday of somebody who is alive. */
function dateIn(text: string, number: number): string {
  const day = new Date(Date.UTC(1970, 0, 1) + (number % 12_000) * DAY).toISOString().slice(0, 10)
  return /^\d\d\./.test(text) ? `${day.split('-').toReversed().join('.')}${text.slice(10)}` : `${day}${text.slice(10)}`
}

/** Whether something is in it that only the recorded portal could have understood: a file's content or a secret. */
export function isBeyondFilling(value: unknown): 'content' | 'secret' | undefined {
  const kind = placeholderIn(value)?.kind
  if (kind === 'content' || kind === 'secret') return kind
  if (typeof value !== 'object' || value === null) return undefined
  for (const member of Object.values(value)) {
    const found = isBeyondFilling(member)
    if (found !== undefined) return found
  }
  return undefined
}
