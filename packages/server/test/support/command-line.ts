import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { afterAll } from 'vitest'
import { runCommandLine } from '../../src/cli/command-line.ts'
import { CommandError, exit } from '../../src/cli/terminal.ts'
import { openPortal } from '../../src/compose.ts'
import { startServer } from '../../src/server.ts'
import { realSources } from '../../src/sources.ts'
import type { TestPortal } from './portal.ts'
import { program } from './program.ts'

/** What a command has ended with. */
export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface Given {
  readonly env?: Readonly<Record<string, string>>
  /** What stands on stdin; nothing without it. */
  readonly input?: string
  readonly cwd?: string
}

export interface Terminal {
  readonly columns?: number
  readonly rows?: number
  /** A file that takes stdout, below the home: the terminal shows stderr alone. */
  readonly into?: string
  /** What is typed when a text has been shown: `{ 'Really?': 'y\n' }`. The terminal shows it, unless the program forbids that. */
  readonly answers?: Readonly<Record<string, string>>
}

export interface CommandLine {
  /** A fresh directory, the home of every command here. */
  readonly home: string
  /** Runs the built program as people do. On a terminal (`tty`) everything that is shown comes as `out`. */
  portico(args: readonly string[], given?: Given & { tty?: Terminal }): Promise<Ended>
  /** Starts it and lets it run; what still runs at the end of the file's tests is killed. */
  start(args: readonly string[], given?: Given): Promise<ChildProcess>
  /** Runs a script of bash in the home directory, where `portico` is a command. */
  bash(script: string): Promise<Ended>
  /** Runs it in this process, which is cheap: for everything that needs no process. */
  inProcess(args: readonly string[], given?: InProcess): Promise<Ended>
}

export interface InProcess extends Given {
  /** Whether stdin, stdout and stderr are a terminal, and how wide it is. */
  readonly columns?: number
  readonly fetch?: typeof fetch
  readonly signal?: AbortSignal
  /** The portal that commands for the server's own machine find, instead of one in `--data`. */
  readonly portal?: TestPortal
}

/** The command line with a home of its own, which goes after the file's tests. */
export function commandLine(): CommandLine {
  const home = mkdtempSync(join(tmpdir(), 'portico-home-'))
  const environment = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_STATE_HOME: join(home, 'state'),
    XDG_CACHE_HOME: join(home, 'cache'),
    LANG: 'C.UTF-8',
  }
  const running = new Set<ChildProcess>()
  afterAll(async () => {
    for (const child of running) child.kill('SIGKILL')
    rmSync(home, { recursive: true, force: true })
  })

  async function launch(
    command: string,
    args: readonly string[],
    given: Omit<Given, 'input'> & { input?: string | undefined; isOpen?: boolean },
  ): Promise<ChildProcess> {
    const child = spawn(command, args, {
      cwd: given.cwd ?? home,
      env: { ...environment, ...given.env },
      stdio: [given.input === undefined && given.isOpen !== true ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    })
    running.add(child)
    child.once('exit', () => running.delete(child))
    // A command that has refused its line reads no input.
    child.stdin?.on('error', () => {})
    if (given.isOpen !== true) child.stdin?.end(given.input)
    return child
  }

  return {
    home,
    async portico(args, given = {}) {
      const line = [process.execPath, '--enable-source-maps', await program(), ...args]
      const { tty } = given
      if (tty === undefined) return ended(await launch(line[0] ?? '', line.slice(1), given))
      const quoted = line.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ')
      const shell = `stty cols ${tty.columns ?? 80} rows ${tty.rows ?? 24}; exec ${quoted}${tty.into === undefined ? '' : ` > '${join(home, tty.into)}'`}`
      const child = await launch('script', ['--quiet', '--return', '--command', shell, '/dev/null'], {
        ...given,
        env: { TERM: 'xterm-256color', ...given.env },
        ...(tty.answers === undefined ? { input: given.input ?? '' } : { input: undefined }),
        isOpen: tty.answers !== undefined,
      })
      answer(child, tty.answers ?? {})
      return ended(child)
    },
    async start(args, given = {}) {
      return launch(process.execPath, ['--enable-source-maps', await program(), ...args], given)
    },
    async bash(script) {
      const bin = join(home, 'bin')
      mkdirSync(bin, { recursive: true })
      const command = join(bin, 'portico')
      if (!existsSync(command)) symlinkSync(await program(), command)
      const env = { PATH: `${bin}:${dirname(process.execPath)}:${environment.PATH}` }
      return ended(await launch('bash', ['--norc', '-c', script], { env }))
    },
    inProcess: (args, given = {}) =>
      inProcess(args, { ...given, cwd: given.cwd ?? home, env: { ...environment, ...given.env } }),
  }
}

/** Types each answer once, when what it answers has been shown. */
function answer(child: ChildProcess, answers: Readonly<Record<string, string>>): void {
  const open = new Map(Object.entries(answers))
  let shown = ''
  child.stdout?.on('data', (chunk: Buffer | string) => {
    shown += String(chunk)
    for (const [question, text] of open)
      if (shown.includes(question)) {
        open.delete(question)
        child.stdin?.write(text)
      }
  })
}

async function ended(child: ChildProcess): Promise<Ended> {
  let out = ''
  let err = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, out, err }
}

async function inProcess(args: readonly string[], given: InProcess): Promise<Ended> {
  const { portal } = given
  const terminal = given.columns === undefined ? {} : { isTTY: true, columns: given.columns }
  const screen = () => {
    let text = ''
    const stream = Object.assign(new PassThrough(), terminal)
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    return { stream, text: () => text }
  }
  const [out, err] = [screen(), screen()]
  const code = await runCommandLine(args, {
    env: given.env ?? {},
    cwd: given.cwd ?? tmpdir(),
    sources: portal?.portal.sources ?? realSources,
    stdin: Object.assign(Readable.from(given.input === undefined ? [] : [Buffer.from(given.input)]), terminal),
    stdout: out.stream,
    stderr: err.stream,
    signal: given.signal ?? new AbortController().signal,
    ...(given.fetch === undefined ? {} : { fetch: given.fetch }),
    open: portal === undefined ? openPortal : () => Promise.resolve({ ...portal, close: () => Promise.resolve() }),
    start: startServer,
  })
  for (const { stream } of [out, err]) {
    stream.end()
    await once(stream, 'end')
  }
  return { code, out: out.text(), err: err.text() }
}

/** A signal that has come from Ctrl-C. */
export const interrupted = (): AbortSignal =>
  AbortSignal.abort(new CommandError('interrupted', { exitCode: exit.interrupted }))
