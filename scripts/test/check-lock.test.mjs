import { expect, test } from 'vitest'
import { lockFaults } from '../check-lock.mjs'

/** Faults of a lock that holds one package. */
function faults(entry, others = {}) {
  return lockFaults({ packages: { 'node_modules/it': { version: '1.0.0', ...entry }, ...others } }, [20, 19])
}

test.each(['>=20', '>= 18', '^20.19.0 || >=22.12.0', '^18 || ^20', '*', '>=0.10.0', '20.x'])(
  'engines %s admit Node 20.19',
  (node) => expect(faults({ engines: { node } })).toEqual([]),
)

test.each(['>=22', '^22.0.0 || >=24', '>=20.20', '^18', '18.x'])('engines %s shut Node 20.19 out', (node) =>
  expect(faults({ engines: { node } })).toEqual([`node_modules/it 1.0.0 wants Node ${node}`]),
)

test('an address of a registry is a fault, a workspace is not', () => {
  expect(faults({ resolved: 'https://registry.example/it.tgz' })).toHaveLength(1)
  expect(faults({ resolved: 'packages/it', link: true })).toEqual([])
})

test('an optional dependency without an entry is a fault', () => {
  const entry = { optionalDependencies: { '@it/linux': '1.0.0' } }
  expect(faults(entry)).toEqual(['node_modules/it lacks its optional @it/linux'])
  expect(faults(entry, { 'node_modules/@it/linux': { version: '1.0.0' } })).toEqual([])
})
