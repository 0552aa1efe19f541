import type { Table } from '../../store/table.ts'

/** What seeds have made: by its name there it is found again, whatever it is called in the portal. */
export const seedEntry: Table = {
  name: 'seed_entry',
  columns: {
    name: 'text',
    /** `types`, `records crm.item`, …: what made it, and changes it. */
    kind: 'text',
    /** How the portal knows it, and what a reference to it stands for, as JSON. */
    id: 'text',
    value: 'text',
    /** Of what the seed said last: what says the same again changes nothing. */
    digest: 'text',
  },
  key: ['name'],
}
