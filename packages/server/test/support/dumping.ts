import { openPortal } from '../../src/compose.ts'
import { applySeed } from '../../src/cli/server/seed/apply.ts'
import { readSeed } from '../../src/cli/server/seed/document.ts'
import { type Baseline, baselineOf, type DumpOptions, dumpSeed } from '../../src/cli/server/seed/dump.ts'
import type { SeedResult } from '../../src/cli/server/seed/seeding.ts'
import { realSources } from '../../src/sources.ts'
import { administrator } from './administrator.ts'
import { type TestPortal, testPortal } from './portal.ts'

let baseline: Promise<Baseline> | undefined

/** What a portal in English has before anybody has used it: the same in every database. */
export const freshBaseline = (): Promise<Baseline> => (baseline ??= look())

async function look(): Promise<Baseline> {
  const fresh = await openPortal({
    databaseUrl: null,
    data: '',
    memory: true,
    timezone: 'Europe/Berlin',
    lang: 'en',
    sources: realSources,
    log: { error: () => {}, warn: () => {}, info: () => {} },
    administrator,
    work: false,
    office: 'soffice',
    smtpUrl: null,
    mailFrom: 'portal@example.com',
  })
  try {
    return await baselineOf(fresh)
  } finally {
    await fresh.close()
  }
}

/** The webhook that tests call a portal by is no state of theirs. */
const OWN = /^webhooks:\n {2}test: \{ title: test \}\n(?! )|(?<=^webhooks:\n) {2}test: \{ title: test \}\n/m

export async function dumped(portal: TestPortal, options: Partial<DumpOptions> = {}): Promise<string> {
  const text = await dumpSeed(portal, { baseline: await freshBaseline(), ...options })
  return options.format === 'json' ? text : text.replace(OWN, '')
}

export async function seeded(portal: TestPortal, text: string): Promise<SeedResult[]> {
  const results = await applySeed(portal, readSeed(text))
  portal.portal.caches.drop()
  return results
}

/** A fresh portal that a seed has brought into a state. */
export async function portalOf(text: string): Promise<TestPortal> {
  const portal = await testPortal()
  await seeded(portal, text)
  return portal
}
