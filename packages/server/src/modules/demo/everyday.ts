import { Chance } from './chance.ts'
import { businesses, firstNames, lastNames, products, towns } from './names.ts'
import type { DemoTools } from './tools.ts'

const DAY = 86_400
const RESPONSIBLE = [2, 3, 4, 5, 6] as const
const SOURCES = ['CALL', 'EMAIL', 'WEB', 'ADVERTISING', 'PARTNER', 'RECOMMENDATION', 'TRADE_SHOW', 'WEBFORM'] as const
const LEAD_STAGES = ['NEW', 'NEW', 'NEW', 'IN_PROCESS', 'IN_PROCESS', 'PROCESSED', 'CONVERTED', 'JUNK'] as const
const DEAL_STAGES = [
  'NEW',
  'NEW',
  'PREPARATION',
  'PREPAYMENT_INVOICE',
  'EXECUTING',
  'FINAL_INVOICE',
  'WON',
  'WON',
  'LOSE',
  'APOLOGY',
] as const
const PARTNER_STAGES = ['NEW', 'PREPARATION', 'UC_KN8KFI', 'EXECUTING', 'WON', 'LOSE'] as const
const QUOTE_STAGES = ['DRAFT', 'SENT', 'APPROVED', 'DECLAINED'] as const
const CAMPAIGNS = ['', '', '', 'spring', 'newsletter', 'partners'] as const

/** How many of each; altogether a list that looks alive and a start that is quick. */
const COUNTS = {
  companies: 40,
  contacts: 90,
  leads: 140,
  deals: 120,
  partnerDeals: 40,
  quotes: 25,
  invoices: 20,
  equipment: 15,
}

class Everyday {
  readonly #demo: DemoTools
  readonly #now: number
  readonly #chance = new Chance(20_260_101)
  readonly #companies: number[] = []
  readonly #contacts: number[] = []

  constructor(demo: DemoTools, now: number) {
    this.#demo = demo
    this.#now = now
  }

  /** The date of the `n`th of `all` records, the oldest half a year back; spread, yet in order. */
  #date(n: number, all: number): string {
    const age = 180 * DAY * (1 - (n + 1) / all) + this.#chance.between(0, DAY)
    return new Date((this.#now - age) * 1000).toISOString().replace(/\.\d+Z$/, 'Z')
  }

  #phone(): string {
    return `+1 555 01${this.#chance.between(10, 99)} ${this.#chance.between(100, 999)}`
  }

  /** Adds records in the past, as an import does. */
  async #add(method: string, count: number, make: (n: number) => Readonly<Record<string, unknown>>): Promise<number[]> {
    const ids: number[] = []
    for (let n = 0; n < count; n++) {
      const date = this.#date(n, count)
      const author = this.#chance.pick(RESPONSIBLE)
      const fields = { DATE_CREATE: date, CREATED_BY_ID: author, ASSIGNED_BY_ID: author, ...make(n) }
      ids.push(Number(await this.#demo.call(method, { fields, params: { IMPORT: 'Y' } })))
    }
    return ids
  }

  async companies(): Promise<void> {
    const chance = this.#chance
    const ids = await this.#add('crm.company.add', COUNTS.companies, (n) => {
      const title = businesses[n % businesses.length] ?? 'Company'
      const host = title.toLowerCase().replace(/[^a-z]+/g, '-')
      return {
        TITLE: n < businesses.length ? title : `${title} ${chance.pick(towns)}`,
        COMPANY_TYPE: chance.pick(['CUSTOMER', 'CUSTOMER', 'SUPPLIER', 'PARTNER']),
        INDUSTRY: chance.pick(['IT', 'MANUFACTURING', 'FINANCE', 'CONSULTING', 'OTHER']),
        EMPLOYEES: `EMPLOYEES_${chance.between(1, 4)}`,
        REVENUE: chance.between(1, 400) * 25_000,
        IS_MY_COMPANY: n === 0 ? 'Y' : 'N',
        PHONE: [{ VALUE: this.#phone(), VALUE_TYPE: 'WORK' }],
        EMAIL: [{ VALUE: `office@${host}.example.com`, VALUE_TYPE: 'WORK' }],
        WEB: [{ VALUE: `https://${host}.example.com`, VALUE_TYPE: 'WORK' }],
      }
    })
    this.#companies.push(...ids.slice(1))
  }

  #person(): { NAME: string; LAST_NAME: string; PHONE: object[]; EMAIL: object[] } {
    const name = this.#chance.pick(firstNames)
    const last = this.#chance.pick(lastNames)
    const box = `${name}.${last}`
      .normalize('NFD')
      .replace(/[^A-Za-z.]/g, '')
      .toLowerCase()
    return {
      NAME: name,
      LAST_NAME: last,
      PHONE: [{ VALUE: this.#phone(), VALUE_TYPE: this.#chance.percent(60) ? 'MOBILE' : 'WORK' }],
      EMAIL: [{ VALUE: `${box}@example.com`, VALUE_TYPE: 'WORK' }],
    }
  }

  async contacts(): Promise<void> {
    const ids = await this.#add('crm.contact.add', COUNTS.contacts, () => ({
      // Contacts may not be imported with a date before the last one's.
      DATE_CREATE: undefined,
      ...this.#person(),
      TYPE_ID: this.#chance.pick(['CLIENT', 'CLIENT', 'PARTNER', 'SUPPLIER']),
      SOURCE_ID: this.#chance.pick(SOURCES),
      POST: this.#chance.pick(['Managing Director', 'Purchasing', 'Head of IT', 'Engineer', 'Office Manager']),
      ...(this.#chance.percent(80) ? { COMPANY_ID: this.#chance.pick(this.#companies) } : {}),
    }))
    this.#contacts.push(...ids)
  }

  async leads(): Promise<void> {
    const chance = this.#chance
    await this.#add('crm.lead.add', COUNTS.leads, () => {
      const campaign = chance.pick(CAMPAIGNS)
      return {
        ...this.#person(),
        TITLE: `${chance.pick(['Request', 'Question', 'Enquiry', 'Callback'])}: ${chance.pick(products)}`,
        STATUS_ID: chance.pick(LEAD_STAGES),
        SOURCE_ID: chance.pick(SOURCES),
        OPPORTUNITY: chance.between(2, 300) * 50,
        COMPANY_TITLE: chance.percent(50) ? chance.pick(businesses) : '',
        ADDRESS_CITY: chance.pick(towns),
        ...(campaign === '' ? {} : { UTM_SOURCE: 'google', UTM_MEDIUM: 'CPC', UTM_CAMPAIGN: campaign }),
      }
    })
  }

  async deals(): Promise<void> {
    const chance = this.#chance
    const deal = (stage: string, categoryId: number) => ({
      TITLE: chance.pick(products),
      CATEGORY_ID: categoryId,
      STAGE_ID: stage,
      TYPE_ID: chance.pick(['SALE', 'COMPLEX', 'GOODS', 'SERVICE']),
      OPPORTUNITY: chance.between(4, 900) * 100,
      CURRENCY_ID: chance.percent(80) ? 'USD' : 'EUR',
      PROBABILITY: chance.between(1, 9) * 10,
      SOURCE_ID: chance.pick(SOURCES),
      COMPANY_ID: chance.pick(this.#companies),
      CONTACT_ID: chance.pick(this.#contacts),
    })
    await this.#add('crm.deal.add', COUNTS.deals, () => deal(chance.pick(DEAL_STAGES), 0))
    await this.#add('crm.deal.add', COUNTS.partnerDeals, () => deal(`C9:${chance.pick(PARTNER_STAGES)}`, 9))
  }

  async papers(): Promise<void> {
    const chance = this.#chance
    await this.#add('crm.quote.add', COUNTS.quotes, () => ({
      TITLE: `Estimate: ${chance.pick(products)}`,
      STATUS_ID: chance.pick(QUOTE_STAGES),
      OPPORTUNITY: chance.between(4, 300) * 100,
      COMPANY_ID: chance.pick(this.#companies),
      CONTACT_ID: chance.pick(this.#contacts),
    }))
    const item = (entityTypeId: number, fields: object): Promise<unknown> =>
      this.#demo.call('crm.item.add', { entityTypeId, fields: { assignedById: chance.pick(RESPONSIBLE), ...fields } })
    for (let n = 0; n < COUNTS.invoices; n++)
      await item(31, {
        title: `Invoice: ${chance.pick(products)}`,
        opportunity: chance.between(4, 300) * 100,
        companyId: chance.pick(this.#companies),
        contactId: chance.pick(this.#contacts),
      })
    for (let n = 0; n < COUNTS.equipment; n++)
      await item(1302, {
        title: chance.pick(products),
        ufCrm44_1721812760630: `Serial ${chance.between(10_000, 99_999)}`,
        ufCrm44_1721812814433: chance.between(79, 82),
        ufCrm44_1721812935209: chance.percent(50) ? 'Y' : 'N',
        ufCrm44_1721812948498: chance.between(10, 4000) / 4,
      })
  }
}

/** A few hundred believable records over all stages; the same in every portal but for their dates. */
export async function everydayRecords(demo: DemoTools, now: number): Promise<void> {
  const everyday = new Everyday(demo, now)
  await everyday.companies()
  await everyday.contacts()
  await everyday.leads()
  await everyday.deals()
  await everyday.papers()
}
