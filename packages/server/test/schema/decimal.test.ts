import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalToNumberText, formatDecimal, parseDecimal } from '../../src/schema/decimal.ts'

describe('parseDecimal', () => {
  it.each<[unknown, number, bigint]>([
    ['12500', 2, 1_250_000n],
    [12500, 2, 1_250_000n],
    [999.99, 2, 99_999n],
    ['19999.990', 2, 1_999_999n],
    ['-3', 2, -300n],
    ['+3', 2, 300n],
    [' 5 ', 2, 500n],
    ['5.', 2, 500n],
    ['.5', 2, 50n],
    ['0', 2, 0n],
    ['-0.00', 2, 0n],
    [-0, 2, 0n],
    ['000123.40', 2, 12_340n],
    ['7', 0, 7n],
    ['0.1234', 4, 1234n],
    ['1e3', 2, 100_000n],
    ['1.25E+1', 2, 1250n],
    ['125e-1', 2, 1250n],
    [1e-7, 2, 0n],
    [1e-7, 7, 1n],
    [0.1 + 0.2, 2, 30n],
    ['1e-999999999', 2, 0n],
    ['0e999999999', 2, 0n],
    ['9999999999999999.99', 2, 999_999_999_999_999_999n],
    ['999999999999999999', 0, 999_999_999_999_999_999n],
  ])('reads %j with scale %d', (input, scale, expected) => {
    expect(parseDecimal(input, scale)).toBe(expected)
  })

  it.each([
    ['1.005', 101n],
    [1.005, 101n],
    ['1.004', 100n],
    ['1.00499999999999999999999', 100n],
    ['-1.005', -101n],
    ['-1.004', -100n],
    ['0.005', 1n],
    ['-0.005', -1n],
    ['0.0049', 0n],
    ['0.0005', 0n],
    ['9.995', 1000n],
    ['5e-3', 1n],
  ])('rounds %j half away from zero', (input, expected) => {
    expect(parseDecimal(input, 2)).toBe(expected)
  })

  it.each([
    ['1 000,50'],
    ['1 000'],
    ['1,5'],
    ['1.2.3'],
    ['--1'],
    ['.'],
    ['-'],
    [''],
    ['  '],
    ['e5'],
    ['1e'],
    ['0x10'],
    ['1_000'],
    ['12 EUR'],
    ['NaN'],
    ['Infinity'],
    [Number.NaN],
    [-Infinity],
    [1e21],
    ['1e999999999'],
    ['10000000000000000'],
    ['9999999999999999.995'],
    ['1'.repeat(100_000)],
    [null],
    [undefined],
    [true],
    [['1']],
    [{ valueOf: () => 1 }],
    [5n],
  ])('refuses %s', (input) => {
    expect(parseDecimal(input, 2)).toBeUndefined()
  })

  it('throws RangeError for a scale that cannot be', () => {
    for (const scale of [-1, 0.5, 19, Number.NaN]) expect(() => parseDecimal('1', scale)).toThrow(RangeError)
  })
})

describe('formatDecimal and decimalToNumberText', () => {
  it.each<[bigint | number | string, number, string, string]>([
    [1_999_990n, 2, '19999.90', '19999.9'],
    [99_999n, 2, '999.99', '999.99'],
    [1_250_000, 2, '12500.00', '12500'],
    [0n, 2, '0.00', '0'],
    [-50n, 2, '-0.50', '-0.5'],
    ['-5', 2, '-0.05', '-0.05'],
    ['007', 2, '0.07', '0.07'],
    ['-0', 2, '0.00', '0'],
    [-0, 2, '0.00', '0'],
    [100n, 0, '100', '100'],
    [1n, 4, '0.0001', '0.0001'],
    ['-999999999999999999', 2, '-9999999999999999.99', '-9999999999999999.99'],
  ])('prints %s with scale %d as %s and as the number %s', (units, scale, full, short) => {
    expect(formatDecimal(units, scale)).toBe(full)
    expect(decimalToNumberText(units, scale)).toBe(short)
  })

  it.each([[1.5], [1e21], [Number.NaN], ['1.5'], [''], ['x']])('throw RangeError for %j units', (units) => {
    expect(() => formatDecimal(units, 2)).toThrow(RangeError)
    expect(() => decimalToNumberText(units, 2)).toThrow(RangeError)
  })
})

describe('amounts of any size', () => {
  const limit = 10n ** 18n - 1n
  const anyUnits = fc.bigInt({ min: -limit, max: limit })
  const anyScale = fc.integer({ min: 0, max: 8 })

  it('read back from both texts as the same units', () => {
    fc.assert(
      fc.property(anyUnits, anyScale, (units, scale) => {
        expect(parseDecimal(formatDecimal(units, scale), scale)).toBe(units)
        expect(parseDecimal(decimalToNumberText(units, scale), scale)).toBe(units)
        expect(formatDecimal(String(units), scale)).toBe(formatDecimal(units, scale))
      }),
    )
  })

  it('have a number text that is JSON, and shortest', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 12), max: 10 ** 12 }), (units) => {
        const text = decimalToNumberText(units, 2)
        expect(JSON.stringify(JSON.parse(text))).toBe(text)
      }),
    )
  })

  it('are rounded to the nearest unit', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), fc.integer({ min: 1, max: 6 }), (fine, cut) => {
        const step = 10n ** BigInt(cut)
        const size = fine < 0n ? -fine : fine
        const nearest = (2n * size + step) / (2n * step)
        expect(parseDecimal(formatDecimal(fine, cut + 2), 2)).toBe(fine < 0n ? -nearest : nearest)
      }),
    )
  })

  it('never throw on unknown input, and never exceed eighteen digits', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.anything(), fc.double(), fc.stringMatching(/^[-+]?\d{0,30}\.?\d{0,30}(e\d+)?$/)),
        (input) => {
          const units = parseDecimal(input, 2)
          expect(units === undefined || (units >= -limit && units <= limit)).toBe(true)
        },
      ),
    )
  })
})
