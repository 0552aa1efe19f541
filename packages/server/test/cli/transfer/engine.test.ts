import { readdirSync, readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { detectDelimiter, detectEncoding } from '../../../src/cli/transfer/detect.ts'
import { CellFault, readCell } from '../../../src/cli/transfer/engine/cells.ts'
import { readPoints, writePoints } from '../../../src/cli/transfer/engine/contact-points.ts'
import { dateFormat, readDate, readDateTime } from '../../../src/cli/transfer/engine/dates.ts'
import { type FieldInfo, readFields } from '../../../src/cli/transfer/engine/field.ts'
import { escapeFormula, unescapeFormula } from '../../../src/cli/transfer/engine/formula.ts'
import { joinList, splitList } from '../../../src/cli/transfer/engine/list-cell.ts'
import { Mapper, MappingError } from '../../../src/cli/transfer/engine/mapping.ts'
import { readInteger, readNumber } from '../../../src/cli/transfer/engine/numbers.ts'
import { openSource } from '../../../src/cli/transfer/source.ts'

const field = (more: Partial<FieldInfo>): FieldInfo => ({
  key: 'F',
  type: 'string',
  titles: [],
  required: false,
  readOnly: false,
  multiple: false,
  settings: {},
  ...more,
})
const facts = { dialect: 'legacy' as const, entityTypeId: 1, fields: [] }
const reading = { separator: ';', decimal: '.' as const, dates: [], files: false }
const formats = (...names: string[]) => names.flatMap((name) => dateFormat(name) ?? [])
/** Texts that are made of what makes trouble. */
const nasty = fc.string({
  unit: fc.constantFrom('"', "'", ';', ',', '=', '+', '-', '@', '\t', '\n', '\r', ' ', 'a', '1', '[', ']', 'ü', '|'),
})

describe('what an export writes', () => {
  it('is as it was again when it is read: formulas', () => {
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string()), (text) => {
        expect(unescapeFormula(escapeFormula(text))).toBe(text)
        expect(escapeFormula(text)).not.toMatch(/^[=+@\t\r\n]/)
      }),
    )
  })

  it('is as it was again when it is read: lists', () => {
    fc.assert(
      fc.property(fc.array(nasty), fc.constantFrom(';', '|', ',', '\n'), (values, separator) => {
        expect(splitList(joinList(values, separator), separator)).toEqual(values)
      }),
    )
  })

  it('is as it was again when it is read: contact points', () => {
    const point = fc.record({
      type: fc.constant('PHONE'),
      kind: fc.constantFrom('WORK', 'MOBILE', 'MY_OWN'),
      value: nasty.map((text) => text.trim()).filter((text) => text !== ''),
    })
    fc.assert(
      fc.property(fc.array(point), (points) => {
        expect(readPoints(writePoints(points, ';'), 'PHONE', ';')).toEqual(points)
      }),
    )
  })

  it('is as it was again when it is read: whole files, in any delimiter and encoding, in pieces of any size', async () => {
    const row = fc.array(nasty, { minLength: 2, maxLength: 2 }).filter(([first]) => first?.trim() !== '')
    const encodings = fc.constantFrom('utf8', 'utf16le' as const)
    await fc.assert(
      fc.asyncProperty(
        fc.array(row),
        fc.constantFrom(',', ';', '\t', '|'),
        encodings,
        fc.integer({ min: 1, max: 99 }),
        async (rows, delimiter, encoding, size) => {
          const bytes = Buffer.from(`\ufeff${stringify([['first', 'second'], ...rows], { delimiter })}`, encoding)
          const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
            bytes.subarray(at * size, (at + 1) * size),
          )
          const source = await openSource({ cwd: '/', stdin: Readable.from(pieces) }, '-', {
            format: 'csv',
            delimiter: undefined,
            encoding: undefined,
          })
          const read = []
          for await (const { cells } of source.rows()) read.push(cells)
          expect({ header: source.header, read }).toEqual({ header: ['first', 'second'], read: rows })
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('a file that is no table', () => {
  const open = (text: string) =>
    openSource({ cwd: '/', stdin: Readable.from([Buffer.from(text)]) }, '-', {
      format: 'csv',
      delimiter: undefined,
      encoding: undefined,
    })
  const all = async (text: string) => {
    const rows = []
    for await (const row of (await open(text)).rows()) rows.push(row)
    return rows
  }

  it('is told where it stops to be one', async () => {
    await expect(all('a,b\n1,2\n3,"4\n5,6\n')).rejects.toThrow(
      /behind line 2: a quotation mark is opened and never closed/,
    )
    await expect(all('')).rejects.toThrow(/is empty/)
    const latin = Readable.from([Buffer.from(`a\n${'x\n'.repeat(40_000)}`), Buffer.from([0xe9, 0x0a])])
    const reading = async () => {
      const options = { format: 'csv' as const, delimiter: undefined, encoding: undefined }
      const source = await openSource({ cwd: '/', stdin: latin }, '-', options)
      for await (const row of source.rows()) expect(row.cells).toEqual(['x'])
    }
    await expect(reading()).rejects.toThrow(/is not utf-8 after line 40002/)
  })

  it('gives the lines of rows that go over several, and of those that are too short or too long', async () => {
    const rows = await all('a,b\n"1\n1",2\n\n3\n4,5,6\n')
    expect(rows.map(({ line, fault }) => [line, fault?.code])).toEqual([
      [2, undefined],
      [5, 'RAGGED'],
      [6, 'RAGGED'],
    ])
  })

  it.each([
    ['a;b,c;d\n', ';'],
    ['"a,b,c";d\n', ';'],
    ['a\tb\n1,2,3,4\n', '\t'],
    ['alone\n1,2\n', ','],
  ])('has the delimiter of its first line: %j', (text, delimiter) => {
    expect(detectDelimiter(text)).toBe(delimiter)
  })

  it('is read in the encoding that it looks like', () => {
    const name = (bytes: readonly number[]) => detectEncoding(Uint8Array.from(bytes))?.name
    expect(name([...Buffer.from('Grüße')])).toBe('utf-8')
    expect(name([...Buffer.from('TITLE\nx', 'utf16le')])).toBe('utf-16le')
    expect(name([...Buffer.from('caf\xe9 cr\xe8me', 'latin1')])).toBe('windows-1252')
    expect(name([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2])).toBe('windows-1251')
    expect(detectEncoding(new Uint8Array(), 'klingon')).toBeUndefined()
  })
})

describe('values', () => {
  it.each([
    ['1234.5', '.', '1234.5'],
    ['1,234.50', '.', '1234.50'],
    ['1 234 567', '.', '1234567'],
    ['1,234', '.', undefined],
    ['1.234,50', ',', '1234.50'],
    ['1,5', ',', '1.5'],
    ['1.234', ',', undefined],
    ['12.50', ',', '12.50'],
    ['1e5', '.', undefined],
    ['', '.', undefined],
  ] as const)('are numbers or not: %j with %j', (text, decimal, number) => {
    expect(readNumber(text, decimal)).toBe(number)
  })

  it('are days that exist', () => {
    expect(readDate('2024-02-29', [])).toBe('2024-02-29')
    expect(readDate('2023-02-29', [])).toBeUndefined()
    expect(readDate('31.12.1999', [])).toBe('1999-12-31')
    expect(readDate('3/4/2021', [])).toBeUndefined()
    expect(readDate('3/4/2021', formats('DD/MM/YYYY'))).toBe('2021-04-03')
    expect(readDateTime('3/4/21 1:05 pm', formats('M/D/YY h:mm A'))).toBe('2021-03-04T13:05:00')
    expect(readDateTime('2021-03-04T05:06:07+03:00', [])).toBe('2021-03-04T05:06:07+03:00')
    expect(dateFormat('MM/YYYY')).toBeUndefined()
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => {
          const day = date.toISOString().slice(0, 10)
          expect(readDate(day.split('-').toReversed().join('.'), [])).toBe(day)
        },
      ),
    )
  })

  it.each([
    [{ type: 'boolean' }, 'yes', '1'],
    [{ type: 'char' }, 'Да', 'Y'],
    [{ type: 'money' }, '1,234.50 eur', '1234.50|EUR'],
    [{ type: 'enumeration', items: [{ id: '7', value: 'Red' }] }, 'red', '7'],
    [{ type: 'enumeration', items: [{ id: '7', value: 'Red' }], multiple: true }, 'red; 7', ['7', '7']],
    [{ type: 'crm_company' }, '15', { target: 'crm_company', id: '15' }],
    [{ type: 'crm_company' }, 'origin:shop/A;1', { target: 'crm_company', origin: { originator: 'shop', id: 'A;1' } }],
    [{ type: 'something new' }, '{"a":[1]}', { a: [1] }],
    [{ type: 'string' }, '  kept  ', '  kept  '],
    [{ type: 'string' }, '   ', undefined],
  ])('of %j are read: %j', (more, text, value) => {
    expect(readCell(text, field(more), facts, reading)).toEqual(value)
  })

  it.each([
    [{ type: 'integer' }, '1.5'],
    [{ type: 'integer', settings: { MAX_VALUE: 5 } }, '6'],
    [{ type: 'string', settings: { MAX_LENGTH: 2 } }, 'abc'],
    [{ type: 'enumeration', items: [{ id: '7', value: 'Red' }] }, 'blue'],
    [{ type: 'crm_contact' }, 'Ada'],
    [{ type: 'file' }, 'https://example.com/a.pdf'],
    [{ type: 'file' }, '@a.pdf'],
    [{ type: 'user' }, 'ada'],
  ])('of %j are refused: %j', (more, text) => {
    expect(() => readCell(text, field(more), facts, reading)).toThrow(CellFault)
  })

  it('never break the reader, whatever they are', () => {
    const types = [
      'string',
      'integer',
      'double',
      'money',
      'date',
      'datetime',
      'boolean',
      'char',
      'user',
      'crm_company',
      'crm',
      'file',
      'x',
    ]
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string()), fc.constantFrom(...types), fc.boolean(), (text, type, multiple) => {
        try {
          readCell(text, field({ type, multiple }), facts, reading)
        } catch (cause) {
          expect(cause).toBeInstanceOf(CellFault)
        }
      }),
    )
    expect(readInteger('99999999999999999999')).toBeUndefined()
  })
})

describe('columns', () => {
  const fields = readFields({
    TITLE: { type: 'string', title: 'Name' },
    ID: { type: 'integer', title: 'ID', isReadOnly: true },
    PHONE: { type: 'crm_multifield', title: 'Phone', isMultiple: true },
    UF_CRM_1: { type: 'string', title: 'UF_CRM_1', listLabel: 'Colour', isDynamic: true },
    UF_CRM_2: { type: 'string', title: 'UF_CRM_2', listLabel: 'Twin', isDynamic: true },
    UF_CRM_3: { type: 'string', title: 'UF_CRM_3', listLabel: 'Twin', isDynamic: true },
  })
  const keys = (header: string[], options = {}) =>
    new Mapper(fields, options)
      .header(header)
      .map((column) =>
        typeof column === 'string' ? column : [column.field.key, column.kind].filter(Boolean).join(' '),
      )

  it('are found by codes, titles and kinds, in any case', () => {
    expect(keys(['title', 'PHONE', 'phone[mobile]', 'PHONE_WORK', 'Phone[FAX]', 'colour', 'Id', ''])).toEqual([
      'TITLE',
      'PHONE',
      'PHONE MOBILE',
      'PHONE WORK',
      'PHONE FAX',
      'UF_CRM_1',
      'read-only',
      'empty',
    ])
    expect(keys(['Firma', 'x'], { map: { firma: 'Name', X: '' } })).toEqual(['TITLE', 'asked'])
  })

  it.each([
    [['Nmae'], {}, /did you mean Name\?/],
    [['Twin'], {}, /title of several fields \(UF_CRM_2, UF_CRM_3\)/],
    [['Name', 'TITLE'], {}, /both fill TITLE/],
    [['a'], { map: { a: 'ID' } }, /ID is read-only/],
    [['a'], { map: { b: 'TITLE', a: '' } }, /there is no column "b"/],
    [['a'], { map: { a: 'TITEL' } }, /no field "TITEL"; did you mean TITLE/],
  ])('are refused where they mean nothing or two things: %j', (header, options, why) => {
    expect(() => keys(header, options)).toThrow(MappingError)
    expect(() => keys(header, options)).toThrow(why)
  })
})

it('runs in a browser: the engine reads no file, calls nobody and needs no Node', () => {
  const folder = new URL('../../../src/cli/transfer/engine/', import.meta.url)
  for (const name of readdirSync(folder)) {
    const text = readFileSync(new URL(name, folder), 'utf8')
    const imports = [...text.matchAll(/from '([^']+)'/g)].map(([, path = '']) => path)
    const foreign = imports.filter((path) => !/^\.\/[a-z-]+\.ts$|^\.\.\/\.\.\/\.\.\/config\/nearest\.ts$/.test(path))
    expect({ name, foreign }).toEqual({ name, foreign: [] })
    expect(text).not.toMatch(/\b(process|Buffer|fetch|require)\b[.(]/)
  }
})
