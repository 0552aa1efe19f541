import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
// @ts-expect-error -- a script without types: build(directory: string): Promise<void>
import { build } from '../../../../scripts/build.mjs'
import { isRunning } from '../../src/records/is-running.ts'

const cache = fileURLToPath(new URL('../../../../node_modules/.cache', import.meta.url))

let built: Promise<string> | undefined

/** The program as it is shipped, built once for all test files of this process. */
export function program(): Promise<string> {
  return (built ??= (async () => {
    mkdirSync(cache, { recursive: true })
    sweep()
    const directory = join(cache, `portico-test-${process.pid}`)
    process.once('exit', () => rmSync(directory, { recursive: true, force: true }))
    await (build as (directory: string) => Promise<void>)(directory)
    return join(directory, 'portico.mjs')
  })())
}

/** Takes away what test processes have left that were killed. */
function sweep(): void {
  for (const name of readdirSync(cache)) {
    const pid = Number(/^portico-test-(\d+)$/.exec(name)?.[1])
    if (pid > 0 && !isRunning(pid)) rmSync(join(cache, name), { recursive: true, force: true })
  }
}
