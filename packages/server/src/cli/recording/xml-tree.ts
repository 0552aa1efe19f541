/** An element on its way: its text, and what is in it. */
interface Open {
  readonly name: string
  readonly key: string | undefined
  readonly children: (readonly [string, unknown])[]
  text: string
}

const TOKEN = /<\?[^>]*\?>|<!--[\s\S]*?-->|<(\/?)([A-Za-z_][\w.-]*)((?:\s+[\w:.-]+="[^"]*")*)\s*(\/?)>|([^<]+)/gy
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const unescape = (text: string): string =>
  text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,4}));/gi,
    (whole, decimal: string, hex: string, name: string) => {
      if (name !== undefined) return ENTITIES[name] ?? whole
      const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )

/**
 * An answer of `method.xml` as the tree that it was made of (http/xml.ts): elements called `item` are a list, others a
 * map; everything else is text, as XML knows no other types. undefined for what is no XML of that kind.
 */
export function fromXml(xml: string): unknown {
  const stack: Open[] = [{ name: '', key: undefined, children: [], text: '' }]
  TOKEN.lastIndex = 0
  let end = 0
  for (let found = TOKEN.exec(xml); found !== null; found = TOKEN.exec(xml)) {
    end = TOKEN.lastIndex
    const [, close = '', name, attributes = '', empty = '', text] = found
    const top = stack.at(-1)
    if (top === undefined) return undefined
    if (text !== undefined) top.text += unescape(text)
    if (name === undefined) continue
    if (close !== '') {
      const parent = stack.at(-2)
      if (top.name !== name || parent === undefined) return undefined
      stack.pop()
      parent.children.push([top.key ?? name, settled(top)])
    } else {
      const key = /\skey="([^"]*)"/.exec(attributes)?.[1]
      const element: Open = { name, key: key === undefined ? undefined : unescape(key), children: [], text: '' }
      if (empty === '') stack.push(element)
      else top.children.push([element.key ?? name, ''])
    }
    if (stack.length > 64) return undefined
  }
  const [root] = stack
  const [document] = root?.children ?? []
  return end === xml.length && stack.length === 1 && root?.children.length === 1 && document?.[0] === 'response'
    ? document[1]
    : undefined
}

function settled({ children, text }: Open): unknown {
  if (children.length === 0) return text
  return children.every(([name]) => name === 'item') ? children.map(([, value]) => value) : Object.fromEntries(children)
}
