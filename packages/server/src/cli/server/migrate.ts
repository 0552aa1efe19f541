import { toggle } from '../client-options.ts'
import { openPlace } from '../command.ts'
import { placeCommand } from './place-command.ts'

export const migrate = placeCommand<{ dryRun: boolean }>({
  name: 'migrate',
  about: 'Make the changes in the database that the next start would make, and show them',
  options: { dryRun: toggle('dry-run', 'Only show them') },
  examples: ['migrate --dry-run'],
  async run({ output, place, program, stored }, { dryRun }) {
    const opened = await stored()
    const changes = await opened.pending().finally(() => opened.close())
    if (output.format === 'json') await output.value(changes)
    else for (const change of changes) program.stdout.write(`${change};\n`)
    if (changes.length === 0) return output.note('Nothing is to do.')
    if (dryRun) return output.note(`${changes.length} to do.`)
    // What opens it makes them, as a start does.
    await (await openPlace(program, place)).close()
    output.note('Done.')
  },
})
