import { readOptions } from '../../config/options.ts'
import type { Command } from '../command.ts'
import { say } from '../terminal.ts'

export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

const completion: Command = {
  name: 'completion',
  operands: ['SHELL'],
  about: `Print the script that lets a shell complete portico: ${shells.join(', ')}`,
  options: {},
  examples: ['completion bash > ~/.local/share/bash-completion/completions/portico', 'completion fish | source'],
  async run(args, program) {
    const { operands } = readOptions({}, args, program.env, completion.operands)
    const { scriptFor } = await import('./completion-scripts.ts')
    say(scriptFor(operands[0] ?? ''), program.stdout)
  },
}

/** What the scripts ask: the shell, and the words up to the cursor, of which the last is to be completed. */
const complete: Command = {
  name: '__complete',
  operands: ['SHELL', 'WORD...'],
  about: 'What could come next',
  options: {},
  hidden: true,
  rawArguments: true,
  async run([shell = '', ...words], program) {
    const { candidates } = await import('./candidates.ts')
    const { lineFor } = await import('./completion-scripts.ts')
    for (const candidate of await candidates(words, program)) say(lineFor(shell, candidate), program.stdout)
  },
}

export const completionCommands: readonly Command[] = [completion, complete]
