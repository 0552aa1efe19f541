import { createInterface } from 'node:readline/promises'
import type { Program } from '../command.ts'

/** Everything but y or yes is a no, the end of the input too. */
export async function confirm({ stdin, stderr, signal }: Program, question: string): Promise<boolean> {
  const lines = createInterface({ input: stdin, output: stderr, terminal: false })
  try {
    const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')))
    const answer = await Promise.race([lines.question(`${question} [y/N] `, { signal }), ended])
    return /^y(es)?$/i.test(answer.trim())
  } finally {
    lines.close()
  }
}
