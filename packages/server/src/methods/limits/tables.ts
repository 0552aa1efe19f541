import type { Table } from '../../store/table.ts'

/** Counters of requests, by the address that they came from. All servers of a portal share them. */
export const rateBucket: Table = {
  name: 'rate_bucket',
  columns: { address: 'text', level: 'integer', second: 'integer' },
  key: ['address'],
  indexes: [{ columns: ['second'] }],
}

/** Execution time by client, method and minute. */
export const operatingBasket: Table = {
  name: 'operating_basket',
  columns: { client: 'text', method: 'text', minute: 'integer', seconds: 'real', first: 'real' },
  key: ['client', 'method', 'minute'],
  indexes: [{ columns: ['minute'] }],
}
