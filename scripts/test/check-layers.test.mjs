import { describe, expect, test } from 'vitest'
import { layerFaults } from '../check-layers.mjs'

/** Faults of one file that imports one thing. */
function faults(file, ...specifiers) {
  return layerFaults(new Map([[file, specifiers]]))
}

describe('imports to the left are allowed', () => {
  test.each([
    ['store/query.ts', '../schema/filter.ts'],
    ['records/records.ts', '../store/query.ts'],
    ['auth/webhook.ts', '../records/records.ts'],
    ['modules/crm/lead.ts', '../../methods/crud.ts'],
    ['modules/crm/lead.ts', './deal.ts'],
    ['pipeline.ts', './auth/webhook.ts'],
    ['http/app.ts', '../pipeline.ts'],
    ['http/app.ts', '../config.ts'],
    ['cli/token.ts', '../config.ts'],
    ['main.ts', './events/deliver.ts'],
    ['store/dialect/sqlite.ts', 'kysely'],
    ['http/app.ts', '@fastify/multipart'],
    ['schema/kinds/file.ts', 'node:buffer'],
  ])('%s ← %s', (file, specifier) => {
    expect(faults(file, specifier)).toEqual([])
  })
})

describe('imports to the right or sideways are faults', () => {
  test.each([
    ['schema/kind.ts', '../store/query.ts'],
    ['records/records.ts', '../methods/crud.ts'],
    ['methods/method.ts', '../auth/token.ts'],
    ['modules/crm/lead.ts', '../../pipeline.ts'],
    ['pipeline.ts', './http/app.ts'],
    ['pipeline.ts', './config.ts'],
    ['http/app.ts', '../cli/token.ts'],
    ['events/deliver.ts', '../http/app.ts'],
    ['events/deliver.ts', '../config.ts'],
    ['mcp/server.ts', '../cli/token.ts'],
    ['http/app.ts', '../main.ts'],
    ['config.ts', './schema/kind.ts'],
    ['records/records.ts', 'kysely'],
    ['main.ts', 'pg'],
    ['pipeline.ts', 'fastify'],
    ['schema/kind.ts', 'node:fs'],
    ['main.ts', '../../../scripts/build.mjs'],
  ])('%s ← %s', (file, specifier) => {
    expect(faults(file, specifier)).toEqual([expect.stringContaining(`${file} imports ${specifier}: `)])
  })
})

test('a file outside every layer is a fault of its own', () => {
  expect(faults('helpers/text.ts', '../schema/kind.ts')).toEqual([expect.stringContaining('lies in no layer')])
})
