import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { NoPortalError } from '../../src/records/no-portal.ts'
import { commandLine } from '../support/command-line.ts'
import { contents, emptyPlace, inPlace, type TestPlace } from '../support/places.ts'
import { database, placeOf, testPortal } from '../support/portal.ts'

const { inProcess, home } = commandLine()
const portal = await testPortal()
const here = placeOf(portal)
const FILE = { fileData: ['notes.txt', Buffer.from('what is written here stays').toString('base64')] }
/** What a copy has otherwise: sums are folded, ids go on elsewhere, and the audit log tells of the copying. */
const otherwise = ['counter', 'sequence', 'audit_log', 'cache_version', 'idempotency_key']

const field = await portal.call('crm.lead.userfield.add', { fields: { FIELD_NAME: 'CONTRACT', USER_TYPE_ID: 'file' } })
const type = await portal.call('crm.type.add', { fields: { title: 'Machine', isLinkWithProductsEnabled: 'Y' } })
const { entityTypeId } = type.body.result.type
for (let n = 1; n <= 30; n++)
  await portal.call('crm.lead.add', {
    fields: {
      TITLE: `Lead ${n} – ж 漢 🙂\u2028`,
      OPPORTUNITY: `${n}.10`,
      CURRENCY_ID: 'EUR',
      UF_CRM_CONTRACT: n < 4 ? FILE : '',
    },
  })
await portal.call('crm.item.add', { entityTypeId, fields: { title: 'Press' } })

const backup = async (...more: string[]): ReturnType<typeof inProcess> => inProcess(['backup', ...more, ...here])
const restore = async (file: string, place: TestPlace, ...more: string[]): ReturnType<typeof inProcess> =>
  inProcess(['restore', file, ...place.args, ...more])
const faults = (place: TestPlace): Promise<string[]> => inPlace(place, (copy) => copy.faults())

describe('a backup', () => {
  it('is a portal again, with every row, every byte and every next id', async () => {
    expect(field.body.result).toBeGreaterThan(0)
    const file = join(home, 'whole.backup')
    const made = await backup(file)
    expect(made).toMatchObject({ code: 0, out: '', err: expect.stringMatching(/^\d+ rows and/) })
    expect(made.err).toMatch(/^\d+ rows and 3 files are in .+whole\.backup\.\n$/)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(home).filter((name) => name.includes('whole'))).toEqual(['whole.backup'])
    const before = await contents(portal, otherwise)

    const place = await emptyPlace()
    expect(await restore(file, place)).toMatchObject({ code: 0, out: '', err: expect.stringMatching(/^\d+ rows and/) })
    expect(await faults(place)).toEqual([])
    await inPlace(place, async (copy) => {
      expect(await contents(copy, otherwise)).toEqual(before)
      const [first] = readdirSync(join(place.data, 'files'), { recursive: true, withFileTypes: true }).filter((each) =>
        each.isFile(),
      )
      expect(readFileSync(join(first?.parentPath ?? '', first?.name ?? ''), 'utf8')).toBe('what is written here stays')
      // What is made next gets an id of its own, and totals go on from where they were.
      const added = await copy.pipeline.inside(1, (dispatch) =>
        dispatch('crm.lead.add', { fields: { TITLE: 'After' } }),
      )
      expect(added.result).toBeGreaterThan(30)
      const listed = await copy.pipeline.inside(1, (dispatch) =>
        dispatch('crm.lead.list', { select: ['ID'], start: 0 }),
      )
      expect(listed.total).toBe(31)
    })
    expect(await faults(place)).toEqual([])
  })

  it('made while others write is of one moment', { timeout: 60_000 }, async () => {
    const stopping = new AbortController()
    let written = 0
    const writing = Promise.all(
      Array.from({ length: 4 }, async (_each, writer) => {
        while (!stopping.signal.aborted) {
          const fields = { TITLE: `Busy ${writer}`, UF_CRM_CONTRACT: FILE, PHONE: [{ VALUE: `+49 ${written}` }] }
          const added = await portal.call('crm.lead.add', { fields })
          written++
          if (written % 2 === 0) await portal.call('crm.lead.delete', { id: added.body.result })
        }
      }),
    )
    const file = join(home, 'busy.backup')
    const made = await backup(file)
    stopping.abort()
    await writing
    expect(made).toMatchObject({ code: 0 })
    expect(written).toBeGreaterThan(0)
    expect(made.err).not.toContain('warning')
    const place = await emptyPlace()
    expect(await restore(file, place)).toMatchObject({ code: 0 })
    expect(await faults(place)).toEqual([])
  })

  it('goes into a directory under the time of its making, and replaces no file unasked', async () => {
    const { err } = await backup(home)
    const name = /portico-\d{8}T\d{6}Z\.backup/.exec(err)?.[0] ?? ''
    expect(readdirSync(home)).toContain(name)
    expect(await backup(join(home, name))).toMatchObject({ code: 1, err: expect.stringContaining('is there already') })
    expect(await backup(join(home, name), '--force')).toMatchObject({ code: 0 })
  })

  it('is told of in the audit log', async () => {
    const rows = await contents(portal)
    expect(rows.audit_log?.some((row) => row.includes('PORTAL_BACKUP'))).toBe(true)
  })
})

describe('a restoration', () => {
  const file = join(home, 'restored.backup')

  it('replaces a portal only when it is told to, and then wholly', async () => {
    await backup(file)
    const place = await emptyPlace()
    await restore(file, place)
    await inPlace(place, (copy) =>
      copy.pipeline.inside(1, async (dispatch) => {
        await dispatch('crm.lead.add', { fields: { TITLE: 'Too much', UF_CRM_CONTRACT: FILE } })
        await dispatch('crm.type.add', { fields: { title: 'Too much' } })
      }),
    )
    expect(await restore(file, place)).toMatchObject({ code: 1, err: expect.stringMatching(/already\n.*--force/) })
    expect(await restore(file, place, '--force')).toMatchObject({ code: 0 })
    expect(await faults(place)).toEqual([])
    expect(await inPlace(place, (copy) => contents(copy, otherwise))).toEqual(await contents(portal, otherwise))
    // The file of the record that is gone went with it.
    expect(filesIn(place)).toBe(filesIn({ data: portal.dataDirectory }))
  })

  it.each([
    ['cut off', (path: string) => truncateSync(path, statSync(path).size - 100)],
    [
      'damaged',
      (path: string) =>
        writeFileSync(
          path,
          edited(path, (text) => text.replace('Lead 7', 'Lead 8')),
        ),
    ],
    [
      'without an end',
      (path: string) =>
        writeFileSync(
          path,
          edited(path, (text) => text.replace(/\{"end".*\n$/, '')),
        ),
    ],
    [
      'with more behind its end',
      (path: string) =>
        writeFileSync(
          path,
          edited(path, (text) => `${text}[1]\n`),
        ),
    ],
    ['another file', (path: string) => writeFileSync(path, 'What is this?')],
    ['another packed file', (path: string) => writeFileSync(path, gzipSync('What is this?\n'))],
    [
      'that names a file elsewhere',
      (path: string) =>
        writeFileSync(
          path,
          edited(path, (text) => text.replace(/\{"file":"\w+"/, '{"file":"../../x"')),
        ),
    ],
  ])('of what is %s changes nothing', async (_name, spoil) => {
    const spoilt = join(home, 'spoilt.backup')
    writeFileSync(spoilt, readFileSync(file))
    spoil(spoilt)
    const place = await emptyPlace()
    const refused = await restore(spoilt, place)
    expect(refused).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/^portico: .+ cannot be restored: .+\n$/),
    })
    expect(readdirSync(place.data)).toEqual([])
    await expect(inPlace(place, async () => {})).rejects.toThrow(NoPortalError)
  })

  it('refuses what a later version has made', async () => {
    const later = join(home, 'later.backup')
    writeFileSync(
      later,
      edited(file, (text) => text.replace(/"version":"[^"]+","schema":\d+/, '"version":"9.0.0","schema":99')),
    )
    const refused = await restore(later, await emptyPlace())
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('last opened by Portico 9.0.0') })
  })
})

describe.runIf(database === 'postgres')('the way to another database', () => {
  it('and back brings the same portal', { timeout: 60_000 }, async () => {
    const out = join(home, 'out.backup')
    await backup(out)
    const sqlite = await emptyPlace('sqlite')
    expect(await restore(out, sqlite)).toMatchObject({ code: 0 })
    expect(await faults(sqlite)).toEqual([])
    const inSqlite = await inPlace(sqlite, (copy) => contents(copy, otherwise))
    expect(inSqlite).toEqual(await contents(portal, otherwise))

    const back = join(home, 'back.backup')
    expect(await inProcess(['backup', back, ...sqlite.args])).toMatchObject({ code: 0 })
    const postgres = await emptyPlace()
    expect(await restore(back, postgres)).toMatchObject({ code: 0 })
    expect(await faults(postgres)).toEqual([])
    expect(await inPlace(postgres, (copy) => contents(copy, otherwise))).toEqual(inSqlite)
    const answers = (place: TestPlace): Promise<unknown> =>
      inPlace(place, (copy) =>
        copy.pipeline.inside(1, async (dispatch) => [
          (await dispatch('crm.lead.list', { select: ['*', 'UF_*', 'PHONE'], order: { ID: 'ASC' } })).result,
          (await dispatch('crm.item.list', { entityTypeId, select: ['*'] })).result,
          (await dispatch('crm.status.list', {})).result,
        ]),
      )
    expect(await answers(postgres)).toEqual(await answers(sqlite))
  })
})

const edited = (path: string, edit: (text: string) => string): Buffer => {
  const text = gunzipSync(readFileSync(path)).toString()
  const other = edit(text)
  expect(other).not.toBe(text)
  return gzipSync(other)
}

const filesIn = ({ data }: { data: string }): number =>
  readdirSync(join(data, 'files'), { recursive: true, withFileTypes: true }).filter((each) => each.isFile()).length
