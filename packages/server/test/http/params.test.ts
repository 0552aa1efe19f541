import * as fc from 'fast-check'
import { compareNumber } from 'lossless-json'
import { describe, expect, test } from 'vitest'
import { ParamsError } from '../../src/schema/params-error.ts'
import { decodeParams, param } from '../../src/http/params.ts'
import type { Tree, TreeLimits } from '../../src/schema/tree.ts'

const json = 'application/json'
const form = 'application/x-www-form-urlencoded'
const multipart = 'multipart/form-data; boundary=XX'

const decode = async (
  contentType: string | undefined,
  body: string | Buffer | undefined,
  query = '',
  limits?: TreeLimits,
): Promise<Tree> =>
  decodeParams({ query, contentType, body: typeof body === 'string' ? Buffer.from(body) : body }, limits)

const codeOf = async (decoding: Promise<unknown>): Promise<string> => {
  try {
    await decoding
  } catch (error) {
    if (error instanceof ParamsError) return error.code
    throw error
  }
  return 'no error'
}

describe('query and body', () => {
  const cases: [string, string, string | undefined, string | undefined, unknown][] = [
    ['a query alone', 'id=1&select[]=ID', undefined, undefined, { id: '1', select: ['ID'] }],
    ['a body is merged with the query', 'auth=t', json, '{"id":1}', { auth: 't', id: 1 }],
    ['the body wins, name by name', 'a[x]=1&b=2', form, 'a[y]=3', { a: { y: '3' }, b: '2' }],
    ['the body wins over another case', 'auth=old&Id=1', json, '{"AUTH":"new","ID":2}', { AUTH: 'new', ID: 2 }],
    [
      'the tracking parameters of the SDKs are dropped',
      'bx24_request_id=u&bx24_sdk_ver=1.2&bx24_sdk_type=b24-js-sdk&id=1',
      json,
      '[]',
      { id: '1' },
    ],
    ['a body may hold a parameter of that name', '', json, '{"bx24_sdk_ver":"1"}', { bx24_sdk_ver: '1' }],
    ['an empty body of any type is no parameters', 'id=1', 'image/png', '', { id: '1' }],
    ['top-level names keep their spelling', '', json, '{"FIELDS":{"NAME":"Ann"}}', { FIELDS: { NAME: 'Ann' } }],
    ['a parameter with a tab in its name is kept', '', json, '{"event_type\\t":"x"}', { 'event_type\t': 'x' }],
  ]
  test.each(cases)('%s', async (_name, query, type, body, tree) =>
    expect(await decode(type, body, query)).toEqual(tree),
  )

  test.each([
    ['a query that is not UTF-8', 'a=%FF', 'bad-encoding'],
    ['a query with a NUL', 'a=%00', 'nul-byte'],
    ['a query that is too deep', `a${'[b]'.repeat(40)}=1`, 'too-deep'],
  ])('%s is refused', async (_name, query, code) =>
    expect(await codeOf(decode(undefined, undefined, query))).toBe(code),
  )
})

describe('JSON', () => {
  const cases: [string, string, string, unknown][] = [
    [
      'an object',
      json,
      '{"fields":{"TITLE":"A"},"n":1,"t":true,"z":null}',
      { fields: { TITLE: 'A' }, n: 1, t: true, z: null },
    ],
    ['a charset', 'application/json; charset=utf-8', '{"a":"я"}', { a: 'я' }],
    ['a type in upper case', 'Application/JSON;Charset="UTF-8"', '{"a":1}', { a: 1 }],
    ['a structured suffix', 'application/vnd.api+json', '{"a":1}', { a: 1 }],
    ["PHP's empty parameters", json, '[]', {}],
    ['white space only', json, ' \r\n ', {}],
    ['a byte order mark', json, '\ufeff{"a":1}', { a: 1 }],
    ['a list has numeric keys', json, '[7,{"a":1}]', { 0: 7, 1: { a: 1 } }],
    ['maps with numeric keys stay maps', json, '{"cmd":{"0":"a","1":"b"}}', { cmd: { 0: 'a', 1: 'b' } }],
    ['the last of two equal keys wins', json, '{"a":1,"a":2}', { a: 2 }],
    [
      'the last of two equal keys wins beside a long number',
      json,
      '{"a":1,"a":2,"n":12345678901234567890}',
      { a: 2, n: '12345678901234567890' },
    ],
    ['escapes', json, '{"a":"\\u0418\\ud83d\\ude00\\\\u0000\\"[{"}', { a: 'И😀\\u0000"[{' }],
  ]
  test.each(cases)('%s', async (_name, type, body, tree) => expect(await decode(type, body)).toEqual(tree))

  const numbers: [string, unknown][] = [
    ['15', 15],
    ['-0.5', -0.5],
    ['1e3', 1000],
    ['1757424671.509725', 1757424671.509725],
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', '9007199254740993'],
    ['-12345678901234567890', '-12345678901234567890'],
    ['0.1234567890123456789', '0.1234567890123456789'],
    ['1234567890123.4567', '1234567890123.4567'],
    ['12345678901234.56789', '12345678901234.56789'],
    ['1.0000000000000000000', 1],
    ['1e400', '1e400'],
    ['1E-400', '1E-400'],
  ]
  test.each(numbers)('the number %s keeps its value', async (token, value) => {
    expect(await decode(json, `{"a":[${token}],"b":"${token}"}`)).toStrictEqual(
      Object.assign(Object.create(null), { a: [value], b: token }),
    )
    expect((await decode(json, `{"a" :\r\n${token}\r\n}`)).a).toBe(value)
  })

  test('a long number inside a string is left alone', async () => {
    const text = 'a \\" 12345678901234567890, \\\\'
    expect(await decode(json, `{"a":"${text}","n":98765432109876543210}`)).toEqual({
      a: 'a " 12345678901234567890, \\',
      n: '98765432109876543210',
    })
  })

  test.each([
    ['text', 'nope', 'malformed-json'],
    ['an open object', '{"a":1', 'malformed-json'],
    ['an open string', '{"a":"x', 'malformed-json'],
    ['a trailing comma', '{"a":1,}', 'malformed-json'],
    ['a long number as a key', '{12345678901234567890:1}', 'malformed-json'],
    ['a long number as a key, with space', '{12345678901234567890 \n :1}', 'malformed-json'],
    ['a long number with a leading zero', '{"a":012345678901234567890}', 'malformed-json'],
    ['a long number that is none', '{"a":1234567890.12345.67890}', 'malformed-json'],
    ['a raw NUL', '{"a":"\0"}', 'malformed-json'],
    ['a string', '"a"', 'not-an-object'],
    ['a number', '12', 'not-an-object'],
    ['a long number', '12345678901234567890', 'not-an-object'],
    ['true', 'true', 'not-an-object'],
    ['null', 'null', 'not-an-object'],
    ['NUL in a value', '{"a":["\\u0000"]}', 'nul-byte'],
    ['NUL in a key', '{"a":{"\\u0000":1}}', 'nul-byte'],
    ['half a surrogate pair in a value', '{"a":"\\ud800"}', 'bad-encoding'],
    ['half a surrogate pair in a key', '{"\\udc00x":1}', 'bad-encoding'],
    ['a megabyte of brackets', '['.repeat(1 << 20), 'too-deep'],
    ['a megabyte of objects', '{"a":'.repeat(200_000), 'too-deep'],
    ['33 levels', `{"a":${'['.repeat(32)}${']'.repeat(32)}}`, 'too-deep'],
    ['20 001 keys', `{"a":[${'0,'.repeat(19_999)}0]}`, 'too-many'],
    ['many empty lists', `[${'[],'.repeat(20_000)}[]]`, 'too-many'],
    ['many numbers that nothing separates', '[' + '1 '.repeat(30_000), 'too-many'],
  ])('%s is refused', async (_name, body, code) => expect(await codeOf(decode(json, body))).toBe(code))

  test.each([
    ['32 levels', `{"a":${'['.repeat(31)}${']'.repeat(31)}}`],
    ['brackets in a string', `{"a":"${'['.repeat(1000)}"}`],
    ['20 000 keys', `{"a":[${'0,'.repeat(19_998)}0]}`],
  ])('%s are allowed', async (_name, body) => expect(Object.keys(await decode(json, body))).toEqual(['a']))

  test('bytes that are not UTF-8 are refused', async () => {
    expect(await codeOf(decode(json, Buffer.from('{"a":"\xe9"}', 'latin1')))).toBe('bad-encoding')
  })

  test('limits can be set', async () => {
    expect(await codeOf(decode(json, '{"a":{"b":1}}', '', { maxDepth: 1 }))).toBe('too-deep')
    expect(await codeOf(decode(json, '{"a":1,"b":2}', '', { maxKeys: 1 }))).toBe('too-many')
  })

  test('prototype keys are ordinary', async () => {
    const tree = await decode(
      json,
      '{"__proto__":{"polluted":1},"a":{"\\u005f_proto__":{"polluted":2},"constructor":3}}',
    )
    expect(Object.keys(tree)).toEqual(['__proto__', 'a'])
    expect(Object.entries(tree['__proto__'] as object)).toEqual([['polluted', 1]])
    expect(Object.keys(tree.a as object)).toEqual(['__proto__', 'constructor'])
    expect((tree.a as Tree).toString).toBeUndefined()
    expect(({} as Tree).polluted).toBeUndefined()
  })
})

describe('forms and guesses', () => {
  const cases: [string, string | undefined, string, unknown][] = [
    ['a form', form, 'a[]=1&b=c+d', { a: ['1'], b: 'c d' }],
    ['a form with a charset', 'application/x-www-form-urlencoded; charset=UTF-8', 'a=%D1%8F', { a: 'я' }],
    ['raw UTF-8 in a form', form, 'a=я', { a: 'я' }],
    ['text/plain with an object', 'text/plain;charset=UTF-8', ' {"a":1}', { a: 1 }],
    ['text/plain with a form', 'text/plain', 'a=1&b[]=2', { a: '1', b: ['2'] }],
    ['no type with an object', undefined, '{"a":1}', { a: 1 }],
    ['no type with an empty list', undefined, '[]', {}],
    ['no type with a form', undefined, 'fields%5BA%5D=1', { fields: { A: '1' } }],
    ['no type with white space', undefined, '\n', {}],
  ]
  test.each(cases)('%s', async (_name, type, body, tree) => expect(await decode(type, body)).toEqual(tree))

  test.each([
    ['text/plain with prose', 'text/plain', 'hello there', 'unsupported-type'],
    ['no type with XML', undefined, '<a b="c"/>', 'unsupported-type'],
    ['bytes', 'application/octet-stream', 'a=1', 'unsupported-type'],
    ['an image', 'image/png', '\x89PNG', 'unsupported-type'],
    ['text/plain with broken JSON', 'text/plain', '{"a"', 'malformed-json'],
    ['a form with a NUL', form, 'a=%00', 'nul-byte'],
  ])('%s is refused', async (_name, type, body, code) => expect(await codeOf(decode(type, body))).toBe(code))

  test('raw bytes that are not UTF-8 are refused', async () => {
    expect(await codeOf(decode(form, Buffer.from('a=\xe9', 'latin1')))).toBe('bad-encoding')
  })
})

describe('multipart', () => {
  type Part = { headers: string; bytes: string | Buffer }
  const bodyOf = (...parts: Part[]): Buffer =>
    Buffer.concat([
      ...parts.flatMap(({ headers, bytes }) => [
        Buffer.from(`--XX\r\n${headers}\r\n\r\n`),
        Buffer.from(bytes as Buffer),
        Buffer.from('\r\n'),
      ]),
      Buffer.from('--XX--\r\n'),
    ])
  const field = (name: string, bytes: string | Buffer): Part => ({
    headers: `Content-Disposition: form-data; name="${name}"`,
    bytes,
  })
  const file = (name: string, fileName: string, bytes: string | Buffer): Part => ({
    headers: `Content-Disposition: form-data; name="${name}"; filename="${fileName}"\r\nContent-Type: image/png`,
    bytes,
  })

  test('fields nest and files take the form of the wire', async () => {
    const bytes = Buffer.from([0, 255, 13, 10, 45, 45, 88])
    const body = bodyOf(
      field('id', '7'),
      field('fields[TITLE]', 'Имя'),
      file('fields[FILE]', 'фото.png', bytes),
      file('f[]', 'a', ''),
      file('f[]', 'b', 'x'),
    )
    expect(await decode(multipart, body, 'id=1&auth=t')).toEqual({
      auth: 't',
      id: '7',
      fields: { TITLE: 'Имя', FILE: ['фото.png', bytes.toString('base64')] },
      f: [
        ['a', ''],
        ['b', 'eA=='],
      ],
    })
  })

  test('a file may hold any bytes and a name any character', async () => {
    const body = bodyOf(file('\ufffd', '\ufffd.txt', 'x\0\n'))
    expect(await decode(multipart, body)).toEqual({ '\ufffd': ['\ufffd.txt', 'eAAK'] })
  })

  test('a file input left empty is no parameter', async () => {
    expect(await decode(multipart, bodyOf(file('photo', '', ''), field('id', '1')))).toEqual({ id: '1' })
  })

  test('the path that a browser puts before a file name is dropped', async () => {
    expect(await decode(multipart, bodyOf(file('a', 'C:/docs/x.txt', 'x')))).toEqual({ a: ['x.txt', 'eA=='] })
  })

  test('a part with a type but no file name is a field', async () => {
    const headers = 'Content-Disposition: form-data; name="a"\r\nContent-Type: application/octet-stream'
    expect(await decode(multipart, bodyOf({ headers, bytes: 'x' }))).toEqual({ a: 'x' })
  })

  test('a part without a name is dropped', async () => {
    const nameless = { headers: 'Content-Disposition: form-data', bytes: 'x' }
    expect(await decode(multipart, bodyOf(nameless, field('a', '1')))).toEqual({ a: '1' })
  })

  test('a file of some megabytes arrives whole', async () => {
    const bytes = Buffer.alloc(3_000_001, '\r\n--X')
    const tree = await decode(multipart, bodyOf(file('a', 'big', bytes), field('b', '1')))
    expect((tree.a as string[])[1] === bytes.toString('base64')).toBe(true)
    expect(tree.b).toBe('1')
  })

  const good = bodyOf(field('a', '1'))
  test.each([
    ['no boundary', 'multipart/form-data', good, 'unsupported-type'],
    ['a body cut short', multipart, good.subarray(0, -8), 'bad-encoding'],
    ['a body of another kind', multipart, Buffer.from('{"a":1}'), 'bad-encoding'],
    ['a field that is not UTF-8', multipart, bodyOf(field('a', Buffer.from([0xe9]))), 'bad-encoding'],
    ['a name that is not UTF-8', multipart, Buffer.from(bodyOf(field('é', 'x')).toString(), 'latin1'), 'bad-encoding'],
    ['a field with a NUL', multipart, bodyOf(field('a', 'x\0')), 'nul-byte'],
    ['a name that is too deep', multipart, bodyOf(field(`a${'[b]'.repeat(32)}`, 'x')), 'too-deep'],
    ['a million parts', multipart, Buffer.from('--XX\r\n'.repeat(1_000_000)), 'too-many'],
  ])('%s is refused', async (_name, type, body, code) => expect(await codeOf(decode(type, body))).toBe(code))

  test('names and bytes survive', async () => {
    const name = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 8 })
      .filter((value) => /^[^\0"\\\r\n[\] .]+$/.test(value))
    const bytes = fc.uint8Array({ maxLength: 300 }).map((value) => Buffer.from(value))
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.tuple(name, bytes), { selector: ([key]) => key, minLength: 1 }),
        async (parts) => {
          const tree = await decode(multipart, bodyOf(...parts.map(([key, value]) => file(key, 'f', value))))
          for (const [key, value] of parts) expect(tree[key]).toEqual(['f', value.toString('base64')])
          expect(Object.keys(tree)).toHaveLength(parts.length)
        },
      ),
    )
  })
})

describe('param', () => {
  test.each([
    ['the exact name', '{"ID":1,"id":2}', 'id', 2],
    ['another case', '{"FIELDS":1}', 'fields', 1],
    ['the last of several cases', '{"Id":1,"ID":2}', 'id', 2],
    ['a null', '{"id":null,"ID":1}', 'id', null],
    ['nothing', '{"ids":1}', 'id', undefined],
    ['no inherited name', '{}', 'constructor', undefined],
  ])('finds %s', async (_name, body, name, value) => expect(param(await decode(json, body), name)).toBe(value))
})

describe('properties', () => {
  const type = fc.constantFrom(json, form, multipart, 'text/plain', undefined, 'multipart/form-data', 'image/png')
  const token = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\',
    '\\u0000',
    '\\ud800',
    '1e999',
    '12345678901234567890',
    '"__proto__"',
    'null',
    '=',
    '&',
    '%',
    '--XX',
    '--XX--',
    '\r\n',
    '\r\n\r\n',
    'Content-Disposition: form-data; name="a[__proto__]"',
    '; filename="f"',
    '\xff',
  )
  const anyBytes = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.array(token, { maxLength: 30 }).map((tokens) => Buffer.from(tokens.join(''), 'latin1')),
  )

  test('any bytes are read or refused with a ParamsError, and pollute nothing', async () => {
    await fc.assert(
      fc.asyncProperty(type, anyBytes, fc.string(), async (contentType, body, query) => {
        await codeOf(decode(contentType, body, query))
        expect(Object.keys(Object.prototype)).toEqual([])
        expect(Object.keys(Array.prototype)).toEqual([])
      }),
      { numRuns: 1500 },
    )
  })

  test('what JSON.parse reads is read alike', async () => {
    const object = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' }))
    const plain = (text: string): unknown =>
      JSON.parse(text, (_key, value: unknown) =>
        typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)
          ? JSON.stringify(value)
          : value,
      )
    await fc.assert(
      fc.asyncProperty(object, async (value) => {
        const text = JSON.stringify(value)
        fc.pre(!text.includes('\\u0000'))
        expect(JSON.stringify(await decode(json, text))).toBe(JSON.stringify(plain(text)))
      }),
      { numRuns: 500 },
    )
  })

  test('no number changes its value', async () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 25 })
    const number = fc
      .tuple(fc.constantFrom('', '-'), digits, fc.option(digits), fc.option(fc.integer({ min: -400, max: 400 })))
      .map(([sign, whole, fraction, exponent]) =>
        [
          sign,
          whole.replace(/^0+(?=\d)/, ''),
          fraction === null ? '' : `.${fraction}`,
          exponent === null ? '' : `e${exponent}`,
        ].join(''),
      )
    await fc.assert(
      fc.asyncProperty(number, async (token) => {
        const { n } = await decode(json, `{"n":${token}}`)
        expect(typeof n === 'number' ? compareNumber(String(n), token) : n).toBe(typeof n === 'number' ? 0 : token)
      }),
      { numRuns: 1000 },
    )
  })
})
