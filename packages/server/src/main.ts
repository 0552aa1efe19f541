#!/usr/bin/env node
import { runCommandLine } from './cli/command-line.ts'
import { CommandError, exit } from './cli/terminal.ts'
import { realSources } from './sources.ts'

/** Made when a command asks for it: those that never do are stopped by the system, as ever. */
function interruption(): AbortSignal {
  const controller = new AbortController()
  process.once('SIGINT', () => {
    controller.abort(new CommandError('interrupted', { exitCode: exit.interrupted }))
    // Whoever does not wait for the end of what is under way says it twice.
    process.once('SIGINT', () => process.exit(exit.interrupted))
  })
  return controller.signal
}

// A reader that has seen enough, such as `head`, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exit.done)
  throw error
})

let signal: AbortSignal | undefined
const code = await runCommandLine(process.argv.slice(2), {
  env: process.env,
  sources: realSources,
  cwd: process.cwd(),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  get signal() {
    return (signal ??= interruption())
  },
  // Loaded when a command wants them: help and refusals come at once.
  open: async (options) => (await import('./compose.ts')).openPortal(options),
  start: async (config, given) => (await import('./server.ts')).startServer(config, given),
})
// What a failed start has left open must not keep the process; a server that runs does.
if (code > 0) process.exit(code)
