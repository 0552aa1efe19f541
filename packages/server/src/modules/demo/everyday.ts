import type { Status } from '../../records/directories.ts'
import { stageDirectory } from '../crm/stages.ts'
import { Chance } from './chance.ts'
import { businesses, firstNames, lastNames, positions, products, towns } from './names.ts'
import type { DemoTools, Fields } from './tools.ts'

const HOUR = 3600
const DAY = 24 * HOUR
/** How far back the oldest record lies, in days. */
const PAST = 180
const RESPONSIBLE = [2, 3, 4, 5, 6] as const
const SOURCES = ['CALL', 'EMAIL', 'WEB', 'ADVERTISING', 'PARTNER', 'RECOMMENDATION', 'TRADE_SHOW', 'WEBFORM'] as const
const CAMPAIGNS = ['spring', 'newsletter', 'partners'] as const
const AREAS = ['212', '303', '415', '503', '617', '702', '808', '919'] as const

/** How many of each: lists that look alive, and a start that is quick. */
const COUNTS = {
  companies: 40,
  contacts: 90,
  leads: 140,
  deals: 120,
  partnerDeals: 50,
  quotes: 30,
  invoices: 30,
  equipment: 24,
}

/** Whom the others belong to. */
interface Clients {
  readonly companies: readonly number[]
  readonly contacts: readonly number[]
}

interface Made {
  readonly entityTypeId: number
  /** The pipeline, where there are several. */
  readonly categoryId?: number
  readonly fields: Fields
}

/** One kind of records, on a line of chance and a session of its own, so that several kinds can be made at a time. */
class Everyday {
  readonly #demo: DemoTools
  readonly #now: number
  readonly #chance: Chance
  readonly #companies: readonly number[]
  readonly #contacts: readonly number[]

  constructor(demo: DemoTools, now: number, seed: number, clients: Clients) {
    this.#demo = demo
    this.#now = now
    this.#chance = new Chance(seed)
    this.#companies = clients.companies
    this.#contacts = clients.contacts
  }

  /** Adds records one after another from the past until today. Those with stages start at the first and move on later. */
  async #add(count: number, make: (n: number, at: number) => Made): Promise<number[]> {
    const ids: number[] = []
    for (let n = 0; n < count; n++) {
      const at = this.#now - Math.floor(((count - n) / count) * PAST * DAY) + this.#chance.between(-8 * HOUR, 8 * HOUR)
      const by = this.#chance.pick(RESPONSIBLE)
      const { entityTypeId, categoryId, fields } = make(n, at)
      const pipeline = categoryId === undefined ? {} : { categoryId }
      const id = await this.#demo.add(entityTypeId, { ...pipeline, ...fields }, { by, at })
      ids.push(id)
      if (entityTypeId === 3 || entityTypeId === 4) continue
      const directory = stageDirectory(entityTypeId, categoryId ?? 0)
      const stage = this.#stage(await this.#demo.portal.directories.statuses(this.#demo.session, directory), at)
      const moved = at + Math.floor((this.#now - at) * this.#chance.next())
      if (stage !== undefined) await this.#demo.change(entityTypeId, id, { stageId: stage }, { by, at: moved })
    }
    return ids
  }

  /** Where a record of that age has got to: old ones are mostly finished, fresh ones mostly new. Undefined: nowhere yet. */
  #stage(stages: readonly Status[], at: number): string | undefined {
    const age = (this.#now - at) / (PAST * DAY)
    const final = this.#chance.percent(15 + age * 60)
    const won = this.#chance.percent(60)
    const reached = stages.filter(({ semantics }) =>
      final ? semantics === (won ? 'S' : 'F') : semantics !== 'S' && semantics !== 'F',
    )
    // A power of chance favours the first steps of what is going on.
    const step = Math.floor((final ? this.#chance.next() : this.#chance.next() ** 1.5) * reached.length)
    const stage = reached[step]?.statusId
    return stage === stages[0]?.statusId ? undefined : stage
  }

  /** Numbers ending in 555-0100 to 555-0199 are kept free for fiction. */
  #phone(): string {
    return `+1${this.#chance.pick(AREAS)}55501${String(this.#chance.between(0, 99)).padStart(2, '0')}`
  }

  #person(): { name: string; lastName: string; fm: object[] } {
    const name = this.#chance.pick(firstNames)
    const lastName = this.#chance.pick(lastNames)
    const box = `${name}.${lastName}`
      .normalize('NFD')
      .replace(/[^A-Za-z.]/g, '')
      .toLowerCase()
    const phone = { typeId: 'PHONE', valueType: this.#chance.percent(60) ? 'MOBILE' : 'WORK', value: this.#phone() }
    const email = { typeId: 'EMAIL', valueType: 'WORK', value: `${box}@example.com` }
    return { name, lastName, fm: this.#chance.percent(85) ? [phone, email] : [email] }
  }

  #client(): Fields {
    return { companyId: this.#chance.pick(this.#companies), contactIds: [this.#chance.pick(this.#contacts)] }
  }

  /** There are no product rows, so that amounts are what was agreed on. */
  #sum(low: number, high: number): Fields {
    return {
      opportunity: this.#chance.between(low, high) * 50 - (this.#chance.percent(30) ? 0.01 : 0),
      currencyId: this.#chance.percent(80) ? 'USD' : 'EUR',
      isManualOpportunity: 'Y',
    }
  }

  /** A day before or after an instant, as `2026-08-30`. */
  #day(at: number, days: number): string {
    return new Date((at + days * DAY) * 1000).toISOString().slice(0, 10)
  }

  async companies(): Promise<number[]> {
    const chance = this.#chance
    const ids = await this.#add(COUNTS.companies, (n) => {
      const name = businesses[n % businesses.length] ?? ''
      const title = n < businesses.length ? name : `${name} ${towns[n % towns.length] ?? ''}`
      const host = `${title
        .normalize('NFD')
        .toLowerCase()
        .replace(/[^a-z]+/g, '-')
        .replace(/^-|-$/g, '')}.example.com`
      const fields = {
        title,
        typeId: chance.pick(['CUSTOMER', 'CUSTOMER', 'CUSTOMER', 'SUPPLIER', 'PARTNER', 'COMPETITOR']),
        industry: chance.pick(['IT', 'MANUFACTURING', 'FINANCE', 'CONSULTING', 'DELIVERY', 'OTHER']),
        employees: `EMPLOYEES_${chance.between(1, 4)}`,
        revenue: chance.between(1, 400) * 25_000,
        isMyCompany: n === 0 ? 'Y' : 'N',
        fm: [
          { typeId: 'PHONE', valueType: 'WORK', value: this.#phone() },
          { typeId: 'EMAIL', valueType: 'WORK', value: `office@${host}` },
          { typeId: 'WEB', valueType: 'WORK', value: `https://${host}` },
        ],
      }
      return { entityTypeId: 4, fields }
    })
    // The first is the portal's own: nobody sells to oneself.
    return ids.slice(1)
  }

  async contacts(): Promise<number[]> {
    const chance = this.#chance
    return this.#add(COUNTS.contacts, () => {
      const fields = {
        ...this.#person(),
        typeId: chance.pick(['CLIENT', 'CLIENT', 'CLIENT', 'PARTNER', 'SUPPLIER']),
        sourceId: chance.pick(SOURCES),
        post: chance.pick(positions),
        ...(chance.percent(40) ? { birthdate: `${chance.between(1960, 2002)}-0${chance.between(1, 9)}-15` } : {}),
        ...(chance.percent(80) ? { companyId: chance.pick(this.#companies) } : {}),
      }
      return { entityTypeId: 3, fields }
    })
  }

  async leads(): Promise<void> {
    const chance = this.#chance
    await this.#add(COUNTS.leads, () => {
      const known = chance.percent(15)
      const fields = {
        ...(known ? this.#client() : this.#person()),
        title: `${chance.pick(['Request', 'Question', 'Enquiry', 'Callback'])}: ${chance.pick(products)}`,
        sourceId: chance.pick(SOURCES),
        ...this.#sum(2, 300),
        ...(!known && chance.percent(50)
          ? { companyTitle: chance.pick(businesses), post: chance.pick(positions) }
          : {}),
        ...(chance.percent(35) ? { utmSource: 'google', utmMedium: 'CPC', utmCampaign: chance.pick(CAMPAIGNS) } : {}),
      }
      return { entityTypeId: 1, fields }
    })
  }

  async deals(): Promise<void> {
    const chance = this.#chance
    const deal = (categoryId: number) => (_n: number, at: number) => ({
      entityTypeId: 2,
      categoryId,
      fields: {
        title: chance.pick(products),
        typeId: chance.pick(['SALE', 'SALE', 'COMPLEX', 'GOODS', 'SERVICES', 'SERVICE']),
        ...this.#sum(8, 1800),
        probability: chance.between(1, 9) * 10,
        sourceId: chance.pick(SOURCES),
        closedate: this.#day(at, chance.between(14, 90)),
        ...this.#client(),
        ...(chance.percent(25) ? { observers: [chance.pick(RESPONSIBLE)] } : {}),
      },
    })
    await this.#add(COUNTS.deals, deal(0))
    await this.#add(COUNTS.partnerDeals, deal(9))
  }

  async quotes(): Promise<void> {
    await this.#add(COUNTS.quotes, (_n, at) => ({
      entityTypeId: 7,
      fields: {
        title: `Estimate: ${this.#chance.pick(products)}`,
        ...this.#sum(8, 600),
        closedate: this.#day(at, 30),
        ...this.#client(),
      },
    }))
  }

  async invoices(): Promise<void> {
    const categoryId = await this.#defaultPipeline(31)
    await this.#add(COUNTS.invoices, (_n, at) => ({
      entityTypeId: 31,
      categoryId,
      fields: {
        title: `Invoice: ${this.#chance.pick(products)}`,
        ...this.#sum(8, 600),
        closedate: this.#day(at, 14),
        ...this.#client(),
      },
    }))
  }

  /** The smart process of the documented example, with its fields filled. */
  async equipment(): Promise<void> {
    const chance = this.#chance
    const categoryId = await this.#defaultPipeline(1302)
    await this.#add(COUNTS.equipment, (n, at) => ({
      entityTypeId: 1302,
      categoryId,
      fields: {
        title: products[(n * 7) % products.length],
        ...this.#client(),
        ufCrm44_1721812760630: `Serial number ${chance.between(10_000, 99_999)}`,
        ufCrm44_1721812814433: chance.between(79, 82),
        ufCrm44_1721812853419: this.#day(at, chance.between(7, 60)),
        ufCrm44_1721812885588: [`https://manuals.example.com/${chance.between(100, 999)}`],
        ufCrm44_1721812915476: `${chance.between(20, 900) * 10}|USD`,
        ufCrm44_1721812935209: chance.percent(50) ? 'Y' : 'N',
        ufCrm44_1721812948498: chance.between(10, 4000) / 4,
      },
    }))
  }

  async #defaultPipeline(entityTypeId: number): Promise<number> {
    const pipelines = await this.#demo.portal.directories.categories(this.#demo.session, entityTypeId)
    const found = pipelines.find(({ isDefault }) => isDefault)
    if (found === undefined) throw new Error(`demo data: no pipeline of ${entityTypeId}`)
    return found.id
  }
}

/** A few hundred believable records over all stages; the same in every portal but for their dates. */
export async function everydayRecords(demo: DemoTools, now: number): Promise<void> {
  let seed = 20_260_101
  const make = async <T>(clients: Clients, body: (everyday: Everyday) => Promise<T>): Promise<T> => {
    const own = demo.apart()
    const made = await body(new Everyday(own, now, seed++, clients))
    await own.session.settled()
    return made
  }
  const companies = await make({ companies: [], contacts: [] }, (everyday) => everyday.companies())
  const contacts = await make({ companies, contacts: [] }, (everyday) => everyday.contacts())
  const clients = { companies, contacts }
  // On PostgreSQL each waits for its own round trips: together they take as long as the longest.
  await Promise.all([
    make(clients, (everyday) => everyday.leads()),
    make(clients, (everyday) => everyday.deals()),
    make(clients, (everyday) => everyday.quotes()),
    make(clients, (everyday) => everyday.invoices()),
    make(clients, (everyday) => everyday.equipment()),
  ])
}
