import { useQuery, type UseQueryReturnType } from '@tanstack/vue-query'
import { type MaybeRefOrGetter, computed, toValue } from 'vue'
import { call } from '../api/portal.ts'

/** A row of `crm.item.productrow.list`. */
export interface ProductRow {
  readonly id: number
  readonly productName: string
  readonly price: number
  readonly priceExclusive: number
  readonly priceNetto: number
  readonly priceBrutto: number
  readonly quantity: number
  readonly discountTypeId: number
  readonly discountRate: number
  readonly discountSum: number
  readonly taxRate: number | null
  readonly taxIncluded: 'Y' | 'N'
  readonly measureName: string
  readonly sort: number
}

/** Who sells or buys, as a document names them. */
export interface Party {
  readonly name: string
  /** The person to whom it goes, at a company. */
  readonly person: string
  readonly address: readonly string[]
  /** Numbers that the law wants: label key, and the number. */
  readonly numbers: readonly { readonly label: PartyNumber; readonly value: string }[]
  readonly contacts: readonly string[]
  readonly bank: readonly { readonly label: PartyNumber; readonly value: string }[]
}

export type PartyNumber = 'vatId' | 'taxNumber' | 'register' | 'bank' | 'iban' | 'account' | 'bic'

export interface PrintData {
  readonly item: Item
  readonly rows: readonly ProductRow[]
  readonly seller: Party | undefined
  readonly client: Party | undefined
  readonly responsible: string
}

type Item = Readonly<Record<string, unknown>> & { readonly id: number }
type Legacy = Readonly<Record<string, string | null | undefined>>

const [CONTACT, COMPANY, QUOTE, REQUISITE] = [3, 4, 7, 8] as const
/** What product rows call their owners. */
const OWNERS: Readonly<Record<number, string>> = { 7: 'Q', 31: 'SI' }

interface Chosen {
  readonly requisite: number
  readonly bank: number
}

/** Which requisites the document uses; none, where nobody has chosen. */
async function chosenOf(
  entityTypeId: number,
  entityId: number,
  signal: AbortSignal,
): Promise<{ client: Chosen; own: Chosen }> {
  const none = { requisite: 0, bank: 0 }
  try {
    const link = await call<Legacy>('crm.requisite.link.get', { entityTypeId, entityId }, signal)
    return {
      client: { requisite: Number(link.REQUISITE_ID ?? 0), bank: Number(link.BANK_DETAIL_ID ?? 0) },
      own: { requisite: Number(link.MC_REQUISITE_ID ?? 0), bank: Number(link.MC_BANK_DETAIL_ID ?? 0) },
    }
  } catch {
    // That there is no choice is told as an error.
    return { client: none, own: none }
  }
}

/** Of several the chosen one, else the first. */
const pick = (rows: readonly Legacy[], id: number): Legacy | undefined =>
  rows.find((row) => Number(row.ID) === id) ?? rows[0]

const text = (...values: readonly (string | null | undefined)[]): string =>
  values.find((value) => typeof value === 'string' && value.trim() !== '') ?? ''

function lines(address: Legacy): string[] {
  return [
    address.ADDRESS_1,
    address.ADDRESS_2,
    [address.POSTAL_CODE, address.CITY].filter(Boolean).join(' '),
    address.PROVINCE,
    address.COUNTRY,
  ].filter((line): line is string => typeof line === 'string' && line.trim() !== '')
}

const list = <Row>(method: string, filter: object, signal: AbortSignal): Promise<readonly Row[]> =>
  call<readonly Row[]>(method, { filter, select: ['*'] }, signal).catch(() => [])

async function partyOf(
  entityTypeId: typeof CONTACT | typeof COMPANY,
  id: number,
  chosen: Chosen,
  signal: AbortSignal,
): Promise<Party | undefined> {
  if (id <= 0) return undefined
  const [item, requisites] = await Promise.all([
    // Lists of records tell no phones. Whom the person may not see the paper does not name.
    call<{ item: Item }>('crm.item.get', { entityTypeId, id }, signal).then(
      (found) => found.item,
      () => undefined,
    ),
    list<Legacy>('crm.requisite.list', { ENTITY_TYPE_ID: entityTypeId, ENTITY_ID: id }, signal),
  ])
  const requisite = pick(requisites, chosen.requisite)
  const [banks, ofRequisite, ofRecord] = await Promise.all([
    requisite === undefined ? [] : list<Legacy>('crm.requisite.bankdetail.list', { ENTITY_ID: requisite.ID }, signal),
    requisite === undefined
      ? []
      : list<Legacy>('crm.address.list', { ENTITY_TYPE_ID: REQUISITE, ENTITY_ID: requisite.ID }, signal),
    list<Legacy>('crm.address.list', { ENTITY_TYPE_ID: entityTypeId, ENTITY_ID: id }, signal),
  ])
  const bank = pick(banks, chosen.bank)
  const address = [...ofRequisite, ...ofRecord].find((each) => lines(each).length > 0)
  const points = (item?.fm ?? []) as readonly { typeId: string; value: string }[]
  const person = [item?.name, item?.lastName].filter(Boolean).join(' ')
  const numbers = (pairs: readonly (readonly [PartyNumber, string | null | undefined])[]) =>
    pairs.flatMap(([label, value]) => (typeof value === 'string' && value.trim() !== '' ? [{ label, value }] : []))
  return {
    name: text(
      requisite?.RQ_COMPANY_FULL_NAME,
      requisite?.RQ_COMPANY_NAME,
      requisite?.RQ_NAME,
      item?.title as string,
      person,
    ),
    person: '',
    address: address === undefined ? [] : lines(address),
    numbers: numbers([
      ['vatId', requisite?.RQ_VAT_ID],
      ['taxNumber', requisite?.RQ_INN],
      ['register', text(requisite?.RQ_COMPANY_REG_NUMBER, requisite?.RQ_OGRN, requisite?.RQ_REGON)],
    ]),
    contacts: ['PHONE', 'EMAIL', 'WEB'].flatMap(
      (wanted) => points.find(({ typeId }) => typeId === wanted)?.value ?? [],
    ),
    bank: numbers([
      ['bank', bank?.RQ_BANK_NAME],
      ['iban', bank?.RQ_IBAN],
      ['account', bank?.RQ_IBAN ? '' : bank?.RQ_ACC_NUM],
      ['bic', text(bank?.RQ_SWIFT, bank?.RQ_BIC, bank?.RQ_BIK)],
    ]),
  }
}

/** The own company of a document that names none: the first that there is. */
async function ownCompany(item: Item, signal: AbortSignal): Promise<number> {
  const named = Number(item.mycompanyId ?? 0)
  if (named > 0) return named
  const { items } = await call<{ items: readonly Item[] }>(
    'crm.item.list',
    { entityTypeId: COMPANY, select: ['id'], filter: { '=isMyCompany': 'Y' }, order: { id: 'ASC' }, start: -1 },
    signal,
  ).catch(() => ({ items: [] }))
  return items[0]?.id ?? 0
}

async function read(entityTypeId: number, id: number, signal: AbortSignal): Promise<PrintData> {
  const [{ item }, { productRows }, chosen] = await Promise.all([
    call<{ item: Item }>('crm.item.get', { entityTypeId, id }, signal),
    call<{ productRows: readonly ProductRow[] }>(
      'crm.item.productrow.list',
      { filter: { '=ownerType': OWNERS[entityTypeId], '=ownerId': id }, order: { sort: 'ASC', id: 'ASC' }, start: -1 },
      signal,
    ),
    chosenOf(entityTypeId, id, signal),
  ])
  const company = Number(item.companyId ?? 0)
  const [contact] = [...((item.contactIds as number[] | undefined) ?? []), Number(item.contactId ?? 0)]
  const [seller, firm, person, people] = await Promise.all([
    ownCompany(item, signal).then((own) => partyOf(COMPANY, own, chosen.own, signal)),
    partyOf(COMPANY, company, chosen.client, signal),
    partyOf(CONTACT, contact ?? 0, company > 0 ? { requisite: 0, bank: 0 } : chosen.client, signal),
    call<readonly Legacy[]>('user.get', { ID: item.assignedById }, signal).catch(() => []),
  ])
  const client = firm === undefined ? person : { ...firm, person: person?.name ?? '' }
  return {
    item,
    rows: productRows,
    seller,
    client,
    responsible: [people[0]?.NAME, people[0]?.LAST_NAME].filter(Boolean).join(' '),
  }
}

/** All that a printed quote or invoice says. */
export const usePrintData = (
  entityTypeId: MaybeRefOrGetter<number>,
  id: MaybeRefOrGetter<number>,
): UseQueryReturnType<PrintData, Error> =>
  useQuery(
    computed(() => ({
      queryKey: ['item', toValue(entityTypeId), toValue(id), 'print'],
      queryFn: ({ signal }: { signal: AbortSignal }) => read(toValue(entityTypeId), toValue(id), signal),
    })),
  )

/** A tax by its rate: what it is of, and how much. */
export interface Tax {
  readonly rate: number
  readonly sum: number
}

const cents = (amount: number): number => Math.round(amount * 100) / 100

/** How much tax is in the rows, by rate; what they are said to cost is with it. */
export function taxesOf(rows: readonly ProductRow[]): Tax[] {
  const sums = new Map<number, number>()
  for (const { taxRate, price, priceExclusive, quantity } of rows)
    if (taxRate !== null && taxRate > 0)
      sums.set(taxRate, (sums.get(taxRate) ?? 0) + (price - priceExclusive) * quantity)
  return [...sums].map(([rate, sum]) => ({ rate, sum: cents(sum) })).toSorted((a, b) => a.rate - b.rate)
}

export const isQuote = (entityTypeId: number): boolean => entityTypeId === QUOTE
