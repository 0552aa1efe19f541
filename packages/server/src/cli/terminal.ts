/** The command was understood, but cannot be done. The message is one line for whoever typed it. */
export class CommandError extends Error {
  readonly exitCode: number
  /** What to do next, as a line of its own. */
  readonly hint: string | undefined
  constructor(
    message: string,
    { exitCode = exit.failure, hint, ...options }: ErrorOptions & { exitCode?: number; hint?: string } = {},
  ) {
    super(message, options)
    this.name = 'CommandError'
    this.exitCode = exitCode
    this.hint = hint
  }
}

/** What a command ends with: the codes of every command but `portico bitrix24`. */
export const exit = {
  done: 0,
  /** The portal refused, or something failed. */
  failure: 1,
  /** A mistake in the line, found before anything was sent. */
  usage: 2,
  /** Some of a batch, an import or a clone failed. */
  partial: 3,
  /** Missing, wrong, expired or too narrow credentials. */
  unauthorized: 4,
  /** No answer: the portal cannot be reached, or takes too long. */
  unreachable: 5,
  interrupted: 130,
} as const

export type Input = NodeJS.ReadableStream & { isTTY?: boolean; setRawMode?(raw: boolean): unknown }
export type Screen = NodeJS.WritableStream & { isTTY?: boolean; columns?: number }

/** Lines for people and for scripts: results go to stdout, remarks about them to stderr. */
export const say = (line: string, to: NodeJS.WritableStream = process.stdout): void => void to.write(`${line}\n`)
export const remark = (line: string, to: NodeJS.WritableStream = process.stderr): void => void to.write(`${line}\n`)
