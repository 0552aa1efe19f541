import { afterAll, expect, it } from 'vitest'
import { openPortal, type RunningPortal } from '../../src/compose.ts'
import { applySeed } from '../../src/cli/server/seed/apply.ts'
import { readSeed } from '../../src/cli/server/seed/document.ts'
import { dumpSeed } from '../../src/cli/server/seed/dump.ts'
import { realSources } from '../../src/sources.ts'
import { administrator } from '../support/administrator.ts'
import { freshBaseline } from '../support/dumping.ts'
import { freshDatabase } from '../support/portal.ts'

type Row = Record<string, unknown>

async function open(demo: boolean): Promise<RunningPortal> {
  const { url, drop } = await freshDatabase()
  const portal = await openPortal({
    databaseUrl: url,
    data: '',
    memory: true,
    timezone: 'Europe/Berlin',
    lang: 'en',
    demo,
    sources: realSources,
    log: { error: () => {}, warn: () => {}, info: () => {} },
    administrator,
    work: false,
    durable: false,
    office: 'soffice',
    smtpUrl: null,
    mailFrom: 'portal@example.com',
  })
  afterAll(async () => {
    await portal.close()
    await drop()
  })
  return portal
}

/** When it was made, changed and moved, and by whom; and what is made of its number. */
const OF_ITS_OWN =
  /^(id|(created|updated|moved|lastActivity)(Time|By)|searchContent|movedTime|dateClosed|accountNumber|quoteNumber|previousStageId)$/
/** Numbers that a portal gives, by what they are numbers of. */
class Numbers {
  readonly #seen = new Map<string, number>()

  /** The place of a thing among those of its kind: in two portals the same thing has the same. */
  learn(kind: string, ids: readonly unknown[]): void {
    for (const [place, id] of ids.entries()) this.#seen.set(`${kind} ${String(id)}`, place)
  }

  place(kind: string, id: unknown): unknown {
    return this.#seen.get(`${kind} ${String(id)}`) ?? id
  }
}

const LINKS: Readonly<Record<string, string>> = {
  companyId: '4',
  mycompanyId: '4',
  contactId: '3',
  contactIds: '3',
  companyIds: '4',
  dealId: '2',
  leadId: '1',
  parentId1220: '1220',
  parentId1224: '1224',
  categoryId: 'pipeline',
}

/** Everything that `crm.item.list` tells, with places instead of numbers. */
async function answers({ pipeline }: RunningPortal): Promise<Row> {
  return pipeline.inside(1, async (dispatch) => {
    const list = async (method: string, parameters: Row, path: string): Promise<Row[]> =>
      ((await dispatch(method, parameters)).result as Record<string, Row[]>)[path] ?? []
    const numbers = new Numbers()
    const types = [1, 2, 3, 4, 7, 31, 1220, 1224, 1302]
    const found = new Map<number, Row[]>()
    const pipelines: unknown[] = []
    for (const entityTypeId of types) {
      const rows: Row[] = []
      for (let last: unknown = 0; ;) {
        const page = await list(
          'crm.item.list',
          { entityTypeId, select: ['*', 'fm'], order: { id: 'ASC' }, filter: { '>id': last }, start: -1 },
          'items',
        )
        rows.push(...page)
        last = page.at(-1)?.id
        if (page.length < 50) break
      }
      found.set(entityTypeId, rows)
      numbers.learn(
        String(entityTypeId),
        rows.map(({ id }) => id),
      )
      if ([2, 31, 1220, 1224, 1302].includes(entityTypeId))
        pipelines.push(...(await list('crm.category.list', { entityTypeId }, 'categories')).map(({ id }) => id))
    }
    numbers.learn('pipeline', pipelines)
    const options = (await list('userfieldconfig.list', { moduleId: 'crm', select: ['*', 'enum'] }, 'fields')).flatMap(
      (field) => ((field.enum as Row[] | undefined) ?? []).map(({ id }) => Number(id)),
    )
    numbers.learn('option', options)
    const plain = (key: string, value: unknown): unknown => {
      if (Array.isArray(value)) return value.map((each: unknown) => plain(key, each))
      if (typeof value === 'object' && value !== null)
        return Object.fromEntries(Object.entries(value).flatMap(([own, each]) => (own === 'id' ? [] : [[own, each]])))
      if (key === 'stageId')
        return String(value).replace(
          /^(C|DT\d+_)(\d+):/,
          (_whole, head: string, id: string) => `${head}${String(numbers.place('pipeline', id))}:`,
        )
      if (key.endsWith('1721812814433')) return numbers.place('option', value)
      const kind = LINKS[key]
      return kind === undefined ? value : numbers.place(kind, value)
    }
    return Object.fromEntries(
      [...found].map(([type, rows]) => [
        type,
        rows.map((row) =>
          Object.fromEntries(
            Object.entries(row).flatMap(([key, value]) =>
              OF_ITS_OWN.test(key)
                ? []
                : // The number of a smart process is in the names of its fields.
                  [[key.replace(/^ufCrm\d+_/, 'ufCrmN_'), plain(key, value)]],
            ),
          ),
        ),
      ]),
    )
  })
}

it('the demo portal comes back from its dump, with the same answers', async () => {
  const baseline = await freshBaseline()
  const demo = await open(true)
  const text = await dumpSeed(demo, { baseline })
  expect(text).not.toContain('# left out')
  const again = await open(false)
  await applySeed(again, readSeed(text))
  expect(await dumpSeed(again, { baseline })).toBe(text)
  const told = await answers(demo)
  expect(Object.values(told).map((rows) => (rows as unknown[]).length > 0)).not.toContain(false)
  expect(await answers(again)).toEqual(told)
}, 120_000)
