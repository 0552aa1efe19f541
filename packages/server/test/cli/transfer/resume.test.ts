import { once } from 'node:events'
import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { transfers } from './tools.ts'

const { portal, line, hook, file, read, run } = await transfers()
const ROWS = 120

/** A file of rows that are found again by their title; every tenth is refused. */
const rowsOf = (name: string, count = ROWS): string =>
  `TITLE,STATUS_ID\n${Array.from({ length: count }, (_, index) => `${name} ${index},${index % 10 === 9 ? 'NOPE' : 'NEW'}`).join('\n')}\n`
const titles = async (name: string): Promise<string[]> => {
  const found: string[] = []
  for (let start = 0; ; start += 50) {
    const { result } = (
      await portal.call('crm.lead.list', {
        filter: { '%TITLE': `${name} ` },
        select: ['TITLE'],
        order: { ID: 'ASC' },
        start,
      })
    ).body
    found.push(...result.map(({ TITLE }: { TITLE: string }) => TITLE))
    if (result.length < 50) return found
  }
}
const good = (name: string, count = ROWS): string[] =>
  Array.from({ length: count }, (_, index) => index)
    .filter((index) => index % 10 !== 9)
    .map((index) => `${name} ${index}`)

/** The network: the answers to some batches that write are lost on their way back, after the portal has done them. */
function losing(isLost: (write: number) => boolean, isPortico = true): typeof fetch {
  let writes = 0
  return async (input, init) => {
    const answer = await fetch(input, init)
    const isWrite = String(input).includes('/batch') && String(init?.body).includes('crm.lead.add')
    const shown = new Response(await answer.arrayBuffer(), answer)
    if (isWrite && isLost(++writes)) throw new TypeError('fetch failed', { cause: new Error('socket hang up') })
    if (!isPortico) for (const name of ['server', 'idempotency-key']) shown.headers.delete(name)
    return shown
  }
}

describe('an import that was interrupted', () => {
  it('does nothing twice when an answer is lost and the client asks again', async () => {
    const name = file(rowsOf('repeated'))
    const ended = await run(['lead', 'import', name], { fetch: losing((write) => write === 2) })
    expect(ended).toMatchObject({ code: 3, err: expect.stringContaining('108 added, 0 merged, 0 skipped, 12 failed') })
    expect(await titles('repeated')).toEqual(good('repeated'))
  })

  it('goes on where it stopped, with the batch that nobody had an answer for', async () => {
    const name = file(rowsOf('lost'))
    const ended = await run(['lead', 'import', name, '--set', 'NAME=kept'], { fetch: losing((write) => write > 1) })
    expect(ended).toMatchObject({ code: 5, err: expect.stringContaining('--resume goes on from there') })
    expect(ended.err).toContain('Stopped after row 50')
    // The second batch has been done already.
    expect(await titles('lost')).toHaveLength(90)
    const resumed = await run(['lead', 'import', name, '--resume'])
    expect(resumed).toMatchObject({
      code: 3,
      err: expect.stringContaining('108 added, 0 merged, 0 skipped, 12 failed'),
    })
    expect(await titles('lost')).toEqual(good('lost'))
    expect((await portal.call('crm.lead.list', { filter: { TITLE: 'lost 119' } })).body.total).toBe(0)
    expect((await portal.call('crm.lead.list', { filter: { TITLE: 'lost 118' } })).body.result[0].NAME).toBe('kept')
    const failed = read(name.replace('.csv', '.errors.csv')).trim().split('\n').slice(1)
    expect(failed.map((each) => each.split(',')[0])).toEqual(
      Array.from({ length: 12 }, (_, index) => `lost ${index * 10 + 9}`),
    )
    expect(await run(['lead', 'import', name, '--resume'])).toMatchObject({ code: 3 })
    expect(await titles('lost')).toHaveLength(108)
  })

  it('forgets half a line that power has cut off, and what the error file has beyond the journal', async () => {
    const name = file(rowsOf('power'))
    await run(['lead', 'import', name], { fetch: losing((write) => write > 2) })
    const journal = join(line.home, `${name}.portico-journal`)
    appendFileSync(journal, '{"done":3,"last":1')
    appendFileSync(join(line.home, name.replace('.csv', '.errors.csv')), 'half a row')
    expect(await run(['lead', 'import', name, '--resume'])).toMatchObject({
      code: 3,
      err: expect.stringContaining('108 added, 0 merged, 0 skipped, 12 failed'),
    })
    expect(await titles('power')).toEqual(good('power'))
    expect(read(name.replace('.csv', '.errors.csv'))).not.toContain('half a row')
  })

  it('is not gone on with by another file, in another way, or twice at once', async () => {
    const name = file(rowsOf('other'))
    await run(['lead', 'import', name], { fetch: losing((write) => write > 1) })
    const path = join(line.home, name)
    const resume = (...args: string[]) => run(['lead', 'import', name, '--resume', ...args])
    expect(await run(['lead', 'import', name])).toMatchObject({
      code: 2,
      err: expect.stringContaining('stopped after 50 rows'),
    })
    expect(await resume('--decimal', ',')).toMatchObject({ code: 2, err: expect.stringContaining('another --decimal') })
    expect(await run(['deal', 'import', name, '--resume', '--map', 'STATUS_ID='])).toMatchObject({ code: 2 })
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, text.replace('other 3,', 'another,'))
    expect(await resume()).toMatchObject({ code: 2, err: expect.stringContaining('is not the file') })
    truncateSync(path, 200)
    expect(await resume()).toMatchObject({ code: 2, err: expect.stringContaining('is not the file') })
    writeFileSync(path, text)
    writeFileSync(`${path}.portico-journal.lock`, String(process.ppid))
    expect(await resume()).toMatchObject({ code: 1, err: expect.stringContaining('is being imported') })
    // Left behind by a process that was killed.
    writeFileSync(`${path}.portico-journal.lock`, '999999999')
    expect(await resume()).toMatchObject({ code: 3 })
    expect(await titles('other')).toEqual(good('other'))
  })

  it('is finished whole after kill -9, as often as it is killed', async () => {
    const count = 500
    const name = file(rowsOf('killed', count))
    const args = ['lead', 'import', name, '--resume']
    const there = async (): Promise<number> =>
      (await portal.call('crm.lead.list', { filter: { '%TITLE': 'killed ' }, select: ['ID'] })).body.total ?? 0
    for (const least of [60, 200]) {
      const child = await line.start(args, { env: { PORTICO_URL: hook } })
      const exited = once(child, 'exit')
      while (child.exitCode === null && (await there()) < least) await setTimeout(5)
      child.kill('SIGKILL')
      await exited
    }
    // Otherwise it was over before it was killed.
    expect(await there()).toBeLessThan(count * 0.9)
    const ended = await run(args)
    expect(ended).toMatchObject({ code: 3, err: expect.stringContaining('450 added, 0 merged, 0 skipped, 50 failed') })
    expect(await titles('killed')).toEqual(good('killed', count))
    expect(read(name.replace('.csv', '.errors.csv')).trim().split('\n')).toHaveLength(51)
  })
})

describe('a portal that knows no keys', () => {
  const elsewhere = (isLost: (write: number) => boolean) => losing(isLost, false)

  it('is told of honestly: the rows of one batch are uncertain, and people decide', async () => {
    const name = file(rowsOf('uncertain'))
    const ended = await run(['lead', 'import', name], { fetch: elsewhere((write) => write === 2) })
    expect(ended).toMatchObject({ code: 5, err: expect.stringContaining('it may have been done') })
    expect(ended.err).toContain('--mark would make')
    const resume = (...args: string[]) =>
      run(['lead', 'import', name, '--resume', ...args], { fetch: elsewhere(() => false) })
    const stopped = await resume()
    expect(stopped).toMatchObject({
      code: 3,
      err: expect.stringContaining('nobody knows whether lines 52 to 100 (45 rows) arrived'),
    })
    expect(await titles('uncertain')).toHaveLength(90)
    expect(await resume('--uncertain', 'skip')).toMatchObject({
      code: 3,
      err: expect.stringContaining('63 added, 0 merged, 0 skipped, 57 failed'),
    })
    expect(await titles('uncertain')).toEqual(good('uncertain'))
    expect(read(name.replace('.csv', '.errors.csv')).match(/OUTCOME_UNKNOWN/g)).toHaveLength(45)
  })

  it('is searched for the marks of the import, which then is exact', async () => {
    const name = file(rowsOf('marked'))
    await run(['lead', 'import', name, '--mark'], { fetch: elsewhere((write) => write === 2) })
    const resumed = await run(['lead', 'import', name, '--resume'], { fetch: elsewhere(() => false) })
    expect(resumed).toMatchObject({
      code: 3,
      err: expect.stringContaining('108 added, 0 merged, 0 skipped, 12 failed'),
    })
    expect(await titles('marked')).toEqual(good('marked'))
  })

  it('is searched by the rules for duplicates', async () => {
    const name = file(rowsOf('ruled'))
    await run(['lead', 'import', name, '--match', 'TITLE'], { fetch: elsewhere((write) => write === 2) })
    const resumed = await run(['lead', 'import', name, '--resume'], { fetch: elsewhere(() => false) })
    expect(resumed).toMatchObject({
      code: 3,
      err: expect.stringContaining('63 added, 0 merged, 45 skipped, 12 failed'),
    })
    expect(await titles('ruled')).toEqual(good('ruled'))
  })
})

it('does not take the keys of another webhook for its own', async () => {
  const name = file(rowsOf('moved'))
  await run(['lead', 'import', name], { fetch: losing((write) => write > 1) })
  const { hook: other } = await portal.person({ admin: true })
  const resumed = await run(['lead', 'import', name, '--resume'], { as: other })
  expect(resumed).toMatchObject({ code: 3, err: expect.stringContaining('nobody knows whether') })
  expect(await run(['lead', 'import', name, '--resume'])).toMatchObject({ code: 3 })
  expect(await titles('moved')).toEqual(good('moved'))
})
