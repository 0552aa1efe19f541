import type { Option, OptionTable } from '../../config/options.ts'
import { typeOption } from '../call/noun-options.ts'
import type { Noun } from '../call/nouns.ts'
import { count, text, texts, toggle } from '../client-options.ts'

export interface WithType {
  readonly type: number | undefined
}

export interface ExportOptions {
  readonly filter: readonly string[]
  readonly select: readonly string[]
  readonly order: readonly string[]
  readonly limit: number | undefined
  readonly file: string | undefined
  readonly titles: boolean
  readonly delimiter: string
  readonly separator: string
  readonly bom: boolean
}

export type Policy = 'add' | 'skip' | 'merge' | 'fail'
export type Uncertain = 'stop' | 'send' | 'skip'

export interface ImportOptions {
  readonly format: 'csv' | 'ndjson' | undefined
  readonly map: readonly string[]
  readonly mapFile: string | undefined
  readonly ignoreUnknown: boolean
  readonly template: boolean
  readonly defaults: string | undefined
  readonly set: readonly string[]
  readonly dryRun: boolean
  readonly errors: string | undefined
  readonly duplicates: Policy | undefined
  readonly match: readonly string[]
  readonly overwrite: boolean
  readonly resume: boolean
  readonly restart: boolean
  readonly uncertain: Uncertain
  readonly mark: boolean
  readonly journal: string | undefined
  readonly batch: number
  readonly delimiter: string | undefined
  readonly encoding: string | undefined
  readonly separator: string
  readonly decimal: '.' | ','
  readonly dateFormat: readonly string[]
  readonly formulas: boolean
  readonly keepHistory: boolean
  readonly files: string | undefined
}

/** An option that takes one of a few words. */
const choice = <T extends string, U>(flag: string, choices: readonly T[], about: string, preset: U): Option<T | U> => ({
  ...text(flag, choices.join('|'), about),
  expected: choices.join(', '),
  choices,
  standard: typeof preset === 'string' ? preset : '',
  initial: () => preset,
  parse: (given) => choices.find((each) => each === given),
})

/** Characters that no shell likes have names. */
const named: Readonly<Record<string, string>> = { tab: '\t', '\\t': '\t', newline: '\n', '\\n': '\n' }
const sign = (flag: string, about: string, refused: RegExp): Option<string | undefined> => ({
  ...text(flag, 'sign', about),
  expected: 'one sign that is neither a letter, a digit nor a quotation mark',
  parse(given) {
    const value = named[given.toLowerCase()] ?? given
    return value.length === 1 && !refused.test(value) ? value : undefined
  },
})
const withPreset = (option: Option<string | undefined>, preset: string): Option<string> => ({
  ...option,
  standard: preset,
  initial: () => preset,
  parse: option.parse,
})

const separator = withPreset(sign('separator', 'Between the values of one cell', /[\w"\t\r @[\]+-]/), ';')
const on = (option: Option<boolean>): Option<boolean> => ({ ...option, initial: () => true })

export const exportOptions: OptionTable<ExportOptions> = {
  filter: texts('filter', 'condition', "FIELD=value, '>FIELD=1', '@FIELD=a,b', or JSON; all of them must hold"),
  select: texts('select', 'A,B', "The columns, in their order; '*' is every field, 'UF_*' your own ones"),
  order: texts('order', 'FIELD:desc', 'What to sort by; without it, by id'),
  limit: count('limit', 'number', 'How many rows at most'),
  file: text('file', 'path', 'Where to write; its ending tells the format. Without it, stdout', 'f'),
  titles: toggle('titles', 'Name the columns of CSV by the titles of the fields, not by their codes'),
  delimiter: withPreset(sign('delimiter', 'Between the columns of CSV; tab is one too', /[\w"'\r\n]/), ','),
  separator,
  bom: toggle('bom', 'Begin CSV with a byte order mark, which older spreadsheets need'),
}

export const importOptions: OptionTable<ImportOptions> = {
  format: choice('format', ['csv', 'ndjson'] as const, 'What the file is, where its ending does not tell', undefined),
  map: texts('map', 'COLUMN=FIELD', "The field of a column; 'COLUMN=' leaves the column out"),
  mapFile: text('map-file', 'file', 'The same as JSON: {"Column": "FIELD", "Other": null}'),
  ignoreUnknown: toggle('ignore-unknown', 'Leave out columns that are no fields'),
  template: toggle('template', 'Write the first line of a file that could be imported, and stop'),
  defaults: text('defaults', 'json|@file', 'Values of fields for rows that have none'),
  set: texts('set', 'FIELD=value', 'A value that every row gets, whatever it has'),
  dryRun: toggle('dry-run', 'Check every row, tell what is wrong, and write nothing'),
  errors: text('errors', 'file', 'Where rows go that were refused; without it, beside the file'),
  duplicates: choice(
    'duplicates',
    ['skip', 'merge', 'add', 'fail'] as const,
    'What to do with rows whose record is there already',
    undefined,
  ),
  match: texts('match', 'A,B+C', 'What tells that it is: A, or B and C together; PHONE and EMAIL too'),
  overwrite: toggle('overwrite', 'Merging replaces values; without it, it fills empty fields only'),
  resume: toggle('resume', 'Go on where an import of this file has stopped'),
  restart: toggle('restart', 'Forget that this file was imported before, and begin anew'),
  uncertain: choice(
    'uncertain',
    ['stop', 'send', 'skip'] as const,
    'With --resume: rows of which nobody knows whether they arrived',
    'stop' as const,
  ),
  mark: toggle('mark', 'Write the import and the row into ORIGINATOR_ID and ORIGIN_ID, to be sure where it stopped'),
  journal: text('journal', 'file', 'Where the import keeps how far it is; without it, beside the file'),
  batch: {
    ...count('batch', 'rows', 'How many rows are sent at once'),
    standard: '50',
    expected: 'a whole number from 1 to 50',
    initial: () => 50,
    parse: (given) => (/^([1-9]|[1-4]\d|50)$/.test(given) ? Number(given) : undefined),
  },
  delimiter: {
    ...sign('delimiter', 'Between the columns of CSV; tab is one too', /[\w"'\r\n]/),
    standard: 'what the first line has most of',
  },
  encoding: { ...text('encoding', 'name', 'windows-1251, utf-16le, …'), standard: 'what the file looks like' },
  separator,
  decimal: choice('decimal', ['.', ','] as const, 'What stands before the fraction of a number', '.' as const),
  dateFormat: texts('date-format', 'format', 'How days are written: MM/DD/YYYY, D.M.YY HH:mm'),
  formulas: on(
    toggle('formulas', 'Take away what an export puts before formulas; --no-formulas takes cells as they are'),
  ),
  keepHistory: toggle('keep-history', 'Bring dates of creation and authors along; needs the right to import'),
  files: text('files', 'directory', 'Cells such as @contract.pdf name files in this directory'),
}

/** `--type` stands only where the noun leaves the type open. */
export const withType = <C extends object>(noun: Noun, table: OptionTable<C>): OptionTable<C & WithType> =>
  ({ ...typeOption(noun), ...table }) as OptionTable<C & WithType>
