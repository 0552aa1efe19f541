import { describe, expect, it } from 'vitest'
import { testPortal } from '../../support/portal.ts'

const portal = await testPortal()
const person = await portal.person()

async function token(userId: number): Promise<string> {
  const session = portal.portal.store.session()
  const made = await portal.credentials.createToken(session, { userId, scope: 'crm', lifetime: 3600 })
  await session.settled()
  return made
}
const application = await token(1)
const other = await token(1)
const theirs = await token(person.id)
const call = async (method: string, parameters: object, as: string) =>
  (await portal.call(method, parameters, { token: as })).body

describe.each(['app.option', 'user.option'])('%s', (prefix) => {
  it('keeps what an application writes, name by name, whatever it is', async () => {
    expect((await call(`${prefix}.get`, {}, application)).result).toEqual({})
    const options = { data: 'value', list: [1, { a: null }], 'odd.name\n': '', __proto: 'x', number: 1.5 }
    expect((await call(`${prefix}.set`, { options }, application)).result).toBe(true)
    await call(`${prefix}.set`, { options: { data: 'another', more: true } }, application)
    expect((await call(`${prefix}.get`, {}, application)).result).toEqual({ ...options, data: 'another', more: true })
    expect((await call(`${prefix}.get`, { option: 'list' }, application)).result).toEqual([1, { a: null }])
    expect((await call(`${prefix}.get`, { option: 'toString' }, application)).result).toBeNull()
  })

  it('is told in XML too', async () => {
    const { status, text } = await portal.send({ method: 'GET', url: `/rest/${prefix}.get.xml?auth=${application}` })
    expect(status).toBe(200)
    expect(text).toContain('<data>another</data>')
  })

  it('shows it to no other application', async () => {
    expect((await call(`${prefix}.get`, { option: 'data' }, other)).result).toBeNull()
  })

  it('refuses callers that are no application, and nothing to save', async () => {
    const closed = {
      status: 400,
      body: { error: 'AccessException', error_description: 'Application context required' },
    }
    expect(await portal.call(`${prefix}.get`, {})).toMatchObject(closed)
    expect(await portal.call(`${prefix}.set`, { options: { a: 1 } })).toMatchObject(closed)
    for (const options of [{}, [], 'text', undefined])
      expect(await call(`${prefix}.set`, { options }, application)).toMatchObject({
        error: 'ArgumentNullException',
        error_description: 'options is empty',
      })
  })

  it('takes two writers of the same names at once', async () => {
    const write = (options: object) => call(`${prefix}.set`, { options }, application)
    const answers = await Promise.all([write({ x: 1, y: 1 }), write({ y: 2, x: 2 })])
    expect(answers.map(({ result }) => result)).toEqual([true, true])
  })
})

describe('who writes options', () => {
  it('lets administrators alone write what holds for everyone', async () => {
    expect(await call('app.option.set', { options: { a: 1 } }, theirs)).toMatchObject({
      error: 'AccessException',
      error_description: 'Administrator authorization required',
    })
    expect((await call('user.option.set', { options: { a: 1 } }, theirs)).result).toBe(true)
    expect((await call('user.option.get', {}, theirs)).result).toEqual({ a: 1 })
  })
})

describe('access codes', () => {
  it('have names, and those of nobody have none', async () => {
    const { result } = (await portal.call('access.name', { ACCESS: ['G2', 'AU', `U${person.id}`, 'U999999', 'X', 7] }))
      .body
    expect(result).toEqual({
      G2: { provider: '', name: 'All visitors', provider_id: 'other' },
      AU: { provider: '', name: 'All authorized users', provider_id: 'other' },
      [`U${person.id}`]: { provider: 'Users', name: `Person ${person.id}`, provider_id: 'user' },
    })
    for (const ACCESS of [undefined, [], ''])
      expect((await portal.call('access.name', { ACCESS })).body.result).toBe(false)
  })

  it('are held by those for whom they stand, and all by administrators', async () => {
    const has = async (ACCESS: unknown, as?: string) =>
      (await portal.call('user.access', { ACCESS }, as === undefined ? {} : { as })).body.result
    expect(await has(['U999999'])).toBe(true)
    expect(await has(['U1', 'G1', 'X'], person.hook)).toBe(false)
    for (const ACCESS of ['AU', ['G1', 'G2'], [`U${person.id}`]]) expect(await has(ACCESS, person.hook)).toBe(true)
    const { hook: seller, id } = await portal.person({ department: [2] })
    await portal.call('department.add', { NAME: 'Sales', PARENT: 1 })
    expect(await has(['D1'], seller)).toBe(false)
    for (const ACCESS of ['D2', 'DR2', 'DR1', `U${id}`]) expect(await has([ACCESS], seller)).toBe(true)
    expect((await portal.call('access.name', { ACCESS: ['D2', 'DR2', 'D99'] })).body.result).toEqual({
      D2: { provider: 'Departments', name: 'Sales', provider_id: 'intranet' },
      DR2: { provider: 'Departments', name: 'Sales (with sub-departments)', provider_id: 'intranet' },
    })
    expect((await portal.call('user.admin')).body.result).toBe(true)
    expect((await portal.call('user.admin', {}, { as: person.hook })).body.result).toBe(false)
  })
})
