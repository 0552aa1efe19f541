const PAIRS: readonly [tag: string, code: string][] = [
  ['b', 'B'],
  ['strong', 'B'],
  ['i', 'I'],
  ['em', 'I'],
  ['u', 'U'],
  ['s', 'S'],
  ['strike', 'S'],
  ['del', 'S'],
]
const CODES = new Map(PAIRS)
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', '#39': "'" }
const SAFE_LINK = /^(https?:\/\/|mailto:|tel:|\/(?!\/))/i

const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>/g
const ENTITY = /&(amp|lt|gt|quot|apos|nbsp|#39);/g

/**
 * Comments arrive as BB-code or HTML and are kept as BB-code ("HTML input is converted to BB-code on output",
 * api-reference/crm/data-types.md). Tags without a counterpart vanish, scripts and styles with what they hold.
 * Text without a tag stays as it was written, so that `a < b` survives.
 */
export function bbCodeFromHtml(input: string): string {
  TAG.lastIndex = 0
  if (!input.includes('<') || !TAG.test(input)) return input
  return input
    .replace(/<(script|style|iframe|object)\b[\s\S]*?(<\/\1\s*>|$)/gi, '')
    .replace(/<!--[\s\S]*?(-->|$)/g, '')
    .replace(TAG, (_all, closing: string, name: string, attributes: string) =>
      tag(closing === '/', name.toLowerCase(), attributes),
    )
    .replace(ENTITY, (_all, name: string) => ENTITIES[name] ?? '')
}

function tag(closing: boolean, name: string, attributes: string): string {
  const code = CODES.get(name)
  if (code !== undefined) return `[${closing ? '/' : ''}${code}]`
  if (name === 'br') return '\n'
  if (name === 'p' || name === 'div') return closing ? '\n' : ''
  if (name === 'li') return closing ? '\n' : '[*]'
  if (name === 'ul') return closing ? '[/LIST]\n' : '[LIST]\n'
  if (name === 'ol') return closing ? '[/LIST]\n' : '[LIST=1]\n'
  if (name === 'a') return closing ? '[/URL]' : `[URL=${linkOf(attributes)}]`
  return ''
}

function linkOf(attributes: string): string {
  const [, double, single] = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(attributes) ?? []
  const address = (double ?? single ?? '').trim()
  return SAFE_LINK.test(address) ? address.replace(/[[\]]/g, (bracket) => encodeURIComponent(bracket)) : '#'
}
