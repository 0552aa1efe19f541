import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { freshDatabase } from './portal.ts'
import { program } from './program.ts'

export interface ServerProcess {
  readonly child: ChildProcess
  /** `http://127.0.0.1:1234/rest/1/killtest0`: the administrator's webhook. */
  readonly hook: string
}

/** The server as its users start it, in processes of its own: all on one fresh database, which goes after the file's tests. */
export async function serverProcesses(): Promise<{
  start: (environment?: Readonly<Record<string, string>>) => Promise<ServerProcess>
  end: (server: ServerProcess, signal: NodeJS.Signals) => Promise<void>
}> {
  const data = mkdtempSync(join(tmpdir(), 'portico-kill-'))
  const { url, drop } = await freshDatabase()
  const running = new Set<ChildProcess>()

  async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
    running.delete(child)
  }

  afterAll(async () => {
    for (const child of running) await ended(child, 'SIGKILL')
    await drop()
    rmSync(data, { recursive: true, force: true })
  })

  return {
    async start(environment = {}) {
      const child = spawn(
        process.execPath,
        [await program(), '--port', '0', '--https-port', 'off', '--log-level', 'error'],
        {
          env: {
            PATH: process.env.PATH,
            PORTICO_WEBHOOK: '1/killtest0',
            PORTICO_DATA: data,
            ...(url === null ? {} : { DATABASE_URL: url }),
            ...environment,
          },
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      )
      running.add(child)
      let said = ''
      for await (const text of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
        said += String(text)
        if (/ready at \S+\s/.test(said)) break
      }
      child.stdout.resume()
      const address = /ready at (\S+)/.exec(said)?.[1]
      if (address === undefined) throw new Error(`the server did not start: ${said}`)
      return { child, hook: `${address}/rest/1/killtest0` }
    },
    end: ({ child }, signal) => ended(child, signal),
  }
}
