import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parsePairs, parseQuery } from '../../src/schema/pairs.ts'
import { ParamsError } from '../../src/schema/params-error.ts'
import { buildTree, keysInOrder } from '../../src/schema/tree.ts'

const codeOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof ParamsError) return error.code
    throw error
  }
  return 'no error'
}

describe('parsePairs', () => {
  const cases: [string, string, [string, string][]][] = [
    ['+ and %20 are spaces', 'a+b=c%20d+e', [['a b', 'c d e']]],
    ['%2B is a plus', 'a=%2B1555', [['a', '+1555']]],
    ['the first = splits', 'a=b=c', [['a', 'b=c']]],
    [
      'a key without = has an empty value',
      'a&b=',
      [
        ['a', ''],
        ['b', ''],
      ],
    ],
    [
      'empty parts are skipped',
      '&&a=1&&b=2&',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    ['raw UTF-8 and escapes mix', 'имя=%D0%98мя', [['имя', 'Имя']]],
    [
      'a malformed % stays',
      'a=100%&b=%zz%4&c=%%41',
      [
        ['a', '100%'],
        ['b', '%zz%4'],
        ['c', '%A'],
      ],
    ],
    ['a malformed % does not stop the decoding around it', 'a=%D0%98%+%41', [['a', 'И% A']]],
    ['lower-case hexadecimal works', 'a=%d0%98', [['a', 'И']]],
    ['an empty text has no pairs', '', []],
  ]
  test.each(cases)('%s', (_name, text, pairs) => expect(parsePairs(text)).toEqual(pairs))

  test('a long value decodes like a short one', () => {
    const value = 'я+%zz & %41 €😀'.repeat(100)
    const encoded = encodeURIComponent(value).replaceAll('%20', '+')
    expect(parsePairs(`a=${encoded}`)).toEqual([['a', value]])
    expect(parsePairs(`a=${'+%41%zz'.repeat(100)}`)).toEqual([['a', ' A%zz'.repeat(100)]])
  })

  test.each([
    ['bytes that are not UTF-8', 'a=%FF', 'bad-encoding'],
    ['an overlong form', 'a=%C0%AF', 'bad-encoding'],
    ['an encoded surrogate', 'a=%ED%A0%80', 'bad-encoding'],
    ['bytes that are not UTF-8 in a key', '%E9=1', 'bad-encoding'],
    ['bytes that are not UTF-8 in a long value', `a=${'x'.repeat(1000)}%FF`, 'bad-encoding'],
    ['half a surrogate pair', 'a=\ud800', 'bad-encoding'],
    ['NUL in a value', 'a=x%00', 'nul-byte'],
    ['NUL in a key', 'a[%00]=x', 'nul-byte'],
    ['a raw NUL', 'a=\0', 'nul-byte'],
  ])('%s is refused', (_name, text, code) => expect(codeOf(() => parsePairs(text))).toBe(code))

  test('a percent sign encoded once more does not make a NUL', () => {
    expect(parsePairs('a=%2500')).toEqual([['a', '%00']])
  })

  test('more pairs than allowed are refused, repeated ones too', () => {
    expect(parsePairs('a&a&a', 3)).toHaveLength(3)
    expect(codeOf(() => parsePairs('a&a&a&a', 3))).toBe('too-many')
    expect(codeOf(() => parsePairs('a&'.repeat(20_001)))).toBe('too-many')
  })
})

describe('parseQuery', () => {
  const cases: [string, string, unknown][] = [
    [
      'maps and lists by explicit index',
      'fields[TITLE]=A&fields[PHONE][0][VALUE]=%2B1555&fields[PHONE][0][VALUE_TYPE]=WORK',
      { fields: { TITLE: 'A', PHONE: [{ VALUE: '+1555', VALUE_TYPE: 'WORK' }] } },
    ],
    ['[] appends', 'select[]=ID&select[]=TITLE', { select: ['ID', 'TITLE'] }],
    ['operators live inside the key', 'filter[%3EID]=5&filter[@ID][0]=1', { filter: { '>ID': '5', '@ID': ['1'] } }],
    [
      'numeric and named keys make a map',
      'filter[logic]=OR&filter[0][title]=x&filter[1][title]=y',
      { filter: { logic: 'OR', 0: { title: 'x' }, 1: { title: 'y' } } },
    ],
    [
      'a batch command is encoded twice in a URL',
      'cmd[a]=crm.deal.list%3Fselect%255B%255D%3DID',
      { cmd: { a: 'crm.deal.list?select%5B%5D=ID' } },
    ],
    ['brackets may be percent-encoded', 'fields%5BTITLE%5D=A', { fields: { TITLE: 'A' } }],
    [
      'the form of CRest',
      'filter%5B%3EOPPORTUNITY%5D=1000&select%5B0%5D=ID&select%5B1%5D=PHONE&order%5BID%5D=ASC&start=50&auth=9d4c',
      { filter: { '>OPPORTUNITY': '1000' }, select: ['ID', 'PHONE'], order: { ID: 'ASC' }, start: '50', auth: '9d4c' },
    ],
    ['the last scalar wins', 'a=1&a=2', { a: '2' }],
    ['a container replaces a scalar', 'a=1&a[b]=2', { a: { b: '2' } }],
    ['a scalar replaces a container', 'a[b]=2&a=1', { a: '1' }],
    ['[] counts on from the highest index', 'a[5]=x&a[]=y&a[2]=z&a[]=w', { a: { 5: 'x', 6: 'y', 2: 'z', 7: 'w' } }],
    ['[] ignores negative indexes', 'a[-3]=x&a[]=y', { a: { '-3': 'x', 0: 'y' } }],
    ['[] and explicit indexes join into a list', 'a[]=x&a[1]=y&a[]=z', { a: ['x', 'y', 'z'] }],
    ['[] inside a path makes a new element each time', 'a[][b]=1&a[][b]=2', { a: [{ b: '1' }, { b: '2' }] }],
    ['a gap makes a map', 'a[0]=x&a[2]=y', { a: { 0: 'x', 2: 'y' } }],
    ['the wrong order makes a map', 'a[1]=y&a[0]=x', { a: { 0: 'x', 1: 'y' } }],
    ['a leading zero is text', 'a[00]=x&a[01]=y', { a: { '00': 'x', '01': 'y' } }],
    [
      'an integer too large for a double is text',
      'a[9007199254740993]=x&a[]=y',
      { a: { '9007199254740993': 'x', 0: 'y' } },
    ],
    ['a replaced element keeps a list a list', 'a[0]=x&a[1]=y&a[0]=z', { a: ['z', 'y'] }],
    ['the top is always a map', '0=a&1=b', { 0: 'a', 1: 'b' }],
    ['an empty list of the Python SDK is one empty element', 'a[]=', { a: [''] }],
    ['an unclosed bracket becomes _', 'a[b=1', { a_b: '1' }],
    ['. and space become _ in a top-level name', 'a.b+c=1&d.e[f.g h]=2', { a_b_c: '1', d_e: { 'f.g h': '2' } }],
    ['leading spaces of a name are dropped', '++a=1', { a: '1' }],
    ['an unclosed bracket further in is dropped', 'a[b][c=1', { a: { b: '1' } }],
    ['text after a bracket is dropped', 'a[b]c=1&d[e]f[g]=2', { a: { b: '1' }, d: { e: '2' } }],
    ['a bracket inside brackets is text', 'a[b[c]=1', { a: { 'b[c': '1' } }],
    ['[ ] appends', 'a[+]=1&a[+]=2', { a: ['1', '2'] }],
    ['a nameless value is skipped', '=1&[a]=2&[=3&+=4&b=5', { b: '5' }],
    ['an empty query has no parameters', '', {}],
  ]
  test.each(cases)('%s', (_name, text, tree) => expect(parseQuery(text)).toEqual(tree))

  test('a batch out of a URL is decoded once for the command and once for its parameters', () => {
    const tree = parseQuery(
      'halt=0&cmd%5Ba%5D=crm.deal.list%3Ffilter%255B%253EID%255D%3D5%26select%255B0%255D%3DID',
    ) as { cmd: { a: string } }
    expect(tree.cmd.a).toBe('crm.deal.list?filter%5B%3EID%5D=5&select%5B0%5D=ID')
    expect(parseQuery(tree.cmd.a.split('?')[1] ?? '')).toEqual({ filter: { '>ID': '5' }, select: ['ID'] })
  })

  test('a query that ends in & loses nothing', () => {
    expect(parseQuery('filter[>ID]=0&select[]=*&')).toEqual({ filter: { '>ID': '0' }, select: ['*'] })
  })
})

describe('the order of keys', () => {
  test.each([
    ['descending numbers', 'cmd[2]=x&cmd[1]=y', ['2', '1']],
    ['a number after a name', 'cmd[a]=x&cmd[0]=y', ['a', '0']],
    ['ascending numbers', 'cmd[1]=x&cmd[20]=y', ['1', '20']],
    ['names', 'cmd[b]=x&cmd[a]=y', ['b', 'a']],
    ['a key sent again keeps its place', 'cmd[2]=x&cmd[1]=y&cmd[2]=z', ['2', '1']],
    ['negative numbers', 'cmd[-1]=x&cmd[-2]=y&cmd[0]=z', ['-1', '-2', '0']],
  ])('is kept for %s', (_name, text, keys) => {
    expect(keysInOrder(parseQuery(text).cmd as object)).toEqual(keys)
  })

  test('is kept at the top', () => expect(keysInOrder(parseQuery('1=a&0=b'))).toEqual(['1', '0']))
})

describe('limits', () => {
  const nested = (depth: number) => `a${'[b]'.repeat(depth - 1)}=1`

  test('32 levels are allowed, 33 are not', () => {
    expect(codeOf(() => parseQuery(nested(32)))).toBe('no error')
    expect(codeOf(() => parseQuery(nested(33)))).toBe('too-deep')
    expect(codeOf(() => parseQuery(nested(4), { maxDepth: 3 }))).toBe('too-deep')
  })

  test('keys of every level count', () => {
    expect(codeOf(() => parseQuery('a[b][c]=1&a[b][d]=1', { maxKeys: 4 }))).toBe('no error')
    expect(codeOf(() => parseQuery('a[b][c]=1&a[b][d]=1', { maxKeys: 3 }))).toBe('too-many')
  })

  test('a key of a million brackets is refused', () => {
    expect(codeOf(() => parseQuery(`a${'[]'.repeat(1_000_000)}=1`))).toBe('too-deep')
  })

  test('many different keys do not disturb each other', () => {
    const names = Array.from({ length: 6000 }, (_, i) => `k${i}`)
    const tree = parseQuery(names.map((name) => `x[${name}]=${name}`).join('&')) as { x: { [key: string]: string } }
    expect(Object.keys(tree.x)).toEqual(names)
    expect(names.every((name) => tree.x[name] === name)).toBe(true)
    expect(parseQuery('x[k0]=again')).toEqual({ x: { k0: 'again' } })
  })
})

describe('prototype keys', () => {
  test.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])('%s is an ordinary key', (key) => {
    const tree = parseQuery(`${key}[polluted]=1&a[${key}][polluted]=2&b[]=x&b[${key}]=3`)
    expect(Object.keys(tree)).toEqual([key, 'a', 'b'])
    expect(Object.entries(tree[key] as object)).toEqual([['polluted', '1']])
    expect(Object.entries((tree.a as { [key: string]: object })[key] ?? {})).toEqual([['polluted', '2']])
    expect(Object.entries(tree.b as object)).toEqual([
      ['0', 'x'],
      [key, '3'],
    ])
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(Object.keys(Array.prototype)).toEqual([])
  })

  test('a map knows no key that was not sent', () => {
    expect(parseQuery('a[b]=1').constructor).toBeUndefined()
    expect((parseQuery('a[b]=1').a as { toString?: unknown }).toString).toBeUndefined()
  })
})

test('values that are not text are kept as they are', () => {
  const file = ['a.txt', 'QUJD']
  const tree = buildTree([
    ['fields[FILE]', file],
    ['fields[FILES][]', file],
  ])
  expect(tree).toEqual({ fields: { FILE: file, FILES: [file] } })
})

describe('properties', () => {
  type Leaf = string
  type Node = Leaf | { entries: [string, Node][] }

  const hostile = fc.constantFrom('__proto__', 'constructor', 'prototype', '0', '1', '2', '10', '-1', '-0', '01', '%41')
  const text = fc.string({ unit: 'binary', maxLength: 12 }).filter((value) => !value.includes('\0'))
  const topKey = fc.oneof(
    hostile,
    text.filter((key) => !/[ .[]/.test(key) && key !== ''),
  )
  const innerKey = fc.oneof(
    hostile,
    text.filter((key) => !key.includes(']') && !/^[ \t-\r]?$/.test(key)),
  )
  const entriesOf = (key: fc.Arbitrary<string>, value: fc.Arbitrary<Node>) =>
    fc.uniqueArray(fc.tuple(key, value), { selector: ([name]) => name, minLength: 1, maxLength: 6 })
  const listOf = (value: fc.Arbitrary<Node>) =>
    fc
      .array(value, { minLength: 1, maxLength: 6 })
      .map((values) => values.map((v, i): [string, Node] => [String(i), v]))
  const { node } = fc.letrec<{ node: Node }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      text,
      listOf(tie('node')).map((entries) => ({ entries })),
      entriesOf(innerKey, tie('node')).map((entries) => ({ entries })),
    ),
  }))
  const top = entriesOf(topKey, node)

  const encode = (prefix: string, value: Node): string[] => {
    if (typeof value === 'string') return [`${form(prefix)}=${form(value)}`]
    return value.entries.flatMap(([key, child]) => encode(`${prefix}[${key}]`, child))
  }
  const form = (value: string) => encodeURIComponent(value).replaceAll('%20', '+')

  /** The list/map rule, written a second time: on keys that are known in advance. */
  const expectedOf = (value: Node): unknown => {
    if (typeof value === 'string') return value
    const keys = value.entries.map(([key]) => key)
    if (keys.every((key, i) => key === String(i))) return value.entries.map(([, child]) => expectedOf(child))
    return mapOf(value.entries)
  }
  const mapOf = (entries: [string, Node][]): object => {
    const map = Object.create(null) as { [key: string]: unknown }
    for (const [key, child] of entries) map[key] = expectedOf(child)
    return map
  }
  const checkOrder = (entries: [string, Node][], container: unknown): void => {
    expect(keysInOrder(container as object)).toEqual(entries.map(([key]) => key))
    for (const [key, child] of entries) {
      if (typeof child !== 'string') checkOrder(child.entries, (container as { [key: string]: unknown })[key])
    }
  }

  test('what an http_build_query writes is read back, in order', () => {
    fc.assert(
      fc.property(top, (entries) => {
        const query = entries.flatMap(([key, value]) => encode(key, value)).join('&')
        const tree = parseQuery(query)
        // Not toStrictEqual: vitest stumbles over own keys named __proto__.
        expect(isDeepStrictEqual(tree, mapOf(entries))).toBe(true)
        checkOrder(entries, tree)
      }),
      { numRuns: 500 },
    )
  })

  test('any text is read or refused with a ParamsError', () => {
    const piece = fc.constantFrom(
      'a',
      '[',
      ']',
      '[]',
      '=',
      '&',
      '%',
      '%5B',
      '%5D',
      '+',
      '.',
      '0',
      '-1',
      '__proto__',
      '%FF',
    )
    const query = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 40 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(query, (value) => {
        codeOf(() => parseQuery(value))
        expect(Object.keys(Object.prototype)).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })
})
