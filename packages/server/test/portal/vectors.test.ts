import { beforeAll, describe, expect, it } from 'vitest'
import type { Answer } from '../support/portal.ts'
import { applicationToken } from '../support/application.ts'
import { accessToken } from '../support/documented-clients.ts'
import { documentedPortal } from '../support/documented-portal.ts'
import { isPortalsOwn, shapeDifferences, timeDifferences } from '../support/shape.ts'
import { callV3 } from '../support/rest-v3.ts'
import { type DocumentedRequest, type Parameters, sendable, type Vector, vectors } from '../support/vectors.ts'
import { areas } from './vectors-areas/index.ts'
import * as core from './vectors-differences.ts'
import { isAt } from './vectors-differences.ts'
import * as refusals from './vectors-refusals.ts'
import { type DocumentedError, type DocumentedErrorV3, provocations } from './vectors-refusals.ts'
import { targets as coreTargets } from './vectors-targets/index.ts'

const differences = Object.assign(
  {},
  core.differences,
  ...areas.map((area) => area.differences),
) as typeof core.differences
const standIns = Object.assign({}, core.standIns, ...areas.map((area) => area.standIns)) as typeof core.standIns
const amended = Object.assign({}, refusals.amended, ...areas.map((area) => area.amended)) as typeof refusals.amended
const provocationsOf = Object.assign(
  {},
  refusals.provocationsOf,
  ...areas.map((area) => area.provocations),
) as typeof refusals.provocationsOf
const targets = new Map([...coreTargets, ...areas.flatMap((area) => Object.entries(area.targets ?? {}))])

const byApplication = new Set(areas.flatMap((area) => area.byApplication ?? []))

const portal = await documentedPortal()

/** What a documented method answers, by whichever version it is of. */
const ask = async ({ method, api }: Pick<Vector, 'method' | 'api'>, params: Parameters, sender = {}) =>
  (api === 3 ? await callV3(portal, method, params, sender) : await portal.call(method, params, sender)) as Answer

/** A documented request with its placeholders filled, and the things made that it refers to. */
async function prepared(method: string, request: DocumentedRequest): Promise<Parameters> {
  const params = sendable(request, new Date())
  return (await targets.get(method)?.(portal, params)) ?? params
}

/** Additions first: what they name must not be there yet as the target of another request. */
const inOrder = vectors.toSorted((a, b) => Number(b.method.endsWith('.add')) - Number(a.method.endsWith('.add')))

it('has every documented method', () => {
  const missing = vectors.filter(({ method, api }) => portal.registry.find(method, api) === undefined)
  expect(missing.map(({ method }) => method)).toEqual([])
})

describe.each(inOrder)('$method', ({ method, api, requests, response }) => {
  const { time: _time, ...documented } = response
  const seen = new Set<string>()
  const listed = differences[method] ?? []

  it.each(requests.map((request, index) => ({ request, index, title: request.title ?? `request ${index + 1}` })))(
    'answers as documented: $title',
    async ({ request, index }) => {
      const sender = byApplication.has(method) ? { token: await applicationToken(portal) } : {}
      const { status, body } = await ask({ method, api }, await prepared(method, request), sender)
      expect([status, body.error, body.error_description]).toEqual([200, undefined, undefined])
      const { time, ...answer } = body
      expect(timeDifferences(time)).toEqual([])
      const found = shapeDifferences(answer, standIns[method]?.[index]?.answer ?? documented, 'answer')
      for (const each of found) seen.add(each)
      expect(found.filter((line) => !listed.some((difference) => isAt(line, difference)))).toEqual([])
    },
  )

  it('differs where it is said to differ', () => {
    expect(listed.filter((difference) => ![...seen].some((line) => isAt(line, difference)))).toEqual([])
  })
})

/** What these tell is the same in every portal, so that not only the shape of their answers is documented. */
const constant =
  /\.fields$|^crm\.enum\.(?!ownertype)|^crm\.userfield\.types$|^crm\.status\.entity\.items$|\.(base|mode)\.get$|^humanresources\..*\.field\.|^main\.eventlog\.field\.list$/

/** Of these, a page shows some fields only, or those of one type. */
const elided = ['crm.item.fields', 'crm.duplicate.volatileType.fields']

describe('values that no portal changes', () => {
  it.each(vectors.filter(({ method }) => constant.test(method) && !elided.includes(method)))(
    '$method answers what is documented, to the letter',
    async ({ method, api, requests, response }) => {
      const { body } = await ask({ method, api }, await prepared(method, requests[0] as DocumentedRequest))
      const common = (value: unknown): unknown =>
        typeof value === 'object' && value !== null && !Array.isArray(value)
          ? Object.fromEntries(Object.entries(value).filter(([key]) => !isPortalsOwn(key)))
          : value
      expect(common(body.result)).toEqual(common(response.result))
    },
  )
})

const refused = vectors.flatMap((vector) => {
  const shown = vector.errorExample
  if (shown === undefined || 'result' in shown) return []
  const error =
    vector.method in amended
      ? amended[vector.method]?.instead
      : (shown as unknown as DocumentedError | DocumentedErrorV3)
  return error === null || error === undefined
    ? []
    : [{ ...vector, error, text: 'error_description' in error ? error.error_description : error.error.message }]
})

describe('documented refusals', () => {
  let narrow: string
  let senders: Readonly<Record<refusals.Sender, { as?: string; token?: string }>>

  beforeAll(async () => {
    const { id: userId, hook: nobody } = await portal.person()
    narrow = (await portal.person({ admin: true, scope: 'userfieldconfig' })).hook
    senders = {
      administrator: {},
      nobody: { as: nobody },
      narrow: { as: narrow },
      application: { token: await applicationToken(portal) },
      'application of nobody': { token: await accessToken(portal, { userId, scope: '*' }) },
    }
    await portal.withoutRights()
  })

  it.each(refused)('$method: $text', async ({ method, api, requests, error, text }) => {
    const provocation = provocationsOf[method] ?? provocations[text]
    if (provocation === undefined) throw new Error('nobody knows how to provoke this')
    const params = await prepared(method, requests[0] ?? { params: {} })
    const sent = (await provocation.change?.(params, portal)) ?? params
    const before = await portal.census()
    const { status, body } = await ask({ method, api }, sent, senders[provocation.by ?? 'administrator'])
    expect({ status, body }).toEqual({ status: 400, body: error })
    expect(await portal.census()).toEqual(before)
  })

  it('batch: every command is refused for the scopes of its caller', async () => {
    const { errorExample, requests } = vectors.find(({ method }) => method === 'batch') as Vector
    const { status, body } = await portal.call('batch', sendable(requests[1] as DocumentedRequest, new Date()), {
      as: narrow,
    })
    expect(status).toBe(200)
    const { time: _time, ...documented } = errorExample ?? {}
    expect(shapeDifferences({ result: body.result }, documented, 'answer')).toEqual([])
    expect(body.result.result_error.get_user.error).toBe('insufficient_scope')
  })
})
