import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Program } from '../command.ts'
import { say } from '../terminal.ts'
import type { Loopback } from './loopback.ts'

/** Where the local authority is kept, by the XDG Base Directory Specification: clients trust it once. */
export const certificatesOf = ({ env }: Program): string =>
  join(env.XDG_STATE_HOME || join(env.HOME ?? homedir(), '.local', 'state'), 'portico', 'tls')

/** What clients are to be told. */
export function sayWhere(
  program: Program,
  { hook, httpsHook, caPath }: Pick<Loopback, 'caPath'> & { readonly hook: string; readonly httpsHook: string | null },
): void {
  say(`  Webhook  ${hook}`, program.stdout)
  if (httpsHook !== null) say(`  HTTPS    ${httpsHook}  (local CA: ${caPath})`, program.stdout)
}

/** Until Ctrl-C, or until whoever has started it ends it. */
export function untilStopped({ signal }: Program): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      signal.removeEventListener('abort', stop)
      process.off('SIGTERM', stop)
      resolve()
    }
    if (signal.aborted) return resolve()
    signal.addEventListener('abort', stop)
    process.once('SIGTERM', stop)
  })
}
