import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makePortal } from './template.ts'

/** Runs once before all tests on SQLite: makes the portal whose file the tests copy, which takes a tenth of the time. */
export default async function makeTemplate(): Promise<() => void> {
  const data = mkdtempSync(join(tmpdir(), 'portico-template-'))
  await makePortal(null, data)
  process.env.PORTICO_TEST_TEMPLATE_DATA = data
  return () => rmSync(data, { recursive: true, force: true })
}
