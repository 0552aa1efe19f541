/** A country whose requisites the CRM knows (api-reference/crm/requisites/presets/crm-requisite-preset-countries.md). */
export interface RequisiteCountry {
  readonly id: number
  readonly code: string
  readonly title: string
  /** The language of the portals that have this country's templates. */
  readonly language?: string
  /** Fields that a template of the country may have, in the order in which they are offered. */
  readonly fields: readonly string[]
  /** Those of the templates that a new portal has. */
  readonly company: readonly string[]
  readonly person: readonly string[]
}

const named = (names: string): string[] =>
  names
    .trim()
    .split(/\s+/)
    .filter((name) => name !== '')
    .map((name) => `RQ_${name}`)

const common = `
  NAME FIRST_NAME LAST_NAME SECOND_NAME COMPANY_NAME COMPANY_FULL_NAME COMPANY_REG_DATE DIRECTOR ACCOUNTANT ADDR CONTACT
  EMAIL PHONE FAX`
const paper = 'IDENT_DOC IDENT_DOC_SER IDENT_DOC_NUM IDENT_DOC_DATE IDENT_DOC_ISSUED_BY'
const stateCertificate = 'ST_CERT_SER ST_CERT_NUM ST_CERT_DATE'
const vatCertificate = 'VAT_CERT_SER VAT_CERT_NUM VAT_CERT_DATE'

/** What the country has of its own, and which of that stands in the template of companies and in that of people. */
function country(
  id: number,
  code: string,
  title: string,
  language: string | undefined,
  { own, company, person = '' }: { own: string; company: string; person?: string },
): RequisiteCountry {
  return {
    id,
    code,
    title,
    ...(language === undefined ? {} : { language }),
    fields: named(`${common} ${own} SIGNATURE STAMP`),
    company: named(`COMPANY_NAME COMPANY_FULL_NAME ${company} DIRECTOR ACCOUNTANT ADDR SIGNATURE STAMP`),
    person: named(`FIRST_NAME SECOND_NAME LAST_NAME ${person} ADDR EMAIL PHONE`),
  }
}

/**
 * In the documented order. The first country's fields are those of the example in
 * api-reference/crm/requisites/presets/fields/crm-requisite-preset-field-available-to-add.md; those of the others follow
 * from what crm-requisite-add.md says of each field ("for country PL").
 */
export const requisiteCountries: readonly RequisiteCountry[] = [
  country(1, 'RU', 'Russia', 'ru', {
    own: `${paper} IDENT_DOC_DEP_CODE INN KPP IFNS OGRN OGRNIP OKPO OKTMO OKVED ${stateCertificate}`,
    company: 'INN KPP OGRN OKPO OKTMO COMPANY_REG_DATE',
    person: `INN ${paper} IDENT_DOC_DEP_CODE`,
  }),
  country(4, 'BY', 'Belarus', 'by', {
    own: `${paper} IDENT_DOC_PERS_NUM INN OKPO BASE_DOC ${stateCertificate}`,
    company: 'INN OKPO BASE_DOC',
    person: `${paper} IDENT_DOC_PERS_NUM`,
  }),
  country(6, 'KZ', 'Kazakhstan', 'kz', {
    own: `${paper} INN OKPO KBE IIN BIN CEO_NAME CEO_WORK_POS RESIDENCE_COUNTRY ${vatCertificate} ${stateCertificate}`,
    company: `BIN KBE OKPO CEO_NAME CEO_WORK_POS ${vatCertificate}`,
    person: `IIN ${paper}`,
  }),
  country(14, 'UA', 'Ukraine', 'ua', {
    own: `${paper} INN EDRPOU DRFO VAT_PAYER VAT_ID ${vatCertificate}`,
    company: 'EDRPOU VAT_PAYER INN',
    person: `DRFO ${paper}`,
  }),
  country(34, 'BR', 'Brazil', 'br', {
    own: `${paper} CNPJ STATE_REG MNPL_REG CPF`,
    company: 'CNPJ STATE_REG MNPL_REG',
    person: 'CPF',
  }),
  country(46, 'DE', 'Germany', 'de', {
    own: 'INN VAT_ID USRLE',
    company: 'VAT_ID INN USRLE',
    person: 'INN',
  }),
  country(77, 'CO', 'Colombia', 'la', {
    own: `IDENT_TYPE ${paper} COMPANY_ID VAT_ID INN`,
    company: 'IDENT_TYPE COMPANY_ID',
    person: 'IDENT_TYPE IDENT_DOC_NUM',
  }),
  country(110, 'PL', 'Poland', 'pl', {
    own: 'INN REGON KRS PESEL VAT_ID',
    company: 'INN REGON KRS',
    person: 'PESEL',
  }),
  country(122, 'US', 'United States', undefined, { own: `${paper} VAT_ID INN`, company: 'VAT_ID INN' }),
  country(132, 'FR', 'France', 'fr', {
    own: 'LEGAL_FORM SIRET SIREN CAPITAL RCS VAT_ID',
    company: 'LEGAL_FORM SIREN SIRET CAPITAL RCS VAT_ID',
  }),
]

const HOME = 122

export const requisiteCountry = (id: number): RequisiteCountry | undefined =>
  requisiteCountries.find((each) => each.id === id)

/** The country of a portal: the one that speaks its language, or else the United States. */
export function countryOfLanguage(language: string): RequisiteCountry {
  const found = requisiteCountries.find((each) => each.language === language) ?? requisiteCountry(HOME)
  if (found === undefined) throw new Error('the portal has no country')
  return found
}
