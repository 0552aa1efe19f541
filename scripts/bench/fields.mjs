// The lead that every create of the bench sends: twelve fields, a phone and an e-mail.
export const stages = ['NEW', 'IN_PROCESS', 'PROCESSED', 'JUNK', 'CONVERTED']

export function leadFields(n) {
  return {
    TITLE: `Order ${n} from the website`,
    NAME: 'Anna',
    LAST_NAME: `Lindqvist ${n % 1000}`,
    COMPANY_TITLE: `Nordwind Handel ${n % 500} GmbH`,
    STATUS_ID: stages[n % stages.length],
    SOURCE_ID: 'WEB',
    OPPORTUNITY: `${n % 9000}.50`,
    CURRENCY_ID: 'EUR',
    COMMENTS: 'Asks for an offer over forty desks, delivery before the end of the quarter.',
    POST: 'Head of purchasing',
    ADDRESS_CITY: 'Berlin',
    UTM_SOURCE: 'newsletter',
    PHONE: [{ VALUE: `+49 30 ${1_000_000 + n}`, VALUE_TYPE: 'WORK' }],
    EMAIL: [{ VALUE: `anna.${n}@example.com`, VALUE_TYPE: 'WORK' }],
  }
}

/** `fields[TITLE]=…&fields[PHONE][0][VALUE]=…`, as PHP's http_build_query makes it. */
export function querystringOf(fields) {
  const pairs = []
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') pairs.push([`fields[${name}]`, value])
    else
      for (const [index, row] of value.entries())
        for (const [key, text] of Object.entries(row)) pairs.push([`fields[${name}][${index}][${key}]`, text])
  }
  return pairs.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`).join('&')
}
