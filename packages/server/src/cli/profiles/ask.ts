import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { Program } from '../command.ts'
import { CommandError, exit } from '../terminal.ts'

const silence = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() })

/**
 * Asks for a secret on the terminal, and shows nothing of what is typed.
 * @throws {CommandError} where there is nobody to ask, and when the person ends it
 */
export async function askSecret({ stdin, stderr, signal }: Program, question: string): Promise<string> {
  if (stdin.isTTY !== true || stderr.isTTY !== true)
    throw new CommandError('a secret is missing, and nobody can be asked for it here', {
      exitCode: exit.usage,
      hint: 'Pipe it in with --secret-stdin.',
    })
  // On a terminal readline takes the keys as they come and would show them on its output. Only when it does so may
  // the question invite anybody to type.
  const lines = createInterface({ input: stdin, output: silence(), terminal: true })
  stderr.write(`${question}: `)
  try {
    return await new Promise<string>((resolve, reject) => {
      const stop = (): void => reject(new CommandError('interrupted', { exitCode: exit.interrupted }))
      lines.once('SIGINT', stop)
      lines.once('close', stop)
      lines.question('', { signal }).then((answer) => resolve(answer.trim()), reject)
    })
  } finally {
    lines.close()
    stderr.write('\n')
  }
}

/** The lines of stdin that hold something. */
export async function secretLines({ stdin }: Program): Promise<string[]> {
  const lines = (await text(stdin)).split('\n').map((line) => line.trim())
  return lines.filter((line) => line !== '')
}
