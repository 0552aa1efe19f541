import { beforeAll, describe, expect, it } from 'vitest'
import { applicationToken } from '../../support/application.ts'
import { documentedPortal } from '../../support/documented-portal.ts'
import { type Parameters, sendable, vectors } from '../../support/vectors.ts'
import { areas } from '../vectors-areas/index.ts'
import { targets as coreTargets } from '../vectors-targets/index.ts'
import { traces } from './tools.ts'

/**
 * Every method about the portal itself (people, departments, applications, events, places, roles, the log), on both
 * roads, called as its documentation calls it, by somebody who is no administrator and whom no role allows anything.
 */
const portal = await documentedPortal()
const targets = new Map([...coreTargets, ...areas.flatMap((area) => Object.entries(area.targets ?? {}))])
const requestsOf = new Map(vectors.map(({ method, requests }) => [method, requests]))
const methods = [...portal.registry.all, ...portal.registry.allV3].filter(
  ({ name }) => !/^(crm|catalog|bizproc|userfieldconfig|portico\.(role|rights))\./.test(name) && name !== 'batch',
)

/** What answers to everybody, and why. Whatever isn't named here must refuse, and what no longer answers must go. */
const ANSWERING: Readonly<Record<string, readonly string[]>> = {
  'about the program, the same on every portal': [
    'department.fields',
    'documentation',
    'feature.get',
    'humanresources.employee.field.get',
    'humanresources.employee.field.list',
    'humanresources.node.field.get',
    'humanresources.node.field.list',
    'humanresources.node.member.field.get',
    'humanresources.node.member.field.list',
    'method.get',
    'methods',
    'portico.method.list',
    'portico.scope.list',
    'rest.documentation.openapi',
    'rest.scope.list',
    'scope',
    'server.time',
    'user.fields',
  ],
  'about the caller': [
    'app.info',
    'portico.entity.list',
    'portico.preference.list',
    'portico.preference.set',
    'portico.webhook.list',
    'profile',
    'user.access',
    'user.admin',
    'user.current',
  ],
  'colleagues know each other, and where they work: "any user" say their pages': [
    'access.name',
    'department.get',
    'humanresources.node.children',
    'humanresources.node.communication.list',
    'humanresources.node.count',
    'humanresources.node.get',
    'humanresources.node.list',
    'humanresources.node.search',
    'user.get',
    'user.search',
  ],
}

const plausible: Parameters = { id: 1, ID: 1, fields: { TITLE: 'x', NAME: 'x' }, NAME: 'x', ACTIVE: 'N' }

const answering: string[] = []
const writing: string[] = []
const failing: string[] = []

beforeAll(async () => {
  const stranger = await portal.person()
  // The other person's things, which must stay untouched.
  await portal.call('portico.webhook.add', { title: 'of the administrator', scope: ['crm'] })
  await portal.call('portico.outbound.add', {
    fields: { TITLE: 'of the administrator', URL: 'https://example.com/', EVENTS: ['ONCRMLEADADD'] },
  })
  await applicationToken(portal)
  const calls: { name: string; version: number; params: Parameters }[] = []
  for (const { name, version = 2 } of methods) {
    const requests = requestsOf.get(name)
    if (requests === undefined) calls.push({ name, version, params: version === 3 ? { id: 1 } : plausible })
    for (const request of requests ?? []) {
      const params = sendable(request, new Date())
      calls.push({ name, version, params: (await targets.get(name)?.(portal, params)) ?? params })
    }
  }
  await portal.withoutRights()
  let before = JSON.stringify(await traces(portal))
  for (const { name, version, params } of calls) {
    const road = version === 3 ? '/rest/api' : '/rest'
    const answer = await portal.send({
      url: `${road}/${stranger.hook}/${name}`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(params),
    })
    if (answer.status === 500) failing.push(name)
    if (answer.status === 200) answering.push(name)
    const after = JSON.stringify(await traces(portal))
    if (after !== before) writing.push(name)
    before = after
  }
}, 300_000)

const once = (names: readonly string[]): string[] => [...new Set(names)].sort()

describe('somebody who is no administrator', () => {
  it('is told only what there is a reason for', () => {
    expect(methods.length).toBeGreaterThan(90)
    expect(once(answering)).toEqual(once(Object.values(ANSWERING).flat()))
  })

  it('meets no error of ours', () => {
    expect(failing).toEqual([])
  })

  it('changes nothing', () => {
    expect(once(writing)).toEqual([])
  })
})
