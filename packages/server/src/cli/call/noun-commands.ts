import { ConfigError, type OptionTable } from '../../config/options.ts'
import { clientCommand } from '../client-command.ts'
import type { ClientOptions } from '../client-options.ts'
import type { Command } from '../command.ts'
import { transferCommands } from '../transfer/index.ts'
import { deleteOptions, listOptions, readOptionsOf, type TypeOptions, writeOptions } from './noun-options.ts'
import { isTypeOpen, type Noun, nouns, type Verb } from './nouns.ts'
import { typeOf } from './request.ts'
import type { Task } from './task.ts'
import type * as verbTypes from './verbs.ts'

type Verbs = typeof verbTypes

const makers: Readonly<Record<Verb, (noun: Noun) => Command>> = {
  list: (noun) =>
    made(noun, 'list', {
      about: `List ${noun.plural}`,
      options: listOptions(noun),
      examples: [
        `--filter '${noun.condition}' --select ${noun.columns.slice(0, 3).join(',')}`,
        `--order ${noun.columns[1]} --all -o csv`,
      ],
      run: (verbs, task, options) => verbs.list(task, options),
    }),
  get: (noun) =>
    made(noun, 'get', {
      operands: ['ID'],
      about: `Show ${an(noun)}`,
      options: readOptionsOf(noun),
      examples: [idOf(noun)],
      run: (verbs, task, options, [id = '']) => verbs.get(task, options, id),
    }),
  create: (noun) =>
    made(noun, 'create', {
      about: `Add ${an(noun)} and show its id`,
      options: writeOptions(noun),
      examples: [`--set '${noun.sample}'`, `--fields @${noun.name}.json --dry-run`],
      run: (verbs, task, options) => verbs.create(task, options),
    }),
  update: (noun) =>
    made(noun, 'update', {
      operands: ['ID'],
      about: `Change fields of ${an(noun)}`,
      options: writeOptions(noun),
      examples: [`${idOf(noun)} --set '${noun.sample}'`],
      run: (verbs, task, options, [id = '']) => verbs.update(task, options, id),
    }),
  delete: (noun) =>
    made(noun, 'delete', {
      operands: ['ID', 'ID...'],
      about: `Delete ${noun.plural} by their ids`,
      options: deleteOptions(noun),
      examples: [idOf(noun), `${idOf(noun)} --yes`],
      run: (verbs, task, options, ids) => verbs.remove(task, options, ids),
    }),
  fields: (noun) =>
    made(noun, 'fields', {
      about: `List the fields of ${noun.plural}, your own included`,
      options: readOptionsOf(noun),
      examples: [''],
      run: (verbs, task, options) => verbs.fields(task, options),
    }),
}

function made<C extends TypeOptions>(
  noun: Noun,
  verb: Verb,
  given: {
    readonly operands?: readonly string[]
    readonly about: string
    readonly options: OptionTable<C>
    readonly examples: readonly string[]
    run(verbs: Verbs, task: Task, options: C & ClientOptions, operands: readonly string[]): Promise<void>
  },
): Command {
  const type = isTypeOpen(noun) ? ` --type ${noun.name === 'item' ? '1038' : 'deal'}` : ''
  return clientCommand<C>({
    name: `${noun.name} ${verb}`,
    ...(given.operands === undefined ? {} : { operands: given.operands }),
    about: given.about,
    options: given.options,
    examples: given.examples.map((example) => `${noun.name} ${verb}${type} ${example}`.trimEnd()),
    async run(calling, options, operands) {
      if (isTypeOpen(noun) && options.type === undefined)
        throw new ConfigError('--type', null, '--type is missing: portico type list shows the smart processes')
      // Loaded when one of them runs.
      const verbs = await import('./verbs.ts')
      await given.run(verbs, { calling, noun, type: typeOf(noun, options.type) }, options, operands)
    },
  })
}

const an = ({ name }: Noun): string => (/^[aeio]/.test(name) ? `an ${name}` : `a ${name}`)
const idOf = (noun: Noun): string => (noun.name === 'currency' ? 'CHF' : '15')

/** `portico lead list` and all its relatives: every verb of every noun. */
export const nounCommands: readonly Command[] = nouns.flatMap((noun) => [
  ...noun.verbs.map((verb) => makers[verb](noun)),
  ...(noun.transfer === true ? transferCommands(noun) : []),
])

/** What `portico --help` says of each. */
export const nounFamilies: Readonly<Record<string, string>> = Object.fromEntries(
  nouns.map(({ name, plural }) => [name, `${plural[0]?.toUpperCase()}${plural.slice(1)}`]),
)
