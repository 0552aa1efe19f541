import type { OptionTable } from '../../config/options.ts'
import { count, text, texts, toggle } from '../client-options.ts'
import { isTypeOpen, type Noun } from './nouns.ts'

/** Of nouns whose rows belong to a type. */
export interface TypeOptions {
  readonly type: number | undefined
}

export interface ListOptions extends TypeOptions {
  readonly filter: readonly string[]
  readonly select: readonly string[]
  readonly order: readonly string[]
  readonly limit: number | undefined
  readonly all: boolean
  readonly count: boolean
  readonly idOnly: boolean
  readonly envelope: boolean
}

export interface ReadOptions extends TypeOptions {
  readonly envelope: boolean
}

export interface WriteOptions extends TypeOptions {
  readonly set: readonly string[]
  readonly fields: string | undefined
  readonly idOnly: boolean
  readonly envelope: boolean
  readonly check: boolean
  readonly dryRun: boolean
}

export interface DeleteOptions extends TypeOptions {
  readonly yes: boolean
  readonly dryRun: boolean
  readonly envelope: boolean
}

/** Names of types that everyone knows, beside the numbers of the smart processes. */
const types: Readonly<Record<string, number>> = { lead: 1, deal: 2, contact: 3, company: 4, quote: 7, invoice: 31 }

/** The id of a type, by its number or its name. */
export const entityType = (given: string): number | undefined =>
  types[given.toLowerCase()] ?? (/^[1-9]\d{0,8}$/.test(given) ? Number(given) : undefined)

/** `--type` stands only where the noun leaves the type open. */
export function typeOption(noun: Noun): OptionTable<TypeOptions> {
  const type = {
    ...count('type', 'type', `Whose ${noun.plural}: an entityTypeId, or ${Object.keys(types).join(', ')}`),
    expected: `an entityTypeId, or ${Object.keys(types).join(', ')}`,
    parse: entityType,
  }
  // A noun of one type has no such option at all, and whoever reads it finds none.
  return (isTypeOpen(noun) ? { type } : {}) as OptionTable<TypeOptions>
}

const envelope = toggle('envelope', 'Show the whole answer, not only its result')
const dryRun = toggle('dry-run', 'Show what would be sent, and send nothing')

export const listOptions = (noun: Noun): OptionTable<ListOptions> => ({
  ...typeOption(noun),
  filter: texts('filter', 'condition', "FIELD=value, '>FIELD=1', '@FIELD=a,b', or JSON; all of them must hold"),
  select: texts('select', 'A,B', "The columns, in their order; '*' and 'UF_*' are several"),
  order: texts('order', 'FIELD:desc', 'What to sort by'),
  limit: { ...count('limit', 'number', 'How many rows'), standard: '50' },
  all: toggle('all', 'Every row, over all pages'),
  count: toggle('count', 'Only how many there are'),
  idOnly: toggle('id-only', 'Only the ids, one a line', 'q'),
  envelope,
})

export const readOptionsOf = (noun: Noun): OptionTable<ReadOptions> => ({ ...typeOption(noun), envelope })

export const writeOptions = (noun: Noun): OptionTable<WriteOptions> => ({
  ...typeOption(noun),
  set: texts('set', 'FIELD=value', "One field; 'PHONE[0][VALUE]=…' nests, and '[fileData]=@FILE' takes a file"),
  fields: text('fields', 'json|@file|-', 'Fields as JSON; --set is put on top'),
  idOnly: toggle('id-only', 'Only the id', 'q'),
  envelope,
  check: {
    ...toggle('check', 'Send names as they are, without asking the portal for its fields first'),
    initial: () => true,
  },
  dryRun,
})

export const deleteOptions = (noun: Noun): OptionTable<DeleteOptions> => ({
  ...typeOption(noun),
  yes: toggle('yes', 'Do it without a question', 'y'),
  dryRun,
  envelope,
})
