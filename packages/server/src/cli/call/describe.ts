import { readOptions } from '../../config/options.ts'
import type { MethodDescription } from '../../methods/method-description.ts'
import { type OutputOptions, outputOptions } from '../client-options.ts'
import type { Command } from '../command.ts'
import { CommandError } from '../terminal.ts'

/** `portico describe crm.lead.add`: works without a portal. */
export const describe: Command = {
  name: 'describe',
  operands: ['METHOD'],
  about: 'Explain a method: parameters, example, rights, scopes, and what Portico has of it',
  options: outputOptions,
  examples: ['describe crm.lead.add', 'describe crm.item.list --json'],
  async run(args, program) {
    const { values, operands } = readOptions<OutputOptions>(outputOptions, args, program.env, describe.operands)
    const { outputOf } = await import('../output/from-options.ts')
    const output = outputOf(program, values)
    const { documentedMethods } = await import('../../modules/documented-methods.ts')
    const [name = ''] = operands
    const found = documentedMethods().filter((each) => each.name.toLowerCase() === name.toLowerCase())
    const [first] = found
    if (first === undefined) throw await unknownMethod(name)
    if (output.format === 'table') {
      const { sheetOf } = await import('./describe-text.ts')
      program.stdout.write(found.map(sheetOf).join('\n'))
    } else if (output.isList) await output.rows(parameterRows(first))
    else await output.value(found.length === 1 ? first : found)
  },
}

const parameterRows = ({ params }: MethodDescription) =>
  params.map(({ name, type, required, about = '' }) => ({ name, type, required, about }))

async function unknownMethod(name: string): Promise<CommandError> {
  const { nearestMethod } = await import('./method-names.ts')
  const meant = nearestMethod(name)
  return new CommandError(`there is no method "${name}"`, {
    hint: meant === undefined ? 'portico methods lists them.' : `Did you mean ${meant}?`,
  })
}
