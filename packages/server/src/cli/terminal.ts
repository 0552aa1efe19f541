/** The command was understood, but cannot be done. The message is one line for whoever typed it. */
export class CommandError extends Error {}

/** Lines for people and for scripts: results go to stdout, remarks about them to stderr. */
export const say = (line: string): void => void process.stdout.write(`${line}\n`)
export const remark = (line: string): void => void process.stderr.write(`${line}\n`)
