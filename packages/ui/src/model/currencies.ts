/** The portal's currencies, for everybody who shows or asks for amounts. */
export { type Currency, currenciesKey, useCurrencies } from '../settings/currencies/currency.ts'
