import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Module } from '../../src/modules/module.ts'
import { testPortal } from '../support/portal.ts'

const root = new URL('../../../../', import.meta.url)

/** The TypeScript block of CONTRIBUTING.md that says in its first line where it belongs. */
function example(path: string): string {
  const text = readFileSync(new URL('CONTRIBUTING.md', root), 'utf8')
  const [, code] = new RegExp('```ts\\n(// ' + path.replaceAll('.', '\\.') + '\\n[^`]*)```').exec(text) ?? []
  if (code === undefined) throw new Error(`CONTRIBUTING.md shows no ${path}`)
  return code
}

describe('"An entity is one file" in CONTRIBUTING.md', () => {
  it('is true: the file that it shows is a whole family of methods', async () => {
    const shown = 'packages/server/src/modules/crm/agreement.ts'
    const directory = mkdtempSync(join(tmpdir(), 'portico-example-'))
    onTestFinished(() => rmSync(directory, { recursive: true }))
    const place = pathToFileURL(join(directory, 'agreement.ts'))
    // Where it stands here, its imports are not beside it.
    const code = example(shown).replace(/from '(\.[^']*)'/g, (_all, path: string) => {
      return `from '${fileURLToPath(new URL(path, new URL(shown, root)))}'`
    })
    writeFileSync(place, code)
    const { agreements } = (await import(place.href)) as { agreements: Module }
    const portal = await testPortal({ modules: [agreements] })
    const call = async (method: string, params: object = {}) => (await portal.call(method, params)).body
    const { result: id } = await call('crm.agreement.add', {
      fields: { NUMBER: '7/26', OPPORTUNITY: 12.5, VALID_UNTIL: '2026-12-31' },
    })
    await call('crm.agreement.update', { id, fields: { OPPORTUNITY: 20 } })
    expect((await call('crm.agreement.list', { filter: { '>OPPORTUNITY': 15 }, select: ['NUMBER'] })).result).toEqual([
      { ID: String(id), NUMBER: '7/26' },
    ])
    expect(Object.keys((await call('crm.agreement.fields')).result)).toEqual([
      'ID',
      'NUMBER',
      'OPPORTUNITY',
      'VALID_UNTIL',
    ])
    expect((await call('crm.agreement.add', { fields: {} })).error_description).toBe('The field "Number" is required.')
    expect((await call('crm.agreement.delete', { id })).result).toBe(true)
    expect((await call('crm.agreement.get', { id })).error_description).toBe('Not found')
  })
})
