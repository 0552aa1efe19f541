import { readOptions, type OptionTable } from '../../config/options.ts'
import { type OutputOptions, outputOptions, text } from '../client-options.ts'
import type { Command } from '../command.ts'

interface MethodsOptions extends OutputOptions {
  readonly scope: string | undefined
  readonly status: string | undefined
}

const statuses = ['whole', 'partial', 'extension', 'missing']

const options: OptionTable<MethodsOptions> = {
  scope: text('scope', 'scope', 'Only those that this scope opens'),
  status: {
    ...text('status', 'status', `Only those that Portico has so: ${statuses.join(', ')}`),
    expected: `one of ${statuses.join(', ')}`,
    choices: statuses,
  },
  ...outputOptions,
}

/** `portico methods 'crm.lead.*'`: works without a portal. */
export const methods: Command = {
  name: 'methods',
  operands: ['PATTERN?'],
  about: 'List the methods of the API, with what Portico has of them',
  options,
  examples: ['methods lead', "methods 'crm.*.list'", 'methods --status missing -o plain'],
  async run(args, program) {
    const { values, operands } = readOptions<MethodsOptions>(options, args, program.env, methods.operands)
    const { outputOf } = await import('../output/from-options.ts')
    const output = outputOf(program, values)
    const { documentedMethods } = await import('../../modules/documented-methods.ts')
    const pattern = patternOf(operands[0])
    const rows = documentedMethods()
      .filter(({ name, scopes, conformance }) => {
        const isOpened = values.scope === undefined || scopes.includes(values.scope)
        return pattern.test(name) && isOpened && (values.status === undefined || conformance.status === values.status)
      })
      .map(({ name, version, scopes, conformance, about }) => ({
        name,
        version,
        scope: scopes.join(','),
        status: conformance.status,
        about,
      }))
    await output.rows(rows, ['name', 'version', 'scope', 'status', 'about'])
  },
}

/** Part of a name, or a whole one with `*` for anything. */
function patternOf(text = ''): RegExp {
  const source = text
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*')
  return new RegExp(text.includes('*') ? `^${source}$` : source, 'i')
}
