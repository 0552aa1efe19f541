import { spawn } from 'node:child_process'
import { closeSync, fstatSync, mkdirSync, mkdtempSync, openSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Config } from '../config.ts'
import type { Program } from './command.ts'
import { CommandError, exit, remark, say } from './terminal.ts'

/** By this, a process in the background knows that it is one, and where its log is. */
const LOG = 'PORTICO_BACKGROUND_LOG'

/**
 * `portico start --background`: the server becomes a process of its own, and this one ends when it answers, with what it
 * has told, or when it has failed, with its exit code. What it says later goes to a file. SIGTERM ends it.
 * @param args of the command
 * @throws {CommandError} where it ends before it answers; why is on stderr then
 */
export async function startInBackground(args: readonly string[], config: Config, program: Program): Promise<void> {
  const log = logOf(config, program)
  const file = openSync(log, 'a', 0o600)
  const begun = fstatSync(file).size
  const script = process.argv[1] ?? ''
  const child = spawn(process.execPath, [...process.execArgv, script, 'start', ...args, '--no-background'], {
    cwd: program.cwd,
    env: { ...program.env, [LOG]: log },
    // With a session of its own, it outlives the terminal.
    detached: true,
    stdio: ['ignore', file, file, 'ipc'],
  })
  closeSync(file)
  const told = await new Promise<string>((ready, fail) => {
    child.once('message', (text) => ready(String(text)))
    child.once('error', fail)
    child.once('exit', (code) => {
      const said = readFileSync(log).subarray(begun).toString('utf8').trim()
      if (said !== '') remark(said, program.stderr)
      fail(new CommandError('', { exitCode: code ?? exit.failure }))
    })
  })
  child.unref()
  say(told, program.stdout)
}

/** Where a process in the background writes its log; undefined in any other. */
export const backgroundLog = ({ env }: Pick<Program, 'env'>): string | undefined =>
  process.send === undefined ? undefined : env[LOG]

/** Ends this process, which is one in the background, when whoever started it is gone before it answers. */
export function followStarter(): void {
  process.once('disconnect', giveUp)
}

const giveUp = (): never => process.exit(exit.interrupted)

/** Tells whoever started this process in the background that it answers, and lets go of them. */
export function tellStarter(text: string): void {
  process.off('disconnect', giveUp)
  process.send?.(text, () => process.disconnect())
}

/** Beside the data; of what is in memory, in a directory that the system clears. */
function logOf({ memory, data }: Config, { cwd }: Program): string {
  const directory = memory ? mkdtempSync(join(tmpdir(), 'portico-')) : resolve(cwd, data)
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  return join(directory, 'portico.log')
}
