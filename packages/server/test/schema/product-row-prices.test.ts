import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Discount, pricesOf, sumOf, WHOLE } from '../../src/schema/product-row-prices.ts'

const units = (amount: number): bigint => BigInt(Math.round(amount * 10_000))
const rate = (share: number, sum = 0): Discount => ({ type: 'rate', rate: units(share), sum: units(sum) })

describe('the prices of a row', () => {
  // The documented answers (crm-item-productrow-add.md, -update.md, crm-lead-productrows-get.md, crm-deal-productrows-get.md).
  it.each([
    [{ price: 80000, discount: 20, tax: 20 }, [80000, 66666.67, 83333.34, 100000.01, 16666.67]],
    [{ price: 90000, discount: 10, tax: 10 }, [90000, 81818.18, 90909.09, 100000, 9090.91]],
    [{ price: 22175.328, discount: 40, tax: 12 }, [22175.328, 19799.4, 32999, 36958.88, 13199.6]],
    [{ price: 899.1, discount: 10, tax: null }, [899.1, 899.1, 999, 999, 99.9]],
    [{ price: 100, discount: 0, tax: null }, [100, 100, 100, 100, 0]],
  ])('%o', ({ price, discount, tax }, [paid, exclusive, netto, brutto, sum]) => {
    const prices = pricesOf({
      price: units(price),
      discount: rate(discount),
      taxRate: tax === null ? null : units(tax),
    })
    expect(prices).toEqual({
      price: units(paid ?? 0),
      priceExclusive: units(exclusive ?? 0),
      priceNetto: units(netto ?? 0),
      priceBrutto: units(brutto ?? 0),
      discountSum: units(sum ?? 0),
      discountRate: units(discount),
    })
  })

  it('knows the share of an absolute discount, as the PHP SDK reckons it', () => {
    const { priceNetto, discountRate } = pricesOf({
      price: units(1000),
      discount: { type: 'sum', sum: units(500.12) },
      taxRate: null,
    })
    expect([priceNetto, discountRate]).toEqual([units(1500.12), units(33.34)])
  })

  it('of something that is free keep what it would have cost', () => {
    expect(pricesOf({ price: 0n, discount: rate(100, 50), taxRate: null })).toMatchObject({ priceNetto: units(50) })
  })

  it('lead from whichever is given', () => {
    const taxRate = units(20)
    expect(pricesOf({ priceExclusive: units(100), discount: rate(0), taxRate }).price).toBe(units(120))
    expect(pricesOf({ priceNetto: units(100), discount: rate(10), taxRate }).price).toBe(units(108))
    expect(pricesOf({ priceBrutto: units(120), discount: rate(10), taxRate }).price).toBe(units(108))
    expect(pricesOf({ discount: rate(0), taxRate }).price).toBe(0n)
  })

  const cents = fc.bigInt({ min: 0n, max: 10n ** 13n }).map((value) => value * 100n)
  const share = fc.bigInt({ min: 0n, max: WHOLE - 10_000n })

  it('never lose a cent where nothing is taxed or discounted', () => {
    fc.assert(
      fc.property(cents, (price) => {
        const prices = pricesOf({ price, discount: rate(0), taxRate: null })
        expect(new Set([price, prices.priceExclusive, prices.priceNetto, prices.priceBrutto]).size).toBe(1)
      }),
    )
  })

  it('add up: what is before the discount is what is after it and the discount, and the price stays as it was given', () => {
    fc.assert(
      fc.property(cents, share, fc.bigInt({ min: 0n, max: WHOLE }), (price, discount, taxRate) => {
        const prices = pricesOf({ price, discount: { type: 'rate', rate: discount, sum: 0n }, taxRate })
        expect(prices.price).toBe(price)
        expect(prices.priceExclusive + prices.discountSum).toBe(prices.priceNetto)
        expect(prices.priceExclusive).toBeLessThanOrEqual(price)
      }),
    )
  })

  it('of many are rounded to the cent, a half away from zero', () => {
    expect(sumOf(units(0.005), units(1))).toBe(1n)
    expect(sumOf(units(-0.005), units(1))).toBe(-1n)
    expect(sumOf(units(33.3333), units(3))).toBe(10_000n)
    expect(sumOf(units(0.1), units(0.0333))).toBe(0n)
  })
})
