import { runCommandLine } from './cli/command-line.ts'
import { openPortal } from './compose.ts'
import { startServer } from './server.ts'
import { realSources } from './sources.ts'

const code = await runCommandLine(process.argv.slice(2), {
  env: process.env,
  sources: realSources,
  open: openPortal,
  start: startServer,
})
// What a failed start has left open must not keep the process; a server that runs does.
if (code > 0) process.exit(code)
