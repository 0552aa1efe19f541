/**
 * The markup of comments as the API keeps it (`[B]`, `[URL=…]`, `[LIST]`, `[USER=5]` …), read into a tree. Nothing here
 * makes HTML out of what people have written: BbText.vue turns the tree into elements, text stays text.
 */
export type Node = string | Element

export interface Element {
  readonly tag: Tag
  /** What stands behind `=`: a link's address, a person's number, a colour. */
  readonly value: string
  readonly children: Node[]
}

const tags = [
  'b', 'i', 'u', 's', 'url', 'img', 'list', '*', 'quote', 'code', 'user', 'color', 'size', 'font', 'p', 'left',
  'center', 'right', 'justify', 'table', 'tr', 'td', 'th', 'email', 'video', 'spoiler', 'disk', 'icon',
] as const // prettier-ignore
export type Tag = (typeof tags)[number] | 'br'

const KNOWN: ReadonlySet<string> = new Set(tags)
const ALIASES: Readonly<Record<string, Tag>> = {
  del: 's',
  strike: 's',
  mail: 'email',
  ul: 'list',
  li: '*',
  em: 'i',
  strong: 'b',
}
const TOKEN = /\[(\/?)(\*|[a-z]{1,10})(?:=("[^"\n]{0,2000}"|[^\]\n]{0,2000}?))?(?:\s[^\]\n]{0,500})?\]/gi
/** Deeper than this nobody writes; what is deeper is shown as it stands. */
const DEEPEST = 30

/** What stands in them is shown as it stands. */
const RAW: ReadonlySet<Tag> = new Set(['code', 'img', 'video'])
/** They hold nothing. */
const VOID: ReadonlySet<Tag> = new Set(['disk', 'icon'])

/** Reads markup; what is none stays text, and what is left open ends with the text around it. */
export function parse(text: string): Node[] {
  const root: Node[] = []
  const open: Element[] = []
  const into = (): Node[] => open.at(-1)?.children ?? root
  let at = 0
  const say = (words: string): void => {
    if (words !== '') into().push(words)
  }
  TOKEN.lastIndex = 0
  for (let found = TOKEN.exec(text); found !== null; found = TOKEN.exec(text)) {
    const [whole, slash, name = '', value = ''] = found
    const written = name.toLowerCase()
    const tag = ALIASES[written] ?? (KNOWN.has(written) ? (written as Tag) : undefined)
    const raw = open.at(-1)
    const isClosing = slash === '/'
    if (raw !== undefined && RAW.has(raw.tag) && !(isClosing && raw.tag === tag)) continue
    if (tag === undefined) continue
    if (isClosing) {
      const depth = open.findLastIndex((each) => each.tag === tag)
      if (depth < 0) continue
      say(text.slice(at, found.index))
      at = found.index + whole.length
      open.length = depth
      continue
    }
    if (open.length >= DEEPEST) continue
    say(text.slice(at, found.index))
    at = found.index + whole.length
    if (tag === '*') {
      const list = open.findLastIndex((each) => each.tag === 'list')
      // An item outside of a list is only a star.
      if (list < 0) {
        say('• ')
        continue
      }
      open.length = list + 1
    }
    const element: Element = { tag, value: value.replace(/^"|"$/g, '').trim(), children: [] }
    into().push(element)
    if (!VOID.has(tag)) open.push(element)
  }
  say(text.slice(at))
  return root
}

/** The words alone: for previews, titles and the names of what is read aloud. */
export function plainText(text: string): string {
  const words = (node: Node): string =>
    typeof node === 'string'
      ? node
      : `${node.tag === '*' ? '• ' : ''}${node.children.map(words).join('')}${node.tag === '*' || node.tag === 'p' ? '\n' : ''}`
  return parse(text)
    .map(words)
    .join('')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

const words = (nodes: readonly Node[]): string =>
  nodes.map((node) => (typeof node === 'string' ? node : words(node.children))).join('')

/**
 * The address of a link, if it leads where a link may: to a page, a mail address, a phone, or a page of this portal.
 * Schemes that run in the page (`javascript:`, `data:`, `vbscript:`) are none, however they are written.
 */
export function safeLink(input: string): string | undefined {
  // Browsers drop control characters in addresses before they look for a scheme.
  // eslint-disable-next-line no-control-regex
  const address = input.replace(/[\u0000-\u0020\u007f-\u009f\u200b-\u200f\u2028-\u202e\ufeff]/g, '')
  if (/^\/(?![/\\])/.test(address)) return address
  const written = /^(www\.|[a-z\d-]+(\.[a-z\d-]+)+(\/|$))/i.test(address) ? `https://${address}` : address
  try {
    const url = new URL(written)
    return ['http:', 'https:', 'mailto:', 'tel:'].includes(url.protocol) ? url.href : undefined
  } catch {
    return undefined
  }
}

export const addressOf = (element: Element): string | undefined => safeLink(element.value || words(element.children))

const AUTO = /\bhttps?:\/\/[^\s[\]<>"']{2,500}[^\s[\]<>"'.,;:!?)]/gi

/** A text split at the addresses that stand in it. */
export function linked(text: string): readonly (string | { readonly href: string; readonly text: string })[] {
  const parts: (string | { href: string; text: string })[] = []
  let at = 0
  for (const match of text.matchAll(AUTO)) {
    const href = safeLink(match[0])
    if (href === undefined) continue
    if (match.index > at) parts.push(text.slice(at, match.index))
    parts.push({ href, text: match[0] })
    at = match.index + match[0].length
  }
  if (at < text.length) parts.push(text.slice(at))
  return parts
}

const COLOUR = /^#(?:[\da-f]{3}|[\da-f]{6})$/i
export const colourIn = (value: string): string | undefined => (COLOUR.test(value) ? value : undefined)

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string => text.replace(/[&<>"']/g, (each) => ESCAPES[each] ?? '')
const HTML: Readonly<Partial<Record<Tag, string>>> = {
  b: 'b',
  i: 'i',
  u: 'u',
  s: 's',
  '*': 'li',
  quote: 'blockquote',
  p: 'p',
}

/** The same as HTML, for letters: programs that read mail know no BB-code. */
export function htmlOf(text: string): string {
  const html = (node: Node): string => {
    if (typeof node === 'string') return escaped(node).replaceAll('\n', '<br>')
    const inner = node.children.map(html).join('')
    if (node.tag === 'url') {
      const href = addressOf(node)
      return href === undefined ? inner : `<a href="${escaped(href)}">${inner}</a>`
    }
    if (node.tag === 'list') return node.value === '1' ? `<ol>${inner}</ol>` : `<ul>${inner}</ul>`
    if (node.tag === 'code') return `<pre>${escaped(words(node.children))}</pre>`
    const name = HTML[node.tag]
    return name === undefined ? inner : `<${name}>${inner}</${name}>`
  }
  return parse(text).map(html).join('')
}
