import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { commandLine } from '../support/command-line.ts'
import { emptyPlace, inPlace } from '../support/places.ts'
import { placeOf, testPortal } from '../support/portal.ts'

const { inProcess, start, home } = commandLine()
const portal = await testPortal()

it('a restoration that is killed leaves the portal as it was', { timeout: 120_000 }, async () => {
  const [few, many] = [join(home, 'few.backup'), join(home, 'many.backup')]
  await portal.call('crm.lead.userfield.add', { fields: { FIELD_NAME: 'SCAN', USER_TYPE_ID: 'file' } })
  await portal.call('crm.lead.add', { fields: { TITLE: 'Stays' } })
  expect(await inProcess(['backup', few, ...placeOf(portal)])).toMatchObject({ code: 0 })
  const cmd = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`c${at}`, `crm.lead.add?fields[TITLE]=Lead`]))
  for (let n = 0; n < 4; n++) await portal.call('batch', { cmd })
  for (let n = 0; n < 4; n++) {
    const UF_CRM_SCAN = { fileData: ['scan', randomBytes(4_000_000).toString('base64')] }
    expect((await portal.call('crm.lead.add', { fields: { TITLE: 'Scan', UF_CRM_SCAN } })).status).toBe(200)
  }
  expect(await inProcess(['backup', many, ...placeOf(portal)])).toMatchObject({ code: 0 })

  const target = await emptyPlace()
  expect(await inProcess(['restore', few, ...target.args])).toMatchObject({ code: 0 })
  const leads = (): Promise<number | undefined> =>
    inPlace(target, (copy) =>
      copy.pipeline.inside(
        1,
        async (dispatch) => (await dispatch('crm.lead.list', { select: ['ID'], start: 0 })).total,
      ),
    )
  const isStaging = (): boolean => readdirSync(target.data).some((name) => name.startsWith('restore-'))

  const child = await start(['restore', many, '--force', ...target.args])
  // Files come behind the rows: all of these are in the transaction, and some of those on the disk.
  await expect.poll(isStaging, { timeout: 60_000, interval: 2 }).toBe(true)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(child.signalCode).toBe('SIGKILL')
  expect(await leads()).toBe(1)
  expect(await inPlace(target, (copy) => copy.faults())).toEqual([])

  expect(await inProcess(['restore', many, '--force', ...target.args])).toMatchObject({ code: 0 })
  expect(await leads()).toBe(205)
  // What the killed one has left is gone, too.
  expect(isStaging()).toBe(false)
})
