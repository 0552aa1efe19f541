import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import { itemOf, methodV3, needV3, takeV3 } from '../../../src/methods/v3.ts'
import { defineDto, property } from '../../../src/methods/v3/dto.ts'
import { picked } from '../../../src/methods/v3/select.ts'
import { accessToken } from '../../support/documented-clients.ts'
import { testPortal } from '../../support/portal.ts'
import { callV3, v3Code } from '../../support/rest-v3.ts'

const ownerDto = defineDto('OwnerDto', { id: property('int'), name: property('string') })
const thingDto = defineDto('ThingDto', {
  id: property('int'),
  title: property('string'),
  owner: property('object', { related: ownerDto }),
})
/** Of a program that embeds the portal: an object that is linked to another. */
const thing = methodV3({
  name: 'embedder.thing.get',
  scope: 'crm',
  params: { id: needV3.integer, note: takeV3.text, flag: takeV3.flag, select: takeV3.select(thingDto) },
  returns: itemOf(thingDto),
  dtos: [thingDto, ownerDto],
  run({ id, select }) {
    const row = { id, title: `thing ${id}`, owner: { id: 7, name: 'Ann' } }
    return { item: picked(row, select) }
  },
})

type Specification = Parameters<Validator['validate']>[0]

const portal = await testPortal({ modules: [{ name: 'embedder', methods: [thing] }] })
const hook = `1/${portal.code}`
const json = { 'content-type': 'application/json' }

describe('a call of REST 3.0', () => {
  it.each([
    ['a webhook in the path', { url: `/rest/api/${hook}/embedder.thing.get` }],
    ['doubled slashes', { url: `/rest//api/${hook}//embedder.thing.get` }],
    ['a slash at the end', { url: `/rest/api/${hook}/embedder.thing.get/` }],
    ['a suffix', { url: `/rest/api/${hook}/embedder.thing.get.json?bx24_request_id=1` }],
    ['a method in any case', { url: `/rest/api/${hook}/Embedder.Thing.GET` }],
  ])('is found by %s', async (_name, { url }) => {
    const { status, body } = await portal.send({ url, headers: json, body: '{"id":5}' })
    expect([status, body.result]).toEqual([200, { item: { id: 5, title: 'thing 5' } }])
    expect(Object.keys(body)).toEqual(['result', 'time'])
    expect(body.time).toHaveProperty('operating_reset_at')
  })

  it('takes a token in the body, in the header and in the query', async () => {
    const token = await accessToken(portal, { userId: 1, scope: 'crm' })
    const url = '/rest/api/embedder.thing.get'
    const sent = [
      { url, headers: json, body: JSON.stringify({ id: 5, auth: token }) },
      { url, headers: { ...json, authorization: `Bearer ${token}` }, body: '{"id":5}' },
      { url: `${url}?auth=${token}`, headers: json, body: '{"id":5}' },
    ]
    for (const request of sent) expect((await portal.send(request)).status).toBe(200)
  })

  it.each([
    ['a form', 'application/x-www-form-urlencoded', 'id=5'],
    ['multipart', 'multipart/form-data; boundary=x', '--x--'],
    ['broken JSON', 'application/json', '{"id":5'],
    ['a value that is no map', 'application/json', '5'],
    ['no type at all', 'text/plain', '{"id":5}'],
  ])('refuses %s', async (_name, type, body) => {
    const answer = await portal.send({
      url: `/rest/api/${hook}/embedder.thing.get`,
      headers: { 'content-type': type },
      body,
    })
    expect(answer).toMatchObject({ status: 400, body: { error: { code: v3Code('INVALIDJSONEXCEPTION') } } })
  })

  it('reads no parameters from the query, and needs none for a method without', async () => {
    const asked = await portal.send({ method: 'GET', url: `/rest/api/${hook}/embedder.thing.get?id=5` })
    expect(asked).toMatchObject({
      status: 400,
      body: {
        error: {
          code: v3Code('VALIDATION_REQUESTVALIDATIONEXCEPTION'),
          validation: [{ field: 'id', message: 'Required field `id` is not specified' }],
        },
      },
    })
    expect((await portal.send({ method: 'GET', url: `/rest/api/${hook}/rest.scope.list` })).status).toBe(200)
    expect((await portal.send({ url: `/rest/api/${hook}/rest.scope.list` })).status).toBe(200)
  })

  it('tells everything that is wrong with the types of its parameters', async () => {
    const { status, body } = await callV3(portal, 'embedder.thing.get', { id: '5', note: 5, flag: 'Y' })
    expect(status).toBe(400)
    expect(body.error).toEqual({
      code: v3Code('VALIDATION_REQUESTVALIDATIONEXCEPTION'),
      message: 'Error during request object validation',
      validation: [
        { field: 'id', message: 'Field `id` requires data type `int` for this request' },
        { field: 'note', message: 'Field `note` requires data type `string` for this request' },
        { field: 'flag', message: 'Field `flag` requires data type `bool` for this request' },
      ],
    })
  })

  it('reaches into linked objects, and leaves out what the object itself does not have', async () => {
    const select = async (names: unknown) => (await callV3(portal, 'embedder.thing.get', { id: 5, select: names })).body
    expect((await select(['title', 'owner.name', 'nothing'])).result).toEqual({
      item: { title: 'thing 5', owner: { name: 'Ann' } },
    })
    expect((await select(['owner.stageId'])).error).toEqual({
      code: v3Code('UNKNOWNDTOPROPERTYEXCEPTION'),
      message: 'Unknown field `stageId` for entity `OwnerDto`',
    })
    expect((await select('title')).error?.code).toBe(v3Code('INVALIDSELECTEXCEPTION'))
    expect((await select([{ title: 1 }])).error?.code).toBe(v3Code('INVALIDSELECTEXCEPTION'))
  })
})

describe('the two versions', () => {
  it('do not know each other’s methods', async () => {
    expect(await callV3(portal, 'server.time')).toMatchObject({
      status: 404,
      body: { error: { code: v3Code('METHODNOTFOUNDEXCEPTION') } },
    })
    expect(await portal.call('rest.scope.list')).toMatchObject({
      status: 404,
      body: { error: 'ERROR_METHOD_NOT_FOUND' },
    })
    const { body } = await portal.call('methods', { full: true })
    expect(body.result).not.toContain('main.eventlog.list')
    expect((await portal.call('method.get', { name: 'main.eventlog.list' })).body.result.isExisting).toBe(false)
  })

  it('share the errors of the system, and each has its own of a missing scope', async () => {
    expect(await portal.send({ url: '/rest/api/1/wrongwrong/rest.scope.list' })).toMatchObject({
      status: 401,
      body: { error: 'INVALID_CREDENTIALS', error_description: 'Invalid request credentials' },
    })
    expect(await portal.send({ url: '/rest/api/rest.scope.list' })).toMatchObject({
      status: 401,
      body: { error: 'NO_AUTH_FOUND' },
    })
    const { hook: narrow } = await portal.person({ admin: true, scope: 'task' })
    expect(await callV3(portal, 'embedder.thing.get', { id: 1 }, { as: narrow })).toMatchObject({
      status: 403,
      body: { error: { code: v3Code('INSUFFICIENTSCOPEEXCEPTION') } },
    })
  })

  it('shut out whoever has left', async () => {
    const { hook: gone } = await portal.person({ active: false })
    expect(await callV3(portal, 'rest.scope.list', {}, { as: gone })).toMatchObject({
      status: 401,
      body: { error: 'authorization_error' },
    })
  })
})

describe('what REST 3.0 tells of itself', () => {
  it('is a document that is valid OpenAPI, by both names', async () => {
    const { text, body } = await callV3(portal, 'rest.documentation.openapi')
    expect(await new Validator().validate(JSON.parse(text) as Specification)).toEqual({ valid: true })
    const document = body as unknown as { openapi: string; paths: object; components: { schemas: object } }
    expect(document.openapi).toBe('3.0.0')
    expect(Object.keys(document.paths)).toEqual(portal.registry.allV3.map(({ name }) => `/${name}`))
    expect(document.components.schemas).toHaveProperty('OwnerDto')
    expect(document).not.toHaveProperty('result')
    expect((await callV3(portal, 'documentation')).text).toBe(text)
  })

  it('has an envelope too for the SDK that cannot read it without', async () => {
    const url = `/rest/api/${hook}/rest.documentation.openapi?bx24_sdk_type=b24-js-sdk`
    const { body } = await portal.send({ url, headers: json, body: '{}' })
    expect(body).toMatchObject({ openapi: '3.0.0', result: { openapi: '3.0.0' }, time: {} })
  })

  it('shows the methods that the caller may call', async () => {
    const { hook: narrow } = await portal.person({ admin: true, scope: 'main' })
    const { body } = await callV3(portal, 'rest.documentation.openapi', {}, { as: narrow })
    const { paths } = body as unknown as { paths: Record<string, unknown> }
    expect(paths).toHaveProperty(['/main.eventlog.tail'])
    expect(paths).not.toHaveProperty(['/embedder.thing.get'])
  })

  it('names the scopes of each method', async () => {
    const { body } = await callV3(portal, 'rest.scope.list')
    expect(body.result.main).toMatchObject({ 'main.eventlog.list': ['main'] })
    expect(body.result.crm).toEqual({ 'embedder.thing.get': ['crm'] })
    expect(body.result.basic).toMatchObject({ batch: [], 'rest.scope.list': [] })
  })
})

it('describes REST 2 to everybody, as valid OpenAPI with every method', async () => {
  const { status, text, headers } = await portal.send({ method: 'GET', url: '/openapi.json' })
  expect([status, headers['content-type']]).toEqual([200, 'application/json; charset=utf-8'])
  const document = JSON.parse(text) as { paths: Record<string, { post: { requestBody: object } }> }
  expect(await new Validator().validate(JSON.parse(text) as Specification)).toEqual({ valid: true })
  expect(Object.keys(document.paths)).toEqual(portal.registry.all.map(({ name }) => `/${name}`))
  expect(document.paths['/crm.lead.add']?.post.requestBody).toMatchObject({
    content: {
      'application/json': {
        schema: { required: ['fields'], properties: { fields: { $ref: '#/components/schemas/lead' } } },
      },
    },
  })
  expect(JSON.parse(text)).toMatchObject({
    components: {
      schemas: {
        lead: { properties: { TITLE: { type: ['string', 'null'] }, ID: { readOnly: true } } },
        'lead.item': { properties: { title: { type: ['string', 'null'] }, id: { type: ['integer', 'null'] } } },
      },
    },
  })
})
