import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commandLine } from '../support/command-line.ts'
import { placeOf, testPortal } from '../support/portal.ts'

const { inProcess, home } = commandLine()
const portal = await testPortal()
const dump = (...words: string[]): ReturnType<typeof inProcess> => inProcess(['dump', ...words, ...placeOf(portal)])

const seed = `users:
  maria: { NAME: Maria, EMAIL: maria@example.com, UF_DEPARTMENT: [1] }
records:
  company:
    acme: { title: ACME, assignedById: '@maria' }
`
const webhook = 'webhooks:\n  test: { title: test }\n'

describe('portico dump', () => {
  it('writes what portico seed has read', async () => {
    writeFileSync(join(home, 'portal.yaml'), seed)
    expect(await inProcess(['seed', 'portal.yaml', ...placeOf(portal)])).toMatchObject({ code: 0 })
    portal.portal.caches.drop()
    const whole = seed.replace('records:', `${webhook}records:`)
    expect(await dump()).toEqual({ code: 0, out: whole, err: '' })
    expect(await dump('-')).toEqual({ code: 0, out: whole, err: '' })
  })

  it('into a file, which only --force replaces', async () => {
    const file = join(home, 'state.yaml')
    expect(await dump('state.yaml', '--only', 'users')).toEqual({ code: 0, out: '', err: '' })
    expect(readFileSync(file, 'utf8')).toBe(seed.slice(0, seed.indexOf('records:')))
    const refused = await dump('state.yaml')
    expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/state\.yaml is there already\n/) })
    expect(await dump('state.yaml', '--force', '--only', 'records')).toMatchObject({ code: 0 })
    expect(readFileSync(file, 'utf8')).toBe(seed.slice(seed.indexOf('records:')))
    expect(await dump(join('nowhere', 'state.yaml'))).toMatchObject({ code: 1 })
    expect(existsSync(join(home, 'nowhere'))).toBe(false)
  })

  it('as JSON, and without records', async () => {
    const { out } = await dump('-o', 'json', '--records', 'none')
    expect(JSON.parse(out)).toEqual({
      users: { maria: { NAME: 'Maria', EMAIL: 'maria@example.com', UF_DEPARTMENT: [1] } },
      webhooks: { test: { title: 'test' } },
    })
  })

  it('tells on stderr what it leaves out', async () => {
    const made = await portal.call('portico.form.add', {
      fields: { title: 'Contact us', entityTypeId: 1, fields: [{ name: 'title', label: 'Subject' }] },
    })
    expect(made.body.error_description).toBeUndefined()
    const { err, out } = await dump()
    expect(err).toBe('warning: left out: forms\n')
    expect(out.startsWith('# left out: forms\nusers:\n')).toBe(true)
  })

  it.each([
    [['--only', 'record'], /--only record: did you mean records\?|record.*records/],
    [['-o', 'yml'], /yaml/],
    [['--records', 'deel'], /there are no records "deel": did you mean deal\?/],
    [['a', 'b'], /b/],
  ])('refuses %s', async (words, message) => {
    const refused = await dump(...words)
    expect(refused).toMatchObject({ code: 2, out: '', err: expect.stringMatching(message) })
  })

  it('says where there is no portal', async () => {
    const refused = await inProcess(['dump', '--data', join(home, 'nothing')])
    expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/there is no portal in/) })
  })
})
