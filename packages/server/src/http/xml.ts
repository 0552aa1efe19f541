/**
 * A whole answer as XML for `method.xml` (settings/how-to-call-rest-api/general-principles.md): root `<response>`, keys
 * become elements. How PHP would print lists is not documented; here list elements and numeric keys are `<item>`, and
 * a key that is no plain XML name is `<item key="…">`. `true` is `1`; `false`, `null` and empty containers are empty
 * elements. Members that JSON would leave out are left out.
 */
export function toXml(value: unknown): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${element('response', '', value)}`
}

// XML 1.0 allows more, but its editions disagree on what, and so do parsers; a colon would need a namespace.
const safeName = /^[A-Za-z_][\w.-]*$/

// Not even a character reference may name these.
const illegal = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF\p{Surrogate}]/gu

const references: { [char: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

function member(key: string, value: unknown): string {
  if (/^-?\d+$/.test(key)) return element('item', '', value)
  if (safeName.test(key)) return element(key, '', value)
  return element('item', ` key="${escape(key, /[&<>"\t\n\r]/g)}"`, value)
}

function element(name: string, attributes: string, value: unknown): string {
  const inner = content(value)
  return inner === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${inner}</${name}>`
}

function content(value: unknown): string {
  switch (typeof value) {
    case 'string':
      // A bare carriage return would be read back as a line feed.
      return escape(value, /[&<>\r]/g)
    case 'number':
      return Number.isFinite(value) ? String(value) : ''
    case 'bigint':
      return String(value)
    case 'boolean':
      return value ? '1' : ''
    case 'object':
      return value === null ? '' : children(value)
    default:
      return ''
  }
}

function children(value: object): string {
  if (Array.isArray(value)) return value.map((child) => element('item', '', child)).join('')
  if ('toJSON' in value && typeof value.toJSON === 'function') return content(value.toJSON())
  let out = ''
  for (const [key, child] of Object.entries(value)) {
    if (child !== undefined && typeof child !== 'function' && typeof child !== 'symbol') out += member(key, child)
  }
  return out
}

function escape(text: string, special: RegExp): string {
  return text.replace(illegal, '').replace(special, (char) => references[char] as string)
}
