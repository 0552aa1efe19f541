import { type Column, FieldNames, type FieldInfo, isMultifield } from './engine.ts'
import type { Known } from './facts.ts'

/** Names that other programs give to columns, in both languages of the interface. */
const COMMON: Readonly<Record<string, readonly string[]>> = {
  title: ['name', 'titel', 'bezeichnung', 'betreff', 'subject', 'company', 'firma', 'unternehmen'],
  name: ['first name', 'firstname', 'given name', 'vorname', 'name'],
  lastName: ['last name', 'lastname', 'surname', 'family name', 'nachname', 'familienname'],
  secondName: ['middle name', 'zweiter vorname'],
  PHONE: ['phone', 'telephone', 'tel', 'tel.', 'telefon', 'telefonnummer', 'phone number', 'mobile', 'mobil', 'handy'],
  EMAIL: ['email', 'e-mail', 'mail', 'email address', 'e-mail-adresse', 'e-mail address'],
  WEB: ['website', 'web', 'url', 'homepage', 'webseite', 'internet'],
  companyTitle: ['company', 'company name', 'firma', 'unternehmen', 'organisation', 'organization'],
  post: ['position', 'job title', 'funktion', 'stelle'],
  opportunity: ['amount', 'value', 'sum', 'betrag', 'summe', 'wert', 'umsatz'],
  currencyId: ['currency', 'währung', 'waehrung'],
  stageId: ['stage', 'status', 'phase'],
  sourceId: ['source', 'lead source', 'quelle', 'herkunft'],
  assignedById: ['responsible', 'owner', 'assigned to', 'zuständig', 'verantwortlich', 'besitzer'],
  comments: ['comment', 'comments', 'note', 'notes', 'kommentar', 'kommentare', 'notiz', 'notizen', 'bemerkung'],
  birthdate: ['birthday', 'date of birth', 'geburtstag', 'geburtsdatum'],
  categoryId: ['pipeline', 'funnel', 'kategorie'],
}

const plain = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, ' ')

/** The field that a column seems to be for: by its code, by its title in either language, by what others call it. */
export function suggest(name: string, { fields, facts }: Known): FieldInfo | undefined {
  const writable = new Set(fields.map(({ info }) => info.key))
  const own = fields.find(({ title }) => plain(title) === plain(name))
  if (own !== undefined) return own.info
  let found: FieldInfo | undefined
  try {
    found = new FieldNames(facts.fields).find(name)?.field
  } catch {
    // The title of several fields says nothing.
  }
  if (found !== undefined && writable.has(found.key)) return found
  const key = Object.keys(COMMON).find((each) => writable.has(each) && COMMON[each]?.includes(plain(name)))
  return facts.fields.find((field) => field.key === key)
}

/** A field for each column, none twice but those that take several values. */
export function suggestAll(header: readonly string[], known: Known): (FieldInfo | undefined)[] {
  const taken = new Set<string>()
  return header.map((name) => {
    const field = suggest(name, known)
    if (field === undefined || (taken.has(field.key) && !field.multiple)) return undefined
    taken.add(field.key)
    return field
  })
}

/** `Mobile` above a column of phones says of what kind they are. */
const kindOf = (name: string): string | undefined =>
  /mobil|handy/i.test(name) ? 'MOBILE' : /home|privat/i.test(name) ? 'HOME' : undefined

export const columnOf = (name: string, field: FieldInfo): Column => ({
  name,
  field,
  ...(isMultifield(field) ? { kind: kindOf(name) } : {}),
  ...(field.key === 'id' ? { matchOnly: true } : {}),
})
