import { execFile } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { startPortal } from '../../src/testing/index.ts'
import { examples } from '../support/documented.ts'
import { database } from '../support/portal.ts'

const root = join(import.meta.dirname, '../../../..')
// Within the checkout, where packages are found by their names.
const directory = join(root, `packages/server/test/testing/.guide-${process.pid}`)

describe.skipIf(database !== 'sqlite')('“Test your integration”', () => {
  mkdirSync(directory)
  afterAll(() => rmSync(directory, { recursive: true, force: true }))
  const blocks = examples('docs/testing.md', 'js')

  it('is one program from its first example to its last, which states what comes of it', async () => {
    const imports = blocks.flatMap((block) => block.match(/^import .*$/gm) ?? [])
    const bodies = blocks.map((block) => block.replace(/^import .*$/gm, '').trim())
    // What the first makes is for all; the names of the others are their own.
    const [first = '', ...others] = bodies
    const steps = others.map(
      (body, n) => `try {\n${body}\n} catch (cause) { throw new Error('example ${n + 2}', { cause }) }`,
    )
    const program = join(directory, 'guide.mjs')
    writeFileSync(program, [...new Set(imports), first, ...steps, "console.log('done')"].join('\n\n'))
    const run = promisify(execFile)
    const { stdout } = await run(process.execPath, ['--import', 'tsx', '--conditions=portico-source', program], {
      cwd: directory,
      env: { ...process.env, NO_PROXY: '*' },
    })
    expect(stdout.trim().split('\n').at(-1)).toBe('done')
    expect(blocks.length).toBeGreaterThan(15)
  }, 60_000)

  it('has seeds that can be sown as they stand', async () => {
    const seeds = examples('docs/testing.md', 'yaml').filter((text) => /^(users|records):/m.test(text))
    expect(seeds.length).toBeGreaterThan(1)
    for (const seed of seeds) {
      await using portal = await startPortal({ https: false, seed })
      await portal.reset()
      expect((await portal.call<object[]>('user.get')).length).toBeGreaterThan(1)
    }
  }, 60_000)
})
