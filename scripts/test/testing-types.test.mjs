import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { buildTestingTypes } from '../build-testing-types.mjs'
import { root } from '../lib/root.mjs'

// Within the checkout, where the packages that they name are found.
const directory = mkdtempSync(join(root, 'node_modules/.testing-types-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const program = (line) => `
import { startPortal, type TestPortal } from 'portico/testing'
const portal: TestPortal = await startPortal({ clock: { mode: 'fixed' }, randomSeed: 1 })
await portal.fault({ methods: 'crm.lead.*', reset: true, when: 'after', times: 1 })
const [call] = await portal.calls('crm.lead.add')
const method: string | undefined = call?.method
${line}
await portal.close()
console.log(method)
`

it('describes portico/testing to programs that have the package and not its sources', () => {
  buildTestingTypes(join(directory, 'types'))
  writeFileSync(join(directory, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(directory, 'right.ts'), program('await portal.snapshot("one")'))
  writeFileSync(join(directory, 'wrong.ts'), program('await portal.snapshot(1)'))
  const options = {
    module: 'nodenext',
    target: 'es2023',
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
  }
  const paths = { 'portico/testing': ['./types/testing/index.d.ts'] }
  writeFileSync(
    join(directory, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { ...options, paths }, files: ['right.ts', 'wrong.ts'] }),
  )
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  const { stdout } = spawnSync(process.execPath, [compiler, '-p', directory], { encoding: 'utf8' })
  const faults = stdout.trim().split('\n')
  expect(faults).toHaveLength(1)
  expect(faults[0]).toMatch(/wrong\.ts\(7,23\): error TS2345/)
}, 240_000)
