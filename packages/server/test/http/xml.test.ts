import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toXml } from '../../src/http/xml.ts'

const head = '<?xml version="1.0" encoding="utf-8"?>\n'
const inner = (value: unknown): string => {
  const xml = toXml(value)
  expect(xml.startsWith(`${head}<response`)).toBe(true)
  return xml.slice(head.length)
}

describe('toXml', () => {
  const cases: [string, unknown, string][] = [
    [
      'a whole answer',
      { result: { result: { get_user: { ID: '1', NAME: 'Klaus' } } }, total: 0 },
      '<response><result><result><get_user><ID>1</ID><NAME>Klaus</NAME></get_user></result></result><total>0</total></response>',
    ],
    [
      'an error',
      { error: 'ERROR_CODE', error_description: 'Message' },
      '<response><error>ERROR_CODE</error><error_description>Message</error_description></response>',
    ],
    [
      'list elements',
      { result: [{ ID: 1 }, 'x', []] },
      '<response><result><item><ID>1</ID></item><item>x</item><item/></result></response>',
    ],
    [
      'numeric keys',
      { result: { 5: 'a', '-1': 'b' } },
      '<response><result><item>a</item><item>b</item></result></response>',
    ],
    ['true, false and null', { a: true, b: false, c: null, d: '' }, '<response><a>1</a><b/><c/><d/></response>'],
    ['numbers', { a: -1.5, b: 12n, c: Number.NaN, d: 0 }, '<response><a>-1.5</a><b>12</b><c/><d>0</d></response>'],
    ['text', { a: '<b> & "c"\r\n' }, '<response><a>&lt;b&gt; &amp; "c"&#13;\n</a></response>'],
    ['illegal characters are dropped', { a: 'x\0\x08\x1f\ufffe\ud800y\t😀' }, '<response><a>xy\t😀</a></response>'],
    [
      'keys that are no names',
      { 'a b': 1, '>ID': 2, '': 3 },
      '<response><item key="a b">1</item><item key="&gt;ID">2</item><item key="">3</item></response>',
    ],
    ['keys are escaped', { 'a"<&\n\0': null }, '<response><item key="a&quot;&lt;&amp;&#10;"/></response>'],
    [
      'plain names and others',
      { 'a-b.c': 2, _: 1, Имя: 1, 'a:b': 3, '-a': 4 },
      '<response><a-b.c>2</a-b.c><_>1</_><item key="Имя">1</item><item key="a:b">3</item><item key="-a">4</item></response>',
    ],
    ['members that JSON leaves out', { a: undefined, b: () => 1, c: 1 }, '<response><c>1</c></response>'],
    ['dates', { a: new Date(0) }, '<response><a>1970-01-01T00:00:00.000Z</a></response>'],
    ['a map without a prototype', Object.assign(Object.create(null), { a: 1 }), '<response><a>1</a></response>'],
    ['a scalar', 5, '<response>5</response>'],
    ['nothing', {}, '<response/>'],
  ]
  test.each(cases)('%s', (_name, value, xml) => expect(inner(value)).toBe(xml))
})

type Element = { name: string; key: string | undefined; text: string; children: Element[] }

/** A reader for exactly the XML that may come out; throws at anything else. */
function read(xml: string): Element {
  const root: Element = { name: '', key: undefined, text: '', children: [] }
  const open = [root]
  const token = /<\/([^<>\s/]+)>|<([^<>\s/"=&]+)(?: key="([^<>"\r\n\t]*)")?(\/)?>|([^<>\r]+)/uy
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex
    const [, closed, opened, key, empty, text] = token.exec(xml) ?? []
    const current = open[open.length - 1]
    if (current === undefined) throw new Error(`text after the root at ${at}`)
    if (closed !== undefined) {
      if (open.pop()?.name !== closed) throw new Error(`</${closed}> closes another element`)
    } else if (opened !== undefined) {
      const element = { name: opened, key: key === undefined ? undefined : unescape(key), text: '', children: [] }
      current.children.push(element)
      if (empty === undefined) open.push(element)
    } else if (text !== undefined) {
      current.text += unescape(text)
    } else {
      throw new Error(`not well-formed at ${at}`)
    }
  }
  if (open.length !== 1 || root.children.length !== 1) throw new Error('not one root')
  return root.children[0] as Element
}

function unescape(text: string): string {
  const chars: { [name: string]: string } = {
    lt: '<',
    gt: '>',
    amp: '&',
    quot: '"',
    '#9': '\t',
    '#10': '\n',
    '#13': '\r',
  }
  return text.replace(/&([^;&]*)(;?)/g, (_whole, name: string, end: string) => {
    const char = chars[name]
    if (char === undefined || end === '') throw new Error(`unknown reference &${name}`)
    return char
  })
}

const legal = (text: string): string => text.replace(/[^\t\n\r\u0020-\ufffd\u{10000}-\u{10ffff}]/gu, '')

function expectedOf(name: string, key: string | undefined, value: unknown): Element {
  if (typeof value !== 'object' || value === null) {
    const text = value === true ? '1' : value === false || value === null ? '' : legal(String(value))
    return { name, key, text, children: [] }
  }
  const children = Object.entries(value).map(([childKey, child]) => {
    if (Array.isArray(value) || /^-?\d+$/.test(childKey)) return expectedOf('item', undefined, child)
    if (/^[a-z_][a-z0-9_.-]*$/i.test(childKey)) return expectedOf(childKey, undefined, child)
    return expectedOf('item', legal(childKey), child)
  })
  return { name, key, text: '', children }
}

test('any JSON value can be read back out of its XML', () => {
  const key = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom('item', '__proto__', '0', 'key'))
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.constantFrom('\r\n', ']]>', '&amp;', '<!--', true, false, null, 1.5, -7),
      fc.array(tie('value'), { maxLength: 5 }),
      fc.dictionary(key, tie('value'), { maxKeys: 5 }),
    ),
  }))
  fc.assert(
    fc.property(fc.dictionary(key, value), (envelope) => {
      expect(read(inner(envelope))).toEqual(expectedOf('response', undefined, envelope))
    }),
    { numRuns: 500 },
  )
})
