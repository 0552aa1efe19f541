import type { CountryCode, PhoneNumber } from 'libphonenumber-js/min'
import { shallowRef } from 'vue'
import { boot } from '../../api/boot.ts'

type Parse = (text: string, country?: CountryCode) => PhoneNumber | undefined

const parse = shallowRef<Parse>()
let loading: Promise<void> | undefined

/** The tables of the world's numbers are large: they come after the page, and until then numbers stand as written. */
function load(): void {
  loading ??= import('libphonenumber-js/min').then((module) => {
    parse.value = module.parsePhoneNumberFromString
  })
}

const COUNTRIES: Readonly<Record<string, CountryCode>> = { de: 'DE', ru: 'RU', fr: 'FR', es: 'ES', it: 'IT', pl: 'PL' }

/** `+49 30 901820`: a number as people read it; one that is none stays as it is written. */
export function phoneText(written: string): string {
  load()
  const found = parse.value?.(written, COUNTRIES[boot.lang])
  return found?.isValid() === true ? found.formatInternational() : written
}
