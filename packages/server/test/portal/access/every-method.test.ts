import { expect, it } from 'vitest'
import type { Method } from '../../../src/methods/method.ts'
import { testPortal } from '../../support/portal.ts'
import { v3Code } from '../../support/rest-v3.ts'

const portal = await testPortal()
const methods = [...portal.registry.all, ...portal.registry.allV3]

/** A scope that the portal knows and that no method asks for. */
const POOR = 'rating'
const poor = await portal.person({ admin: true, scope: POOR })
const gone = await portal.person({ admin: true, active: false })
const session = portal.portal.store.session()
const expired = await portal.credentials.createToken(session, { userId: 1, scope: '*', lifetime: -1 })
const dismissed = await portal.credentials.createToken(session, { userId: gone.id, scope: '*', lifetime: 3600 })
await session.settled()

const roadTo = ({ version }: Method): string => (version === 3 ? '/rest/api' : '/rest')

/** A call that would be meant well: many methods would answer these parameters, or change what they name. */
const body = (more: object = {}): string =>
  JSON.stringify({ id: 1, entityTypeId: 2, fields: { TITLE: 'x', NAME: 'x', title: 'x' }, ...more })

/** What each method answers to one kind of caller: `status code`, with the methods that answer it. */
async function answers(
  of: readonly Method[],
  request: (method: Method) => { url: string; body: string },
): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const method of of) {
    const answer = await portal.send({ ...request(method), headers: { 'content-type': 'application/json' } })
    const { error } = answer.body as { error?: string | { code: string } }
    ;(found[`${answer.status} ${typeof error === 'object' ? error.code : error}`] ??= []).push(method.name)
  }
  return found
}

const names = (of: readonly Method[]): string[] => of.map(({ name }) => name)

/** Nothing but the ledger of requests may know of a call that was refused. */
async function withoutTrace(body: () => Promise<void>): Promise<void> {
  const before = await portal.census()
  await body()
  expect(await portal.census()).toEqual(before)
}

it('has all its methods, on both roads', () => {
  expect(methods.length).toBeGreaterThan(600)
  expect(methods.filter(({ version }) => version === 3).length).toBeGreaterThan(10)
})

it('lets nobody in without a credential', () =>
  withoutTrace(async () => {
    const found = await answers(methods, (method) => ({ url: `${roadTo(method)}/${method.name}`, body: body() }))
    expect(found).toEqual({ '401 NO_AUTH_FOUND': names(methods) })
  }))

it('lets nobody in with a token or a code that it has never given out', () =>
  withoutTrace(async () => {
    const token = await answers(methods, (method) => ({
      url: `${roadTo(method)}/${method.name}`,
      body: body({ auth: 'x'.repeat(70) }),
    }))
    expect(token).toEqual({ '401 NO_AUTH_FOUND': names(methods) })
    const code = await answers(methods, (method) => ({
      url: `${roadTo(method)}/1/wrongcode0123456/${method.name}`,
      body: body(),
    }))
    expect(code).toEqual({ '401 INVALID_CREDENTIALS': names(methods) })
  }))

it('lets nobody in with a token whose time is over', () =>
  withoutTrace(async () => {
    const found = await answers(methods, (method) => ({
      url: `${roadTo(method)}/${method.name}`,
      body: body({ auth: expired }),
    }))
    expect(found).toEqual({ '401 expired_token': names(methods) })
  }))

it('lets nobody in who is not active any more, neither by a webhook nor by a token', () =>
  withoutTrace(async () => {
    const hook = await answers(methods, (method) => ({
      url: `${roadTo(method)}/${gone.hook}/${method.name}`,
      body: body(),
    }))
    expect(hook).toEqual({ '401 authorization_error': names(methods) })
    const token = await answers(methods, (method) => ({
      url: `${roadTo(method)}/${method.name}`,
      body: body({ auth: dismissed }),
    }))
    expect(token).toEqual({ '401 authorization_error': names(methods) })
  }))

it('lets nobody reach a method outside of the scope, alone or in a batch, not even an administrator', () =>
  withoutTrace(async () => {
    const scoped = methods.filter(({ scope }) => scope !== null)
    const alone = await answers(scoped, (method) => ({
      url: `${roadTo(method)}/${poor.hook}/${method.name}`,
      body: body(),
    }))
    expect(alone).toEqual({
      '403 insufficient_scope': names(scoped.filter(({ version }) => version !== 3)),
      [`403 ${v3Code('INSUFFICIENTSCOPEEXCEPTION')}`]: names(scoped.filter(({ version }) => version === 3)),
    })
    const inBatch = scoped.filter(({ version, batch }) => version !== 3 && batch)
    const refused: string[] = []
    for (let n = 0; n < inBatch.length; n += 50) {
      const cmd = Object.fromEntries(inBatch.slice(n, n + 50).map(({ name }) => [name, `${name}?id=1&fields[TITLE]=x`]))
      const { body: answer } = await portal.call('batch', { cmd }, { as: poor.hook })
      expect(answer.result.result).toEqual([])
      for (const [name, { error }] of Object.entries<{ error: string }>(answer.result.result_error))
        if (error === 'insufficient_scope') refused.push(name)
    }
    expect(refused.sort()).toEqual(names(inBatch).sort())
  }))

it('asks for no scope only where the documentation does, or where the rights of the person decide alone', () => {
  const open = [...new Set(names(methods.filter(({ scope }) => scope === null)))].sort()
  // Extensions for the portal's own pages, each for administrators or about oneself.
  expect(open.filter((name) => !name.startsWith('portico.'))).toEqual([
    'access.name',
    'app.info',
    'app.option.get',
    'app.option.set',
    'batch',
    'documentation',
    'event.bind',
    'event.get',
    'event.offline.clear',
    'event.offline.error',
    'event.offline.get',
    'event.offline.list',
    'event.test',
    'event.unbind',
    'events',
    'feature.get',
    'method.get',
    'methods',
    'profile',
    'rest.documentation.openapi',
    'rest.scope.list',
    'scope',
    'server.time',
    'user.access',
    'user.admin',
    'user.option.get',
    'user.option.set',
  ])
})
