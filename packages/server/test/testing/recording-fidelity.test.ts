import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import {
  compareRecording,
  type Exchange,
  type FidelityReport,
  readRecording,
  record,
  type Recording,
} from '../../src/cli/recording/index.ts'
import { commandLine } from '../support/command-line.ts'
import { listening } from '../support/listening.ts'
import { testPortal } from '../support/portal.ts'
import { fillVaried } from '../support/varied-portal.ts'
import { sender, sessionMore, through } from './recording-session.ts'

const directory = mkdtempSync(join(tmpdir(), 'portico-fidelity-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** Plays a recording against a fresh portal. */
async function fidelityOf(recording: Recording | string): Promise<FidelityReport> {
  const fresh = await testPortal()
  const { hook } = await listening(fresh)
  const setClock = (at: number): void => void (fresh.clock.at = at)
  return compareRecording({ recording, portal: { hook, setClock } })
}

const oneExchange = (exchange: Partial<Exchange> & Pick<Exchange, 'method'>): Exchange => ({
  seq: 1,
  at: 1_790_000_000,
  api: 2,
  verb: 'POST',
  params: {},
  status: 200,
  headers: {},
  ms: 1,
  ...exchange,
})
const recordingOf = (...exchanges: Exchange[]): Recording => ({
  headers: [{ portico: 'recording', version: 1, userId: 1, began: 1_790_000_000 }],
  exchanges: exchanges.map((each, index) => ({ ...each, seq: index + 1 })),
})

/** Chance by a seed (mulberry32). */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

type Tree = Record<string, unknown>
interface Place {
  readonly holder: Tree | unknown[]
  readonly key: string
  readonly path: string
}

/** Every member of an answer, with its path as reports write it. */
function placesIn(value: unknown, path: string): Place[] {
  if (typeof value !== 'object' || value === null) return []
  const isList = Array.isArray(value) || Object.keys(value).every((key) => /^\d+$/.test(key))
  return Object.entries(value).flatMap(([key, member]) => {
    const own = isList ? `${path}[]` : path === '' ? key : `${path}.${key}`
    return [...(isList ? [] : [{ holder: value as Tree, key, path: own }]), ...placesIn(member, own)]
  })
}

/** Of a batch, it is the command's own answer that differs. */
function ofCommand(path: string): string {
  const [, part, rest = ''] = /^result\.result(_error|_time)?(?:\.\w+|\[\])(.*)$/.exec(path) ?? []
  if (part === '_error') return rest.slice(1)
  if (part === '_time') return `time${rest}`
  return path.startsWith('result.result') ? `result${rest}` : path
}

const hasId = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && ('id' in value || 'ID' in value)

/** Another type than it has. */
const otherType = (value: unknown): unknown =>
  typeof value === 'string'
    ? { planted: 1 }
    : Array.isArray(value)
      ? 'planted'
      : typeof value === 'number'
        ? 'planted'
        : 5

const session = join(directory, 'session.ndjson')

describe('a recording of Portico itself', () => {
  it('is answered alike, although that portal had records of its own and other ids', { timeout: 120_000 }, async () => {
    const real = await testPortal({ at: 1_790_000_000 })
    const { hook } = await listening(real)
    for (const index of [1, 2, 3]) {
      await real.call('crm.lead.add', { fields: { TITLE: `Before ${index}` } })
      await real.call('crm.contact.add', { fields: { NAME: `Before ${index}` } })
    }
    await real.call('crm.deal.add', { fields: { TITLE: 'Before' } })
    await real.call('crm.type.add', { fields: { title: 'Before' } })
    const out = join(directory, 'used.ndjson')
    const recorder = await record({ to: hook, out })
    await fillVaried(through(real, recorder.hook))
    await sessionMore(recorder.hook)
    // What was there before is read and changed as well.
    const send = sender(recorder.hook)
    await send('crm.lead.get', { id: 1 })
    await send('crm.lead.update', { id: 2, fields: { TITLE: 'Changed' } })
    await send('crm.contact.list', { filter: { ID: [1, 2] } })
    await send('crm.deal.add', { fields: { TITLE: 'For one of old', CONTACT_IDS: [1] } })
    await recorder.close()

    const report = await fidelityOf(out)
    expect(report.differences).toEqual([])
    expect(report).toMatchObject({ fidelity: 100, different: 0 })
    expect(report.calls).toBeGreaterThan(220)
    const whole = report.notCompared.filter(({ path }) => path === '')
    expect(whole.filter(({ why }) => why === 'state').map(({ method, text }) => `${method}: ${text}`)).toEqual(
      expect.arrayContaining(['crm.lead.get: lead 1 was there before', 'crm.lead.update: lead 2 was there before']),
    )
    // All else that was said is compared.
    expect(report.incomparable).toBe(whole.length)
    expect(whole.length).toBeLessThan(8)
  })

  it('shows every difference that is put into it', { timeout: 240_000 }, async () => {
    const real = await testPortal({ at: 1_790_000_000 })
    const { hook } = await listening(real)
    const recorder = await record({ to: hook, out: session })
    await sessionMore(recorder.hook)
    await recorder.close()
    const recording = await readRecording(session)
    const plain = await fidelityOf(recording)
    expect(plain.differences).toEqual([])
    // What depends on the state of the portal is said to, and differences in it are not blamed.
    const isUnsure = new Set(plain.notCompared.map(({ seq }) => seq))
    expect(isUnsure.size).toBeLessThan(10)

    for (const seed of [1, 2, 3]) {
      const next = chance(seed)
      const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(next() * list.length)]
      const planted: { seq: number; path: string; what: string }[] = []
      const exchanges = structuredClone(recording.exchanges) as Exchange[]
      for (const [index, exchange] of exchanges.entries()) {
        const answer = exchange.answer as Tree | undefined
        if (answer === undefined || isUnsure.has(exchange.seq)) continue
        const { seq } = exchange
        if (answer.error !== undefined) {
          if (next() < 0.5) {
            if (exchange.api === 3) (answer.error as Tree).code = 'PLANTED'
            else answer.error = 'PLANTED'
            planted.push({ seq, path: 'error', what: 'code' })
          } else {
            exchanges[index] = { ...exchange, status: 418 }
            planted.push({ seq, path: '', what: 'status' })
          }
          continue
        }
        const places = placesIn(answer, '').filter(
          // Without the ids of what it makes, nothing after it could be compared.
          ({ path, key, holder }) =>
            !/(^|\.)(id|ID|entityTypeId)$/.test(path) &&
            path !== 'result' &&
            path !== 'time' &&
            path !== 'next' &&
            path !== 'total' &&
            !/^result\.(result|result_\w+)(\.\w+)?$/.test(path) &&
            (holder as Tree)[key] !== null &&
            !hasId((holder as Tree)[key]) &&
            !/^(result_error|UF_|ufCrm)/.test(key),
        )
        const place = pick(places)
        if (place === undefined) continue
        const holder = place.holder as Tree
        const told = exchange.method === 'batch' ? ofCommand(place.path) : place.path
        switch (pick(['remove', 'add', 'type'])) {
          case 'remove':
            delete holder[place.key]
            planted.push({ seq, path: told, what: 'extra' })
            break
          case 'add':
            holder[`${place.key}PLANTED`] = 1
            planted.push({ seq, path: `${told}PLANTED`, what: 'missing' })
            break
          default:
            holder[place.key] = otherType(holder[place.key])
            planted.push({ seq, path: told, what: 'type' })
        }
      }
      expect(planted.length).toBeGreaterThan(100)
      const { differences, notCompared } = await fidelityOf({ ...recording, exchanges })
      // Another error about a record that is in neither portal may come of what that portal had.
      const isOpen = (seq: number): boolean =>
        notCompared.some((each) => each.seq === seq && each.text.endsWith(' was there before') && each.path === '')
      const missed = planted.filter(
        ({ seq, path, what }) =>
          !differences.some((each) => each.seq === seq && each.path === path && each.kind === what) &&
          !(what === 'code' && isOpen(seq)),
      )
      expect(missed).toEqual([])
      // And nothing else is blamed.
      expect(differences.filter(({ seq }) => !planted.some((each) => each.seq === seq))).toEqual([])
    }
  })
})

describe('a recording of another portal', () => {
  const time = {
    start: 1_790_000_000.5,
    finish: 1_790_000_001.5,
    duration: 1,
    processing: 1,
    date_start: '2026-09-21T17:13:20+03:00',
    date_finish: '2026-09-21T17:13:21+03:00',
    operating_reset_at: 1_790_000_600,
    operating: 0,
  }

  it('has ids of its own wherever they stand, and those that are not known are of its state', async () => {
    const recording = recordingOf(
      oneExchange({
        method: 'crm.company.add',
        params: { fields: { TITLE: 'Text 1' } },
        answer: { result: 4711, time },
      }),
      oneExchange({
        method: 'batch',
        params: { halt: '0' },
        commands: [
          { label: 'a', method: 'crm.deal.add', params: { fields: { TITLE: 'Text 2', COMPANY_ID: '4711' } } },
          {
            label: 'b',
            method: 'crm.timeline.comment.add',
            params: { fields: { ENTITY_ID: '$result[a]', ENTITY_TYPE: 'deal', COMMENT: 'Text 3' } },
          },
          {
            label: 'c',
            method: 'crm.deal.list',
            params: { filter: { '=COMPANY_ID': '4711' }, select: ['ID', 'COMPANY_ID'] },
          },
        ],
        answer: {
          result: {
            result: { a: 99_001, b: 5_550, c: [{ ID: '99001', COMPANY_ID: '4711' }] },
            result_error: [],
            result_total: { c: 1 },
            result_next: [],
            result_time: { a: time, b: time, c: time },
          },
          time,
        },
      }),
      oneExchange({
        method: 'crm.item.list',
        params: { entityTypeId: 2, filter: { companyId: 4711 }, select: ['id', 'companyId'] },
        answer: { result: { items: [{ id: 99_001, companyId: 4711 }] }, total: 1, time },
      }),
      oneExchange({
        method: 'crm.item.productrow.set',
        params: { ownerType: 'D', ownerId: 99_001, productRows: [{ productName: 'Text 4', price: 5 }] },
        status: 400,
        answer: { error: 'PLANTED', error_description: '…' },
      }),
      oneExchange({
        method: 'crm.activity.todo.add',
        params: { ownerTypeId: 2, ownerId: 99_001, deadline: '2026-10-01T10:00:00+03:00' },
        answer: { result: { id: 31 }, time },
      }),
      oneExchange({
        method: 'crm.activity.get',
        params: { id: 31 },
        status: 200,
        answer: { result: { ID: 31 }, time },
      }),
      oneExchange({ method: 'crm.deal.get', params: { id: 12 }, answer: { result: { ID: '12' }, time } }),
      oneExchange({
        method: 'crm.deal.get',
        params: { id: 13 },
        status: 400,
        answer: { error: '', error_description: 'Not found' },
      }),
      oneExchange({ method: 'no.such.thing.add', params: {}, answer: { result: 5, time } }),
      oneExchange({
        method: 'crm.deal.update',
        params: { id: 99_001, fields: { TITLE: 'Text 5' } },
        status: 503,
        answer: { error: 'QUERY_LIMIT_EXCEEDED', error_description: 'Too many requests' },
      }),
      oneExchange({ method: 'profile', status: 302, answer: undefined, bytes: 5 }),
    )
    const { differences, notCompared, methods } = await fidelityOf(recording)
    expect(differences.filter(({ seq }) => ![4, 6, 9].includes(seq))).toEqual([])
    expect(differences.filter(({ seq }) => seq === 4)).toMatchObject([
      { kind: 'status', recorded: 'HTTP 400', own: 'HTTP 200' },
      { kind: 'code', recorded: 'PLANTED', own: 'no error' },
    ])
    expect(differences.filter(({ seq }) => seq === 6)).toEqual(
      expect.arrayContaining([
        { seq: 6, method: 'crm.activity.get', path: 'result.ID', kind: 'type', recorded: 'number', own: 'string' },
        {
          seq: 6,
          method: 'crm.activity.get',
          path: 'result.SUBJECT',
          kind: 'extra',
          recorded: 'nothing',
          own: 'string',
        },
      ]),
    )
    expect(differences.filter(({ seq }) => seq === 9)).toMatchObject([
      { kind: 'status', recorded: 'HTTP 200', own: 'HTTP 404' },
      { kind: 'code', recorded: 'no error', own: 'ERROR_METHOD_NOT_FOUND' },
    ])
    expect(notCompared).toEqual([
      { seq: 7, method: 'crm.deal.get', path: '', why: 'state', text: 'deal 12 was there before' },
      { seq: 10, method: 'crm.deal.update', path: '', why: 'limit', text: 'QUERY_LIMIT_EXCEEDED' },
      { seq: 11, method: 'profile', path: '', why: 'moved', text: 'HTTP 302: the portal had moved' },
    ])
    expect(methods.find(({ method }) => method === 'crm.deal.get')).toEqual({
      method: 'crm.deal.get',
      calls: 2,
      same: 1,
      different: 0,
      incomparable: 1,
    })
  })

  it('has types, pipelines and fields that are numbered otherwise', async () => {
    const type = { id: 77, title: 'Text 1', entityTypeId: 1036 }
    const recording = recordingOf(
      oneExchange({
        method: 'crm.type.add',
        params: { fields: { title: 'Text 1', isCategoriesEnabled: 'Y', isStagesEnabled: 'Y' } },
        answer: { result: { type }, time },
      }),
      oneExchange({
        method: 'crm.category.add',
        params: { entityTypeId: 1036, fields: { name: 'Text 2' } },
        answer: {
          result: { category: { id: 555, name: 'Text 2', sort: 500, entityTypeId: 1036, isDefault: 'N' } },
          time,
        },
      }),
      oneExchange({
        method: 'userfieldconfig.add',
        params: { moduleId: 'crm', field: { entityId: 'CRM_77', fieldName: 'UF_CRM_77_NOTE', userTypeId: 'string' } },
        answer: { result: { field: { id: '900', entityId: 'CRM_77', fieldName: 'UF_CRM_77_NOTE' } }, time },
      }),
      oneExchange({
        method: 'crm.item.add',
        params: {
          entityTypeId: 1036,
          fields: { title: 'Text 3', categoryId: 555, stageId: 'DT1036_555:NEW', ufCrm77Note: 'Text 4' },
        },
        answer: {
          result: { item: { id: 1, entityTypeId: 1036, stageId: 'DT1036_555:NEW', ufCrm77Note: 'Text 4' } },
          time,
        },
      }),
      oneExchange({
        method: 'crm.item.list',
        params: {
          entityTypeId: 1036,
          filter: { ufCrm77Note: 'Text 4', '=stageId': 'DT1036_555:NEW' },
          select: ['id', 'ufCrm77Note', 'stageId'],
        },
        answer: { result: { items: [{ id: 1, stageId: 'DT1036_555:NEW', ufCrm77Note: 'Text 4' }] }, total: 1, time },
      }),
    )
    const { differences, notCompared } = await fidelityOf(recording)
    // The rows above are shortened: keys that they leave out are only here. Nothing is refused, and none is missing.
    expect(differences.filter(({ kind }) => kind !== 'extra')).toEqual([])
    expect(differences.filter(({ method }) => method === 'crm.item.list')).toEqual([])
    expect(notCompared).toEqual([])
  })
})

describe('portico fidelity', () => {
  const { inProcess } = commandLine()
  const row = oneExchange({ method: 'crm.status.fields', answer: { result: {} } })

  const written = (name: string, ...exchanges: Exchange[]): string => {
    const { headers, exchanges: numbered } = recordingOf(...exchanges)
    const path = join(directory, name)
    writeFileSync(path, [...headers, ...numbered].map((line) => `${JSON.stringify(line)}\n`).join(''))
    return path
  }

  it('compares a fresh Portico in memory, and tells people and machines', { timeout: 60_000 }, async () => {
    const path = written('one.ndjson', row)
    const table = await inProcess(['fidelity', path, '-o', 'table'])
    expect(table).toMatchObject({ code: 0, err: '' })
    expect(table.out).toMatch(
      /^Fidelity 0 %: of 1 calls 0 are answered alike, 1 differ, 0 cannot be compared\.\n\nMETHOD {13}CALLS {2}SAME/,
    )
    expect(table.out).toContain('\nDifferences:\n  crm.status.fields  ')
    const json = await inProcess(['fidelity', path, '-o', 'json', '--fail-on', 'differences'])
    expect(json.code).toBe(1)
    expect(json.err).toContain('1 call differs from the recording')
    const report = JSON.parse(json.out) as FidelityReport
    expect(report).toMatchObject({ version: 1, calls: 1, different: 1, fidelity: 0 })
    expect(report.differences).toContainEqual({
      seq: 1,
      method: 'crm.status.fields',
      path: 'time',
      kind: 'extra',
      recorded: 'nothing',
      own: 'map',
    })
    const rows = await inProcess(['fidelity', path, '-o', 'csv'])
    expect(rows.out).toBe('method,calls,same,different,incomparable\ncrm.status.fields,1,0,1,0\n')
  })

  it('compares a portal that is named, in whose clock nothing is set', { timeout: 60_000 }, async () => {
    const portal = await testPortal()
    const { hook } = await listening(portal)
    const path = written(
      'two.ndjson',
      oneExchange({ method: 'crm.lead.get', params: { id: 5 }, answer: { result: { ID: '5' } } }),
    )
    const compared = await inProcess(['fidelity', path, '--to', hook, '-o', 'json', '--fail-on', 'incomparable'])
    expect(compared.code).toBe(1)
    expect(compared.err).toContain('1 call cannot be compared')
    expect(JSON.parse(compared.out)).toMatchObject({
      fidelity: null,
      notCompared: [{ why: 'state', text: 'lead 5 was there before' }],
    })
    expect(compared.out + compared.err).not.toContain(portal.code)
  })

  it.each([
    [['fidelity'], 2, 'FILE is missing'],
    [['fidelity', 'nowhere.ndjson'], 1, 'there is no recording'],
    [
      ['fidelity', 'x', '--to', 'https://example.com/rest/1/verysecret/', '--memory'],
      2,
      '--memory and --to exclude each other',
    ],
    [['fidelity', 'x', '--fail-on', 'diferences'], 2, 'did you mean differences?'],
  ])('refuses %j', async (args, exit, refusal) => {
    const { code, err } = await inProcess(args)
    expect(code).toBe(exit)
    expect(err).toContain(refusal)
    expect(err).not.toContain('verysecret')
  })
})
