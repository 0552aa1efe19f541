import { randomUUID } from 'node:crypto'
import { extname, resolve } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import { ConfigError } from '../../config/options.ts'
import type { Calling } from '../client-command.ts'
import type { OutputOptions } from '../client-options.ts'
import { write } from '../output/write.ts'
import { CommandError, exit } from '../terminal.ts'
import { readRules, type Rule } from './engine/duplicates.ts'
import { type FieldInfo, isFile, isMultifield, isRow } from './engine/field.ts'
import { Mapper, MappingError } from './engine/mapping.ts'
import { runDryly } from './dry-run.ts'
import { ErrorFile } from './error-file.ts'
import { refused } from './export.ts'
import { Files } from './files.ts'
import { Journal, type JournalHeader, type JournalState, nothingDone, readJournal } from './journal.ts'
import { findsByPoint, Lookups } from './lookups.ts'
import type { ImportOptions } from './options.ts'
import { markKeys, type Planning } from './plan.ts'
import { factsOf, fieldsOf } from './portal-facts.ts'
import { fieldsIn, headerColumns, RowReader } from './row-reader.ts'
import { ImportRun, summary } from './run.ts'
import { policyOf, presetsOf, readingOf, type Settings, settingsOf, settingsToGoOn } from './settings.ts'
import { openSource, type Source } from './source.ts'
import type { Subject } from './subject.ts'

type Named = Subject & { readonly noun: string }

/** `portico lead import`. */
export async function runImport(
  calling: Calling,
  subject: Named,
  options: ImportOptions & OutputOptions,
  file: string | undefined,
): Promise<void> {
  if (options.template) return template(calling, subject)
  if (file === undefined)
    throw new ConfigError('FILE', null, 'FILE is missing: name a file of CSV or NDJSON, or - for stdin')
  const { program, output } = calling
  const given = await settingsOf(options, program)
  const journalPath = journalOf(options, file, program.cwd)
  const state = options.dryRun ? undefined : before(journalPath, options)
  if (state?.isEnded === true) return told(calling, state, subject)
  const settings = state === undefined ? given : settingsToGoOn(given, state.header.settings)
  const source = await openSource(program, file, {
    format: settings.format ?? undefined,
    delimiter: settings.delimiter ?? undefined,
    encoding: settings.encoding ?? undefined,
  })
  try {
    if (!source.encoding.isSure && source.encoding.name !== 'utf-8')
      output.note(`${source.name} is read as ${source.encoding.name}; --encoding says otherwise.`)
    const { reader, planning } = await prepared(calling, subject, settings, source)
    if (options.dryRun) return await runDryly(calling, { source, reader, planning, batch: settings.batch })
    await realRun(calling, subject, { options, settings, source, reader, planning, state, journalPath, file })
  } finally {
    source.close()
  }
}

/** A header that an import takes: every field that can be written. */
async function template(calling: Calling, subject: Subject): Promise<void> {
  const fields = (await fieldsOf(calling, subject)).filter((field) => !field.readOnly && !isFile(field))
  const required = fields.filter((field) => field.required)
  const others = fields.filter((field) => !field.required)
  await write(calling.program.stdout, stringify([[...required, ...others].map(({ key }) => key)]))
}

function journalOf({ journal, dryRun }: ImportOptions, file: string, cwd: string): string | undefined {
  if (journal !== undefined) return resolve(cwd, journal)
  return file === '-' || dryRun ? undefined : `${resolve(cwd, file)}.portico-journal`
}

/** What is known of an earlier import of the file. Throws CommandError where nobody has said what to do with it. */
function before(path: string | undefined, { resume, restart }: ImportOptions): JournalState | undefined {
  if (resume && restart) throw new ConfigError('--restart', null, '--resume and --restart exclude each other')
  if (path === undefined) {
    if (resume)
      throw new ConfigError('--resume', null, '--resume needs the journal of an import: --journal FILE, or a file')
    return undefined
  }
  const state = restart ? undefined : readJournal(path)
  if (state === undefined || resume) return state
  const { counts, last } = state.done ?? nothingDone
  throw new CommandError(
    state.isEnded
      ? `this file was imported already (${state.header.began.slice(0, 10)}): ${summary(counts)}`
      : `an import of this file was begun and stopped after ${last} rows: ${summary(counts)}`,
    {
      exitCode: exit.usage,
      hint: state.isEnded
        ? '--restart imports it once more.'
        : '--resume goes on with it, --restart begins anew and would add again what was added.',
    },
  )
}

/** An import that is over is over, however often somebody goes on with it. */
function told({ output }: Calling, { done }: JournalState, { plural }: Subject): void {
  const { counts } = done ?? nothingDone
  output.note(`This file was imported already. ${plural}: ${summary(counts)}`)
  if (counts.failed > 0) throw new CommandError('', { exitCode: exit.partial })
}

interface Prepared {
  readonly reader: RowReader
  readonly planning: Planning
}

/** Everything that must be right before the first row is looked at. */
async function prepared(calling: Calling, subject: Named, settings: Settings, source: Source): Promise<Prepared> {
  const { output, program } = calling
  const fields = await fieldsOf(calling, subject)
  try {
    const rules = rulesOf(settings, fields, subject)
    const mapper = new Mapper(fields, {
      map: settings.map,
      ignoreUnknown: settings.ignoreUnknown,
      keepHistory: settings.keepHistory,
      match: rules.flat().map(({ key }) => key),
    })
    const columns = source.format === 'csv' ? headerColumns(source.header, mapper) : []
    for (const [why, text] of [
      ['read-only', 'read-only'],
      ['unknown', 'no fields'],
    ] as const) {
      const names = source.header.filter((_, index) => columns[index] === why)
      if (names.length > 0) output.note(`Left out, being ${text}: ${names.join(', ')}`)
    }
    const presets = presetsOf(settings, mapper)
    const used = source.format === 'csv' ? fieldsIn(columns) : fields
    if (source.format === 'csv' && used.length === 0) throw new MappingError(['no column is a field'])
    requireMarks(settings, fields, used, subject)
    const given = [...presets.defaults, ...presets.sets].map(({ column }) => column.field)
    const facts = await factsOf(calling, subject, fields, [...used, ...given])
    const files = settings.files === null ? undefined : await Files.in(program.cwd, settings.files)
    const reading = readingOf(settings)
    return {
      reader: new RowReader(mapper, columns, { facts, reading, presets, formulas: settings.formulas, files }),
      planning: {
        subject,
        facts,
        lookups: new Lookups(calling, subject),
        rules,
        policy: policyOf(settings),
        overwrite: settings.overwrite,
        keepHistory: settings.keepHistory,
        mark: undefined,
        files,
      },
    }
  } catch (cause) {
    if (!(cause instanceof MappingError)) throw cause
    for (const problem of cause.problems.slice(0, -1)) output.note(`portico: ${problem}`)
    throw new CommandError(cause.problems.at(-1) ?? '', {
      exitCode: exit.usage,
      hint: `portico ${subject.noun} fields lists the fields.`,
    })
  }
}

function rulesOf({ match }: Settings, fields: readonly FieldInfo[], subject: Subject): Rule[] {
  const rules = readRules(match, new Mapper(fields, {}).names)
  if (!findsByPoint(subject) && rules.flat().some(isMultifield))
    throw new MappingError([`--match: phones and e-mails can be looked for among leads, contacts and companies only`])
  return rules
}

function requireMarks(
  { mark }: Settings,
  fields: readonly FieldInfo[],
  used: readonly FieldInfo[],
  subject: Subject,
): void {
  if (!mark) return
  const keys = markKeys(subject)
  if (!keys.every((key) => fields.some((field) => field.key === key)))
    throw new MappingError([`--mark: ${subject.plural} have no ${keys.join(' and ')}`])
  if (used.some(({ key }) => keys.includes(key)))
    throw new MappingError([`--mark writes ${keys.join(' and ')}, which the file fills itself`])
}

async function realRun(
  calling: Calling,
  subject: Named,
  given: Prepared & {
    options: ImportOptions & OutputOptions
    settings: Settings
    source: Source
    state: JournalState | undefined
    journalPath: string | undefined
    file: string
  },
): Promise<void> {
  const { client, signal, program, output } = calling
  const { options, settings, source, reader, planning, state, journalPath, file } = given
  const isPortico = await client.isPortico({ signal })
  const begun: unknown = isPortico
    ? await client.call('portico.import.begin', subject.about, { signal }).catch(refused('import'))
    : undefined
  const holder = isRow(begun) && typeof begun.holder === 'string' ? begun.holder : null
  const header: JournalHeader = state?.header ?? {
    portico: 'import',
    version: 1,
    run: randomUUID(),
    began: new Date().toISOString(),
    portal: client.portal,
    noun: subject.noun,
    entityTypeId: subject.entityTypeId ?? null,
    holder,
    settings: { ...settings },
  }
  if (state !== undefined) requireSame(header, client.portal, subject)
  const errors = new ErrorFile(
    program.cwd,
    settings.errors ?? errorsOf(file, subject, source),
    source,
    state?.done?.errors ?? 0,
  )
  if (file !== '-' && errors.path === resolve(program.cwd, file))
    throw new ConfigError('--errors', file, '--errors names the file that is imported')
  if (!isPortico && planning.policy === 'add' && !settings.mark && state === undefined)
    output.note('This portal cannot repeat writes safely: --mark would make an interrupted import exact.')
  const journal =
    journalPath === undefined
      ? undefined
      : state === undefined
        ? Journal.begin(journalPath, header)
        : Journal.goOn(journalPath, state)
  const run = new ImportRun(calling, {
    header,
    state,
    source,
    reader,
    errors,
    journal,
    batch: settings.batch,
    total: program.stderr.isTTY === true && file !== '-' ? await countRows(calling, file, source) : undefined,
    isTold: options.json || options.output !== undefined,
    isPortico,
    mayRepeat: isPortico && holder !== null && holder === header.holder,
    uncertain: options.uncertain,
    command: `portico ${subject.noun} import ${file}`,
    planning: { ...planning, mark: settings.mark ? `portico-${header.run.slice(0, 8)}` : undefined },
  })
  try {
    await run.all()
  } finally {
    errors.close()
    journal?.close()
  }
}

/** For a bar that somebody looks at; reading a file once more takes a moment, sending it takes minutes. */
async function countRows({ program }: Calling, file: string, { format, delimiter, encoding }: Source): Promise<number> {
  const again = await openSource(program, file, { format, delimiter, encoding: encoding.name })
  let count = 0
  for await (const { row } of again.rows()) count = row
  again.close()
  return count
}

/** Whose rows these are is no matter of taste. */
function requireSame(header: JournalHeader, portal: string, { noun, entityTypeId }: Named): void {
  if (header.noun !== noun || header.entityTypeId !== (entityTypeId ?? null))
    throw new ConfigError('--resume', null, `this file was begun as ${header.noun}, not as ${noun}`)
  if (header.portal !== portal)
    throw new ConfigError('--resume', null, `this import was begun in ${header.portal}, and this is ${portal}`)
}

/** `leads.csv` → `leads.errors.csv`; of stdin, in the directory where one is. */
function errorsOf(file: string, { noun }: Named, { format }: Source): string {
  if (file === '-') return `${noun}-import.errors.${format}`
  const ending = extname(file)
  return `${ending === '' ? file : file.slice(0, -ending.length)}.errors${ending === '' ? `.${format}` : ending}`
}
