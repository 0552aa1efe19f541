import { expect } from 'vitest'
import { openIntegrationsLead } from '../../portal/seeds/samples.ts'

type Result = any // eslint-disable-line typescript/no-explicit-any -- the wire's own shape: the checks state what it is

/** One call of the tests that OpenIntegrations itself runs against a portal, with what they ask of the answer. */
export interface Step {
  readonly called: string
  readonly http: 'GET' | 'POST'
  readonly method: string
  /** The parameters in the order in which they are sent; `id` is that of the item made before. */
  readonly parameters: (id: string) => Readonly<Record<string, unknown>>
  /** The same as options. */
  readonly options: (id: string) => readonly string[]
  readonly check: (result: Result) => void
}

const isNumber = (result: Result): void => {
  expect(result).toEqual(expect.any(Number))
  expect(result).toBeGreaterThan(0)
}
const isTrue = (result: Result): void => expect(result).toBe(true)
const isList = (result: Result): void => expect(result).toBeInstanceOf(Array)
const isFilled =
  (...names: string[]) =>
  (result: Result): void => {
    for (const name of names) expect(result).toHaveProperty(name, expect.toSatisfy(Boolean))
  }

const json = (value: unknown): string => JSON.stringify(value)
const none = () => ({})

const leadFilter = { TITLE: 'MegaClient', HAS_EMAIL: 'Y' }
const leadChange = {
  ADDRESS: 'Lermontov st., b. 20',
  ADDRESS_COUNTRY: 'Belarus',
  TITLE: 'SuperClient',
  NAME: 'Evgeniy',
  LAST_NAME: 'Evgeniev',
}
const deal = {
  TITLE: 'Planned sale',
  TYPE_ID: 'GOODS',
  STAGE_ID: 'NEW',
  COMPANY_ID: 1,
  CONTACT_ID: 3,
  OPENED: 'Y',
  ASSIGNED_BY_ID: 1,
  PROBABILITY: 30,
  CURRENCY_ID: 'USD',
  OPPORTUNITY: 5000,
  CATEGORY_ID: 5,
  BEGINDATE: '2024-01-01',
  CLOSEDATE: '2030-01-01',
}
const dealChange = { TITLE: 'Sale in RUB', CURRENCY_ID: 'RUB', OPPORTUNITY: 50000, BEGINDATE: '2024-01-01' }
const dealFilter = { TITLE: 'Sale in RUB', CURRENCY_ID: 'RUB' }

/**
 * In its order: seven calls of leads, seven of deals. In the place of the two that ask no portal stand lists without any
 * parameter.
 */
export const steps: readonly Step[] = [
  {
    called: 'GetLeadsList',
    http: 'POST',
    method: 'crm.lead.list',
    parameters: () => ({ filter: leadFilter }),
    options: () => ['--filter', json(leadFilter)],
    check: isList,
  },
  {
    called: 'GetLeadStructure',
    http: 'GET',
    method: 'crm.lead.fields',
    parameters: none,
    options: () => [],
    check: isFilled('PHONE', 'NAME'),
  },
  {
    called: 'CreateLead',
    http: 'POST',
    method: 'crm.lead.add',
    parameters: () => ({ fields: openIntegrationsLead }),
    // As the documented line for bash has it.
    options: () => ['--fields', json(openIntegrationsLead).replaceAll('"', "'")],
    check: isNumber,
  },
  {
    called: 'GetLead',
    http: 'POST',
    method: 'crm.lead.get',
    parameters: (id) => ({ id }),
    options: (id) => ['--lead', id],
    check: isFilled('PHONE', 'NAME'),
  },
  {
    called: 'UpdateLead',
    http: 'POST',
    method: 'crm.lead.update',
    parameters: (id) => ({ fields: leadChange, id }),
    options: (id) => ['--lead', id, '--fields', json(leadChange)],
    check: isTrue,
  },
  {
    called: 'DeleteLead',
    http: 'POST',
    method: 'crm.lead.delete',
    parameters: (id) => ({ id }),
    options: (id) => ['--lead', id],
    check: isTrue,
  },
  {
    called: 'GetLeadsList',
    http: 'POST',
    method: 'crm.lead.list',
    parameters: none,
    options: () => [],
    check: isList,
  },
  {
    called: 'GetDealStructure',
    http: 'GET',
    method: 'crm.deal.fields',
    parameters: none,
    options: () => [],
    check: isFilled('ID', 'BEGINDATE'),
  },
  {
    called: 'CreateDeal',
    http: 'POST',
    method: 'crm.deal.add',
    parameters: () => ({ fields: deal }),
    options: () => ['--fields', json(deal)],
    check: isNumber,
  },
  {
    called: 'GetDeal',
    http: 'POST',
    method: 'crm.deal.get',
    parameters: (id) => ({ id }),
    options: (id) => ['--deal', id],
    check: isFilled('ID', 'BEGINDATE'),
  },
  {
    called: 'UpdateDeal',
    http: 'POST',
    method: 'crm.deal.update',
    parameters: (id) => ({ fields: dealChange, id }),
    options: (id) => ['--deal', id, '--fields', json(dealChange)],
    check: isTrue,
  },
  {
    called: 'GetDealsList',
    http: 'POST',
    method: 'crm.deal.list',
    parameters: () => ({ filter: dealFilter, start: '0' }),
    options: () => ['--filter', json(dealFilter), '--offset', '0'],
    check: (result) => {
      isList(result)
      expect(result).toMatchObject([{ TITLE: 'Sale in RUB', CURRENCY_ID: 'RUB', OPPORTUNITY: '50000.00' }])
    },
  },
  {
    called: 'DeleteDeal',
    http: 'POST',
    method: 'crm.deal.delete',
    parameters: (id) => ({ id }),
    options: (id) => ['--deal', id],
    check: isTrue,
  },
  {
    called: 'GetDealsList',
    http: 'POST',
    method: 'crm.deal.list',
    parameters: none,
    options: () => [],
    check: isList,
  },
]
