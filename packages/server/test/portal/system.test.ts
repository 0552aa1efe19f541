import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { grantableScopes } from '../../src/auth/scopes.ts'
import { testPortal } from '../support/portal.ts'

const portal = await testPortal({ timezone: 'Europe/Moscow' })
const { hook } = await portal.person({ scope: 'crm,user_brief' })

interface Catalogued {
  readonly method: string
  readonly scope: string
}
const catalogue = JSON.parse(
  readFileSync(new URL('../../../../catalogue/methods.json', import.meta.url), 'utf8'),
) as Catalogued[]
const documented = new Map(catalogue.map(({ method, scope }) => [method, scope]))

describe('the registry of methods', () => {
  it('asks for no scope that nobody can be given', () => {
    const asked = [...portal.registry.all, ...portal.registry.allV3].flatMap(({ scope, orScopes = [] }) => [
      ...(scope === null ? [] : typeof scope === 'string' ? [scope] : scope),
      ...orScopes,
    ])
    expect(grantableScopes).toEqual(expect.arrayContaining([...new Set(asked)]))
  })

  // What is no part of the documented API says so by its name.
  const own = portal.registry.all.filter(({ name }) => !name.startsWith('portico.'))
  it.each(own.map(({ name, scope }) => [name, scope] as const))(
    'knows %s from the catalogue, with the documented scope',
    (name, scope) => {
      const scopes = scope === null ? ['basic'] : typeof scope === 'string' ? [scope] : scope
      expect(scopes).toContain(documented.get(name))
    },
  )
})

describe('methods', () => {
  it('lists what the caller may call, everything, one scope, or the common ones', async () => {
    const names = async (parameters: object, as?: string): Promise<string[]> =>
      (await portal.call('methods', parameters, as === undefined ? {} : { as })).body.result
    const own = await names({}, hook)
    expect(own).toEqual(expect.arrayContaining(['batch', 'profile', 'crm.lead.add', 'user.get']))
    const poor = await names({}, (await portal.person({ scope: 'task' })).hook)
    expect(poor).toContain('batch')
    expect(poor).not.toContain('crm.lead.add')
    expect(await names({ full: true }, hook)).toEqual(portal.registry.all.map(({ name }) => name))
    expect(await names({ full: 'true' })).toContain('crm.lead.add')
    expect((await names({ scope: 'user' })).every((name) => /^(?:portico\.)?user\./.test(name))).toBe(true)
    const common = await names({ scope: '' })
    expect(common).toContain('server.time')
    expect(common).not.toContain('user.get')
    expect(await names({ scope: 'nothing' })).toEqual([])
  })
})

describe('scope', () => {
  it('lists the scopes of the caller, or all that the portal has', async () => {
    expect((await portal.call('scope', {}, { as: hook })).body.result).toEqual(['crm', 'user_brief'])
    const full = (await portal.call('scope', { full: true }, { as: hook })).body.result
    expect(full).toEqual(expect.arrayContaining(['crm', 'user', 'user_basic', 'userfieldconfig']))
    expect((await portal.call('scope')).body.result).toEqual([...full].sort())
  })
})

describe('method.get', () => {
  it.each([
    ['crm.lead.add', { isExisting: true, isAvailable: true }],
    ['CRM.LEAD.ADD', { isExisting: true, isAvailable: true }],
    ['user.get', { isExisting: true, isAvailable: true }],
    ['batch', { isExisting: true, isAvailable: true }],
    ['crm.lead.nothing', { isExisting: false, isAvailable: false }],
    ['__proto__', { isExisting: false, isAvailable: false }],
    ['', { isExisting: false, isAvailable: false }],
    [undefined, { isExisting: false, isAvailable: false }],
    [['crm.lead.add'], { isExisting: false, isAvailable: false }],
  ])('answers for %j', async (name, result) => {
    expect((await portal.call('method.get', { name }, { as: hook })).body.result).toEqual(result)
  })

  it('tells apart what exists and what the caller may call', async () => {
    const poor = await portal.person({ scope: 'task' })
    expect((await portal.call('method.get', { NAME: 'crm.lead.add' }, { as: poor.hook })).body.result).toEqual({
      isExisting: true,
      isAvailable: false,
    })
  })
})

describe('server.time, profile, app.info', () => {
  it('tell the time in the zone of the server', async () => {
    portal.clock.at = Date.UTC(2024, 7, 5, 9, 2, 13) / 1000
    expect((await portal.call('server.time')).body.result).toBe('2024-08-05T12:02:13+03:00')
    portal.clock.at = undefined
  })

  it('tell who calls', async () => {
    expect((await portal.call('profile')).body.result).toEqual({
      ID: '1',
      ADMIN: true,
      NAME: 'Portal',
      LAST_NAME: 'Administrator',
      PERSONAL_GENDER: '',
      TIME_ZONE: '',
    })
    expect((await portal.call('profile', {}, { as: hook })).body.result).toMatchObject({ ADMIN: false, NAME: 'Person' })
  })

  it('give a webhook the part of app.info that needs no application', async () => {
    expect((await portal.call('app.info', {}, { as: hook })).body.result).toEqual({
      SCOPE: ['crm', 'user_brief'],
      LICENSE: 'en_selfhosted',
    })
  })
})
