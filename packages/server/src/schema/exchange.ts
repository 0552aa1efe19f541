/** So many ten-thousandths of the base currency are so many units of a currency. */
export interface ExchangeRate {
  readonly amount: bigint
  readonly count: bigint
}

/** An amount of one currency in another, in the same fractions of a unit, a half rounded away from zero. */
export function exchange(value: bigint, from: ExchangeRate, to: ExchangeRate): bigint {
  const numerator = from.amount * to.count
  const denominator = to.amount * from.count
  if (numerator === denominator) return value
  const doubled = value * numerator * 2n
  return (doubled + (value < 0n ? -denominator : denominator)) / (denominator * 2n)
}
