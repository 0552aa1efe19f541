import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { commandLine, type Ended } from '../../support/command-line.ts'
import { listening } from '../../support/listening.ts'
import { testPortal } from '../../support/portal.ts'

export interface Run {
  /** What stands on stdin. */
  readonly input?: string
  /** A webhook of somebody else. */
  readonly as?: string
  readonly fetch?: typeof fetch
  /** Another portal. */
  readonly hook?: string
}

/** A portal that answers on a port, and a command line that knows it. */
export async function transfers() {
  const portal = await testPortal()
  const { hook, origin } = await listening(portal)
  const line = commandLine()
  let files = 0
  return {
    portal,
    line,
    hook,
    origin,
    /** A new file in the home of the command line. */
    file(text: string | Buffer, ending = 'csv'): string {
      const name = `rows-${++files}.${ending}`
      writeFileSync(join(line.home, name), text)
      return name
    },
    read: (name: string): string => readFileSync(join(line.home, name), 'utf8'),
    run: (args: readonly string[], { input, as, fetch, hook: other = hook }: Run = {}): Promise<Ended> =>
      line.inProcess(args, {
        env: { PORTICO_URL: as === undefined ? other : `${origin}/rest/${as}/` },
        ...(input === undefined ? {} : { input }),
        ...(fetch === undefined ? {} : { fetch }),
      }),
  }
}
