import { portalCommand } from './command.ts'
import { CommandError, say } from './terminal.ts'

export const check = portalCommand({
  name: 'check',
  about: 'Look for data that is not as it must be: orphans, links to nothing, lost files',
  options: {},
  async run(opened, _given, _operands, program) {
    const faults = await opened.faults()
    for (const fault of faults) say(fault, program.stdout)
    if (faults.length > 0)
      throw new CommandError(`${faults.length === 1 ? 'one fault' : `${faults.length} faults`} found`)
    say('Everything is as it must be.', program.stdout)
  },
})
