import './bb-text.css'
import { defineComponent, h, type VNode, type VNodeArrayChildren } from 'vue'
import { addressOf, colourIn, type Element, linked, type Node, parse } from './bb-code.ts'

type Children = VNodeArrayChildren

/** Text with its line ends and with links on the addresses that stand in it. */
function textOf(text: string): Children {
  return text.split('\n').flatMap((line, index): Children => {
    const parts = linked(line).map((part) => (typeof part === 'string' ? part : linkTo(part.href, [part.text])))
    return index === 0 ? parts : [h('br'), ...parts]
  })
}

const linkTo = (href: string, children: Children): VNode =>
  h(
    'a',
    href.startsWith('/')
      ? { href, class: 'bb-link' }
      : { href, class: 'bb-link', target: '_blank', rel: 'noopener noreferrer nofollow' },
    children,
  )

const wordsOf = (nodes: readonly Node[]): string =>
  nodes.map((node) => (typeof node === 'string' ? node : wordsOf(node.children))).join('')

/** Blocks bring their own distance: the line ends around them are none of the text. */
const BLOCKS: ReadonlySet<string> = new Set([
  'list',
  'quote',
  'code',
  'p',
  'table',
  'left',
  'center',
  'right',
  'justify',
])
const isBlock = (node: Node | undefined): boolean => typeof node === 'object' && BLOCKS.has(node.tag)

const all = (nodes: readonly Node[]): Children =>
  nodes.flatMap((node, index): Children => {
    if (typeof node !== 'string') return [elementOf(node)]
    const start = isBlock(nodes[index - 1]) ? node.replace(/^\n/, '') : node
    return textOf(isBlock(nodes[index + 1]) ? start.replace(/\n$/, '') : start)
  })

/** The parts of a list or a table; what stands between them, such as line ends, is nothing. */
const parts = (element: Element, tag: string, make: (part: Element) => VNode): Children =>
  element.children.flatMap((node) => (typeof node === 'object' && node.tag === tag ? [make(node)] : []))

const trimmed = (nodes: readonly Node[]): Node[] =>
  nodes.map((node, index) => (typeof node === 'string' && index === nodes.length - 1 ? node.trimEnd() : node))

function elementOf(element: Element): VNode {
  const { tag, value, children } = element
  switch (tag) {
    case 'b':
      return h('strong', all(children))
    case 'i':
      return h('em', all(children))
    case 'u':
      return h('u', all(children))
    case 's':
      return h('s', all(children))
    case 'url': {
      const href = addressOf(element)
      // A link in a link is none.
      return href === undefined ? h('span', all(children)) : linkTo(href, [wordsOf(children) || href])
    }
    case 'email': {
      const href = addressOf({ ...element, value: `mailto:${value || wordsOf(children)}` })
      return href === undefined ? h('span', all(children)) : linkTo(href, [wordsOf(children)])
    }
    // Pictures and films of other servers would tell them who reads what: they are links.
    case 'img':
    case 'video': {
      const href = addressOf({ ...element, value: '' })
      return href === undefined ? h('span', wordsOf(children)) : linkTo(href, [wordsOf(children)])
    }
    case 'list': {
      const items = parts(element, '*', (item) => h('li', all(trimmed(item.children))))
      return value === '1'
        ? h('ol', { class: 'bb-list list-decimal' }, items)
        : h('ul', { class: 'bb-list list-disc' }, items)
    }
    case '*':
      return h('span', all(children))
    case 'quote':
      return h('blockquote', { class: 'bb-quote' }, all(trimmed(children)))
    case 'code':
      return h('pre', { class: 'bb-code', tabindex: 0 }, h('code', wordsOf(children).replace(/^\n|\n$/g, '')))
    case 'user':
      return h('span', { class: 'bb-mention' }, wordsOf(children))
    case 'color': {
      const color = colourIn(value)
      return h('span', color === undefined ? {} : { style: { color } }, all(children))
    }
    case 'p':
    case 'left':
    case 'center':
    case 'right':
    case 'justify':
      return h('p', tag === 'center' || tag === 'right' ? { class: `text-${tag}` } : {}, all(children))
    case 'table':
      return h('table', { class: 'bb-table' }, h('tbody', parts(element, 'tr', elementOf)))
    case 'tr':
      return h(
        'tr',
        children.flatMap((node) =>
          typeof node === 'object' && (node.tag === 'td' || node.tag === 'th') ? [elementOf(node)] : [],
        ),
      )
    case 'td':
      return h('td', all(children))
    case 'th':
      return h('th', all(children))
    case 'spoiler':
      return h('details', [h('summary', value || '…'), ...all(children)])
    case 'br':
      return h('br')
    case 'size':
    case 'font':
    case 'disk':
    case 'icon':
      return h('span', all(children))
  }
}

/** What people have written with markup, as elements: never as HTML. */
export default defineComponent({
  name: 'BbText',
  props: { text: { type: String, required: true } },
  setup: (props) => () => h('div', { class: 'bb-text' }, all(parse(props.text))),
})
