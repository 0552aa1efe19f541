import { ConfigError } from '../../config/options.ts'
import { isTypeOpen, type Noun } from '../call/nouns.ts'
import { clientCommand } from '../client-command.ts'
import type { Command } from '../command.ts'
import { exportOptions, importOptions, type WithType, withType } from './options.ts'
import { subjectOf } from './subject.ts'

/** `portico lead export` and `portico lead import`. */
export function transferCommands(noun: Noun): Command[] {
  const typed = isTypeOpen(noun)
  const type = typed ? ' --type 1038' : ''
  const subject = ({ type: given }: WithType) => {
    if (typed && given === undefined)
      throw new ConfigError('--type', null, '--type is missing: portico type list shows the smart processes')
    return subjectOf(noun, given)
  }
  return [
    clientCommand({
      name: `${noun.name} export`,
      about: `Write ${noun.plural} as CSV or NDJSON`,
      options: withType(noun, exportOptions),
      examples: [
        `${noun.name} export${type} --file ${noun.name}s.csv`,
        `${noun.name} export${type} -o ndjson --filter '${noun.condition}' > ${noun.name}s.ndjson`,
      ],
      async run(calling, options) {
        const { runExport } = await import('./export.ts')
        await runExport(calling, subject(options), options)
      },
    }),
    clientCommand({
      name: `${noun.name} import`,
      operands: ['FILE?'],
      about: `Add ${noun.plural} from CSV or NDJSON`,
      options: withType(noun, importOptions),
      examples: [
        `${noun.name} import${type} ${noun.name}s.csv --dry-run`,
        `${noun.name} import${type} ${noun.name}s.csv --match ORIGIN_ID --duplicates merge`,
        `${noun.name} import${type} ${noun.name}s.csv --resume`,
      ],
      async run(calling, options, [file]) {
        const { runImport } = await import('./import.ts')
        await runImport(calling, { ...subject(options), noun: noun.name }, options, file)
      },
    }),
  ]
}
