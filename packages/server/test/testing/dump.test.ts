import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readSeed, seedFrom } from '../../src/cli/server/seed/document.ts'
import { applySeed } from '../../src/cli/server/seed/apply.ts'
import { dumped, portalOf, seeded } from '../support/dumping.ts'
import { testPortal } from '../support/portal.ts'
import { fillVaried } from '../support/varied-portal.ts'
import { everything } from './everything.ts'

const fresh = await testPortal()
const first = await testPortal()
const made = await seeded(first, everything)
const text = await dumped(first)

describe('a dump', () => {
  it('of a fresh portal is empty', async () => {
    expect(await dumped(fresh)).toBe('')
    expect(await dumped(fresh, { format: 'json' })).toBe(
      '{\n  "webhooks": {\n    "test": {\n      "title": "test"\n    }\n  }\n}\n',
    )
  })

  it('of the same state is the same text', async () => {
    expect(await dumped(first)).toBe(text)
  })

  it('brings a fresh portal into the same state, which is dumped as the same text', async () => {
    const second = await portalOf(text)
    expect(await dumped(second)).toBe(text)
    const again = await seeded(second, text)
    expect(again.filter(({ done }) => done !== 'unchanged')).toEqual([])
  })

  it('says what the seed has said, under the same names', () => {
    const seed = parse(everything) as Record<string, Record<string, unknown>>
    const dump = parse(text) as Record<string, Record<string, unknown>>
    for (const section of Object.keys(seed)) {
      const names = (document: typeof seed): string[] =>
        Object.entries(document[section] ?? {}).flatMap(([name, each]) =>
          section === 'records' ? Object.keys(each as object) : name,
        )
      expect([section, names(dump).sort()]).toEqual([section, names(seed).sort()])
    }
    expect(dump.portal).toEqual({ crmMode: 'simple', baseCurrency: '@CHF' })
    expect(dump.departments?.sales).toEqual({ NAME: 'Sales', SORT: 100, PARENT: 1, later: { UF_HEAD: '@maria' } })
    expect(dump.statuses?.review).toMatchObject({ ENTITY_ID: 'DEAL_STAGE_@{partners}', STATUS_ID: 'REVIEW' })
    expect(dump.fields?.serial).toMatchObject({ fieldName: 'UF_CRM_@{machines.id}_SERIAL' })
    expect(dump.records?.deal).toMatchObject({
      first: {
        companyId: '@acme',
        contactIds: ['@ines', '@nobody'],
        stageId: '@review',
        'parentId@{machines}': '@press',
        later: { closedate: null },
      },
    })
    expect(dump.records?.company).toMatchObject({
      acme: {
        title: '@@ACME @@{x}',
        ufCrmSize: '@size.Small',
        later: { ufCrmFriends: ['CO_@{other}', 'D_@{first}', 'CO_@{acme}'] },
      },
    })
  })

  it('has no secret in it', () => {
    const secrets = made.flatMap(({ secret }) => (secret === undefined ? [] : (secret.split('/').at(-1) ?? [])))
    expect(secrets).toHaveLength(4)
    for (const secret of [...secrets, 'correct horse battery']) expect(text).not.toContain(secret)
    expect(text).not.toMatch(/password|secret|token/i)
  })

  it('as JSON says the same as in YAML', async () => {
    const json = await dumped(first, { format: 'json' })
    const yaml = await dumped(first)
    const plain = (document: string): unknown => {
      const read = parse(document) as { webhooks?: { test?: unknown } }
      delete read.webhooks?.test
      return read
    }
    expect(plain(json)).toEqual(plain(yaml))
    expect(seedFrom(JSON.parse(json)).items.map(({ name }) => name)).toEqual(
      readSeed(json).items.map(({ name }) => name),
    )
  })

  it('may be of some sections and records only', async () => {
    const people = await dumped(first, { only: ['users', 'roles'] })
    expect(Object.keys(parse(people) as object)).toEqual(['users', 'roles'])
    // A field of a person names companies, which are not in it.
    expect(people.split('\n')[0]).toBe('# left out: links to what is not in it (person 2, ufUsrClient)')
    const deals = parse(await dumped(first, { only: ['records'], records: ['deal', 'machines'] })) as {
      records: object
    }
    expect(Object.keys(deals.records)).toEqual(['machines', 'deal'])
    expect(await dumped(first, { only: ['records'], records: [] })).toBe('')
    await expect(dumped(first, { records: ['deel'] })).rejects.toThrow(/no records "deel": did you mean deal\?/)
  })

  it('of a portal with a few of everything comes back', async () => {
    const varied = await testPortal()
    await fillVaried(varied)
    const left: string[] = []
    const without = (whole: string): string => whole.replace(/^(# .*\n)+/, '')
    const one = await dumped(varied, { onLeft: (what) => left.push(what) })
    expect(left).toContain('files of more than 65536 bytes (deal 1, ufCrmPapers: large.bin)')
    expect(one.startsWith('# left out: ')).toBe(true)
    expect(without(await dumped(await portalOf(one)))).toBe(without(one))
  })

  it('changes nothing in the portal', async () => {
    const before = await first.census()
    await dumped(first)
    expect(await first.census()).toEqual(before)
  })

  it('keeps texts that look like names, and those that look like something else to YAML', async () => {
    const texts = [
      '@x',
      '@@x',
      'a @{x} b',
      'a @@{x.y} b',
      '@{x}',
      'yes',
      '1e3',
      '007',
      ' x ',
      '# a',
      'a: b',
      '- a',
      '|',
      '~',
    ]
    const portal = await testPortal()
    for (const title of texts) await portal.call('crm.item.add', { entityTypeId: 4, fields: { title } })
    const titles = async (of: typeof portal): Promise<string[]> =>
      (
        await of.call('crm.item.list', { entityTypeId: 4, select: ['title'], order: { id: 'ASC' } })
      ).body.result.items.map(({ title }: { title: string }) => title)
    const again = await testPortal()
    await applySeed(again, readSeed(await dumped(portal)))
    expect(await titles(again)).toEqual(await titles(portal))
    expect(await titles(again)).toHaveLength(texts.length)
  })
})
