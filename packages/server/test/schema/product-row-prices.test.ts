import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Discount, exchanged, pricesOf, sumOf, WHOLE } from '../../src/schema/product-row-prices.ts'

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

  it('keep the one that is given, whichever it is, and agree with each other', () => {
    const leader = fc.constantFrom('price', 'priceExclusive', 'priceNetto', 'priceBrutto')
    const exact = fc.bigInt({ min: 0n, max: 10n ** 13n })
    fc.assert(
      fc.property(
        leader,
        exact,
        share,
        fc.option(fc.bigInt({ min: 0n, max: WHOLE })),
        (name, amount, part, taxRate) => {
          const prices = pricesOf({ [name]: amount, discount: { type: 'rate', rate: part, sum: 0n }, taxRate })
          expect(prices[name as 'price']).toBe(amount)
          expect(prices.priceExclusive + prices.discountSum).toBe(prices.priceNetto)
          expect(prices.priceExclusive).toBeLessThanOrEqual(prices.price + 50n)
        },
      ),
    )
  })

  it('are what the price tag says where the tax is in it and nothing is discounted', () => {
    // 10.05 without 20 % is 8.38 (8.375), and 8.38 with it would be 10.06.
    const prices = pricesOf({ priceBrutto: units(10.05), discount: rate(0), taxRate: units(20) })
    expect(prices).toMatchObject({ price: units(10.05), priceBrutto: units(10.05), priceExclusive: units(8.38) })
    const sum: Discount = { type: 'sum', sum: 0n }
    expect(pricesOf({ priceBrutto: units(10.05), discount: sum, taxRate: units(20) }).price).toBe(units(10.05))
    expect(pricesOf({ priceBrutto: units(10.05), discount: rate(50), taxRate: units(20) }).price).toBe(units(5.03))
  })

  it('of many are rounded to the cent, a half away from zero', () => {
    expect(sumOf(units(0.005), units(1))).toBe(1n)
    expect(sumOf(units(-0.005), units(1))).toBe(-1n)
    expect(sumOf(units(33.3333), units(3))).toBe(10_000n)
    expect(sumOf(units(0.1), units(0.0333))).toBe(0n)
  })
})

describe('an amount in another currency', () => {
  const dollar = { amount: 10_000n, count: 1n }
  const euro = { amount: 11_000n, count: 1n }
  const yen = { amount: 6_700n, count: 100n }

  it('is that of the rate, to the cent, and as it was in the same currency', () => {
    expect(exchanged(units(100), euro, dollar)).toBe(units(110))
    expect(exchanged(units(100), dollar, yen)).toBe(units(14_925.37))
    expect(exchanged(33_333n, euro, { amount: 110_000n, count: 10n })).toBe(33_333n)
  })
})
