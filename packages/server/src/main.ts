import { runCommandLine } from './cli/command-line.ts'
import { realSources } from './sources.ts'

const code = await runCommandLine(process.argv.slice(2), {
  env: process.env,
  sources: realSources,
  // Loaded when a command wants them: help and refusals come at once.
  open: async (options) => (await import('./compose.ts')).openPortal(options),
  start: async (config, given) => (await import('./server.ts')).startServer(config, given),
})
// What a failed start has left open must not keep the process; a server that runs does.
if (code > 0) process.exit(code)
